"""A week of shifts in a district, and how good and how fast the plans for it are."""

import resource
import time

import numpy as np

from matching.solvers.shift_arcs import Times, shift_arcs
from matching.solvers.shift_baselines import first_come_shifts, greedy_shifts
from matching.solvers.shift_check import check_shifts
from matching.solvers.shift_rows import People, ShiftRules, Shifts, ShiftWeights
from matching.solvers.shifts import assign_shifts

AREAS, DENSE, SKILLS, DAY = 108, 280, 6, 1_440  # communities, people for a square kilometre, kinds of skill, minutes


def week(people: int, shifts: int, *, seed: int = 1) -> tuple[People, Shifts, Times]:
    """So many made-up people and shifts of one week, equally dense at every size; the same ones in every run."""
    dice = np.random.default_rng(seed)
    side = 1_000 * (people / DENSE) ** 0.5
    centres = dice.uniform(0, side, (AREAS, 2))
    home, area = dice.integers(0, AREAS, people), dice.integers(0, AREAS, shifts)
    starts = dice.integers(0, 7, shifts) * DAY + dice.integers(16, 37, shifts) * 30
    seats, skill = (
        dice.integers(1, 9, shifts),
        np.where(dice.random(shifts) < 0.3, dice.integers(0, SKILLS, shifts), -1),
    )
    who = People(
        np.arange(people) * 7 + 3,
        dice.integers(1, 4, (people, 1)),
        dice.integers(4, 17, (people, 1)) * 30,
        dice.integers(0, 4_000, people),
        np.where(dice.random(people) < 0.3, -1, dice.integers(50, 101, people)),
        dice.random((people, SKILLS)) < 0.15,
        home,
        centres[home] + dice.normal(0, 250, (people, 2)),
    )
    what = Shifts(
        np.arange(shifts) * 5 + 1,
        starts,
        starts + dice.integers(2, 9, shifts) * 30,
        seats,
        np.where(skill < 0, 0, np.minimum(seats, dice.integers(0, 3, shifts))),
        skill,
        area,
        centres[area] + dice.normal(0, 250, (shifts, 2)),
        dice.integers(0, 301, shifts),
    )
    days = np.argwhere(dice.random((people, 7)) < 0.4)
    from_minute = dice.choice([480, 780, 1_020], len(days))
    begins = days[:, 1] * DAY + from_minute
    free = np.column_stack((days[:, 0], begins, begins + dice.integers(6, 13, len(days)) * 30))
    return who, what, Times(free)


def report(sizes: tuple[tuple[int, int], ...] = ((1_000, 150), (10_000, 1_500))) -> list[dict]:
    """One line for each size and each of the two rules: pairs, seconds, memory, and what the plans are worth."""
    return [_measured(*size, ShiftRules(half_days=halves)) for size in sizes for halves in (True, False)]


def _measured(many: int, wanted: int, rules: ShiftRules) -> dict:
    """Our plan, the best pair first, and first come first served, of one size."""
    people, shifts, times = week(many, wanted)
    began = time.perf_counter()
    arcs = shift_arcs(people, shifts, ShiftWeights(), times, rules)
    paired = time.perf_counter()
    plan = assign_shifts(people, shifts, arcs, rules=rules)
    assigned = time.perf_counter()
    return {
        "people": many,
        "shifts": wanted,
        "half-days": rules.half_days,
        "arcs": len(arcs),
        "seconds for arcs": round(paired - began, 2),
        "seconds": round(assigned - paired, 2),
        "value": plan.value,
        "bound": plan.bound,
        "share": round(plan.share, 4),
        "greedy": round(greedy_shifts(people, shifts, arcs, rules=rules).value / plan.bound, 4),
        "first come": round(first_come_shifts(people, shifts, arcs, rules=rules).value / plan.bound, 4),
        "violations": len(check_shifts(people, shifts, arcs, plan, times, rules=rules)),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
