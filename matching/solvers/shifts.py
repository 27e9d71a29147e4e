"""People and shifts: a plan that keeps every rule, and a bound that says how good it is.

With one shift a half-day and a weekly number the flow alone is the answer. Weekly minutes and rest between free
spans make it hard (a knapsack is in it): then the flow is repaired, and solved again as a whole cell by cell, twice,
the second time on cells that are shifted by half.
"""

import numpy as np

from .program import MOST_SECONDS, best
from .shift_arcs import ShiftArcs
from .shift_cells import MOST_PEOPLE, cell_program, cells
from .shift_flow import relaxed
from .shift_plan import Rota, ShiftPlan
from .shift_repair import repaired
from .shift_rows import People, ShiftRules, Shifts, ShiftWeights


def assign_shifts(
    people: People,
    shifts: Shifts,
    arcs: ShiftArcs,
    *,
    weights: ShiftWeights | None = None,
    rules: ShiftRules | None = None,
    most: int = MOST_PEOPLE,
    seconds: float = MOST_SECONDS,
) -> ShiftPlan:
    """The best plan found; `most` people in a cell, `seconds` at most for each cell.

    The same values give the same plan, in whatever order the rows come: they are sorted by their keys first.
    """
    by_person, by_shift = np.argsort(people.keys), np.argsort(shifts.keys)
    rank_person, rank_shift = np.argsort(by_person), np.argsort(by_shift)
    order = np.lexsort((rank_shift[arcs.shift], rank_person[arcs.person]))
    ranked = ShiftArcs(rank_person[arcs.person], rank_shift[arcs.shift], arcs.qualified, arcs.points).take(order)
    rota = Rota(people.take(by_person), shifts.take(by_shift), ranked, weights or ShiftWeights(), rules or ShiftRules())
    if not len(arcs):
        return ShiftPlan(np.empty(0, np.int64), 0, 0)
    flow, bound = relaxed(rota)
    taken, dropped = repaired(rota, flow)
    if len(dropped):
        taken, bound = _by_cells(rota, taken, dropped, bound, most, seconds)
    return ShiftPlan(np.sort(order[taken]), rota.value(taken), bound)


def _by_cells(rota: Rota, taken, dropped, bound: int, most: int, seconds: float) -> tuple[np.ndarray, int]:
    """Better plans of the cells that lost something to the repair, and the bound if one cell holds everybody."""
    lost = np.zeros(len(rota.shifts), bool)
    lost[rota.arcs.shift[dropped]] = True
    touched = np.zeros(len(rota.people), bool)
    touched[rota.arcs.person[dropped]] = True
    touched[rota.arcs.person[lost[rota.arcs.shift]]] = True
    for shifted in (False, True):
        for cell in cells(rota.people.xy, shifted=shifted, most=most):
            if not touched[cell].any() or rota.value(taken) == bound:
                continue
            taken, limit = _better(rota, taken, cell, seconds)
            if len(cell) == len(rota.people) and limit is not None:
                bound = min(bound, limit)
    return taken, bound


def _better(rota: Rota, taken: np.ndarray, cell: np.ndarray, seconds: float) -> tuple[np.ndarray, int | None]:
    """The plan with the best answer for this cell, if it is better, and the bound of the cell."""
    inside = np.zeros(len(rota.people), bool)
    inside[cell] = True
    mine = np.flatnonzero(inside[rota.arcs.person])
    others = taken[~inside[rota.arcs.person[taken]]]
    if not len(mine):
        return taken, None
    answer = best(cell_program(rota, mine, others), seconds=seconds)
    if answer.x is None:
        return taken, answer.bound
    found = np.sort(np.concatenate((others, mine[answer.x[: len(mine)] > 0.5])))
    return (found if rota.value(found) > rota.value(taken) else taken), answer.bound
