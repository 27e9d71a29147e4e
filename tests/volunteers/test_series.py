"""Standing duties: the dates follow their rule, and never under the feet of those who signed up."""

from datetime import time, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from communities.journal import Line
from communities.working_day import CalendarDay
from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.demo.checks import wrong_seats
from tests.support.statements import counted
from volunteers.duty import ChangedMeanwhile
from volunteers.event import event_of_shift
from volunteers.pattern import Pattern, PatternEmpty
from volunteers.ruled import HORIZON, SeriesEnded
from volunteers.series import DutySeries, NothingNew
from volunteers.shift import Shift
from volunteers.sweep import lay_standing_duties

TUESDAY, WEDNESDAY = 1, 2
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def tuesdays(weeks=None, weekday=TUESDAY, **more):
    """Every Tuesday at three from next week on, for so many weeks."""
    monday = clock.today() + timedelta(days=7 - clock.today().weekday())
    given = {"weekdays": frozenset({weekday}), "starts": time(15), "ends": time(16), "first": monday}
    return Pattern(**given | {"last": monday + weeks * WEEK - DAY if weeks else None} | more)


def dates(series):
    """The shifts of a series in order, as they are now."""
    mine = select(Shift).where(Shift.series_id == series.id).order_by(Shift.starts_at)
    return list(db.session.scalars(mine))


def days(series):
    return [clock.local(shift.starts_at).date() for shift in dates(series) if not shift.is_cancelled]


def told(verb):
    """Whom the lines of a verb tell, a list for each line."""
    lines = db.session.scalars(select(Line).where(Line.verb == verb).order_by(Line.id))
    return [{notice.person for notice in line.notices} for line in lines]


def write(world, *args, seats=3, **more):
    return DutySeries.write(world.duty, tuesdays(*args, **more), seats, by=world.lin)


def test_a_rule_with_a_last_day_is_laid_at_once(at_work):
    series = write(at_work, 52)
    assert len(dates(series)) == 52
    assert {day.weekday() for day in days(series)} == {TUESDAY}
    assert all(shift.occurrence_on == clock.local(shift.starts_at).date() for shift in dates(series))


def test_without_a_last_day_eight_weeks_are_laid(at_work):
    series = write(at_work)
    assert 8 <= len(dates(series)) <= 9
    assert max(days(series)) <= max(clock.today(), series.first) + HORIZON


def test_what_is_there_already_is_not_laid_twice(at_work):
    write(at_work, 4)
    with pytest.raises(NothingNew):
        write(at_work, 3)
    assert len(dates(write(at_work, 5))) == 1


def test_a_rule_that_fits_no_day_is_refused(at_work):
    monday = tuesdays().first
    with pytest.raises(PatternEmpty):
        write(at_work, 1, weekdays=frozenset({6}), first=monday, last=monday + DAY)


def test_52_weeks_go_from_tuesday_to_wednesday_and_three_dates_with_people_stay(at_work):
    series = write(at_work, 52)
    signed = {3: at_work.wu, 10: at_work.zhou, 40: at_work.zhao}
    before = dates(series)
    for number, person in signed.items():
        before[number].sign_up(person, by=person)
    db.session.flush()
    sequences = {shift.id: event_of_shift(shift, "").sequence for shift in before}
    changes = series.revise(tuesdays(52, WEDNESDAY), 3, sequence=0, by=at_work.lin)
    assert (changes.following, len(changes.occupied)) == (49, 3)
    after = {shift.id: shift for shift in dates(series)}
    assert list(after) == [shift.id for shift in before]  # nobody's address changed, no date came or went
    for number, shift in enumerate(before):
        event, stays = event_of_shift(after[shift.id], ""), number in signed
        assert clock.local(event.starts).weekday() == (TUESDAY if stays else WEDNESDAY)
        assert event.sequence == sequences[shift.id] + (not stays)
        assert not event.cancelled
    assert told("standing.kept") == [set(signed.values())]
    assert wrong_seats() == []
    assert series.lay().following == 0  # those that stay stand for the Wednesday of their week
    assert len(dates(series)) == 52


@pytest.mark.parametrize("weeks", [4, 52])
def test_as_many_statements_for_a_month_as_for_a_year(at_work, weeks):
    series = write(at_work, weeks)
    dates(series)[2].sign_up(at_work.wu, by=at_work.wu)
    db.session.flush()
    with counted() as said:
        series.changes(tuesdays(weeks, WEDNESDAY))
    assert len(said) <= 2
    lin = at_work.lin
    assert lin.name
    with counted() as said:
        series.revise(tuesdays(weeks, WEDNESDAY), 3, sequence=0, by=lin)
        db.session.flush()
    assert len([one for one in said if "shift" in one]) <= 5  # lock, read, two updates, who is told
    assert len(said) <= 11  # and the rule, two lines with their notices, who comes every week
    with counted() as said:
        DutySeries.write(at_work.duty2, tuesdays(weeks), 3, by=at_work.lin)
        db.session.flush()
    assert len(said) <= 8


