"""A small market of partners solved as a whole, without prices."""

import numpy as np

from .partner_flow import UNIT, Market
from .program import Program, best, program

MOST_ARCS = 5_000


def best_whole(market: Market, plan: np.ndarray, bound: int) -> tuple[np.ndarray | None, int]:
    """The best plan (bool for each arc) and a bound, by the same rules as rows of a program."""
    answer = best(program_of(market))
    taken = plan if answer.x is None else answer.x[: len(market.arcs)] > 0.5
    return taken, bound if answer.bound is None else min(bound, answer.bound)


def program_of(market: Market) -> Program:
    """Columns: arcs, then a further project for each partner, then seats; see the comments for the rows."""
    arcs, project, partner = len(market.arcs), market.arcs.project, market.arcs.partner
    each = np.arange(arcs)
    leads, supports = np.flatnonzero(market.leads), np.flatnonzero(~market.leads)
    capacity = np.maximum(market.partners.capacity, 0).astype(np.int64)
    further = np.repeat(np.arange(len(capacity)), capacity)
    nth = np.arange(len(further)) - np.repeat(np.cumsum(capacity) - capacity, capacity)
    seat, place = np.nonzero(market.seats)
    seats = arcs + len(further) + np.arange(len(seat))
    open_seats = np.flatnonzero(~market.projects.led[seat])
    blocks = [
        # what a partner has is what it takes of its further projects
        ([(partner, each, 1), (further, arcs + np.arange(len(further)), -1)], 0, np.zeros(len(market.partners))),
        ([(partner[leads], leads, 1)], -np.inf, market.partners.leads),
        ([(project[leads], leads, 1)], -np.inf, ~market.projects.led),
        # the supporters of a project sit on its seats
        ([(project[supports], supports, 1), (seat, seats, -1)], 0, np.zeros(len(market.projects))),
        # no seat without a lead
        (_no_seat_alone(market, leads, seat, seats, open_seats), -np.inf, np.zeros(len(open_seats))),
        # once for each project
        ([(np.arange(len(twin)), twin, 1) for twin in market.twins], -np.inf, np.ones(len(market.twins[0]))),
    ]
    worth = market.worth // UNIT + np.where(market.leads, market.lead_worth[project] // UNIT, 0)
    worths = [worth, -market.weights.again * nth, market.seat_worth[seat, place] // UNIT]
    most = np.ones(arcs + len(further) + len(seat))
    return program(np.concatenate(worths), most, np.arange(len(most)) < arcs, blocks)


def _no_seat_alone(market: Market, leads, seat, seats, rows) -> list:
    """For each open seat: the seat, less the arcs that would lead its project."""
    order = np.argsort(market.arcs.project[leads], kind="stable")
    ordered = market.arcs.project[leads][order]
    first, last = (np.searchsorted(ordered, seat[rows], side=side) for side in ("left", "right"))
    many = last - first
    at = np.repeat(first - (np.cumsum(many) - many), many) + np.arange(many.sum())
    numbers = np.arange(len(rows))
    return [(numbers, seats[rows], 1), (np.repeat(numbers, many), leads[order][at], -1)]
