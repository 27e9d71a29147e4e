"""Whether a plan of shifts keeps every rule, and what it is worth: written again, without the solver's arrays."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations
from math import dist, isnan

from .shift_arcs import DETOUR, ShiftArcs, Times
from .shift_plan import ShiftPlan
from .shift_rows import HALF_DAY, WEEK, People, ShiftRules, Shifts, ShiftWeights


class ShiftBreach(IntEnum):
    """What a plan can do wrong."""

    UNFIT = 1  # a pair that breaks a rule by itself
    TWICE = 2
    TOO_MANY = 3  # more people than seats
    RESERVED = 4  # a reserved seat is taken by somebody who is not qualified
    CLASH = 5  # overlap, or too little rest
    HALF_DAY = 6
    OVER_NUMBER = 7
    OVER_MINUTES = 8
    WRONG_VALUE = 9
    OVER_BOUND = 10


@dataclass(frozen=True)
class ShiftViolation:
    """One broken rule: rows of the person and the shift, -1 where the rule is not about one."""

    breach: ShiftBreach
    person: int = -1
    shift: int = -1


def check_shifts(
    people: People,
    shifts: Shifts,
    arcs: ShiftArcs,
    plan: ShiftPlan,
    times: Times,
    *,
    weights: ShiftWeights | None = None,
    rules: ShiftRules | None = None,
) -> list[ShiftViolation]:
    """Every rule that the plan breaks; none for a plan that may be offered."""
    rules = rules or ShiftRules()
    pairs = [(int(arcs.person[arc]), int(arcs.shift[arc])) for arc in plan.arcs]
    declined = {tuple(pair) for pair in times.declined.tolist()}
    free = defaultdict(list)
    for person, start, end in times.free.tolist():
        free[person].append((start, end))
    found = [
        ShiftViolation(ShiftBreach.UNFIT, person, shift)
        for person, shift in pairs
        if (person, shift) in declined or not _suits(people, shifts, person, shift, free[person], rules)
    ]
    found += [ShiftViolation(ShiftBreach.TWICE, *pair) for pair, many in Counter(pairs).items() if many > 1]
    found += _seats(people, shifts, pairs) + _persons(people, shifts, pairs, rules)
    value = worth_of_shifts(shifts, arcs, plan, weights or ShiftWeights())
    found += [ShiftViolation(ShiftBreach.WRONG_VALUE)] * (plan.value != value)
    return found + [ShiftViolation(ShiftBreach.OVER_BOUND)] * (value > plan.bound)


def _suits(people: People, shifts: Shifts, person: int, shift: int, free: list, rules: ShiftRules) -> bool:
    """Whether the person has time for the whole shift and can walk there, or lives where it is."""
    start, end = int(shifts.starts[shift]), int(shifts.ends[shift])
    metres = DETOUR * dist(people.xy[person].tolist(), shifts.xy[shift].tolist())
    near = people.home[person] == shifts.area[shift] if isnan(metres) else metres <= rules.walk
    return bool(near) and any(begin <= start and end <= last for begin, last in free)


def worth_of_shifts(shifts: Shifts, arcs: ShiftArcs, plan: ShiftPlan, weights: ShiftWeights) -> int:
    """The value of the plan, added up one by one."""
    total, filled, had = 0, Counter[int](), Counter[tuple[int, int]]()
    for arc in plan.arcs:
        shift = int(arcs.shift[arc])
        week = int(arcs.person[arc]), int(shifts.starts[shift]) // WEEK
        total += sum(int(points) for points in arcs.points[arc]) - weights.again * had[week]
        total += weights.seats[min(filled[shift], len(weights.seats) - 1)]
        total += 0 if filled[shift] else int(shifts.urgency[shift])
        had[week] += 1
        filled[shift] += 1
    return total


def _seats(people: People, shifts: Shifts, pairs: list) -> list[ShiftViolation]:
    """Shifts with too many people, or with too many who are not qualified."""
    found, unqualified = [], Counter[int]()
    for person, shift in pairs:
        asked = int(shifts.skill[shift])
        unqualified[shift] += asked >= 0 and not people.skills[person][asked]
    for shift, many in Counter(shift for _person, shift in pairs).items():
        if many > shifts.seats[shift]:
            found.append(ShiftViolation(ShiftBreach.TOO_MANY, shift=shift))
        if unqualified[shift] and unqualified[shift] > shifts.seats[shift] - shifts.reserved[shift]:
            found.append(ShiftViolation(ShiftBreach.RESERVED, shift=shift))
    return found


def _persons(people: People, shifts: Shifts, pairs: list, rules: ShiftRules) -> list[ShiftViolation]:
    """Who has shifts that clash, or more of them, or more minutes, than the week has."""
    found, own = [], defaultdict(list)
    for person, shift in pairs:
        own[person].append(shift)
    for person, mine in own.items():
        for one, other in combinations(sorted(mine, key=lambda shift: int(shifts.starts[shift])), 2):
            if shifts.starts[other] < shifts.ends[one] + rules.rest:
                found.append(ShiftViolation(ShiftBreach.CLASH, person, other))
            if rules.half_days and shifts.starts[one] // HALF_DAY == shifts.starts[other] // HALF_DAY:
                found.append(ShiftViolation(ShiftBreach.HALF_DAY, person, other))
        for week, number in Counter(int(shifts.starts[shift]) // WEEK for shift in mine).items():
            minutes = sum(int(shifts.ends[s] - shifts.starts[s]) for s in mine if shifts.starts[s] // WEEK == week)
            if number > people.number[person][week]:
                found.append(ShiftViolation(ShiftBreach.OVER_NUMBER, person))
            if minutes > people.minutes[person][week]:
                found.append(ShiftViolation(ShiftBreach.OVER_MINUTES, person))
    return found
