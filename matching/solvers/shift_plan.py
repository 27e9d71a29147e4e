"""Plans of shifts, and what the seats of a shift are worth one after the other."""

from dataclasses import dataclass

import numpy as np

from .shift_arcs import ShiftArcs
from .shift_rows import People, ShiftRules, Shifts, ShiftWeights


@dataclass(frozen=True)
class ShiftPlan:
    """The rows of the arcs that are taken, in order, their `value` in points, and a `bound` that no plan exceeds."""

    arcs: np.ndarray
    value: int
    bound: int

    @property
    def share(self) -> float:
        """What part of the bound the plan is worth, 1 when it is proved to be the best."""
        return self.value / self.bound if self.bound > 0 else 1.0


@dataclass(frozen=True)
class Rota:
    """All that a solver of shifts needs."""

    people: People
    shifts: Shifts
    arcs: ShiftArcs
    weights: ShiftWeights
    rules: ShiftRules

    def seats_left(self, filled: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How many seats are left of each worth (shift × worth) when so many are filled, and the worths."""
        worths = np.tile(np.array(self.weights.seats, np.int64), (len(self.shifts), 1))
        worths[:, 0] += self.shifts.urgency
        nth = np.arange(worths.shape[1])
        seats = np.maximum(self.shifts.seats, 0).astype(np.int64)[:, None]
        upto = np.where(nth == nth[-1], seats, np.minimum(seats, nth + 1))
        return np.maximum(upto - np.maximum(nth, filled[:, None]), 0), worths

    def value(self, taken: np.ndarray) -> int:
        """What these rows of arcs are worth: points and seats, less what further shifts of a week cost."""
        filled = np.bincount(self.arcs.shift[taken], minlength=len(self.shifts))
        empty, worths = self.seats_left(np.zeros(len(self.shifts), np.int64))
        left, _worths = self.seats_left(filled)
        total = int(self.arcs.scores[taken].sum()) + int(((empty - left) * worths).sum())
        weeks = np.bincount(self.person_weeks[taken]) if len(taken) else np.zeros(1, np.int64)
        return total - self.weights.again * int((weeks * (weeks - 1) // 2).sum())

    @property
    def person_weeks(self) -> np.ndarray:
        """One number for the person and the week of each arc."""
        return self.arcs.person.astype(np.int64) * self.people.number.shape[1] + self.shifts.weeks[self.arcs.shift]
