"""What the plan of shifts is compared with: the best pair first, and first come first served."""

import numpy as np

from .shift_arcs import ShiftArcs
from .shift_plan import Rota, ShiftPlan
from .shift_repair import Diary
from .shift_rows import People, ShiftRules, Shifts, ShiftWeights

NO_BOUND = np.iinfo(np.int64).max


def greedy_shifts(
    people: People,
    shifts: Shifts,
    arcs: ShiftArcs,
    *,
    weights: ShiftWeights | None = None,
    rules: ShiftRules | None = None,
) -> ShiftPlan:
    """The most points first; whoever is taken stays."""
    rota = Rota(people, shifts, arcs, weights or ShiftWeights(), rules or ShiftRules())
    keys = shifts.keys[arcs.shift], people.keys[arcs.person]
    return _taken(rota, np.lexsort((*keys, -(arcs.scores + shifts.urgency[arcs.shift]))))


def first_come_shifts(
    people: People,
    shifts: Shifts,
    arcs: ShiftArcs,
    *,
    weights: ShiftWeights | None = None,
    rules: ShiftRules | None = None,
) -> ShiftPlan:
    """Person by person in the order of keys, each what is soonest."""
    rota = Rota(people, shifts, arcs, weights or ShiftWeights(), rules or ShiftRules())
    return _taken(rota, np.lexsort((shifts.keys[arcs.shift], shifts.starts[arcs.shift], people.keys[arcs.person])))


def _taken(rota: Rota, order: np.ndarray) -> ShiftPlan:
    """Walk through the arcs in this order and take what fits and wins something."""
    diary = Diary(rota)
    diary.take(order, gainful=True)
    taken = np.sort(np.array(diary.arcs, np.int64))
    return ShiftPlan(taken, rota.value(taken), NO_BOUND)
