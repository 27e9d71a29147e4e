"""What fits one person best: points and what the place is worth by the last run; no solver."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from .index import Index
from .weights import SILENT, Component


class Need(Enum):
    """How a place stands, which is all that is told of its price."""

    NOBODY = "nobody"
    SOME = "some"
    ENOUGH = "enough"


@dataclass(frozen=True)
class Suggestion:
    """A place (id), the components that speak for it (largest first), the walk in metres where it is known."""

    place: int
    points: dict[Component, int]
    walk: int | None
    need: Need


def suggest(index: Index, person: int, *, when: int | None = None, top: int = 5) -> list[Suggestion]:
    """The best places for this person (key) that still want somebody, best first.

    when: bits of half days; only places that any time will do for or that want one of these. What was in many lists
    already goes down a little each time that this number doubles, so that a list is not the same for everybody.
    """
    row = index.person_of[person]
    arcs = np.arange(index.begins[row], index.begins[row + 1])
    place = index.arcs.place[arcs]
    open_only = index.arcs.open_only[arcs]
    places = index.places
    # whoever was only proposed may still say no: only what is settled is taken
    free = index.settled[place] < np.where(open_only, places.seats[place] - places.reserved[place], places.seats[place])
    free &= ~index.closed[arcs]
    if when is not None:
        times = places.times[place]
        free &= (times == 0) | ((times & np.uint64(when)) != 0)
    arcs, place, open_only = arcs[free], place[free], open_only[free]
    worth = index.score[arcs] + np.where(open_only, index.worth[0, place], index.worth[1, place])
    worth -= index.plan.terms.weights.exposure * np.log2(1 + index.shown[place])
    worth += np.isin(place, index.mine.get(row, []))  # what is proposed comes before what is just as good
    best = np.lexsort((places.ids[place], -worth))[:top]
    return [suggestion(index, int(arc)) for arc in arcs[best]]


def suggestion(index: Index, arc: int) -> Suggestion:
    """One arc in the words of a list."""
    place, walk = int(index.arcs.place[arc]), int(index.arcs.walk[arc])
    return Suggestion(
        int(index.places.ids[place]),
        reasons(index.arcs.points[arc]),
        walk if walk >= 0 else None,
        need(index, place),
    )


def reasons(points: np.ndarray) -> dict[Component, int]:
    """The components that count, the largest first; what is never given as a reason is left out."""
    counted = {each: int(points[each]) for each in Component if points[each] and each not in SILENT}
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def need(index: Index, place: int) -> Need:
    """How a place (row) stands when all that is proposed comes true."""
    if not index.filled[place]:
        return Need.NOBODY
    return Need.SOME if index.filled[place] < index.places.seats[place] else Need.ENOUGH
