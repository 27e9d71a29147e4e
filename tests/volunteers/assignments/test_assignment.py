"""Who looks after a building: two doors, one machine, and nobody in post without his own yes."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from communities.journal import Line
from communities.purpose import Way
from communities.working_day import working_days_after
from kernel import clock
from kernel.db import db, seen
from partners.managing import NotMember
from volunteers.assignments import reasons
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.pause import Pause, Why
from volunteers.assignments.placing import (
    bring_in,
    claim,
    enter,
    load_of,
    name_member,
    offer,
    refusals,
    set_helpers,
)
from volunteers.assignments.state import Door, Role, Standing, State
from volunteers.assignments.succession import hand_over, stand_in
from volunteers.assignments.terms import ANSWER_DAYS, OVERLAP_DAYS, Terms, months_after

DAY = timedelta(days=1)


def later(days):
    """The clock so many days ahead, at noon."""
    return time_machine.travel(clock.at(clock.today() + timedelta(days=days)) + timedelta(hours=12), tick=False)


def verbs(row):
    """What the journal says of an assignment."""
    return [line.verb for line in db.session.scalars(Line.about(row))]


def test_a_volunteer_asks_and_the_committee_says_yes(at_work):
    row = claim(at_work.building1, Role.LEAD, by=at_work.zhou)
    assert row.state is State.APPLIED
    assert row.answer_due == working_days_after(clock.today(), 2)
    row.approve(by=at_work.lin)
    assert row.is_serving
    assert (row.yes_way, row.yes_on, row.since) == (Way.SCREEN, clock.today(), clock.today())
    assert verbs(row) == ["assignment.claimed", "assignment.began"]


def test_the_committee_says_no_with_a_reason(at_work):
    row = claim(at_work.building1, Role.LEAD, by=at_work.zhou)
    row.decline("这栋楼正在改造", by=at_work.lin)
    assert row.state is State.DECLINED
    assert row.reason == "这栋楼正在改造"
    assert claim(at_work.building1, Role.LEAD, by=at_work.wu).state is State.APPLIED


def test_nobody_answers_his_own_claim(at_work, someone):
    row = claim(at_work.building1, Role.LEAD, by=at_work.wu)
    for verb in (row.approve, lambda by: row.decline("x", by=by)):
        with pytest.raises(reasons.OwnMatter):
            verb(by=at_work.wu)


def test_a_resident_begins_at_once_where_the_community_wants_it(at_work):
    Terms.settle(at_work.community, residents_at_once=True, most=3, months=12, by=at_work.lin)
    here, there = (claim(building, Role.LEAD, by=at_work.wu) for building in (at_work.building1, at_work.building2))
    assert here.is_serving
    assert here.until == months_after(clock.today(), 12)
    assert there.state is State.APPLIED


def test_staff_offers_it_and_the_volunteer_accepts(at_work):
    row = offer(at_work.building1, Role.HELPER, at_work.zhou, by=at_work.lin)
    assert row.state is State.INVITED
    assert row.answer_due == working_days_after(clock.today(), ANSWER_DAYS)
    with pytest.raises(reasons.OwnYesOnly):
        row.accept(by=at_work.lin)
    row.accept(by=at_work.zhou)
    assert row.is_serving


def test_an_offer_is_declined_without_penalty(at_work):
    row = offer(at_work.building1, Role.HELPER, at_work.zhou, by=at_work.lin)
    with pytest.raises(reasons.OwnYesOnly):
        row.refuse(by=at_work.lin)
    row.refuse("腿脚不方便", by=at_work.zhou)
    assert row.state is State.DECLINED
    with pytest.raises(reasons.NotInThisState):
        row.accept(by=at_work.zhou)


def test_an_offer_that_nobody_answers_lapses_by_time(at_work):
    row = offer(at_work.building1, Role.HELPER, at_work.zhou, by=at_work.lin)
    with time_machine.travel(clock.at(row.answer_due + DAY), tick=False):
        assert row.has_lapsed
        with pytest.raises(reasons.AnswerLate):
            row.accept(by=at_work.zhou)
        row.lapse()
        row.lapse()
    assert row.state is State.LAPSED
    assert verbs(row).count("assignment.lapsed") == 1


def test_a_partner_names_a_member_who_says_yes_before_the_committee_does(at_work):
    row = name_member(at_work.team, at_work.building1, Role.HELPER, at_work.zhou, by=at_work.wu)
    assert (row.state, row.door, row.partner_id) == (State.INVITED, Door.PARTNER, at_work.team.id)
    with pytest.raises(reasons.NotInThisState):
        row.approve(by=at_work.lin)
    row.accept(by=at_work.zhou)
    assert row.state is State.APPLIED
    row.approve(by=at_work.lin)
    assert row.is_serving


def test_a_partner_names_only_its_members(at_work):
    with pytest.raises(NotMember):
        name_member(at_work.team, at_work.building1, Role.HELPER, at_work.zhao, by=at_work.wu)


def test_a_name_of_an_old_list_serves_only_after_the_signature(at_work):
    row = bring_in(at_work.building1, Role.LEAD, at_work.zhou, by=at_work.lin)
    assert row.state is State.UNCONFIRMED
    with pytest.raises(reasons.NotSignedYet):
        row.sign(clock.today() + DAY, by=at_work.lin)
    with pytest.raises(reasons.OwnMatter):
        row.sign(clock.today(), by=at_work.zhou)
    row.sign(clock.today() - DAY, by=at_work.lin)
    assert row.is_serving
    assert (row.yes_way, row.yes_on, row.collected_by_id) == (Way.SIGNED, clock.today() - DAY, at_work.lin.id)


def test_the_database_lets_nobody_serve_without_a_yes(world):
    from kernel.work import work

    def put_in_post():
        with work():
            row = bring_in(world.building1, Role.LEAD, world.zhou, by=world.lin)
            row.state, row.since = State.SERVING, clock.today()

    with pytest.raises(IntegrityError):
        put_in_post()


def test_a_taken_place_is_refused_by_rule_and_not_by_person(at_work):
    claim(at_work.building1, Role.LEAD, by=at_work.zhou)
    with pytest.raises(reasons.PlaceTaken) as refusal:
        claim(at_work.building1, Role.LEAD, by=at_work.wu)
    assert "一个位置只由一人担任" in str(refusal.value)
    assert "周师傅" not in str(refusal.value)


def test_the_statement_itself_gives_a_place_once(at_work):
    place = at_work.building1, Role.LEAD, 1
    enter(*place, at_work.zhou, State.APPLIED, Door.CLAIM, by=at_work.zhou)
    with pytest.raises(reasons.PlaceTaken):
        enter(*place, at_work.wu, State.APPLIED, Door.CLAIM, by=at_work.wu)


def test_a_person_holds_a_building_once(at_work):
    claim(at_work.building1, Role.LEAD, by=at_work.zhou)
    with pytest.raises(reasons.HoldsAlready):
        claim(at_work.building1, Role.HELPER, by=at_work.zhou)


def test_a_person_takes_no_more_buildings_than_the_community_lets_him(at_work, serving):
    Terms.settle(at_work.community, residents_at_once=False, most=1, months=None, by=at_work.lin)
    serving(at_work.zhou, at_work.building1, Role.LEAD)
    with pytest.raises(reasons.TooMany, match="最多照看 1 栋"):
        claim(at_work.building2, Role.LEAD, by=at_work.zhou)
    assert load_of(at_work.zhou) == 1


def test_minors_and_people_who_have_not_joined_are_told_why(at_work, someone):
    child = someone("小明（示例）", says_adult=False)
    assert [type(no) for no in refusals(at_work.building1, child)] == [reasons.AdultsOnly]
    assert [type(no) for no in refusals(at_work.building1, at_work.lin)] == [reasons.JoinFirst]
    assert [type(no) for no in refusals(at_work.compound, at_work.wu)] == [reasons.NoBuilding]


def test_a_building_wants_one_to_three_helpers(at_work, someone):
    set_helpers(at_work.building1, 3, by=at_work.lin)
    numbers = [claim(at_work.building1, Role.HELPER, by=someone(f"邻居{n}（示例）")).number for n in range(3)]
    assert numbers == [1, 2, 3]
    with pytest.raises(reasons.PlaceTaken):
        claim(at_work.building1, Role.HELPER, by=at_work.wu)


def test_who_is_away_is_stood_in_for_by_somebody_who_said_yes(at_work, serving):
    row = serving(at_work.zhou, at_work.building1, Role.LEAD)
    today = clock.today()
    pause = row.pause(today, today + 10 * DAY, Why.TRAVEL, by=at_work.zhou)
    assert row.is_away
    with pytest.raises(reasons.PausedAlready):
        row.pause(today + DAY, today + 2 * DAY, Why.TRAVEL, by=at_work.zhou)
    other = stand_in(row, at_work.wu, by=at_work.lin)
    other.accept(by=at_work.wu)
    assert other.standing is Standing.SUBSTITUTE
    assert (other.since, other.until) == (pause.first, pause.last)
    row.resume(by=at_work.zhou)
    assert other.state is State.ENDED
    assert not row.is_away
    assert row.is_serving


def test_a_pause_lies_ahead_and_is_not_for_ever(at_work, serving):
    row, today = serving(at_work.zhou, at_work.building1, Role.LEAD), clock.today()
    for first, last in ((today, today - DAY), (today - 9 * DAY, today - DAY), (today, today + 400 * DAY)):
        with pytest.raises(reasons.WrongDays):
            row.pause(first, last, Why.ILLNESS, by=at_work.zhou)


def test_old_and_new_serve_together_and_the_old_one_ends_by_itself(at_work, serving):
    old = serving(at_work.zhou, at_work.building1, Role.LEAD)
    new = hand_over(old, at_work.wu, by=at_work.lin)
    assert old.until is None
    new.accept(by=at_work.wu)
    assert old.is_serving
    assert new.is_serving
    assert old.until == clock.today() + OVERLAP_DAYS * DAY
    with later(OVERLAP_DAYS + 1):
        assert not old.is_serving
        old.run_out()
        old.run_out()
        assert (old.state, new.standing) == (State.ENDED, Standing.HOLDER)
        assert new.is_serving


def test_when_the_successor_leaves_early_the_old_one_stays(at_work, serving):
    old = serving(at_work.zhou, at_work.building1, Role.LEAD)
    new = hand_over(old, at_work.wu, by=at_work.lin)
    new.accept(by=at_work.wu)
    new.end("搬家", by=at_work.wu)
    assert old.until is None
    assert verbs(old)[-1] == "assignment.stays"
    with later(OVERLAP_DAYS + 1):
        assert old.is_serving


def test_a_successor_whom_the_holder_asked_needs_the_committee_too(at_work, serving):
    old = serving(at_work.zhou, at_work.building1, Role.LEAD)
    new = hand_over(old, at_work.wu, by=at_work.zhou)
    new.accept(by=at_work.wu)
    assert new.state is State.APPLIED
    with pytest.raises(reasons.SomebodyComes):
        hand_over(old, at_work.zhao, by=at_work.lin)
    with pytest.raises(reasons.SomebodyElse):
        hand_over(old, at_work.zhou, by=at_work.lin)


def test_a_term_ends_unless_it_is_renewed_and_is_reminded_once(at_work, serving):
    Terms.settle(at_work.community, residents_at_once=False, most=3, months=12, by=at_work.lin)
    row = serving(at_work.zhou, at_work.building1, Role.LEAD)
    end = row.until
    row.remind()
    with time_machine.travel(clock.at(end - 10 * DAY), tick=False):
        row.remind()
        row.remind()
        assert verbs(row).count("assignment.ends_soon") == 1
        row.renew(by=at_work.zhou)
        assert row.until == months_after(end, 12)


def test_either_side_ends_it_with_a_reason(at_work, serving):
    own = serving(at_work.zhou, at_work.building1, Role.LEAD)
    own.end("搬家", by=at_work.zhou)
    assert (own.state, own.reason, own.until) == (State.ENDED, "搬家", clock.today())
    with pytest.raises(reasons.NotInThisState):
        own.end(by=at_work.zhou)
    assert serving(at_work.wu, at_work.building1, Role.LEAD).is_serving


def test_nothing_is_deleted(at_work, serving):
    for person in (at_work.zhou, at_work.wu):
        serving(person, at_work.building1, Role.LEAD).end(by=person)
    rows = db.session.scalars(seen(select(Assignment).order_by(Assignment.id))).all()
    assert [row.person_id for row in rows] == [at_work.zhou.id, at_work.wu.id]
    assert db.session.scalars(seen(select(Pause))).all() == []


@pytest.mark.parametrize(
    ("start", "months", "end"), [("2026-01-31", 1, "2026-02-28"), ("2028-02-29", 12, "2029-02-28")]
)
def test_months_are_counted_by_the_calendar(start, months, end):

    assert months_after(date.fromisoformat(start), months) == date.fromisoformat(end)
