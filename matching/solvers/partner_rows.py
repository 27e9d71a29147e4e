"""Partners and projects as arrays: what a partner can give and where, what a project asks for."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

MOST_SUPPORTERS = 3


class Rows:
    """Arrays of the same length, one row for each thing."""

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))  # type: ignore[arg-type]

    def take(self, rows: np.ndarray) -> Self:
        """These rows, in this order."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Partners(Rows):
    """`keys` (int64) name them. `capacity`: how many projects more, `leads`: how many of these it may lead.

    `carried`: how many it carries now; `kept`: per cent of its promises that it kept, -1 where it never gave one.
    `abilities` (int8, partner × capability): its level, 0 for none; `serves` (bool, partner × area); `home`: the row
    of its own area or -1; `xy` in metres, nan where unknown.
    """

    keys: np.ndarray
    capacity: np.ndarray
    leads: np.ndarray
    carried: np.ndarray
    kept: np.ndarray
    abilities: np.ndarray
    serves: np.ndarray
    home: np.ndarray
    xy: np.ndarray


@dataclass(frozen=True)
class Projects(Rows):
    """`keys` (int64) name them. `asks` (int8, project × capability): the level asked for, 0 where it is not.

    `main`: the capability that the lead must have at the level asked, -1 for any; `area`: the row of its area;
    `led`: somebody leads it already; `supporters`: how many more it takes, 0-3; `urgency`: 0-300 points.
    """

    keys: np.ndarray
    asks: np.ndarray
    main: np.ndarray
    area: np.ndarray
    xy: np.ndarray
    led: np.ndarray
    supporters: np.ndarray
    urgency: np.ndarray


def codes(pairs: np.ndarray, projects: int) -> np.ndarray:
    """Pairs of rows (partner, project) as one sorted number each."""
    return np.sort(pairs[:, 0].astype(np.int64) * projects + pairs[:, 1])


def among(sought: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which of these numbers are in a sorted array."""
    if not len(known):
        return np.zeros(len(sought), bool)
    return known[np.minimum(np.searchsorted(known, sought), len(known) - 1)] == sought
