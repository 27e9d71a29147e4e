"""The clock of an offer runs from eight to nine and at no other time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kernel import clock
from volunteers.waking import CLOSES, OPENS, waking_after, waking_between

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
LENGTHS = st.timedeltas(timedelta(minutes=1), timedelta(hours=60))


@given(MOMENTS, LENGTHS)
def test_an_answer_is_never_due_at_night(moment, length):
    due = clock.local(waking_after(moment, length)).time()
    assert OPENS <= due <= CLOSES


@given(MOMENTS, LENGTHS)
def test_what_was_given_is_what_lies_between(moment, length):
    assert waking_between(moment, waking_after(moment, length)) == length


@given(MOMENTS, LENGTHS, LENGTHS)
def test_more_time_is_never_due_earlier(moment, one, other):
    first, second = sorted((one, other))
    assert waking_after(moment, first) <= waking_after(moment, second)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_stretches_add_up(one, other, third):
    first, second, last = sorted((one, other, third))
    assert waking_between(first, second) + waking_between(second, last) == waking_between(first, last)


@given(MOMENTS, MOMENTS)
def test_a_day_has_thirteen_waking_hours(one, other):
    first, last = sorted((one, other))
    days = (last - first) // timedelta(days=1)
    assert timedelta(hours=13) * days <= waking_between(first, last) <= timedelta(hours=13) * (days + 1)


def test_nine_in_the_evening_is_eight_in_the_morning():
    evening = datetime(2026, 11, 27, 13, tzinfo=UTC)  # 21:00 in Beijing
    assert waking_after(evening, timedelta(hours=2)) == datetime(2026, 11, 28, 2, tzinfo=UTC)