def test_what_no_rule_wants_is_called_off_and_comes_back(at_work):
    series = write(at_work, 8)
    last = dates(series)[-1]
    series.revise(tuesdays(6), 3, sequence=0, by=at_work.lin)
    assert last.is_cancelled
    assert event_of_shift(last, "").cancelled
    assert "固定的时间改了" in event_of_shift(last, "").description
    assert len(days(series)) == 6
    series.revise(tuesdays(8), 3, sequence=1, by=at_work.lin)
    assert not last.is_cancelled
    assert last.sequence == 2
    assert len(dates(series)) == 8


def test_more_seats_tell_nobody(at_work):
    series = write(at_work, 4)
    first, second, *_ = dates(series)
    first.sign_up(at_work.wu, by=at_work.wu)
    series.revise(tuesdays(4), 9, sequence=0, by=at_work.lin)
    assert (first.seats, second.seats, second.sequence) == (3, 9, 0)
    assert told("standing.kept") == []


def test_a_stale_save_is_refused(at_work):
    series = write(at_work, 4)
    series.revise(tuesdays(5), 3, sequence=0, by=at_work.lin)
    with pytest.raises(ChangedMeanwhile):
        series.revise(tuesdays(6), 3, sequence=0, by=at_work.he)


def test_what_the_organiser_decided_about_a_date_stays_decided(at_work):
    series = write(at_work, 4)
    moved, off, *_ = dates(series)
    moved.move_to(moved.starts_at + 3 * DAY, moved.ends_at + 3 * DAY, by=at_work.lin)
    off.cancel("礼堂装修", by=at_work.lin)
    series.revise(tuesdays(4, WEDNESDAY), 3, sequence=0, by=at_work.lin)
    assert clock.local(moved.starts_at).weekday() == TUESDAY + 3
    assert off.is_cancelled
    assert off.reason == "礼堂装修"
    assert len(days(series)) == 3
    assert series.lay().following == 0


def test_it_ends_and_who_signed_up_still_comes(at_work):
    series = write(at_work, 4)
    dates(series)[1].sign_up(at_work.wu, by=at_work.wu)
    series.end(by=at_work.lin)
    assert len(days(series)) == 1
    assert told("standing.last_dates") == [{at_work.wu}]
    with pytest.raises(SeriesEnded):
        series.end(by=at_work.lin)
    assert series.lay().following == 0
    again = write(at_work, 4)  # another rule takes over what this one let go
    assert len(dates(again)) == 3
    assert len(days(again)) == 3


def test_days_go_by_and_the_job_lays_the_next_dates_once(world):
    with work():
        series = write(world).id
    start = clock.now()
    for days_later in (1, 8, 8, 30):
        with time_machine.travel(start + days_later * DAY, tick=False):
            db.session.rollback()
            lay_standing_duties()
            db.session.rollback()
            row = db.session.get_one(DutySeries, series)
            last = clock.today() + HORIZON
            expected = row.first + DAY
            while expected <= last:
                assert (
                    db.session.scalar(
                        select(func.count()).where(Shift.series_id == series, Shift.occurrence_on == expected)
                    )
                    == 1
                )
                expected += WEEK
            lines = db.session.scalar(select(func.count()).select_from(Line))
            with counted() as said:
                lay_standing_duties()
            assert len(said) == 2  # when the holidays changed, and that nothing is due
            assert db.session.scalar(select(func.count()).select_from(Line)) == lines


def test_a_new_holiday_takes_the_empty_dates_and_gives_them_back(world):
    with work():
        series = write(world, 6, skip_holidays=True)
        first, second, *_ = [shift.id for shift in dates(series)]
        db.session.get_one(Shift, first).sign_up(world.wu, by=world.wu)
        off = [db.session.get_one(Shift, id).occurrence_on for id in (first, second)]
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False) as clockwork:
        with work():
            for holiday in off:
                CalendarDay.enter(holiday, False, "示例假日", by=world.gao)
        clockwork.shift(timedelta(minutes=1))
        lay_standing_duties()
        db.session.rollback()
        assert not db.session.get_one(Shift, first).is_cancelled  # somebody comes: the organiser decides
        assert db.session.get_one(Shift, second).is_cancelled
        clockwork.shift(timedelta(minutes=1))
        with work():
            for holiday in off:
                db.session.get_one(CalendarDay, holiday).remove(by=world.gao)
        clockwork.shift(timedelta(minutes=1))
        lay_standing_duties()
        db.session.rollback()
        assert not db.session.get_one(Shift, second).is_cancelled


def test_a_shift_of_another_rule_is_in_nobodys_way(at_work):
    write(at_work, 4)
    series = write(at_work, 4, weekday=WEDNESDAY)
    other = Pattern(frozenset(), time(15), time(16), tuesdays().first + 8 * DAY, tuesdays().first + 8 * DAY)
    assert Shift.plan(at_work.duty, other, 2, by=at_work.lin) == []
    series.revise(tuesdays(4), 3, sequence=0, by=at_work.lin)
    assert days(series) == []  # all its Tuesdays are there already
    starts = [shift.starts_at for shift in at_work.duty.shifts if not shift.is_cancelled]
    assert len(starts) == len(set(starts))
