"""Arcs between people and shifts: every pair that breaks no rule, with its points by component."""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from .partner_rows import Rows, among, codes
from .partner_rules import NO_PAIRS
from .shift_rows import People, ShiftRules, Shifts, ShiftWeights

DETOUR = 1.3
BLOCK = 256  # shifts at a time


class ShiftComponent(IntEnum):
    """What points are given for; the columns of `ShiftArcs.points`."""

    NEAR = 0
    HOME = 1
    SKILL = 2
    RELIABLE = 3
    LOAD = 4


class ShiftBarrier(IntEnum):
    """The first broken rule, in this order; or what else was in the way of a pair that breaks none."""

    NONE = 0
    TOO_FAR = 1
    NOT_FREE = 2  # the person said no time that holds the whole shift
    WEEK_FULL = 3  # as many shifts as the person wants in that week
    MINUTES = 4  # more minutes than the person has left in that week
    QUALIFIED_ONLY = 5  # every free seat is reserved
    NO_SEAT = 6
    DECLINED = 7
    CLASH = 8  # another shift of the same person, or too little rest beside it
    HALF_DAY = 9
    TAKEN = 10  # the pair is in the plan
    FEWER_POINTS = 11
    NOT_NEEDED = 12  # there is room, but nothing is won


@dataclass(frozen=True)
class Times:
    """When people are free: rows (person, start, end), which do not overlap; and who `declined` what (rows)."""

    free: np.ndarray
    declined: np.ndarray = field(default_factory=NO_PAIRS.copy)

    def hold(self, person: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Whether one free time of each person holds the whole span."""
        if not len(self.free):
            return np.zeros(len(person), bool)
        free = self.free[np.lexsort((self.free[:, 1], self.free[:, 0]))]
        far = int(max(free[:, 1:].max(), ends.max(initial=0))) + 1
        last = np.searchsorted(free[:, 0] * far + free[:, 1], person.astype(np.int64) * far + starts, "right") - 1
        own = free[np.maximum(last, 0)]
        return (last >= 0) & (own[:, 0] == person) & (own[:, 1] <= starts) & (own[:, 2] >= ends)


@dataclass(frozen=True)
class ShiftArcs(Rows):
    """Rows of `person` and `shift` (int32), whether `qualified` for its reserved seats, `points` (int16)."""

    person: np.ndarray
    shift: np.ndarray
    qualified: np.ndarray
    points: np.ndarray

    @property
    def scores(self) -> np.ndarray:
        """The sum of the points of each arc, int64, and nothing else."""
        return self.points.sum(axis=1, dtype=np.int64)


def walk_of(people: People, shifts: Shifts, person, shift) -> np.ndarray:
    """Metres to walk; where a coordinate is unknown 0 within the own area, else too far."""
    metres = DETOUR * np.hypot(*(people.xy[person] - shifts.xy[shift]).T)
    return np.where(np.isnan(metres), np.where(people.home[person] == shifts.area[shift], 0, np.inf), metres)


def qualified_for(people: People, shifts: Shifts, person, shift) -> np.ndarray:
    """Who may sit on a reserved seat: everybody where no skill is asked."""
    asked = shifts.skill[shift]
    return (asked < 0) | people.skills[person, np.maximum(asked, 0)]


def shift_barriers(people: People, shifts: Shifts, person, shift, times: Times, rules: ShiftRules) -> np.ndarray:
    """The first broken rule of each pair of rows (int8 of `ShiftBarrier`)."""
    week = shifts.weeks[shift]
    declined = codes(times.declined, len(shifts))
    seats = shifts.seats[shift]
    broken = {
        ShiftBarrier.TOO_FAR: walk_of(people, shifts, person, shift) > rules.walk,
        ShiftBarrier.NOT_FREE: ~times.hold(person, shifts.starts[shift], shifts.ends[shift]),
        ShiftBarrier.WEEK_FULL: people.number[person, week] <= 0,
        ShiftBarrier.MINUTES: people.minutes[person, week] < shifts.lengths[shift],
        ShiftBarrier.QUALIFIED_ONLY: ~qualified_for(people, shifts, person, shift)
        & (seats > 0)
        & (seats <= shifts.reserved[shift]),
        ShiftBarrier.NO_SEAT: seats <= 0,
        ShiftBarrier.DECLINED: among(person.astype(np.int64) * len(shifts) + shift, declined),
    }
    return np.select(list(broken.values()), [np.int8(barrier) for barrier in broken], np.int8(0))


def shift_arcs(people: People, shifts: Shifts, weights: ShiftWeights, times: Times, rules: ShiftRules) -> ShiftArcs:
    """All pairs that break no rule, in the order of shifts."""
    found = []
    for start in range(0, len(shifts), BLOCK):
        shift = np.repeat(np.arange(start, min(start + BLOCK, len(shifts)), dtype=np.int32), len(people))
        person = np.tile(np.arange(len(people), dtype=np.int32), len(shift) // max(len(people), 1))
        near = walk_of(people, shifts, person, shift) <= rules.walk
        person, shift = person[near], shift[near]
        fits = shift_barriers(people, shifts, person, shift, times, rules) == ShiftBarrier.NONE
        found.append((person[fits], shift[fits]))
    found.append((np.empty(0, np.int32), np.empty(0, np.int32)))
    person, shift = (np.concatenate(column) for column in zip(*found, strict=True))
    points = shift_points(people, shifts, weights, person, shift)
    return ShiftArcs(person, shift, qualified_for(people, shifts, person, shift), points)


def shift_points(people: People, shifts: Shifts, weights: ShiftWeights, person, shift) -> np.ndarray:
    """The points of each pair, int16 (pair × component)."""
    kept = people.kept[person].astype(np.int64)
    load = np.minimum(people.load[person].astype(np.int64), weights.load_minutes)
    asked = shifts.skill[shift] >= 0
    points = np.empty((len(person), len(ShiftComponent)), np.int16)
    near = weights.near * np.exp(-walk_of(people, shifts, person, shift) / weights.near_metres)
    points[:, ShiftComponent.NEAR] = np.rint(near)
    points[:, ShiftComponent.HOME] = weights.home * (people.home[person] == shifts.area[shift])
    points[:, ShiftComponent.SKILL] = weights.skill * (asked & qualified_for(people, shifts, person, shift))
    points[:, ShiftComponent.RELIABLE] = np.where(kept < 0, weights.reliable, weights.reliable * kept // 100)
    points[:, ShiftComponent.LOAD] = -(weights.load * load // weights.load_minutes)
    return points
