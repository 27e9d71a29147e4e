"""People and shifts as arrays: when somebody has time and for how much, when a shift is and whom it takes."""

from dataclasses import dataclass

import numpy as np

from .partner_rows import Rows

HALF_DAY, WEEK = 720, 10_080  # minutes


@dataclass(frozen=True)
class People(Rows):
    """`keys` (int64) name them. `number` and `minutes` (person × week): how much more of each a week may have.

    `load`: minutes of the last quarter; `kept`: per cent of taken shifts that were kept or given back in time, -1 for
    newcomers; `skills` (bool, person × skill); `home`: the row of the own area or -1; `xy` in metres, nan if unknown.
    """

    keys: np.ndarray
    number: np.ndarray
    minutes: np.ndarray
    load: np.ndarray
    kept: np.ndarray
    skills: np.ndarray
    home: np.ndarray
    xy: np.ndarray


@dataclass(frozen=True)
class Shifts(Rows):
    """`keys` (int64) name them. `starts` and `ends` (int64): minutes since a Monday 00:00 in Shanghai.

    `seats` are those still free, `reserved` of them only for who has the `skill` (-1: none asked); `urgency`: 0-300.
    """

    keys: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    seats: np.ndarray
    reserved: np.ndarray
    skill: np.ndarray
    area: np.ndarray
    xy: np.ndarray
    urgency: np.ndarray

    @property
    def lengths(self) -> np.ndarray:
        """Minutes."""
        return self.ends - self.starts

    @property
    def weeks(self) -> np.ndarray:
        """The week in which each begins."""
        return self.starts // WEEK


@dataclass(frozen=True)
class ShiftRules:
    """`walk`: metres at most, straight line × 1.3; `rest`: minutes between two shifts; `half_days`: one in each."""

    walk: int = 3_000
    rest: int = 30
    half_days: bool = False


@dataclass(frozen=True)
class ShiftWeights:
    """Points at most for each component; what the first, second … seat is worth, every later one the last number.

    `load` is taken off for `load_minutes` of the last quarter; `again` for the second shift of a week, twice that for
    the third.
    """

    near: int = 300
    near_metres: int = 800
    home: int = 120
    skill: int = 150
    reliable: int = 40
    load: int = 100
    load_minutes: int = 3_000
    seats: tuple[int, ...] = (1_000, 500, 300, 200, 150)
    again: int = 60
