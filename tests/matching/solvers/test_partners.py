"""The plan of partners keeps every rule, is the best one where it says so, and its explanations are true."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.matching_partners import market as district
from matching.solvers.partner_arcs import Component, PartnerArcs, PartnerWeights, partner_arcs, points_of
from matching.solvers.partner_baselines import first_come_partners, greedy_partners
from matching.solvers.partner_check import Breach, check_partners, worth_of
from matching.solvers.partner_plan import PartnerPlan
from matching.solvers.partner_rules import Barrier, Role, Standing
from matching.solvers.partner_why import completing, rank, why_not_partner, why_partner
from matching.solvers.partners import match_partners

from .markets import market


def breaches(who, what, arcs, rows, standing):
    plan = PartnerPlan(np.array(rows, np.int64), 0)
    plan = replace(plan, value=worth_of(what, arcs, plan, PartnerWeights()))
    return {one.breach for one in check_partners(who, what, arcs, plan, standing)}, plan.value


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_it_is_worth_what_the_best_of_all_plans_is_worth(start):
    for seed in range(start, start + 20):
        who, what, arcs, standing = market(seed)
        arcs = arcs.take(np.arange(min(len(arcs), 9)))
        sets = (rows for size in range(len(arcs) + 1) for rows in combinations(range(len(arcs)), size))
        plans = (breaches(who, what, arcs, rows, standing) for rows in sets)
        optimum = max(value for broken, value in plans if not broken)
        plan, certificate = match_partners(who, what, arcs, gap=0)
        assert plan.value == optimum == certificate.bound, seed
        _plan, loose = match_partners(who, what, arcs, rounds=2, gap=0.3)
        assert loose.value <= optimum <= loose.bound


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_no_rule_is_broken_and_the_baselines_are_not_better(seed):
    who, what, arcs, standing = market(seed, 8, 9)
    plan, certificate = match_partners(who, what, arcs, gap=0)
    assert check_partners(who, what, arcs, plan, standing) == []
    assert plan.value == certificate.value <= certificate.bound
    for other in (greedy_partners(who, what, arcs), first_come_partners(who, what, arcs)):
        assert check_partners(who, what, arcs, other, standing) == []
        assert other.value <= plan.value


def test_the_order_of_the_rows_changes_nothing():
    who, what, arcs, _standing = market(5, 12, 14)
    plan, certificate = match_partners(who, what, arcs)
    assert (match_partners(who, what, arcs)[0].arcs == plan.arcs).all()
    dice = np.random.default_rng(1)
    p, j, a = (dice.permutation(len(rows)) for rows in (who, what, arcs))
    mixed = PartnerArcs(np.argsort(p)[arcs.partner], np.argsort(j)[arcs.project], arcs.role, arcs.points).take(a)
    again, other = match_partners(who.take(p), what.take(j), mixed)
    assert sorted(a[again.arcs]) == sorted(plan.arcs)
    assert other == certificate


def test_the_check_finds_each_thing_that_was_done_wrong():
    who, what, arcs, standing = market(11, 8, 9)
    plan, _certificate = match_partners(who, what, arcs)
    everything = PartnerPlan(np.arange(len(arcs)), 0)
    found = {one.breach for one in check_partners(who, what, arcs, everything, standing)}
    wanted = {Breach.TWICE, Breach.TWO_LEADS, Breach.TOO_MANY_SUPPORTERS, Breach.OVER_CAPACITY, Breach.OVER_LEADS}
    assert wanted | {Breach.WRONG_VALUE} <= found
    supporters = np.flatnonzero((arcs.role == Role.SUPPORTER) & ~what.led[arcs.project])
    assert Breach.SUPPORTED_ALONE in breaches(who, what, arcs, supporters[:1], standing)[0]
    first = int(plan.arcs[0])
    pair = np.array([[arcs.partner[first], arcs.project[first]]])
    inside, declined = Standing(pair, projects=len(what)), Standing(declined=pair, projects=len(what))
    for state, barrier in ((inside, Barrier.ALREADY_IN), (declined, Barrier.DECLINED)):
        assert [one.barrier for one in check_partners(who, what, arcs, plan, state)] == [barrier]
    nowhere = replace(who, serves=np.zeros_like(who.serves))
    assert {one.barrier for one in check_partners(nowhere, what, arcs, plan, standing)} == {Barrier.AREA}


def test_each_component_reaches_its_weight_and_they_sum_to_the_score():
    who, what, arcs, _standing = market(3, 8, 9)
    assert (arcs.scores == [sum(why_partner(arcs, arc).points.values()) for arc in range(len(arcs))]).all()
    best = replace(
        who,
        abilities=np.full_like(who.abilities, 3),
        xy=np.tile(what.xy[0], (8, 1)),
        home=np.full(8, what.area[0]),
        kept=np.full(8, -1),
        carried=np.full(8, 9),
    )
    most = points_of(best, what, PartnerWeights(), np.array([0]), np.array([0]), np.array([Role.LEAD]))[0]
    weights = PartnerWeights()
    names = {component: component.name.lower() for component in Component}
    for component, name in names.items():
        most_of_it = -weights.load_most if component is Component.LOAD else getattr(weights, name)
        assert most[component] == (most_of_it if component is not Component.LEVEL or what.main[0] >= 0 else most[1])


def test_explanations_are_true():
    who, what, arcs, standing = market(7, 10, 10)
    plan, _certificate = match_partners(who, what, arcs)
    seen = set()
    for partner in range(10):
        for project in range(10):
            for role in Role:
                said = why_not_partner(who, what, (partner, project), role, standing, arcs=arcs, plan=plan)
                seen.add(said.barrier)
                rows = (arcs.partner == partner) & (arcs.project == project) & (arcs.role == role)
                mine = plan.arcs[arcs.partner[plan.arcs] == partner]
                bare = why_not_partner(who, what, (partner, project), role, standing)
                assert rows.any() == (bare.barrier is Barrier.NONE)
                if said.barrier in (Barrier.CAPABILITY, Barrier.LEVEL):
                    assert who.abilities[partner, said.capability] == said.has < said.asked
                elif said.barrier is Barrier.AREA:
                    assert not who.serves[partner, what.area[project]]
                elif said.barrier is Barrier.CAPACITY:
                    assert len(mine) >= who.capacity[partner]
                elif said.barrier is Barrier.ALREADY_IN and rows.any():
                    assert project in arcs.project[mine]
                elif said.barrier is Barrier.FEWER_POINTS:
                    assert said.short > 0
                    assert said.behind_in is not None
    assert {Barrier.CAPABILITY, Barrier.LEVEL, Barrier.AREA, Barrier.CAPACITY} <= seen


def test_the_best_comes_first_and_others_bring_what_it_misses():
    who, what, arcs, _standing = market(21, 30, 6)
    helped = 0
    for project in range(6):
        found = rank(who, what, arcs, project)
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
        for one in found:
            asks = what.asks[project]
            assert set(one.missing) == {n for n in range(2) if asks[n] and who.abilities[one.partner, n] < asks[n]}
            for other in completing(who, what, arcs, one, project):
                helped += 1
                assert other.partner != one.partner
                assert set(one.missing) - set(other.missing)
    assert helped


def test_a_subdistrict_is_within_two_hundredths_of_its_certificate():
    who, what = district(300, 600)
    standing = Standing(projects=len(what))
    arcs = partner_arcs(who, what, PartnerWeights(), standing)
    plan, certificate = match_partners(who, what, arcs)
    assert check_partners(who, what, arcs, plan, standing) == []
    assert certificate.share >= 0.98
    assert greedy_partners(who, what, arcs).value <= plan.value <= certificate.bound
