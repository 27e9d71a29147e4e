"""The plan of shifts keeps every rule, is the best one for the few, and its explanations are true."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.solvers.shift_arcs import ShiftArcs, ShiftBarrier
from matching.solvers.shift_baselines import first_come_shifts, greedy_shifts
from matching.solvers.shift_check import ShiftBreach, check_shifts, worth_of_shifts
from matching.solvers.shift_plan import ShiftPlan
from matching.solvers.shift_rows import ShiftRules, ShiftWeights
from matching.solvers.shift_why import why_not_shift, why_shift
from matching.solvers.shifts import assign_shifts

from .markets import rota

RULES = (ShiftRules(), ShiftRules(half_days=True))


def breaches(who, what, arcs, rows, times, rules):
    plan = ShiftPlan(np.array(rows, np.int64), 0, 10**9)
    plan = replace(plan, value=worth_of_shifts(what, arcs, plan, ShiftWeights()))
    return {one.breach for one in check_shifts(who, what, arcs, plan, times, rules=rules)}, plan.value


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_it_is_worth_what_the_best_of_all_plans_is_worth(start):
    for seed in range(start, start + 20):
        rules = RULES[seed % 2]
        who, what, arcs, times = rota(seed, rules)
        arcs = arcs.take(np.arange(min(len(arcs), 8)))
        sets = (rows for size in range(len(arcs) + 1) for rows in combinations(range(len(arcs)), size))
        plans = (breaches(who, what, arcs, rows, times, rules) for rows in sets)
        optimum = max(value for broken, value in plans if not broken)
        plan = assign_shifts(who, what, arcs, rules=rules)
        assert plan.value == optimum == plan.bound, seed


@given(st.integers(0, 10_000), st.sampled_from(RULES), st.sampled_from([4, 1_000]))
@settings(max_examples=40, deadline=None)
def test_no_rule_is_broken_and_the_baselines_are_not_better(seed, rules, most):
    who, what, arcs, times = rota(seed, rules, 10, 14)
    plan = assign_shifts(who, what, arcs, rules=rules, most=most)
    assert check_shifts(who, what, arcs, plan, times, rules=rules) == []
    for other in (greedy_shifts, first_come_shifts):
        found = other(who, what, arcs, rules=rules)
        assert check_shifts(who, what, arcs, found, times, rules=rules) == []
        assert found.value <= (plan.value if most == 1_000 else plan.bound)


def test_the_order_of_the_rows_changes_nothing():
    rules = ShiftRules()
    who, what, arcs, _times = rota(4, rules, 12, 16)
    plan = assign_shifts(who, what, arcs, rules=rules)
    dice = np.random.default_rng(1)
    p, j, a = (dice.permutation(len(rows)) for rows in (who, what, arcs))
    mixed = ShiftArcs(np.argsort(p)[arcs.person], np.argsort(j)[arcs.shift], arcs.qualified, arcs.points).take(a)
    again = assign_shifts(who.take(p), what.take(j), mixed, rules=rules)
    assert sorted(a[again.arcs]) == sorted(plan.arcs)
    assert again.value == plan.value


def test_the_check_finds_each_thing_that_was_done_wrong():
    rules = ShiftRules(half_days=True)
    who, what, arcs, times = rota(2, rules, 14, 20)
    seen, _value = breaches(who, what, arcs, [*range(len(arcs)), 0], times, rules)
    assert set(ShiftBreach) - {ShiftBreach.WRONG_VALUE, ShiftBreach.OVER_BOUND, ShiftBreach.UNFIT} <= seen
    plan = assign_shifts(who, what, arcs, rules=rules)
    nobody = replace(times, free=np.empty((0, 3), np.int64))
    assert {one.breach for one in check_shifts(who, what, arcs, plan, nobody, rules=rules)} == {ShiftBreach.UNFIT}
    for wrong, breach in (
        (replace(plan, value=plan.value - 1), ShiftBreach.WRONG_VALUE),
        (replace(plan, bound=plan.value - 1), ShiftBreach.OVER_BOUND),
    ):
        assert [one.breach for one in check_shifts(who, what, arcs, wrong, times, rules=rules)] == [breach]


def test_components_sum_to_the_score():
    _who, _what, arcs, _times = rota(3, ShiftRules(), 14, 20)
    assert (arcs.scores == [sum(why_shift(arcs, arc).points.values()) for arc in range(len(arcs))]).all()


def test_explanations_are_true():
    rules = ShiftRules()
    who, what, arcs, times = rota(6, rules, 14, 20)
    plan = assign_shifts(who, what, arcs, rules=rules)
    seen = set()
    for person in range(14):
        mine = arcs.shift[plan.arcs[arcs.person[plan.arcs] == person]]
        for shift in range(20):
            bare = why_not_shift(who, what, (person, shift), times, rules=rules)
            said = why_not_shift(who, what, (person, shift), times, rules=rules, arcs=arcs, plan=plan)
            seen.add(said.barrier)
            there = ((arcs.person == person) & (arcs.shift == shift)).any()
            assert there == (bare.barrier is ShiftBarrier.NONE)
            assert (said.barrier is ShiftBarrier.TAKEN) == (shift in mine)
            filled = (arcs.shift[plan.arcs] == shift).sum()
            if said.barrier is ShiftBarrier.CLASH:
                away = (what.starts[mine] >= what.ends[shift] + rules.rest) | (
                    what.starts[shift] >= what.ends[mine] + rules.rest
                )
                assert not away.all()
            elif said.barrier is ShiftBarrier.FEWER_POINTS:
                assert said.short > 0
                assert filled == what.seats[shift]
            elif said.barrier is ShiftBarrier.NOT_NEEDED:
                assert filled < what.seats[shift]
    assert {ShiftBarrier.NOT_FREE, ShiftBarrier.TAKEN, ShiftBarrier.NO_SEAT} <= seen
