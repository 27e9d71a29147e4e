"""What would be if: longer walks, other weights, without somebody; each as a second plan beside the first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .buildings import assign
from .figures import Figures, figures, filled_seats
from .inputs import People, Places
from .plan import Plan
from .points import arcs
from .weights import Weights

FURTHER = (1800, 2100, 2500, 3000)  # metres


@dataclass(frozen=True)
class Difference:
    """The figures of two plans; pairs (key, place) that are new, that are gone; ids of places with more, with less."""

    before: Figures
    after: Figures
    added: np.ndarray
    gone: np.ndarray
    more: np.ndarray
    fewer: np.ndarray

    @property
    def gain(self) -> int:
        """How many more seats are filled."""
        return self.after.filled - self.before.filled


def difference(people: People, places: Places, before: Plan, after: Plan) -> Difference:
    """Set two plans for the same places side by side."""
    old, new = set(map(tuple, before.pairs.tolist())), set(map(tuple, after.pairs.tolist()))
    change = filled_seats(places, after) - filled_seats(places, before)
    return Difference(
        figures(people, places, before),
        figures(people, places, after),
        np.array(sorted(new - old), np.int64).reshape(-1, 2),
        np.array(sorted(old - new), np.int64).reshape(-1, 2),
        places.ids[change > 0],
        places.ids[change < 0],
    )


def again(
    people: People, places: Places, plan: Plan, *, weights: Weights | None = None, walk: int | None = None
) -> Plan:
    """The same run, what was proposed kept where that is as good, with other weights or another longest walk."""
    terms = plan.terms
    rules = terms.rules if walk is None else replace(terms.rules, walk=walk)
    return assign(
        people,
        places,
        arcs(people, places, weights or terms.weights, rules),
        incumbent=plan,
        keep=terms.keep,
        locked=terms.locked,
        banned=terms.banned,
        seed=terms.seed,
    )


def other_weights(people: People, places: Places, plan: Plan, weights: Weights) -> Difference:
    """What other weights would change."""
    return difference(people, places, plan, again(people, places, plan, weights=weights))


def without(people: People, places: Places, plan: Plan, key: int) -> Difference:
    """What would be without this person or partner, who gives up what was accepted as well."""
    stay = np.flatnonzero(people.keys != key)
    left = replace(plan, terms=replace(plan.terms, locked=plan.terms.locked[plan.terms.locked[:, 0] != key]))
    return difference(people, places, plan, again(people.take(stay), places, left))


def further(people: People, places: Places, plan: Plan, steps: Sequence[int] = FURTHER) -> list[tuple[int, Difference]]:
    """(longest walk, what it changes) for each step that is longer than the walk of the plan."""
    longer = sorted(step for step in steps if step > plan.terms.rules.walk)
    return [(walk, difference(people, places, plan, again(people, places, plan, walk=walk))) for walk in longer]


def cheapest(steps: list[tuple[int, Difference]]) -> tuple[int, int] | None:
    """(walk, how many more seats are filled) of the shortest walk that fills any; None where none does."""
    return next(((walk, found.gain) for walk, found in steps if found.gain > 0), None)
