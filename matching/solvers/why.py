"""Why a place is proposed to a person, and why not; of other people nothing is told, neither names nor points."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np

from .index import Index
from .pairs import walks
from .points import components
from .rules import Rule, broken, named, qualified
from .suggest import Need, need, reasons
from .weights import SILENT, Component


class Answer(Enum):
    """The kinds of answers, in the order in which they are looked for."""

    PROPOSED = "proposed"
    BROKEN = "broken"  # a rule
    FULL = "full"
    NO_ROOM = "no room"  # the person has accepted as many as he has room for
    LESS = "less"  # another place that is proposed to the same person is worth more, or this one is not worth its load


class Lack(Enum):
    """Where points are missing, beside the components."""

    NEED = "need"  # a seat in the other place is worth more
    LOAD = "load"  # a further building costs more than it brings
    KEEP = "keep"  # the other place is in yesterday's plan


@dataclass(frozen=True)
class Explanation:
    """points: what speaks for the pair. rule: the first that is broken. less: how many points the pair is worth less
    than `instead` (the id of a place that is proposed to the same person, None for no place), most of it in `lack`,
    which is None where that is not told.
    """

    answer: Answer
    need: Need
    points: dict[Component, int] = field(default_factory=dict)
    walk: int | None = None
    rule: Rule = Rule.NONE
    less: int = 0
    lack: Component | Lack | None = None
    instead: int | None = None


def why(index: Index, person: int, place: int) -> Explanation:
    """What speaks for this pair (key, id), and how it stands."""
    return why_not(index, person, place)


def why_not(index: Index, person: int, place: int) -> Explanation:
    """Proposed after all; or the first broken rule; or full; or how many points less, and in which component."""
    row, at = index.person_of[person], index.place_of[place]
    one, other = np.array([row]), np.array([at])
    rules, weights = index.plan.terms.rules, index.plan.terms.weights
    walk = walks(index.people, index.places, one, other, rules)
    points = components(index.people, index.places, one, other, walk, weights, rules)[0]
    told: dict[str, Any] = {
        "need": need(index, at),
        "points": reasons(points),
        "walk": int(walk[0]) if walk[0] >= 0 else None,
    }
    if at in index.mine.get(row, ()):
        return Explanation(Answer.PROPOSED, **told)
    rule = Rule(int(broken(index.people, index.places, one, other, walk, rules)[0]))
    if rule is Rule.NONE and named(index.people, index.places, one, other, index.plan.terms.banned)[0]:
        rule = Rule.BANNED
    if rule is not Rule.NONE:
        return Explanation(Answer.BROKEN, rule=rule, **told)
    if index.filled[at] >= index.places.seats[at]:
        return Explanation(Answer.FULL, **told)
    if not qualified(index.people, index.places, one, other)[0] and no_plain_seat(index, at):
        return Explanation(Answer.BROKEN, rule=Rule.RESERVED, **told)
    return less(index, row, at, points, told)


def no_plain_seat(index: Index, place: int) -> bool:
    """Whether all seats that ask for no papers are taken."""
    return bool(index.plain[place] >= index.places.seats[place] - index.places.reserved[place])


def less(index: Index, row: int, at: int, points: np.ndarray, told: dict) -> Explanation:
    """Compare with no place while there is room, else with the weakest place that is proposed to the same person."""
    here = worths(index, row, at, points, int(index.following[at]))
    own, key = index.mine.get(row, []), int(index.people.keys[row])
    if len(own) < index.people.capacity[row]:
        missing = int(index.next_load[row]) - sum(here.values())
        return Explanation(Answer.LESS, less=missing, lack=Lack.LOAD, **told)
    open_ones = [place for place in own if (key, int(index.places.ids[place])) not in index.accepted]
    if not open_ones:
        return Explanation(Answer.NO_ROOM, **told)
    total, instead, lack = min((shortfall(index, row, place, here) for place in open_ones), key=lambda each: each[:2])
    return Explanation(Answer.LESS, less=total, lack=None if lack in SILENT else lack, instead=instead, **told)


def shortfall(index: Index, row: int, place: int, here: dict) -> tuple[int, int, Component | Lack]:
    """(how much more a proposed place is worth, its id, where most of that comes from)."""
    one, other = np.array([row]), np.array([place])
    rules, weights = index.plan.terms.rules, index.plan.terms.weights
    walk = walks(index.people, index.places, one, other, rules)
    points = components(index.people, index.places, one, other, walk, weights, rules)[0]
    there = worths(index, row, place, points, int(index.last[place]))
    missing = {name: there[name] - here[name] for name in here}
    return sum(missing.values()), int(index.places.ids[place]), max(missing, key=lambda name: missing[name])


def worths(index: Index, row: int, place: int, points: np.ndarray, seat: int) -> dict[Component | Lack, int]:
    """What a pair brings: by component, by the seat, by the bonus for what stays."""
    pair = (int(index.people.keys[row]), int(index.places.ids[place]))
    kept = index.plan.terms.keep if pair in index.yesterday else 0
    return {each: int(points[each]) for each in Component} | {Lack.NEED: seat, Lack.KEEP: kept}
