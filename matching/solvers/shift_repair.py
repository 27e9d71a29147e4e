"""From a flow to a plan: who has too much gives back what is worth least, and what is free is filled again."""

from collections import Counter, defaultdict

import numpy as np

from .shift_plan import Rota
from .shift_rows import HALF_DAY


class Diary:
    """What is taken so far, and whether one more arc fits; for the few thousand arcs that need looking at."""

    def __init__(self, rota: Rota) -> None:
        self.rota = rota
        self.starts, self.ends, self.weeks = (
            values.tolist() for values in (rota.shifts.starts, rota.shifts.ends, rota.shifts.weeks)
        )
        self.seats = rota.shifts.seats.tolist()
        self.open = (rota.shifts.seats - rota.shifts.reserved).tolist()
        self.number, self.minutes = rota.people.number.tolist(), rota.people.minutes.tolist()
        self.taken: dict[int, list[int]] = defaultdict(list)
        self.filled: Counter[int] = Counter()
        self.unqualified: Counter[int] = Counter()
        self.arcs: list[int] = []

    def take(self, order: np.ndarray, *, gainful: bool) -> None:
        """One arc after the other, where it fits; if `gainful` only where it wins more than it costs."""
        arcs = self.rota.arcs
        columns = arcs.person[order].tolist(), arcs.shift[order].tolist(), arcs.qualified[order].tolist()
        for arc, score, person, shift, qualified in zip(
            order.tolist(), arcs.scores[order].tolist(), *columns, strict=True
        ):
            if not self.has_room(shift, qualified) or not self.fits(person, shift):
                continue
            if gainful and self.gain(person, shift) + score <= 0:
                continue
            self.arcs.append(arc)
            self.taken[person].append(shift)
            self.filled[shift] += 1
            self.unqualified[shift] += not qualified

    def has_room(self, shift: int, qualified: bool) -> bool:
        """A seat for this person."""
        return self.filled[shift] < self.seats[shift] and (qualified or self.unqualified[shift] < self.open[shift])

    def fits(self, person: int, shift: int) -> bool:
        """The week has room for it, and it leaves rest between the shifts of the person."""
        rest, week, half = self.rota.rules.rest, self.weeks[shift], self.starts[shift] // HALF_DAY
        number, minutes = 1, self.ends[shift] - self.starts[shift]
        for other in self.taken[person]:
            if self.starts[shift] < self.ends[other] + rest and self.starts[other] < self.ends[shift] + rest:
                return False
            if self.rota.rules.half_days and self.starts[other] // HALF_DAY == half:
                return False
            if self.weeks[other] == week:
                number, minutes = number + 1, minutes + self.ends[other] - self.starts[other]
        return number <= self.number[person][week] and minutes <= self.minutes[person][week]

    def gain(self, person: int, shift: int) -> int:
        """What the next seat is worth, less what one more shift of the week costs."""
        weights, filled = self.rota.weights, self.filled[shift]
        again = sum(self.weeks[other] == self.weeks[shift] for other in self.taken[person])
        seat = weights.seats[min(filled, len(weights.seats) - 1)] + (
            int(self.rota.shifts.urgency[shift]) if not filled else 0
        )
        return seat - weights.again * again


def repaired(rota: Rota, flow: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows of a plan that keeps every rule, and which rows of the flow had to go."""
    diary = Diary(rota)
    scores = rota.arcs.scores
    diary.take(flow[np.lexsort((flow, -scores[flow]))], gainful=False)
    dropped = np.setdiff1d(flow, diary.arcs, assume_unique=True)
    if len(dropped):
        filled = np.bincount(rota.arcs.shift[diary.arcs], minlength=len(rota.shifts))
        rest = np.setdiff1d(np.flatnonzero((filled < rota.shifts.seats)[rota.arcs.shift]), diary.arcs)
        worth = (
            scores[rest]
            + np.array(rota.weights.seats)[np.minimum(filled, len(rota.weights.seats) - 1)][rota.arcs.shift[rest]]
        )
        diary.take(rest[np.lexsort((rest, -worth))], gainful=True)
    return np.sort(np.array(diary.arcs, np.int64)), dropped
