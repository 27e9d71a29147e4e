"""The stages of a partner: whatever is tried in whatever order, the table of moves decides."""

from datetime import date

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.journal import Audience, Line
from kernel.db import db
from kernel.work import Refusal, work
from partners.kind import Kind
from partners.member import managed_by
from partners.partner import Partner
from partners.standing import MOVES, NotNow, ReasonNeeded, Stage

WHY = "名称和证照不一样"
VERBS = {
    "verify": ({Stage.APPLIED}, Stage.ACTIVE, lambda partner, by: partner.verify(by=by)),
    "refuse": ({Stage.APPLIED}, Stage.REFUSED, lambda partner, by: partner.refuse(WHY, by=by)),
    "suspend": ({Stage.ACTIVE}, Stage.SUSPENDED, lambda partner, by: partner.suspend(WHY, by=by)),
    "resume": ({Stage.SUSPENDED}, Stage.ACTIVE, lambda partner, by: partner.resume(by=by)),
    "apply_again": ({Stage.REFUSED}, Stage.APPLIED, lambda partner, by: partner.apply_again(by=by)),
    "end": ({Stage.APPLIED, Stage.ACTIVE, Stage.SUSPENDED}, Stage.ENDED, lambda partner, by: partner.end(WHY, by=by)),
}
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def lines(partner):
    return list(db.session.scalars(Line.about(partner)))


BY_TIME = {(Stage.ACTIVE, Stage.LAPSED), (Stage.LAPSED, Stage.ACTIVE), (Stage.LAPSED, Stage.ENDED)}  # test_life


def test_the_verbs_are_the_table():
    edges = {(start, to) for starts, to, _verb in VERBS.values() for start in starts}
    assert edges | BY_TIME == {(start, to) for start, targets in MOVES.items() for to in targets}
    assert set(MOVES) == set(Stage)


def attempt(verb, partner, by):
    """Do it; the sentence of the refusal, or None."""
    try:
        verb(partner, by)
    except Refusal as refusal:
        return str(refusal)
    return None


@FEW
@given(names=st.lists(st.sampled_from(sorted(VERBS)), max_size=8))
def test_every_move_writes_a_line_and_every_refusal_says_a_sentence(site, world, names):
    with work():
        partner = Partner.apply(Kind.TEAM, "示例队", world.community, by=world.wu)
        for name in names:
            starts, to, verb = VERBS[name]
            stage, before = partner.stage, len(lines(partner))
            said = attempt(verb, partner, world.lin)
            moved = stage in starts
            assert said is None if moved else said == f"“示例队”现在是“{stage.label}”，这一步做不了。请刷新后再看。"
            assert (partner.stage, len(lines(partner))) == ((to, before + 1) if moved else (stage, before))
            assert (partner.answer_due is not None) == (partner.stage is Stage.APPLIED)


@pytest.mark.parametrize(("verb", "name"), [("refuse", "applicant"), ("suspend", "egret"), ("end", "egret")])
def test_nobody_is_turned_away_without_a_reason(world, verb, name):
    with pytest.raises(ReasonNeeded) as refusal, work():
        getattr(getattr(world, name), verb)(" ", by=world.lin)
    assert refusal.value.field == "reason"


def test_the_committee_has_two_working_days(world):
    with time_machine.travel("2026-11-27T10:00:00+08:00", tick=False), work():  # a Friday
        partner = Partner.apply(Kind.TEAM, "示例队", world.community, by=world.wu)
        assert partner.answer_due == date(2026, 12, 1)


def test_managers_are_told_and_everybody_hears_of_a_new_partner(world):
    with work():
        world.applicant.verify(by=world.lin)
    line = lines(world.applicant)[-1]
    assert (line.verb, line.audience) == ("partner.confirmed", Audience.PUBLIC)
    assert {notice.person_id for notice in line.notices} == {world.zhou.id}


def test_the_end_ends_every_membership(world):
    with work():
        world.egret.end("搬走了", by=world.lin)
    assert world.egret.living == []
    assert world.egret not in managed_by(world.zhao)


def test_a_resumed_partner_keeps_its_first_day(world):
    with work():
        world.egret.active_since = date(2024, 6, 1)
        world.egret.suspend(WHY, by=world.lin)
        world.egret.resume(by=world.lin)
    assert (world.egret.active_since, world.egret.reason) == (date(2024, 6, 1), "")


def test_an_ended_partner_does_not_change_any_more(world):
    with work():
        world.egret.end(WHY, by=world.lin)
    with pytest.raises(NotNow), work():
        world.egret.amend(by=world.zhao, about="还在")
