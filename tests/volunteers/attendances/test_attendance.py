"""Who came, from when to when, and whether it was long enough."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from communities.journal import Line
from communities.notice import Notice
from communities.working_day import working_days_after
from kernel import clock
from kernel.db import db
from kernel.work import work
from volunteers.attendances import window
from volunteers.attendances.attendance import Attendance, HereAlready, LeftAlready, NotHere, Way
from volunteers.attendances.sweep import close_attendances
from volunteers.event import event_of_signup
from volunteers.refusals import ShiftCancelled, TimeClash
from volunteers.seats import NotSignedUp
from volunteers.signup import HOLDS_SEAT, NotInThisState, State


def came(shift, person, **facts):
    """Signed in by oneself at the door."""
    return Attendance.arrive(shift, person, **{"way": Way.QR, "by": person} | facts)


def state_of(shift, person):
    return shift.signup_of(person).state


def rows():
    return db.session.scalar(select(func.count()).select_from(Attendance))


def test_who_comes_on_time_and_stays_has_the_whole_hour(watch, at_work, minute):
    minute(watch, -10)
    row = came(watch, at_work.wu)
    assert (state_of(watch, at_work.wu), row.minutes, row.counts) == (State.PRESENT, 0, False)
    minute(watch, 30)
    assert row.minutes == 30
    minute(watch, 200)
    assert (row.minutes, row.counts) == (60, True), "the waiting before and after is no service"


def test_the_planned_end_closes_by_itself_and_says_so(watch, at_work, minute):
    minute(watch, 0)
    row = came(watch, at_work.wu)
    minute(watch, 61)
    row.close()
    assert (row.left_at, row.closed_by_clock, state_of(watch, at_work.wu)) == (watch.ends_at, True, State.DONE)
    assert (row.minutes, row.counts) == (60, True)


def test_who_leaves_early_has_the_time_until_then(watch, at_work, minute):
    minute(watch, 0)
    row = came(watch, at_work.wu)
    minute(watch, 36)
    row.leave(by=at_work.wu)
    assert (row.minutes, row.counts, row.closed_by_clock) == (36, True, False)
    with pytest.raises(LeftAlready, match="已经签退了"):
        row.leave(by=at_work.wu)


@pytest.mark.parametrize(
    ("share", "minutes", "counts"), [(60, 35, False), (60, 36, True), (100, 59, False), (1, 1, True)]
)
def test_the_duty_says_how_much_is_enough(watch, at_work, minute, share, minutes, counts):
    watch.duty.presence_share = share
    minute(watch, 0)
    row = came(watch, at_work.wu)
    minute(watch, minutes)
    row.leave(by=at_work.wu)
    assert (row.minutes, row.counts) == (minutes, counts)


@pytest.mark.parametrize("share", [0, 101])
def test_the_share_is_of_a_hundred(world, share):
    with pytest.raises(IntegrityError), work():
        world.duty.presence_share = share


def test_an_hour_before_the_start_the_door_opens(watch, at_work, minute):
    minute(watch, -61)
    with pytest.raises(window.TooEarly, match="06:00起可以签到"):
        came(watch, at_work.wu)
    minute(watch, -60)
    assert came(watch, at_work.wu).signup.state is State.PRESENT


def test_the_list_is_open_for_ten_working_days(watch, at_work, minute):
    last = working_days_after(clock.local(watch.ends_at).date(), 10)
    minute(watch, (clock.at(last + timedelta(days=1)) - watch.starts_at) // timedelta(minutes=1) - 1)
    row = came(watch, at_work.wu, way=Way.LATER, by=at_work.lin, at=watch.starts_at)
    assert (row.minutes, state_of(watch, at_work.wu)) == (60, State.DONE)
    minute(watch, (clock.at(last + timedelta(days=1)) - watch.starts_at) // timedelta(minutes=1))
    for act in (
        lambda: came(watch, at_work.zhou, by=at_work.lin),
        lambda: row.leave(by=at_work.lin, at=watch.starts_at),
        lambda: Attendance.absent(watch, at_work.zhou, by=at_work.lin),
    ):
        with pytest.raises(window.TooLate, match="就截止了"):
            act()


def test_who_did_not_sign_up_is_not_in_the_list(watch, at_work, minute, someone):
    minute(watch, 0)
    with pytest.raises(NotSignedUp):
        came(watch, at_work.zhao)
    waits = someone("李叔")
    minute(watch, -60 * 30)
    watch.sign_up(waits, by=waits)
    minute(watch, 0)
    with pytest.raises(NotInThisState, match="候补中"):
        came(watch, waits)
    assert rows() == 0


def test_a_cancelled_shift_has_no_list(watch, at_work, minute):
    minute(watch, -90)
    watch.cancel("下雨", by=at_work.lin)
    minute(watch, 0)
    with pytest.raises(ShiftCancelled):
        came(watch, at_work.wu)


def test_who_is_there_already_when_it_is_cancelled_is_told_too(watch, at_work, minute):
    minute(watch, -20)
    came(watch, at_work.wu)
    watch.cancel("下雨", by=at_work.lin)
    assert (state_of(watch, at_work.wu), watch.taken) == (State.CANCELLED, 0)


def test_twice_is_one_row(watch, at_work, minute):
    minute(watch, 0)
    came(watch, at_work.wu)
    with pytest.raises(HereAlready, match="吴阿姨"):
        came(watch, at_work.wu)
    assert rows() == 1


def test_a_second_row_is_refused_by_the_database_too(watch, at_work, minute):
    minute(watch, 0)
    row = came(watch, at_work.wu)
    twin = Attendance(signup=row.signup, arrived_at=row.arrived_at, way=Way.LIST, by_id=at_work.lin.id)
    db.session.add(twin)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("minutes", [-61, 31])
def test_nobody_comes_at_a_moment_that_cannot_be(watch, at_work, minute, minutes):
    minute(watch, 30)
    with pytest.raises(window.OutOfTheShift, match="06:00"):
        came(watch, at_work.wu, at=watch.starts_at + timedelta(minutes=minutes))


def test_nobody_leaves_before_he_came(watch, at_work, minute):
    minute(watch, 30)
    row = came(watch, at_work.wu, at=watch.starts_at + timedelta(minutes=20))
    for wrong in (19, 31):
        with pytest.raises(window.OutOfTheShift):
            row.leave(by=at_work.wu, at=watch.starts_at + timedelta(minutes=wrong))
    row.leave(by=at_work.wu, at=watch.starts_at + timedelta(minutes=30))
    assert row.minutes == 10


def test_absent_is_said_by_somebody_and_the_person_is_told(watch, at_work, minute):
    minute(watch, -1)
    with pytest.raises(window.NotBegun):
        Attendance.absent(watch, at_work.wu, by=at_work.lin)
    minute(watch, 20)
    Attendance.absent(watch, at_work.wu, by=at_work.lin)
    assert (state_of(watch, at_work.wu), watch.taken) == (State.ABSENT, 2)
    told = select(Line.by_id).join(Notice, Notice.line_id == Line.id)
    told = told.where(Line.verb == "signup.absent", Notice.person_id == at_work.wu.id)
    assert db.session.scalars(told).all() == [at_work.lin.id]
    minute(watch, 24 * 60)
    assert state_of(watch, at_work.zhou) is State.CONFIRMED, "nobody becomes absent by the clock"


def test_absent_is_put_right_and_a_wrong_tick_too(watch, at_work, minute):
    minute(watch, 20)
    Attendance.absent(watch, at_work.wu, by=at_work.lin)
    row = came(watch, at_work.wu, by=at_work.lin, way=Way.LIST)
    assert (state_of(watch, at_work.wu), row.way) == (State.PRESENT, Way.LIST)
    Attendance.absent(watch, at_work.wu, by=at_work.lin)
    assert (row.minutes, row.counts) == (0, False)
    with pytest.raises(NotHere):
        row.leave(by=at_work.wu)
    minute(watch, 90)
    again = came(watch, at_work.wu, by=at_work.lin, way=Way.LATER, at=watch.starts_at)
    assert (again.id, again.minutes, state_of(watch, at_work.wu), rows()) == (row.id, 60, State.DONE, 1)


def test_an_assumed_end_can_be_put_right(watch, at_work, minute):
    minute(watch, 0)
    row = came(watch, at_work.wu)
    minute(watch, 70)
    row.close()
    row.leave(by=at_work.lin, at=watch.starts_at + timedelta(minutes=40))
    assert (row.minutes, row.closed_by_clock, state_of(watch, at_work.wu)) == (40, False, State.DONE)


def test_the_time_of_arrival_is_put_right_and_the_person_is_told(watch, at_work, minute):
    minute(watch, 30)
    row = came(watch, at_work.wu, way=Way.LIST, by=at_work.lin, at=watch.starts_at)
    row.correct(watch.starts_at + timedelta(minutes=20), by=at_work.lin)
    assert row.minutes == 10
    row.leave(by=at_work.wu, at=watch.starts_at + timedelta(minutes=25))
    for wrong in (26, -61):
        with pytest.raises(window.OutOfTheShift):
            row.correct(watch.starts_at + timedelta(minutes=wrong), by=at_work.lin)
    Attendance.absent(watch, at_work.wu, by=at_work.lin)
    with pytest.raises(NotHere):
        row.correct(watch.starts_at, by=at_work.lin)
    told = select(func.count()).select_from(Notice).join(Notice.line).where(Line.verb == "signup.corrected")
    assert db.session.scalar(told.where(Notice.person_id == at_work.wu.id)) == 1


def test_the_calendar_keeps_who_came_and_does_not_count_it_as_a_change(watch, at_work, minute):
    signup = watch.signup_of(at_work.wu)
    before = event_of_signup(signup, "http://localhost")
    minute(watch, 0)
    row = came(watch, at_work.wu)
    minute(watch, 20)
    row.leave(by=at_work.wu)
    assert event_of_signup(signup, "http://localhost") == before


def test_who_is_here_is_not_free_and_cannot_leave_the_list(watch, at_work, minute):
    minute(watch, -5)
    came(watch, at_work.wu)
    with pytest.raises(TimeClash):
        at_work.shift2.sign_up(at_work.wu, by=at_work.wu)
    with pytest.raises(NotInThisState, match="已签到"):
        watch.withdraw(at_work.wu, by=at_work.wu)


def test_seats_stay_counted_whatever_became_of_them(watch, at_work, minute):
    minute(watch, 0)
    row = came(watch, at_work.wu)
    Attendance.absent(watch, at_work.zhou, by=at_work.lin)
    minute(watch, 30)
    row.leave(by=at_work.wu)
    assert watch.taken == watch.count(*HOLDS_SEAT) == 2


def test_every_move_is_a_line(watch, at_work, minute):
    minute(watch, 0)
    row = came(watch, at_work.wu)
    Attendance.absent(watch, at_work.zhou, by=at_work.lin)
    minute(watch, 70)
    row.close()
    row.close()
    said = select(Line.verb).where(Line.subject == "signup", Line.verb.not_in(["signup.confirmed"])).order_by(Line.id)
    assert db.session.scalars(said).all() == ["signup.arrived", "signup.absent", "signup.closed"]


def test_the_sweep_twice_is_as_once(world, minute):
    with work():
        world.shift.sign_up(world.wu, by=world.wu)
    minute(world.shift, 0)
    with work():
        came(world.shift, world.wu)
    minute(world.shift, 59)
    close_attendances()
    assert state_of(world.shift, world.wu) is State.PRESENT
    minute(world.shift, 60)
    for _ in range(2):
        close_attendances()
        db.session.rollback()
        [row] = db.session.scalars(Attendance.of_shift(world.shift))
        assert (row.closed_by_clock, row.left_at, row.minutes) == (True, world.shift.ends_at, 60)
        assert state_of(world.shift, world.wu) is State.DONE
    closed = select(func.count()).select_from(Line).where(Line.verb == "signup.closed")
    assert db.session.scalar(closed) == 1
