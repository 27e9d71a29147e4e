"""Shifts of one cell of people solved as a whole, while everybody else keeps what he has."""

import numpy as np

from .program import Program, program
from .shift_flow import numbered
from .shift_plan import Rota
from .shift_rows import HALF_DAY

MOST_PEOPLE = 1_000


def cells(xy: np.ndarray, *, shifted: bool, most: int = MOST_PEOPLE) -> list[np.ndarray]:
    """The rows of people in columns from west to east, cut from south to north into cells; shifted by half of one."""
    xy = np.nan_to_num(xy)
    columns = max(1, round((len(xy) / most) ** 0.5))
    rank = np.argsort(np.argsort(xy[:, 0], kind="stable"))
    column = (rank * columns + (len(xy) // 2 if shifted else 0)) // max(len(xy), 1)
    order = np.lexsort((xy[:, 1], column))
    cuts = np.arange(most // 2 if shifted else most, len(xy), most)
    return [cell for cell in np.split(order, cuts) if len(cell)]


def cell_program(rota: Rota, mine: np.ndarray, others: np.ndarray) -> Program:
    """Columns: the arcs `mine` (rows), further shifts of a week, seats; `others` are rows that stay taken."""
    arcs, shifts, people = rota.arcs.take(mine), rota.shifts, rota.people
    each, many = np.arange(len(mine)), people.number.shape[1]
    weeks, week = numbered(rota.person_weeks[mine])
    rows = weeks // many, weeks % many
    number = np.minimum(people.number[rows].astype(np.int64), np.bincount(week, minlength=len(weeks)))
    further = np.repeat(np.arange(len(weeks)), number)
    nth = np.arange(len(further)) - np.repeat(np.cumsum(number) - number, number)
    filled = np.bincount(rota.arcs.shift[others], minlength=len(shifts))
    strangers = others[~rota.arcs.qualified[others]]
    entry = shifts.seats - shifts.reserved - np.bincount(rota.arcs.shift[strangers], minlength=len(shifts))
    seats, worths = rota.seats_left(filled)
    seat, kind = np.nonzero(seats)
    unqualified = np.flatnonzero(~arcs.qualified)
    blocks = [
        ([(week, each, 1), (further, len(mine) + np.arange(len(further)), -1)], 0, np.zeros(len(weeks))),
        ([(week, each, shifts.lengths[arcs.shift])], -np.inf, people.minutes[rows]),
        (
            [(arcs.shift, each, 1), (seat, len(mine) + len(further) + np.arange(len(seat)), -1)],
            0,
            np.zeros(len(shifts)),
        ),
        ([(arcs.shift[unqualified], unqualified, 1)], -np.inf, np.maximum(entry, 0)),
        *_clashes(rota, arcs),
    ]
    worth = np.concatenate((arcs.scores, -rota.weights.again * nth, worths[seat, kind]))
    most = np.concatenate((np.ones(len(mine) + len(further)), seats[seat, kind]))
    return program(worth, most, np.arange(len(worth)) < len(mine), blocks)


def _clashes(rota: Rota, arcs) -> list:
    """At most one of those that run, or are rested from, when a shift of the same person begins; one a half-day."""
    starts, ends = rota.shifts.starts[arcs.shift], rota.shifts.ends[arcs.shift] + rota.rules.rest
    order = np.argsort(arcs.person, kind="stable")
    first, last = (np.searchsorted(arcs.person[order], arcs.person, side) for side in ("left", "right"))
    many = last - first
    one = np.repeat(np.arange(len(arcs)), many)
    other = order[np.repeat(first - (np.cumsum(many) - many), many) + np.arange(many.sum())]
    meet = (starts[other] <= starts[one]) & (starts[one] < ends[other])
    blocks = [([(one[meet], other[meet], 1)], -np.inf, np.ones(len(arcs)))]
    if rota.rules.half_days:
        half = starts // HALF_DAY
        codes, code = numbered(arcs.person.astype(np.int64) * (half.max(initial=0) + 1) + half)
        blocks.append(([(code, np.arange(len(arcs)), 1)], -np.inf, np.ones(len(codes))))
    return blocks
