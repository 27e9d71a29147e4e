"""What a plan comes to, as numbers for tables and pictures."""

from dataclasses import dataclass

import numpy as np

from .inputs import People, Places
from .lookup import rows_of
from .plan import Plan


@dataclass(frozen=True)
class Figures:
    """wanted: buildings that want somebody; empty: those of them with nobody. seats: filled, of all that are wanted.

    metres: of all known walks together. gini: of the share of filled seats by community, 0 where all are served alike.
    """

    value: int
    wanted: int
    empty: int
    filled: int
    seats: int
    metres: int
    gini: float


def figures(people: People, places: Places, plan: Plan) -> Figures:
    """Count the plan."""
    filled = filled_seats(places, plan)
    return Figures(
        plan.value,
        int((places.seats > 0).sum()),
        int(((places.seats > 0) & (filled == 0)).sum()),
        int(filled.sum()),
        int(places.seats.sum()),
        int(np.maximum(plan.walk, 0).sum()),
        gini(by_community(places, filled)),
    )


def filled_seats(places: Places, plan: Plan) -> np.ndarray:
    """How many are at each place, by row."""
    row = rows_of(places.ids, plan.places)
    return np.bincount(row[row >= 0], minlength=len(places))


def by_community(places: Places, filled: np.ndarray) -> np.ndarray:
    """The share of seats that are filled, for each community that wants somebody."""
    order = np.argsort(places.community, kind="stable")
    community = places.community[order]
    starts = np.flatnonzero(np.r_[True, community[1:] != community[:-1]]) if len(order) else np.empty(0, np.int64)
    wanted, there = (np.add.reduceat(each[order], starts) if len(starts) else starts for each in (places.seats, filled))
    return there[wanted > 0] / wanted[wanted > 0]


def gini(values: np.ndarray) -> float:
    """How unequal values are: 0 when all are the same, towards 1 when one has everything."""
    ordered = np.sort(values)
    total = ordered.sum()
    if not total:
        return 0.0
    count = len(ordered)
    return float(((2 * np.arange(1, count + 1) - count - 1) * ordered).sum() / (count * total))
