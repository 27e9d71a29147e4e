"""The check finds whatever is planted in a plan that was right."""

from dataclasses import replace

import numpy as np
import pytest

from matching.solvers.buildings import assign
from matching.solvers.check import Violation, Wrong, check
from matching.solvers.inputs import People, Places
from matching.solvers.points import arcs
from matching.solvers.rules import Rules
from matching.solvers.weights import Weights

WU, ZHAO, TEAM = 2, 4, 7


@pytest.fixture
def town():
    people = People(
        ids=[1, 2, 3],
        partner=[False, False, True],
        x=[0, 0, np.nan],
        y=[0, 0, np.nan],
        capacity=[1, 1, 3],
        free=[1, 1, 1],
        papers=[0, 1, 1],
        areas=[(TEAM, 5)],
    )
    places = Places(ids=[10, 20], x=[0, 10], y=[0, 0], community=[5, 6], seats=[2, 1], reserved=[1, 0], papers=[1, 0])
    return people, places, assign(people, places, arcs(people, places, Weights(), Rules()))


def test_a_right_plan_has_no_faults(town):
    assert check(*town) == []


def planted(plan, *pairs, **terms):
    keys, places = np.array(pairs).reshape(-1, 2).T
    return replace(plan, keys=keys, places=places, terms=replace(plan.terms, **terms))


@pytest.mark.parametrize(
    ("pairs", "violation"),
    [
        ([(WU, 99)], (Wrong.UNKNOWN, WU, 99)),
        ([(98, 20)], (Wrong.UNKNOWN, 98, 20)),
        ([(WU, 20), (WU, 20)], (Wrong.TWICE, WU, 20)),
        ([(WU, 10), (WU, 20)], (Wrong.CAPACITY, WU, None)),
        ([(WU, 20), (ZHAO, 20)], (Wrong.SEATS, None, 20)),
        ([(TEAM, 20)], (Wrong.AREA, TEAM, 20)),
    ],
)
def test_it_finds_what_the_inputs_forbid(town, pairs, violation):
    people, places, plan = town
    assert Violation(*violation) in check(people, places, planted(plan, *pairs))


def test_it_finds_somebody_without_papers_in_a_reserved_seat(town):
    people, places, plan = town
    people = replace(people, papers=np.zeros(3))
    assert check(people, places, planted(plan, (WU, 10), (ZHAO, 10))) == [Violation(Wrong.RESERVED, None, 10)]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"x": [1155, 0, np.nan]}, Wrong.WALK),
        ({"x": [np.nan, 0, np.nan]}, Wrong.WALK),
        ({"free": [0, 1, 1]}, Wrong.AWAY),
    ],
)
def test_it_finds_who_cannot(town, change, wrong):
    people, places, plan = town
    assert check(replace(people, **change), places, planted(plan, (WU, 10))) == [Violation(wrong, WU, 10)]


def test_it_finds_another_time(town):
    people, places, plan = town
    assert check(people, replace(places, times=[2, 0]), planted(plan, (WU, 10))) == [Violation(Wrong.TIMES, WU, 10)]


@pytest.mark.parametrize(("name", "wrong"), [("declined", Wrong.DECLINED), ("conflicts", Wrong.CONFLICT)])
def test_it_finds_who_was_declined(town, name, wrong):
    people, places, plan = town
    broken = planted(plan, (WU, 10), rules=Rules(**{name: [(WU, 10)]}))
    assert check(people, places, broken) == [Violation(wrong, WU, 10)]


def test_it_finds_what_was_banned_and_what_was_moved(town):
    people, places, plan = town
    pair = np.array([(WU, 10)])
    assert check(people, places, planted(plan, (WU, 10), banned=pair)) == [Violation(Wrong.BANNED, WU, 10)]
    assert check(people, places, planted(plan, (WU, 20), locked=pair)) == [Violation(Wrong.MOVED, WU, 10)]


def test_what_was_accepted_may_break_the_rules_of_today(town):
    people, places, plan = town
    away = replace(people, free=[0, 1, 1])
    assert check(away, places, planted(plan, (WU, 10), locked=np.array([(WU, 10)]))) == []
