"""Shifts as a network: source → week of a person → slot of the person → shift → seats → sink.

A slot is a half-day, or a set of shifts of which nobody can do two; one of a slot is then a rule that every plan keeps,
so the flow is worth at least as much as the best plan. Who is not qualified passes an entry as wide as the open seats.
"""

import numpy as np

from .flow import solve
from .lots import lots
from .partner_flow import LOTS, UNIT, network_of
from .shift_plan import Rota
from .shift_rows import HALF_DAY, Shifts


def slots(shifts: Shifts, rest: int, half_days: bool) -> np.ndarray:
    """A number for each shift, the same for some of which nobody can do two; never across weeks."""
    if half_days:
        return shifts.starts // HALF_DAY
    slot, number = np.full(len(shifts), -1), 0
    order = np.lexsort((shifts.keys, shifts.ends))
    for first in order:
        if slot[first] < 0:  # all that run when the first of them ends, or begin before it has rested, meet there
            together = (slot < 0) & (shifts.starts < shifts.ends[first] + rest)
            slot[together & (shifts.weeks == shifts.weeks[first])] = number
            number += 1
    return slot


def relaxed(rota: Rota) -> tuple[np.ndarray, int]:
    """The rows of the arcs of the dearest flow, and a bound in points that no plan exceeds."""
    people, shifts, arcs = rota.people, rota.shifts, rota.arcs
    weeks, week = numbered(rota.person_weeks)
    number = people.number[weeks // people.number.shape[1], weeks % people.number.shape[1]].astype(np.int64)
    minutes = people.minutes[weeks // people.number.shape[1], weeks % people.number.shape[1]].astype(np.int64)
    shortest = np.full(len(weeks), np.iinfo(np.int64).max)
    np.minimum.at(shortest, week, shifts.lengths[arcs.shift])
    number = np.minimum(number, minutes // np.maximum(shortest, 1))
    number = np.minimum(number, np.bincount(week, minlength=len(weeks)))
    slot = slots(shifts, rota.rules.rest, rota.rules.half_days)[arcs.shift]
    own, mine = numbered(week * (slot.max(initial=0) + 1) + slot)
    week_of = np.zeros(len(own), np.int64)
    week_of[mine] = week
    further = np.repeat(np.arange(len(weeks)), number)
    nth = np.arange(len(further)) - np.repeat(np.cumsum(number) - number, number)
    seats, worths = rota.seats_left(np.zeros(len(shifts), np.int64))
    seat, kind = np.nonzero(seats)
    at_slot, at_entry = len(weeks), len(weeks) + len(own)
    at_shift, source = at_entry + len(shifts), at_entry + 2 * len(shifts)
    sink, every = source + 1, np.arange(len(shifts))
    ties = lots(people.keys[arcs.person], shifts.keys[arcs.shift], among=LOTS)
    target = np.where(arcs.qualified, at_shift, at_entry) + arcs.shift
    parts = [
        (at_slot + mine, target, 1, arcs.scores * UNIT + ties),
        (np.full(len(further), source), further, 1, -rota.weights.again * UNIT * nth),
        (week_of, at_slot + np.arange(len(own)), 1, 0),
        (at_entry + every, at_shift + every, np.maximum(shifts.seats - shifts.reserved, 0), 0),
        (at_shift + seat, np.full(len(seat), sink), seats[seat, kind], worths[seat, kind] * UNIT),
        (np.array([source]), np.array([sink]), len(further), 0),
    ]
    network = network_of(parts, source, sink, len(further))
    flow = solve(network)
    return np.flatnonzero(flow[: len(arcs)]), -int((flow * network.costs).sum()) // UNIT


def numbered(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different values in order, and the place of each among them."""
    order = np.argsort(values, kind="stable")
    new = np.diff(values[order], prepend=-1) != 0
    place = np.empty(len(values), np.int64)
    place[order] = np.cumsum(new) - 1
    return values[order][new], place
