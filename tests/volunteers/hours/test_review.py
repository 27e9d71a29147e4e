"""The second confirmation: what differs is on top, the rest is one tap, nobody confirms his own."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from communities.working_day import working_days_after
from kernel.db import db, seen
from kernel.work import Refusal, work
from volunteers.attendances.attendance import Attendance, Way
from volunteers.duty import ServiceKind
from volunteers.hours import mine
from volunteers.hours.correction import Correction
from volunteers.hours.correction_state import NoVolunteering
from volunteers.hours.entry import Entry, Kind, Reason
from volunteers.hours.proposal import proposals, waiting_days
from volunteers.hours.review import (
    ChangedMeanwhile,
    OwnHours,
    Settled,
    TooLong,
    WhyOther,
    confirm_quiet,
    due,
    settle,
)
from volunteers.hours.unit import AlreadySo, RecordingUnit

from .conftest import unit_of


def waiting(world, over):
    """Person → minutes and doubts of what waits."""
    db.session.rollback()
    found = proposals(world.community, unit_of(world), over.day)
    return {one.signup.person_id: (one.minutes, [str(doubt) for doubt in one.doubts]) for one in found}


def entries():
    return db.session.scalars(seen(select(Entry).order_by(Entry.number))).all()


def refused(act, kind):
    """It is refused, with a sentence, and nothing is written."""
    db.session.rollback()
    before = db.session.scalar(select(func.count()).select_from(Line))
    with pytest.raises(kind) as told, work():
        act()
    assert str(told.value).endswith("。")
    assert db.session.scalar(select(func.count()).select_from(Line)) == before


def test_who_came_and_stayed_is_quiet(world, over):
    assert waiting(world, over) == {world.wu.id: (60, []), world.zhou.id: (60, []), world.zhao.id: (90, [])}
    assert waiting_days(world.community, None).shown == {over.day: 3}


def test_it_is_due_ten_working_days_later(over):
    assert due(over.day) == working_days_after(over.day, 10)


def test_one_tap_confirms_the_rest_and_everybody_is_told_once(world, over, confirmed):
    assert [(row.person_id, row.minutes, row.kind, row.reason) for row in entries()] == [
        (world.wu.id, 60, Kind.SERVICE, None),
        (world.zhou.id, 60, Kind.SERVICE, None),
        (world.zhao.id, 90, Kind.SERVICE, None),
    ]
    assert {row.confirmed_by_id for row in entries()} == {world.lin.id}
    assert [row.proposed_by_id for row in entries()] == [world.zhao.id, world.zhao.id, world.wu.id]
    told = select(Notice.person_id).join(Notice.line).where(Line.verb == "hours.confirmed")
    assert sorted(db.session.scalars(seen(told))) == sorted(one.id for one in (world.wu, world.zhou, world.zhao))
    assert waiting(world, over) == {}
    assert waiting_days(world.community, unit_of(world)).shown == {}


def test_nobody_confirms_his_own_or_what_he_noted(world, over):
    mine, noted = world.shift2.signup_of(world.zhao), world.shift.signup_of(world.wu)
    refused(lambda: settle(mine, 90, None, by=world.zhao), OwnHours)
    refused(lambda: settle(noted, 60, None, by=world.zhao), OwnHours)
    refused(lambda: confirm_quiet(world.community, over.day, {noted.id: 60}, by=world.wu), OwnHours)


def test_what_was_shown_is_what_is_confirmed(world, over):
    one, other = world.shift.signup_of(world.wu), world.shift.signup_of(world.zhou)
    for shown in ({}, {one.id: 61}, {one.id: 60, 999: 60}):
        refused(lambda shown=shown: confirm_quiet(world.community, over.day, shown, by=world.lin), ChangedMeanwhile)
    with work():
        assert confirm_quiet(world.community, over.day, {one.id: 60}, by=world.lin) == 1
    refused(
        lambda: confirm_quiet(world.community, over.day, {one.id: 60, other.id: 60}, by=world.lin), ChangedMeanwhile
    )
    refused(lambda: settle(one, 60, None, by=world.lin), Settled)
    assert len(entries()) == 1


def test_other_minutes_have_a_reason(world, over):
    one = world.shift.signup_of(world.wu)
    refused(lambda: settle(one, 50, None, by=world.lin), WhyOther)
    refused(lambda: settle(one, 24 * 60 + 1, Reason.TIME, by=world.lin), TooLong)
    refused(lambda: settle(one, -1, Reason.TIME, by=world.lin), TooLong)
    with work():
        settle(one, 50, Reason.TIME, by=world.lin)
    assert [(row.minutes, row.reason) for row in entries()] == [(50, Reason.TIME)]


def test_too_short_is_settled_with_nothing_and_says_why(world, over):
    with work():
        row = Attendance.of(world.shift.signup_of(world.wu))
        row.left_at, row.closed_by_clock = world.shift.starts_at + timedelta(minutes=20), False
    assert waiting(world, over)[world.wu.id] == (0, ["在场 20 分钟，不到计划的 60%，按规定不计入"])
    with work():
        settle(world.shift.signup_of(world.wu), 0, None, by=world.lin)
    assert [(row.minutes, row.reason) for row in entries()] == [(0, Reason.SHORT)]


def test_part_of_the_time_is_a_doubt(world, over):
    with work():
        row = Attendance.of(world.shift.signup_of(world.wu))
        row.left_at, row.closed_by_clock = world.shift.starts_at + timedelta(minutes=45), False
    assert waiting(world, over)[world.wu.id] == (45, ["计划 60 分钟，在场 45 分钟"])


def test_an_end_that_nobody_saw_is_a_doubt(world, over):
    with work():
        Attendance.of(world.shift.signup_of(world.wu)).by_id = world.wu.id
    assert waiting(world, over)[world.wu.id] == (60, ["没有签退，按计划的结束时间算"])


def test_what_is_noted_days_later_is_a_doubt(world, over, travel):
    travel(world.shift.ends_at + timedelta(days=4))
    with work():
        Attendance.absent(world.shift, world.wu, by=world.zhao)
        Attendance.arrive(world.shift, world.wu, way=Way.LATER, by=world.zhao, at=world.shift.starts_at)
    assert waiting(world, over)[world.wu.id] == (60, ["结束 3 天以后才补记"])


def test_who_was_added_after_the_start_is_a_doubt(world, over):
    with work():
        world.shift.signup_of(world.wu).queued_at = world.shift.starts_at + timedelta(minutes=5)
    assert waiting(world, over)[world.wu.id] == (60, ["报名表上原来没有，是开始以后加的"])


def test_being_in_two_places_is_a_doubt_also_when_one_is_confirmed(world, over):
    with work():
        signup = world.shift2.signup_of(world.zhao)
        signup.person_id = world.wu.id
        Attendance.of(signup).by_id = world.zhao.id
    overlap = "和“%s”的时间重了"
    assert waiting(world, over)[world.wu.id] == (90, [overlap % "联防巡查 · 巡查员"])
    with work():
        settle(world.shift.signup_of(world.wu), 60, None, by=world.lin)
    assert waiting(world, over)[world.wu.id] == (90, [overlap % "联防巡查 · 巡查员"])


def test_more_than_twelve_hours_a_day_is_a_doubt(world, over, travel):
    long = world.shift.starts_at + timedelta(hours=13)
    travel(long + timedelta(hours=1))
    with work():
        world.shift.ends_at = long
        Attendance.of(world.shift.signup_of(world.wu)).left_at = long
    assert waiting(world, over)[world.wu.id] == (780, ["这一天加起来超过 12 小时"])


@pytest.mark.parametrize("kind", [kind for kind in ServiceKind if kind is not ServiceKind.VOLUNTEER])
def test_other_kinds_of_service_are_never_proposed(world, over, kind):
    with work():
        world.duty.service_kind = world.duty2.service_kind = kind
    assert waiting(world, over) == {}
    refused(lambda: settle(world.shift.signup_of(world.wu), 60, None, by=world.lin), Settled)


@pytest.mark.parametrize("kind", [kind for kind in ServiceKind if kind is not ServiceKind.VOLUNTEER])
def test_nor_do_they_come_in_by_a_correction(world, over, kind):
    signup = world.shift.signup_of(world.wu)
    with work():
        wish = Correction.ask(signup, 90, Reason.TIME, by=world.wu)
        db.session.flush()
        id = wish.id
        world.duty.service_kind = kind
    refused(lambda: db.session.get_one(Correction, id).grant(by=world.lin), NoVolunteering)
    refused(lambda: Correction.ask(world.shift.signup_of(world.zhou), 90, Reason.TIME, by=world.zhou), NoVolunteering)
    assert mine.waiting(world.wu) == []
    assert entries() == []


def test_report_in_counts_where_the_community_says_so(world, over):
    with work():
        world.duty.service_kind = ServiceKind.REPORT_IN
        RecordingUnit.hold(world.community).take_report_in(True, by=world.lin)
    assert set(waiting(world, over)) == {world.wu.id, world.zhou.id, world.zhao.id}
    refused(lambda: RecordingUnit.hold(world.community).take_report_in(True, by=world.lin), AlreadySo)
    with work():
        RecordingUnit.hold(world.community).take_report_in(False, by=world.lin)
    assert set(waiting(world, over)) == {world.zhao.id}


def test_what_has_not_ended_is_not_proposed(world, over, travel):
    travel(world.shift.ends_at + timedelta(minutes=1))
    assert set(waiting(world, over)) == {world.wu.id, world.zhou.id}


def test_another_communitys_ledger_has_nothing_of_it(world, over):
    assert proposals(world.other_community, None, over.day) == []
    refused(
        lambda: confirm_quiet(
            world.other_community, over.day, {world.shift.signup_of(world.wu).id: 60}, by=world.stranger_lin
        ),
        ChangedMeanwhile,
    )


def test_every_refusal_has_a_sentence():
    for kind in (OwnHours, Settled, ChangedMeanwhile, WhyOther, TooLong, AlreadySo):
        assert issubclass(kind, Refusal)
        assert str(kind()).endswith("。")
