"""Adopting: whole, in part, alone or jointly; what was taken is gone, what is given back is free again."""

import pytest

from communities.journal import Line
from kernel.db import db
from kernel.work import work
from projects.adopting import AllTaken
from projects.adoption import AdoptedAlready, PartnerNotActive
from projects.cutting import NoSuchPart
from projects.part import PartTaken
from projects.stage import Stage
from projects.standing import AnsweredAlready, State, WhyNot


def adopt(world, partner, number=0, quantity=None, by=None):
    with work():
        part = world.project.parts[number]
        return world.project.adopt(partner, part.id, quantity, pledge="每周二两名师傅", by=by or world.zhao)


def verbs():
    return [line.verb for line in db.session.scalars(db.select(Line).order_by(Line.id))]


def test_a_partner_takes_a_part_as_a_whole_and_the_committee_answers_in_two_working_days(world):
    adoption = adopt(world, world.egret)
    assert (adoption.quantity, adoption.part.left, adoption.state) == (43, 0, State.ASKED)
    assert adoption.answer_due
    assert world.project.stage is Stage.OPEN
    assert verbs()[-1] == "adoption.asked"


def test_two_partners_share_a_part_and_the_first_is_the_lead(world):
    first, second = adopt(world, world.egret, 1, 12), adopt(world, world.team, 1, 8)
    assert world.project.parts[1].left == 0
    assert first.is_lead
    assert not second.is_lead


def test_all_that_is_left_is_one_adoption_for_each_part(world):
    adopt(world, world.team, 0, 40)
    with work():
        made = world.project.adopt_all(world.egret, pledge="", by=world.zhao)
    assert [adoption.quantity for adoption in made] == [3, 20]
    assert world.project.stage is Stage.ADOPTED


def test_more_than_is_left_is_refused_with_what_is_left(world):
    adopt(world, world.team, 1, 15)
    with pytest.raises(PartTaken) as refusal:
        adopt(world, world.egret, 1, 6)
    assert "只剩 5 户" in str(refusal.value)
    assert world.project.parts[1].left == 5


def test_a_partner_adopts_a_part_once(world):
    adopt(world, world.egret, 1, 1)
    with pytest.raises(AdoptedAlready) as refusal:
        adopt(world, world.egret, 1, 1)
    assert "上门维修" in str(refusal.value)


def test_only_verified_partners_adopt(world):
    with pytest.raises(PartnerNotActive):
        adopt(world, world.applicant, by=world.zhou)


def test_a_part_of_another_project_is_refused(world):
    with pytest.raises(NoSuchPart), work():
        world.project.adopt(world.egret, 10**6, 1, pledge="", by=world.zhao)


def test_when_all_is_taken_the_next_is_told_so(world):
    with work():
        world.project.adopt_all(world.egret, pledge="", by=world.zhao)
    with pytest.raises(AllTaken):
        adopt(world, world.team)


@pytest.mark.parametrize("move", ["decline", "leave"])
def test_what_is_declined_or_left_is_free_again_and_may_be_adopted_anew(world, move):
    with work():
        [adoption, _other] = world.project.adopt_all(world.egret, pledge="", by=world.zhao)
    with work():
        getattr(adoption, move)("材料不够", by=world.lin)
    assert not adoption.is_living
    assert (world.project.stage, world.project.parts[0].left) == (Stage.OPEN, 43)
    assert adopt(world, world.egret).is_living


@pytest.mark.parametrize("move", ["decline", "leave"])
def test_nobody_is_turned_away_without_a_reason(world, move):
    adoption = adopt(world, world.egret)
    with pytest.raises(WhyNot), work():
        getattr(adoption, move)(" ", by=world.lin)
    assert adoption.state is State.ASKED


def test_what_was_answered_is_not_answered_again(world):
    adoption = adopt(world, world.egret)
    with work():
        adoption.accept(by=world.lin)
    with pytest.raises(AnsweredAlready) as refusal, work():
        adoption.decline("晚了", by=world.lin)
    assert "进行中" in str(refusal.value)


def test_the_parties_are_told_and_the_one_who_did_it_is_not(world):
    adoption = adopt(world, world.egret)
    asked = db.session.scalars(db.select(Line).where(Line.verb == "adoption.asked")).one()
    assert {notice.person_id for notice in asked.notices} == {world.lin.id}
    with work():
        adoption.accept(by=world.lin)
    accepted = db.session.scalars(db.select(Line).where(Line.verb == "adoption.accepted")).one()
    assert {notice.person_id for notice in accepted.notices} == {world.zhao.id}
