"""Working days: Monday to Friday but for what the table says."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, delete, literal, select

from communities import working_day
from communities.holiday_notice import carry_out, published
from communities.working_day import (
    AsUsual,
    CalendarDay,
    holidays,
    is_published,
    is_weekday,
    is_working_day,
    worked_since,
    working_days_after,
    working_days_before,
    working_days_between,
    working_days_since,
)
from kernel.db import db
from kernel.work import work

START = date(2026, 1, 1)
DAYS = st.integers(0, 400).map(lambda n: START + timedelta(days=n))
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def year_2026(site):
    with work():
        carry_out(published(2026), by=None)


def hold(days):
    """Let just these days differ from Monday to Friday."""
    with work() as session:
        session.execute(delete(CalendarDay))
        session.add_all(CalendarDay(day=day, is_working=not is_weekday(day), name="测试") for day in days)


class TestThisYear:
    def test_worked_weekends_and_holidays(self, year_2026):
        assert is_working_day(date(2026, 2, 14))
        assert is_working_day(date(2026, 10, 10))
        assert not is_working_day(date(2026, 10, 1))
        assert not is_working_day(date(2026, 11, 28))

    def test_the_national_holiday_is_stepped_over(self, year_2026):
        assert working_days_after(date(2026, 9, 30), 2) == date(2026, 10, 9)
        assert working_days_after(date(2026, 9, 30), 3) == date(2026, 10, 10)
        assert working_days_between(date(2026, 9, 30), date(2026, 10, 10)) == 3

    def test_names_are_chinese(self, year_2026):
        assert db.session.get(CalendarDay, date(2026, 10, 1)).name == "国庆节"
        assert db.session.get(CalendarDay, date(2026, 10, 10)).name == "国庆节调休上班"

    def test_holidays_are_those_of_the_week(self, year_2026):
        assert date(2026, 10, 1) in holidays(date(2026, 10, 1), date(2026, 10, 10))
        assert date(2026, 10, 10) not in holidays(date(2026, 10, 1), date(2026, 10, 10))

    def test_a_year_that_is_not_published_counts_monday_to_friday(self, year_2026):
        assert is_published(2026)
        assert not is_published(2027)
        assert published(2027).days == []
        assert is_working_day(date(2027, 1, 1))
        assert working_days_after(date(2027, 1, 1), 1) == date(2027, 1, 4)

    def test_the_same_notice_again_changes_nothing(self, year_2026):
        with work():
            again = carry_out(published(2026), by=None)
        assert (again.new, again.changed, again.dropped) == ([], [], [])


@QUICK
@given(differing=st.sets(DAYS, max_size=80), day=DAYS, count=st.integers(0, 60))
def test_between_is_the_inverse_of_after(site, differing, day, count):
    hold(differing)
    later = working_days_after(day, count)
    assert working_days_between(day, later) == count
    assert count == 0 or is_working_day(later)


@QUICK
@given(differing=st.sets(DAYS, max_size=80), day=DAYS, count=st.integers(0, 60))
def test_before_is_the_latest_day_with_so_many_behind_it(site, differing, day, count):
    hold(differing)
    earlier = working_days_before(day, count)
    assert working_days_between(earlier, day) == count
    assert count == 0 or working_days_between(earlier + timedelta(days=1), day) == count - 1


@QUICK
@given(differing=st.sets(DAYS, max_size=80), days=st.sets(DAYS, max_size=9), last=DAYS)
def test_many_stretches_at_once_are_those_one_by_one(site, differing, days, last):
    hold(differing)
    assert working_days_since(days, last) == {day: max(working_days_between(day, last), 0) for day in days}


@QUICK
@given(differing=st.sets(DAYS, max_size=80), day=DAYS, last=DAYS)
def test_a_statement_counts_alike(site, differing, day, last):
    hold(differing)
    counted = db.session.scalar(select(worked_since(literal(day, Date), last, 30)))
    known = 0 <= (last - day).days <= 30
    assert counted == (working_days_between(day, last) if known else None)


@QUICK
@given(differing=st.sets(DAYS, max_size=80), days=st.tuples(DAYS, DAYS, DAYS))
def test_stretches_add_up_and_turn_their_sign(site, differing, days):
    hold(differing)
    one, two, three = sorted(days)
    whole = working_days_between(one, three)
    assert working_days_between(one, two) + working_days_between(two, three) == whole
    assert working_days_between(three, one) == -whole


def test_a_holiday_longer_than_a_month(site):
    hold({START + timedelta(days=n) for n in range(60) if is_weekday(START + timedelta(days=n))})
    assert working_days_after(START, 1) == date(2026, 3, 2)


def test_a_day_that_is_as_usual_is_refused(site):
    with pytest.raises(AsUsual), work():
        CalendarDay.enter(date(2026, 11, 28), False, "周六", by=None)
    with work():
        CalendarDay.enter(date(2026, 11, 28), True, "加班", by=None)
        CalendarDay.enter(date(2026, 11, 28), True, "调休上班", by=None)
    assert db.session.get(CalendarDay, date(2026, 11, 28)).name == "调休上班"
    assert working_day.published_years() == [2026]
