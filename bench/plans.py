"""Plans for buildings beside each other: time, memory, value, coverage, km; then churn, shortage, one person."""

import resource
import sys
import time
from multiprocessing import get_context

import numpy as np

from matching.solvers.baselines import first_come, greedy
from matching.solvers.buildings import assign
from matching.solvers.cells import assign_in_cells
from matching.solvers.check import check
from matching.solvers.figures import Figures, figures, gini
from matching.solvers.index import index
from matching.solvers.points import arcs
from matching.solvers.suggest import suggest
from matching.solvers.weights import Weights

from .district import district

BEGIN = "| people | plan | wall s | CPU s | MB at most | pairs | value | buildings with nobody | seats filled | km |"
WAYS = {"ours": assign, "greedy": greedy, "first come": first_come}


def main() -> None:
    """Each plan in a process of its own, so that its memory is its own."""
    print(BEGIN + "\n" + "|---" * 10 + "|")
    runs = [(count, way, 1.0) for count in (1000, 10_000) for way in WAYS]
    runs += [(10_000, "in cells", 1.0), (100_000, "in cells", 1.0)] + [(10_000, way, 0.55) for way in WAYS]
    for run in runs:
        with get_context("spawn").Pool(1) as pool:
            print(pool.apply(line, run), flush=True)
    churn()
    one_person()


def line(count: int, way: str, share: float) -> str:
    """One row of the table: pairs, points, flow and prices together."""
    people, places, rules = district(count, share=share)
    wall, cpu = time.perf_counter(), time.process_time()
    if way == "in cells":
        plan, size = assign_in_cells(people, places, Weights(), rules), "–"
    else:
        offered = arcs(people, places, Weights(), rules)
        plan, size = WAYS[way](people, places, offered), f"{len(offered):,}"
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if faults := check(people, places, plan):
        sys.exit(f"{way}: {faults[:3]}")
    told: Figures = figures(people, places, plan)
    return (
        f"| {count * share:,.0f} | {way} | {wall:.2f} | {cpu:.2f} | {most:.0f} | {size} | {told.value:,} "
        f"| {told.empty} of {told.wanted:,} | {told.filled:,} of {told.seats:,} | {told.metres / 1000:,.0f} |"
    )


def churn() -> None:
    """One in a hundred leaves: how much of yesterday's plan stays, and what that costs; the same run twice."""
    people, places, rules = district()
    offered = arcs(people, places, Weights(), rules)
    before = assign(people, places, offered)
    print("\nsame input, same plan:", np.array_equal(before.pairs, assign(people, places, offered).pairs))
    people = people.take(np.flatnonzero(np.random.default_rng(2).random(len(people)) >= 0.01))
    offered = arcs(people, places, Weights(), rules)
    fresh = assign(people, places, offered)
    kept = assign(people, places, offered, incumbent=before, keep=100)
    old = set(map(tuple, before.pairs.tolist()))
    for name, plan in (("fresh", fresh), ("with a bonus of 100", kept)):
        new = set(map(tuple, plan.pairs.tolist()))
        alike, rest = len(old & new) / len(old | new), plan.value / fresh.value
        print(f"after 1 % left, {name}: Jaccard {alike:.4f}, value {rest:.5f} of the fresh optimum")


def one_person() -> None:
    """What fits me: CPU, and how evenly places are shown with the penalty and without."""
    people, places, rules = district()
    offered = arcs(people, places, Weights(), rules)
    plan = assign(people, places, offered)
    for name, weights in (("no penalty", Weights(exposure=0)), ("with penalty", Weights())):
        ready = index(people, places, offered, plan, np.zeros(len(places)))
        object.__setattr__(ready.plan.terms, "weights", weights)
        begin = time.process_time()
        for key in people.keys.tolist():
            for told in suggest(ready, key):
                ready.shown[ready.place_of[told.place]] += 1
        each = (time.process_time() - begin) / len(people) * 1000
        print(f"what fits me, {name}: {each:.3f} ms of CPU, Gini of how often a place is shown {gini(ready.shown):.2f}")


if __name__ == "__main__":
    main()
