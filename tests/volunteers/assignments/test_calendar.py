"""The end of a term, the end of days away and a question stand in calendars as days; nobody is named there."""

from datetime import date, timedelta

import pytest
import time_machine
from icalendar import Calendar

from kernel import agenda, clock
from kernel.db import db
from kernel.work import work
from portal.address import feed_token
from tests.support.statements import counted
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.pause import Why
from volunteers.assignments.placing import claim, name_member, offer
from volunteers.assignments.state import Role
from volunteers.assignments.terms import Terms, months_after

DAY = timedelta(days=1)


@pytest.fixture
def steward(world):
    """周师傅 looks after 1号楼 for a year: the id of it."""
    with work():
        Terms.settle(world.community, residents_at_once=False, most=3, months=12, by=world.lin)
        row = claim(world.building1, Role.LEAD, by=world.zhou)
        row.approve(by=world.lin)
    return row.id


@pytest.fixture
def said(world):
    """A function: what stands in the calendar of somebody, and what its stamp is."""

    def said(of, owner):
        db.session.rollback()
        window = agenda.window(clock.today())
        events = agenda.events(of, owner, window, {"term"})
        told = [(one.summary, one.starts, one.sequence, one.cancelled) for one in events]
        return told, agenda.known(of, owner.id, window, frozenset({"term"})).stamp

    return said


def do(id, verb, **facts):
    with work():
        getattr(db.session.get(Assignment, id), verb)(**facts)


def test_the_last_day_of_a_term_moves_with_it_and_is_called_off(world, steward, said):
    first = months_after(clock.today(), 12)
    told = [said("person", world.zhou)]
    with time_machine.travel(clock.at(first - 20 * DAY)):
        do(steward, "renew", by=world.zhou)
        told.append(said("person", world.zhou))
        do(steward, "end", by=world.zhou)
        told.append(said("person", world.zhou))
        today = clock.today()
    title = "楼栋长到期：31小区1号楼"
    assert [events for events, _stamp in told] == [
        [(title, first, 0, False)],
        [],  # a year and more ahead
        [(title, today, 2, True)],
    ]
    assert len({stamp for _events, stamp in told}) == 3


def test_what_ran_out_stays_on_its_day(world, steward, said):
    last = months_after(clock.today(), 12)
    with time_machine.travel(clock.at(last + 3 * DAY)):
        before, _stamp = said("person", world.zhou)
        do(steward, "run_out")
        after, _stamp = said("person", world.zhou)
    assert before == after == [("楼栋长到期：31小区1号楼", last, 0, False)]


def test_without_a_term_there_is_no_day_and_its_end_is_none(world, said):
    with work():
        row = claim(world.building1, Role.LEAD, by=world.zhou)
        row.approve(by=world.lin)
    assert said("person", world.zhou)[0] == []
    do(row.id, "end", by=world.zhou)
    assert said("person", world.zhou)[0] == []


def test_days_away_end_on_a_day_that_moves_when_he_is_back_early(world, steward, said):
    title, first, last = "楼栋长暂停到今天：31小区1号楼", clock.today() - 2 * DAY, clock.today() + 20 * DAY
    do(steward, "pause", first=first, last=last, why=Why.ILLNESS, by=world.zhou)
    events, stamp = said("person", world.zhou)
    assert [event[1] for event in events if event[0] == title] == [last]
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        do(steward, "resume", by=world.zhou)
        events, other = said("person", world.zhou)
    [back] = [event for event in events if event[0] == title]
    assert back[1] == clock.today() - DAY
    assert stamp != other
    assert "身体" not in repr(events)


def test_a_question_is_a_day_until_it_is_answered(world, said):
    with work():
        row = offer(world.building1, Role.HELPER, world.zhou, by=world.lin)
    [(title, due, _sequence, _off)], stamp = said("person", world.zhou)
    assert (title, due) == ("请您答复：31小区1号楼的楼栋志愿者", row.answer_due)
    do(row.id, "refuse", by=world.zhou)
    after, other = said("person", world.zhou)
    assert after == []
    assert stamp != other


def test_a_partner_sees_the_days_of_its_people_without_their_names(enter, world, said):
    with work():
        Terms.settle(world.community, residents_at_once=False, most=3, months=6, by=world.lin)
        row = name_member(world.egret, world.building1, Role.LEAD, world.zhao, by=world.zhao)
        row.accept(by=world.zhao)
        row.approve(by=world.lin)
    [(title, last, *_rest)], _stamp = said("partner", world.egret)
    assert (title, last) == ("楼栋长到期：31小区1号楼", months_after(clock.today(), 6))
    token = feed_token(world.zhao, "partner", str(world.egret.id))
    data = enter().get(f"/calendar/partners/{world.egret.id}/{token}.ics?kinds=term").data
    [event] = Calendar.from_ical(data).events
    assert (event["DTSTART"].dt, str(event["CLASS"]), str(event["TRANSP"])) == (last, "PRIVATE", "TRANSPARENT")
    assert world.zhao.called not in data.decode().replace("\r\n ", "")
    assert isinstance(event.end, date)


def test_it_costs_two_statements(world, steward):
    db.session.rollback()
    zhou, window = world.zhou, agenda.window(clock.today())
    with counted() as asked:
        assert len(agenda.events("person", zhou, window, {"term"})) == 1
    assert len(asked) == 2
