"""What is told is true when it is looked at again, and tells nothing of others."""

from dataclasses import fields, replace

import numpy as np
import pytest

from bench.district import district
from matching.solvers.buildings import assign
from matching.solvers.index import index
from matching.solvers.inputs import People, Places
from matching.solvers.points import arcs
from matching.solvers.rules import Rule, Rules
from matching.solvers.suggest import Need, suggest
from matching.solvers.weights import Component, Weights
from matching.solvers.why import Answer, Explanation, Lack, why, why_not
from matching.solvers.worth import value


@pytest.fixture(scope="module")
def short():
    """A district with few people, and its run."""
    people, places, rules = district(500, seed=9, share=0.4)
    offered = arcs(people, places, Weights(), rules)
    banned = np.c_[people.keys[offered.person[::97]], places.ids[offered.place[::97]]]
    plan = assign(people, places, offered, banned=banned)
    return people, places, offered, plan, index(people, places, offered, plan)


def some_pairs(people, places, offered):
    """Two hundred of any pairs and three hundred of those that may be."""
    dice = np.random.default_rng(2)
    yield from zip(dice.choice(people.keys, 200).tolist(), dice.choice(places.ids, 200).tolist(), strict=True)
    for arc in dice.choice(len(offered), 300):
        yield int(people.keys[offered.person[arc]]), int(places.ids[offered.place[arc]])


def test_every_answer_is_true(short):
    people, places, offered, plan, asked = short
    answers = set()
    for key, id in some_pairs(people, places, offered):
        told = why_not(asked, key, id)
        answers.add(told.answer)
        TRUE[told.answer](short, key, id, told)
    assert answers == {Answer.PROPOSED, Answer.BROKEN, Answer.FULL, Answer.LESS}


def proposed(short, key, id, told):
    assert [key, id] in short[3].pairs.tolist()


def broken(short, key, id, told):
    """Without that rule alone, either the pair may be or a later rule is broken."""
    people, places, offered, plan, asked = short
    row, at = asked.person_of[key], asked.place_of[id]
    arc = np.flatnonzero((offered.person == row) & (offered.place == at))
    facts = {
        Rule.AWAY: people.free[row] == 0,
        Rule.OUT_OF_AREA: people.partner[row] and [key, places.community[at]] not in people.areas.tolist(),
        Rule.TOO_FAR: not np.hypot(people.x[row] - places.x[at], people.y[row] - places.y[at]) * 1.3 <= 1500,
        Rule.OTHER_TIMES: int(people.free[row]) & int(places.times[at]) == 0 < places.times[at],
        Rule.DECLINED: [key, id] in plan.terms.rules.declined.tolist(),
        Rule.CONFLICT: [key, id] in plan.terms.rules.conflicts.tolist(),
        Rule.RESERVED: places.reserved[at] > 0 and not people.papers[row] & places.papers[at],
        Rule.BANNED: [key, id] in plan.terms.banned.tolist(),
    }
    assert facts[told.rule]
    assert told.rule in (Rule.BANNED, Rule.RESERVED) or not len(arc)
    assert not any(holds for rule, holds in facts.items() if rule < told.rule)


def full(short, key, id, told):
    assert (short[3].places == id).sum() == short[1].seats[short[4].place_of[id]]


def less(short, key, id, told):
    """The plan with this pair, instead of the other one if there is one, is worth exactly that much less."""
    people, places, _offered, plan, asked = short
    pairs = [tuple(pair) for pair in plan.pairs.tolist() if tuple(pair) != (key, told.instead)] + [(key, id)]
    rows = [(asked.person_of[one], asked.place_of[other]) for one, other in pairs]
    wider = arcs(people, places, Weights(), plan.terms.rules)
    score = dict(zip(zip(wider.person.tolist(), wider.place.tolist(), strict=True), wider.score.tolist(), strict=True))
    one, other = np.array(rows).T
    changed = value(people, places, plan.terms.weights, one, other, [score[row] for row in rows])
    assert told.less == plan.value - changed >= 0


TRUE = {Answer.PROPOSED: proposed, Answer.BROKEN: broken, Answer.FULL: full, Answer.LESS: less}


