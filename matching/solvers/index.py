"""What a page needs of the last run to answer one person without a solver."""

from dataclasses import dataclass

import numpy as np

from .inputs import MOST_SEATS, People, Places
from .lookup import among, rows_of
from .plan import Plan
from .points import Arcs
from .rules import coded
from .worth import first_costs, rises, seat_values


@dataclass(frozen=True)
class Index:
    """The run, and by row: `begins` where the arcs of a person begin; how many are at a place by the plan (`filled`),
    without papers (`plain`) and by their own yes (`settled`); what the next seat is worth (`following`) and what the
    last filled one is (`last`); `closed`: arcs that are
    banned or accepted; `shown`: in how many lists the place was already. accepted, yesterday: (key, id).
    """

    people: People
    places: Places
    arcs: Arcs
    plan: Plan
    score: np.ndarray
    begins: np.ndarray
    person_of: dict[int, int]
    place_of: dict[int, int]
    mine: dict[int, list[int]]
    accepted: set[tuple[int, int]]
    yesterday: set[tuple[int, int]]
    filled: np.ndarray
    settled: np.ndarray
    plain: np.ndarray
    following: np.ndarray
    last: np.ndarray
    next_load: np.ndarray
    closed: np.ndarray
    worth: np.ndarray
    shown: np.ndarray


def index(people: People, places: Places, arcs: Arcs, plan: Plan, shown: np.ndarray | None = None) -> Index:
    """Prepare a run for questions. shown: how often each place (by row) was in a list lately."""
    one, other = rows_of(people.keys, plan.keys), rows_of(places.ids, plan.places)
    filled = np.bincount(other, minlength=len(places))
    locked = rows_of(places.ids, plan.terms.locked[:, 1])
    settled = np.bincount(locked[locked >= 0], minlength=len(places))
    strangers = settled - np.bincount(other[plan.locked], minlength=len(places))
    papers = (people.papers[one] & places.papers[other]) == places.papers[other]
    values = np.c_[np.zeros(len(places), np.int64), seat_values(places, plan.terms.weights), np.zeros(len(places))]
    rows, count = np.arange(len(places)), np.minimum(filled + strangers, MOST_SEATS)
    loads = np.bincount(one, minlength=len(people))
    codes = arcs.person.astype(np.int64) * len(places) + arcs.place
    shut = np.concatenate([coded(people, places, pairs) for pairs in (plan.terms.locked, plan.terms.banned)])
    mine: dict[int, list[int]] = {}
    for row, place in zip(one.tolist(), other.tolist(), strict=True):
        mine.setdefault(row, []).append(place)
    following = np.where(count < places.seats, values[rows, count + 1], 0)
    return Index(
        people,
        places,
        arcs,
        plan,
        arcs.score,
        np.searchsorted(arcs.person, np.arange(len(people) + 1)),
        dict(zip(people.keys.tolist(), range(len(people)), strict=True)),
        dict(zip(places.ids.tolist(), range(len(places)), strict=True)),
        mine,
        set(map(tuple, plan.terms.locked.tolist())),
        set(map(tuple, plan.terms.incumbent.tolist())),
        filled + strangers,
        settled,
        np.bincount(other[~papers], minlength=len(places)),
        following.astype(np.int64),
        values[rows, count].astype(np.int64),
        first_costs(people, plan.terms.weights) + rises(people, plan.terms.weights) * loads,
        among(codes, shut),
        np.stack([following, following]) if plan.prices is None else plan.prices,
        np.zeros(len(places), np.int64) if shown is None else np.asarray(shown, np.int64),
    )
