"""What would be if: a second plan beside the first, and what is different."""

import numpy as np

from matching.solvers.buildings import assign
from matching.solvers.check import check
from matching.solvers.inputs import People, Places
from matching.solvers.points import arcs
from matching.solvers.rules import Rules
from matching.solvers.weights import Weights
from matching.solvers.what_if import again, cheapest, further, other_weights, without

PEOPLE = People(ids=[1, 2], x=[0, 100], y=[0, 0], home=[20, -1])
PLACES = Places(ids=[10, 20, 30], x=[0, 500, 1500], y=[0, 0, 0])
PLAN = assign(PEOPLE, PLACES, arcs(PEOPLE, PLACES, Weights(own=400), Rules()))


def test_a_longer_walk_fills_what_was_empty():
    places = Places(ids=[10, 30, 31], x=[0, 1500, 1900], y=[0, 0, 0])
    plan = assign(PEOPLE, places, arcs(PEOPLE, places, Weights(), Rules()))
    steps = further(PEOPLE, places, plan)
    assert [(walk, found.gain) for walk, found in steps] == [(1800, 0), (2100, 1), (2500, 1), (3000, 1)]
    assert cheapest(steps) == (2100, 1)
    assert steps[1][1].more.tolist() == [30]
    assert cheapest(further(PEOPLE, places, plan, [1400, 1600])) is None


def test_without_somebody_his_building_is_empty_or_another_takes_it():
    found = without(PEOPLE, PLACES, PLAN, 2)
    assert [2, 20] in found.gone.tolist()
    assert found.gain == -1
    assert not (found.added[:, 0] == 2).any()


def test_without_somebody_who_has_accepted_his_place_is_free():
    plan = assign(PEOPLE, PLACES, arcs(PEOPLE, PLACES, Weights(), Rules()), locked=[(2, 30)])
    found = without(PEOPLE, PLACES, plan, 2)
    assert found.gone.tolist() == [[2, 30]]
    assert found.fewer.tolist() == [30]


def test_other_weights_show_who_would_change():
    found = other_weights(PEOPLE, PLACES, PLAN, Weights(own=0, near=1000))
    assert sorted(found.gone.tolist()) == [[2, 20], [4, 10]]
    assert sorted(found.added.tolist()) == [[2, 10], [4, 20]]
    assert not len(found.more)


def test_the_same_again_is_the_same():
    plan = again(PEOPLE, PLACES, PLAN)
    assert np.array_equal(plan.pairs, PLAN.pairs)
    assert check(PEOPLE, PLACES, plan) == []
