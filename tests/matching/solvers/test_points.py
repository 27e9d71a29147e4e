"""Every component reaches its weight and no more, and together they are the score; weights that cannot be are told."""

import numpy as np
import pytest
from hypothesis import given, settings

from matching.solvers.inputs import People, Places, WrongInput, on_plane
from matching.solvers.lots import lots
from matching.solvers.points import arcs
from matching.solvers.rules import Rules
from matching.solvers.weights import Component, Fault, Weights, WrongWeights

from .drawn import towns

WEIGHTS = Weights(near=301, compound=202, community=123, skill=154, language=85, own=256, kept=157, reliable=48,
                  preferred=99, team=205)  # fmt: skip
BASE = {"ids": [1], "x": [0], "y": [0], "kept": [0]}
FAR = {"ids": [9], "x": [1150], "y": [0]}
TEAM = {"ids": [1], "partner": [True], "kept": [0], "areas": [(3, 1)], "homes": [(3, 4, 100)]}


@pytest.mark.parametrize(
    ("component", "person", "place", "held"),
    [
        (Component.NEAR, BASE, FAR | {"x": [0]}, ()),
        (Component.COMPOUND, BASE | {"compound": [4]}, FAR | {"compound": [4]}, ()),
        (Component.COMMUNITY, BASE | {"community": [4]}, FAR | {"community": [4]}, ()),
        (Component.SKILL, BASE | {"skills": [7]}, FAR | {"skills": [6]}, ()),
        (Component.LANGUAGE, BASE | {"languages": [3]}, FAR | {"languages": [2]}, ()),
        (Component.OWN, BASE | {"home": [9]}, FAR, ()),
        (Component.KEPT, BASE, FAR, [(2, 9)]),
        (Component.RELIABLE, BASE | {"kept": [100]}, FAR, ()),
        (Component.PREFERRED, BASE | {"member": [True]}, FAR | {"members": [True]}, ()),
        (Component.TEAM, TEAM, FAR | {"community": [1], "compound": [4]}, ()),
    ],
)
def test_a_component_reaches_exactly_its_weight(component, person, place, held):
    found = arcs(People(**person), Places(**place), WEIGHTS, Rules(held=held))
    assert len(found) == 1
    points = found.points[0].copy()
    assert points[component] == WEIGHTS.of(component)
    assert points[component] == found.points.max()
    points[[component, Component.NEAR]] = 0
    assert not points.any()


def test_near_falls_by_e_every_four_hundred_metres():
    people = People(ids=[1], x=[0], y=[0])
    places = Places(ids=[1, 2, 3], x=[0, 400 / 1.3, 800 / 1.3], y=[0, 0, 0])
    found = arcs(people, places, Weights(), Rules())
    assert found.points[:, Component.NEAR].tolist() == [300, 110, 41]
    assert found.walk.tolist() == [0, 400, 800]


def test_many_skills_do_not_wrap():
    people, places = (
        People(ids=[1], x=[0], y=[0], skills=[2**60 - 1]),
        Places(ids=[1], x=[0], y=[0], skills=[2**61 - 1]),
    )
    assert arcs(people, places, Weights(), Rules()).points[0, Component.SKILL] == round(60 * 150 / 61)


@given(towns(people=12, places=10))
@settings(max_examples=100, deadline=None)
def test_the_components_sum_to_the_score_within_their_weights(town):
    _people, _places, offered = town
    assert np.array_equal(offered.score, offered.points.astype(int).sum(axis=1))
    for component in Component:
        assert (offered.points[:, component] <= offered.weights.of(component)).all()
        assert (offered.points[:, component] >= 0).all()


def test_the_grid_finds_every_pair_within_the_walk():
    dice = np.random.default_rng(4)
    here, there = dice.uniform(-4000, 4000, (300, 2)), dice.uniform(-4000, 4000, (200, 2))
    people = People(ids=np.arange(300), x=here[:, 0], y=here[:, 1])
    places = Places(ids=np.arange(200), x=there[:, 0], y=there[:, 1])
    found = arcs(people, places, Weights(), Rules())
    walk = np.rint(np.hypot(*(here[:, None] - there).transpose(2, 0, 1)) * 1.3)
    assert np.array_equal(np.c_[found.person, found.place], np.argwhere(walk <= 1500))


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"near": 1.5}, ("near", Fault.NOT_WHOLE, None)),
        ({"own": True}, ("own", Fault.NOT_WHOLE, None)),
        ({"skill": -1}, ("skill", Fault.TOO_SMALL, 0)),
        ({"team": 1001}, ("team", Fault.TOO_BIG, 1000)),
        ({"near_metres": 0}, ("near_metres", Fault.TOO_SMALL, 50)),
        ({"seats": (100, 200)}, ("seats", Fault.RISES, None)),
        ({"seats": ()}, ("seats", Fault.TOO_SMALL, 1)),
    ],
)
def test_a_weight_that_cannot_be_is_told_by_name(facts, fault):
    with pytest.raises(WrongWeights) as told:
        Weights(**facts)
    assert told.value.faults == [fault]


def test_weights_come_back_as_they_were_kept():
    assert Weights.from_dict(WEIGHTS.as_dict() | {"forgotten": 1}) == WEIGHTS


@pytest.mark.parametrize("facts", [{"ids": [1, 1]}, {"ids": [1], "capacity": [-1]}, {"ids": [1], "x": [1, 2]}])
def test_inputs_that_cannot_be_are_refused(facts):
    with pytest.raises(WrongInput):
        People(**facts)


def test_a_place_has_four_seats_at_most():
    with pytest.raises(WrongInput):
        Places(ids=[1], seats=[5])


def test_the_hash_is_not_linear_in_its_two_keys():
    one, other = np.meshgrid(np.arange(1, 60), np.arange(1, 60))
    little = lots(one, other, among=1024).astype(int)
    swapped = little[:-1, :-1] + little[1:, 1:] - little[1:, :-1] - little[:-1, 1:]
    assert (swapped == 0).mean() < 0.01
    assert 0 <= little.min() <= little.max() < 1024


def test_degrees_become_metres():
    x, y = on_plane([108.95, 108.96], [34.27, 34.27], 34.27)
    assert round(float(np.hypot(x[1] - x[0], y[1] - y[0]))) == 919
