"""Why a shift suits a person, and why it does not; numbers and names of reasons only, never another person."""

from dataclasses import dataclass

import numpy as np

from .shift_arcs import ShiftArcs, ShiftBarrier, ShiftComponent, Times, shift_barriers, shift_points
from .shift_plan import ShiftPlan
from .shift_rows import HALF_DAY, People, ShiftRules, Shifts, ShiftWeights


@dataclass(frozen=True)
class ShiftExplanation:
    """The `barrier` between a person and a shift, the points by component, and by how many points it is `short`."""

    barrier: ShiftBarrier
    points: dict[ShiftComponent, int]
    short: int = 0


def why_shift(arcs: ShiftArcs, arc: int) -> ShiftExplanation:
    """What a pair gets its points for."""
    return ShiftExplanation(ShiftBarrier.NONE, _named(arcs.points[arc]))


def why_not_shift(
    people: People,
    shifts: Shifts,
    pair: tuple[int, int],
    times: Times,
    *,
    weights: ShiftWeights | None = None,
    rules: ShiftRules | None = None,
    arcs: ShiftArcs | None = None,
    plan: ShiftPlan | None = None,
) -> ShiftExplanation:
    """The first rule that this pair of rows (person, shift) breaks; with a plan, what else was in the way."""
    rules = rules or ShiftRules()
    person, shift = (np.array([row]) for row in pair)
    barrier = ShiftBarrier(int(shift_barriers(people, shifts, person, shift, times, rules)[0]))
    if barrier is not ShiftBarrier.NONE:
        return ShiftExplanation(barrier, {})
    points = shift_points(people, shifts, weights or ShiftWeights(), person, shift)[0]
    if arcs is None or plan is None:
        return ShiftExplanation(barrier, _named(points))
    mine = arcs.shift[plan.arcs[arcs.person[plan.arcs] == pair[0]]]
    barrier = _own(people, shifts, pair, mine, rules)
    if barrier is not ShiftBarrier.NONE:
        return ShiftExplanation(barrier, _named(points))
    return _outdone(shifts, pair, points, arcs, plan)


def _own(people: People, shifts: Shifts, pair, mine: np.ndarray, rules: ShiftRules) -> ShiftBarrier:
    """What the person's own shifts in the plan leave no room for."""
    person, shift = pair
    week = shifts.weeks[shift]
    that_week = mine[shifts.weeks[mine] == week]
    clash = (shifts.starts[mine] < shifts.ends[shift] + rules.rest) & (
        shifts.starts[shift] < shifts.ends[mine] + rules.rest
    )
    halves = shifts.starts[mine] // HALF_DAY == shifts.starts[shift] // HALF_DAY
    answers = [
        (ShiftBarrier.TAKEN, shift in mine),
        (ShiftBarrier.CLASH, clash.any()),
        (ShiftBarrier.HALF_DAY, rules.half_days and halves.any()),
        (ShiftBarrier.WEEK_FULL, len(that_week) >= people.number[person, week]),
        (
            ShiftBarrier.MINUTES,
            shifts.lengths[that_week].sum() + shifts.lengths[shift] > people.minutes[person, week],
        ),
    ]
    return next((barrier for barrier, broken in answers if broken), ShiftBarrier.NONE)


def _outdone(shifts: Shifts, pair, points: np.ndarray, arcs: ShiftArcs, plan: ShiftPlan) -> ShiftExplanation:
    """Full, and by how many points short of the last one there; or there is room and nothing to win."""
    there = plan.arcs[arcs.shift[plan.arcs] == pair[1]]
    if len(there) < shifts.seats[pair[1]]:
        return ShiftExplanation(ShiftBarrier.NOT_NEEDED, _named(points))
    short = int(arcs.scores[there].min() - points.sum(dtype=np.int64))
    if short > 0:
        return ShiftExplanation(ShiftBarrier.FEWER_POINTS, _named(points), short)
    return ShiftExplanation(ShiftBarrier.NO_SEAT, _named(points))


def _named(points: np.ndarray) -> dict[ShiftComponent, int]:
    """Points by the name of their component, those that are not zero."""
    return {component: int(points[component]) for component in ShiftComponent if points[component]}
