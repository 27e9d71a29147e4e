"""A list that is corrected after its hours were confirmed: somebody is asked, nothing changes by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel import waiting
from kernel.db import db, seen
from kernel.work import Refusal, work
from tests.support.pages import HTMX, part
from volunteers.attendances.attendance import Attendance, Way
from volunteers.hours.correction import Correction, recorded
from volunteers.hours.entry import Entry, Kind, Reason
from volunteers.hours.following import SameAgain, follow, stay
from volunteers.hours.proving import prove
from volunteers.hours.review import OwnHours

from .conftest import unit_of


def row_of(world, person):
    return Attendance.of(world.shift.signup_of(person))


@pytest.fixture
def later(world, confirmed):
    """赵社长 writes after the confirmation that 吴阿姨 came twenty minutes late."""
    with work():
        row_of(world, world.wu).correct(world.shift.starts_at + timedelta(minutes=20), by=world.zhao)
    db.session.rollback()
    return confirmed


def lines(person):
    db.session.rollback()
    return [line for line in waiting.lines(person) if line.desk.kind == "hours.changed"]


def its_entries(world):
    mine = select(Entry).where(Entry.signup_id == world.shift.signup_of(world.wu).id).order_by(Entry.number)
    return [(row.kind, row.minutes, row.reason) for row in db.session.scalars(seen(mine))]


def refused(act, kind):
    db.session.rollback()
    with pytest.raises(kind) as told, work():
        act()
    assert str(told.value).endswith("。")


def test_staff_is_asked_and_nothing_is_changed(world, later):
    assert [line.subject for line in lines(world.lin)] == ["联防巡查 · 巡查员，1 人"]
    assert lines(world.lin)[0].due is not None
    assert (lines(world.zhao), lines(world.he), lines(world.stranger_lin)) == ([], [], [])
    assert its_entries(world) == [(Kind.SERVICE, 60, None)]


def test_one_tap_writes_the_difference(world, later):
    with work():
        follow(world.shift.signup_of(world.wu), by=world.lin)
    assert its_entries(world) == [(Kind.SERVICE, 60, None), (Kind.CORRECTION, -20, Reason.TIME)]
    assert recorded(world.shift.signup_of(world.wu)) == 40
    assert lines(world.lin) == []
    assert prove(unit_of(world)).holds


def test_it_may_stay_and_the_ledger_says_that_somebody_looked(world, later):
    with work():
        stay(world.shift.signup_of(world.wu), by=world.lin)
    assert its_entries(world) == [(Kind.SERVICE, 60, None), (Kind.CORRECTION, 0, None)]
    assert lines(world.lin) == []
    refused(lambda: stay(world.shift.signup_of(world.wu), by=world.lin), SameAgain)


def test_too_short_now_takes_all_of_it(world, confirmed):
    with work():
        row_of(world, world.wu).correct(world.shift.starts_at + timedelta(minutes=45), by=world.zhao)
    with work():
        follow(world.shift.signup_of(world.wu), by=world.lin)
    assert its_entries(world)[1] == (Kind.CORRECTION, -60, Reason.SHORT)


def test_who_did_not_come_after_all(world, confirmed):
    with work():
        Attendance.absent(world.shift, world.wu, by=world.zhao)
    with work():
        follow(world.shift.signup_of(world.wu), by=world.lin)
    assert its_entries(world)[1] == (Kind.CORRECTION, -60, Reason.ABSENT)


def test_put_back_nobody_is_asked(world, later):
    with work():
        row_of(world, world.wu).correct(world.shift.starts_at, by=world.zhao)
    assert lines(world.lin) == []
    refused(lambda: follow(world.shift.signup_of(world.wu), by=world.lin), SameAgain)


def test_before_the_confirmation_it_is_an_ordinary_correction_of_the_list(world, over):
    with work():
        row_of(world, world.wu).correct(world.shift.starts_at + timedelta(minutes=5), by=world.zhao)
    assert row_of(world, world.wu).differs_since is None


def test_nobody_answers_what_is_his_own_or_what_he_changed(world, later):
    signup = world.shift.signup_of(world.wu)
    for act in (follow, stay):
        for person in (world.zhao, world.wu):
            refused(lambda act=act, person=person: act(signup, by=person), OwnHours)


def test_an_answer_to_a_wish_answers_it_too(world, later):
    with work():
        wish = Correction.ask(world.shift.signup_of(world.wu), 40, Reason.TIME, by=world.wu)
    with work():
        wish.grant(by=world.lin)
    assert lines(world.lin) == []
    assert its_entries(world)[1] == (Kind.CORRECTION, -20, Reason.TIME)


def test_who_came_back_into_the_list_is_asked_about_again(world, confirmed):
    with work():
        Attendance.absent(world.shift, world.wu, by=world.zhao)
        Attendance.arrive(world.shift, world.wu, way=Way.LATER, by=world.zhao, at=world.shift.starts_at)
    assert lines(world.lin) == []


@pytest.mark.parametrize(
    ("name", "status"), [("committee", 303), ("subdistrict", 303), ("other-committee", 404), ("partner", 403)]
)
@pytest.mark.parametrize("way", ["correction", "confirmation"])
def test_who_answers(enter, world, later, name, status, way):
    signup = world.shift.signup_of(world.wu).id
    assert enter(name).post(f"/signups/{signup}/hours/{way}").status_code == status
    assert len(its_entries(world)) == (2 if status == 303 else 1)


def test_the_review_shows_it_and_the_answer_is_its_block(enter, world, later):
    committee, signup = enter("committee"), world.shift.signup_of(world.wu).id
    way = committee.get(f"/signups/{signup}/hours")
    assert way.status_code == 302
    page = committee.get(way.location)
    assert "到场记录改了，时长已确认：要不要更正？" in page.text
    assert "60 → 40 分钟" in page.text
    answer = committee.post(f"/signups/{signup}/hours/correction", headers=HTMX)
    assert part(answer, "sheet") == part(committee.get(way.location), "sheet")
    assert "60 → 40" not in answer.text
    assert "看过，不变" not in enter("volunteer").get("/me/hours").text


def test_the_volunteer_reads_that_it_stayed(enter, world, later):
    enter("committee").post(f"/signups/{world.shift.signup_of(world.wu).id}/hours/confirmation")
    assert "看过，不变" in enter("volunteer").get("/me/hours").text


def test_every_refusal_has_a_sentence():
    assert issubclass(SameAgain, Refusal)
    assert str(SameAgain()).endswith("。")
