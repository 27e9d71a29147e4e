"""A plan: who looks after what, with points, the terms under which it was made, and the prices that prove it."""

from dataclasses import dataclass, field

import numpy as np

from .inputs import People, Places
from .lookup import NO_PAIRS, rows_of
from .pairs import walks
from .points import Arcs, components
from .rules import Rules
from .weights import Weights
from .worth import value


@dataclass(frozen=True)
class Terms:
    """What a plan was made under, all of which is kept with a run; pairs are (key, place)."""

    weights: Weights
    rules: Rules
    incumbent: np.ndarray = field(default_factory=lambda: NO_PAIRS)
    keep: int = 0
    locked: np.ndarray = field(default_factory=lambda: NO_PAIRS)
    banned: np.ndarray = field(default_factory=lambda: NO_PAIRS)
    seed: int = 0


@dataclass(frozen=True)
class Plan:
    """Pairs sorted by place and person.

    keys, places: ids of both ends. points: int16 (pairs, components). walk: metres, -1 when not known. locked: accepted
    before the run. value: points + seats − loads, without the bonus for what stays.
    prices: float (2, places) in points, what one more pair of hands is worth to a place, [0] without papers and [1]
    with them; None where no optimum was proved.
    """

    keys: np.ndarray
    places: np.ndarray
    points: np.ndarray
    walk: np.ndarray
    locked: np.ndarray
    value: int
    terms: Terms
    prices: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def proved(self) -> bool:
        """Whether prices show that no better plan exists."""
        return self.prices is not None

    @property
    def pairs(self) -> np.ndarray:
        """(key, place) of each pair."""
        return np.column_stack((self.keys, self.places))


def planned(
    people: People, places: Places, arcs: Arcs, chosen: np.ndarray, terms: Terms, prices: np.ndarray | None = None
) -> Plan:
    """The plan of these chosen arcs and of what is locked, as far as both its ends are there."""
    person, place = rows_of(people.keys, terms.locked[:, 0]), rows_of(places.ids, terms.locked[:, 1])
    known = (person >= 0) & (place >= 0)
    one, other = np.r_[arcs.person[chosen], person[known]], np.r_[arcs.place[chosen], place[known]]
    strangers = np.bincount(place[(person < 0) & (place >= 0)], minlength=len(places))
    order = np.lexsort((people.keys[one], places.ids[other]))
    one, other = one[order], other[order]
    walk = walks(people, places, one, other, arcs.rules)
    points = components(people, places, one, other, walk, arcs.weights, arcs.rules)
    return Plan(
        people.keys[one],
        places.ids[other],
        points,
        walk,
        np.r_[np.zeros(len(chosen), bool), np.ones(known.sum(), bool)][order],
        value(people, places, arcs.weights, one, other, points, strangers),
        terms,
        prices,
    )