def test_the_points_that_are_told_are_those_of_the_pair(short):
    people, places, offered, plan, asked = short
    for arc in range(0, len(offered), 211):
        told = why(asked, int(people.keys[offered.person[arc]]), int(places.ids[offered.place[arc]]))
        assert sum(told.points.values()) == offered.score[arc]
        assert list(told.points.values()) == sorted(told.points.values(), reverse=True)


def test_an_explanation_names_nobody():
    assert {each.name for each in fields(Explanation)} == {
        "answer", "need", "points", "walk", "rule", "less", "lack", "instead",
    }  # fmt: skip


def test_membership_is_counted_and_not_told():
    people = People(ids=[1], x=[0], y=[0], member=[True])
    places = Places(ids=[1, 2], x=[0, 0], y=[0, 0], members=[True, False])
    weights = Weights(preferred=100)
    offered = arcs(people, places, weights, Rules())
    asked = index(people, places, offered, assign(people, places, offered))
    assert suggest(asked, 2)[0].place == 1
    assert Component.PREFERRED not in why(asked, 2, 1).points
    told = why_not(asked, 2, 2)
    assert (told.answer, told.less, told.lack) == (Answer.LESS, 100, None)


def test_less_says_where_the_points_are_missing():
    people = People(ids=[1], x=[0], y=[0])
    places = Places(ids=[1, 2], x=[0, 800], y=[0, 0])
    offered = arcs(people, places, Weights(), Rules())
    told = why_not(index(people, places, offered, assign(people, places, offered)), 2, 2)
    assert (told.answer, told.lack, told.instead) == (Answer.LESS, Component.NEAR, 1)
    urgent = replace(places, urgency=[0, 300])
    offered = arcs(people, urgent, Weights(), Rules())
    told = why_not(index(people, urgent, offered, assign(people, urgent, offered)), 2, 1)
    assert (told.lack, told.instead) == (Lack.NEED, 2)


def test_who_has_accepted_enough_has_no_room():
    people = People(ids=[1], x=[0], y=[0])
    places = Places(ids=[1, 2], x=[0, 0], y=[0, 0])
    offered = arcs(people, places, Weights(), Rules())
    plan = assign(people, places, offered, locked=[(2, 1)])
    assert why_not(index(people, places, offered, plan), 2, 2).answer is Answer.NO_ROOM


def test_the_first_suggestion_is_what_the_plan_proposes(short):
    people, places, offered, plan, asked = short
    held = dict(zip(plan.keys.tolist(), plan.places.tolist(), strict=True))
    banned = set(map(tuple, plan.terms.banned.tolist()))
    first = {key: suggest(asked, key, top=1) for key in held if not people.partner[asked.person_of[key]]}
    right = [any((key, each.place) in zip(plan.keys.tolist(), plan.places.tolist(), strict=True) for each in told)
             for key, told in first.items()]  # fmt: skip
    assert not any((key, each.place) in banned for key, told in first.items() for each in told)
    assert all(right)


def test_suggestions_are_reachable_open_and_say_how_it_stands(short):
    people, places, offered, plan, asked = short
    allowed = set(zip(people.keys[offered.person].tolist(), places.ids[offered.place].tolist(), strict=True))
    for key in people.keys[::7].tolist():
        for told in suggest(asked, key):
            assert (key, told.place) in allowed
            there = int((plan.places == told.place).sum())
            assert (told.need is Need.NOBODY) == (there == 0)


def test_only_places_that_want_that_time_are_listed():
    people = People(ids=[1], x=[0], y=[0], free=[3])
    places = Places(ids=[1, 2, 3], x=[0] * 3, y=[0] * 3, times=[0, 1, 2])
    offered = arcs(people, places, Weights(), Rules())
    asked = index(people, places, offered, assign(people, places, offered))
    assert {told.place for told in suggest(asked, 2, when=2)} == {1, 3}


def test_what_was_shown_often_goes_down():
    people = People(ids=[1], x=[0], y=[0])
    places = Places(ids=[1, 2], x=[0, 20], y=[0, 0], seats=[2, 2])
    offered = arcs(people, places, Weights(), Rules())
    plan = assign(people, places, offered)
    assert [told.place for told in suggest(index(people, places, offered, plan), 2)] == [1, 2]
    assert [told.place for told in suggest(index(people, places, offered, plan, [30, 0]), 2)] == [2, 1]
