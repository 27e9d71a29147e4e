"""A pattern gives each fitting day one shift, in Beijing time, and no other."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.clock import local
from volunteers.pattern import MOST, NoDuration, Pattern, PatternEmpty, TooManyShifts, occurrences

TUESDAY, SATURDAY = 1, 5
FIRST_OF_DECEMBER = date(2026, 12, 1)  # a Tuesday


def pattern(
    weekdays=(TUESDAY,), starts=time(7), ends=time(9), first=FIRST_OF_DECEMBER, last=date(2026, 12, 31), **rest
):
    return Pattern(frozenset(weekdays), starts, ends, first, last, **rest)


def never(day):
    return False


def days(shifts):
    return [local(start).date() for start, _ in shifts]


def test_tuesdays_at_seven_stay_tuesdays():
    shifts = occurrences(pattern(), never)
    assert days(shifts) == [date(2026, 12, day) for day in (1, 8, 15, 22, 29)]
    assert shifts[0] == (datetime(2026, 11, 30, 23, tzinfo=UTC), datetime(2026, 12, 1, 1, tzinfo=UTC))


def test_a_night_shift_ends_on_the_next_day():
    ((start, end), *_) = occurrences(pattern(starts=time(22), ends=time(6)), never)
    assert end - start == timedelta(hours=8)
    assert (local(start).day, local(end).day) == (1, 2)


@pytest.mark.parametrize("weekdays", [(), (SATURDAY,), range(7)])
def test_one_day_is_taken_whatever_its_weekday(weekdays):
    assert days(occurrences(pattern(weekdays, last=FIRST_OF_DECEMBER), never)) == [FIRST_OF_DECEMBER]


def test_holidays_are_skipped_on_request_only():
    def holiday(day):
        return day == date(2026, 12, 8)

    assert date(2026, 12, 8) in days(occurrences(pattern(), holiday))
    assert date(2026, 12, 8) not in days(occurrences(pattern(skip_holidays=True), holiday))


@pytest.mark.parametrize(
    ("given", "holiday"),
    [
        (pattern((SATURDAY,), last=date(2026, 12, 3)), never),
        (pattern(()), never),
        (pattern(first=date(2026, 12, 2), last=date(2026, 12, 1)), never),
        (pattern(skip_holidays=True), lambda day: True),
    ],
)
def test_nothing_that_fits_is_refused(given, holiday):
    with pytest.raises(PatternEmpty):
        occurrences(given, holiday)


def test_the_same_start_and_end_are_refused():
    with pytest.raises(NoDuration):
        occurrences(pattern(ends=time(7)), never)


def test_four_hundred_shifts_are_taken_and_one_more_is_not():
    last = FIRST_OF_DECEMBER + timedelta(days=MOST - 1)
    assert len(occurrences(pattern(range(7), last=last), never)) == MOST
    with pytest.raises(TooManyShifts) as refused:
        occurrences(pattern(range(7), last=last + timedelta(days=1)), never)
    assert str(MOST) in str(refused.value)


clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
patterns = st.builds(
    lambda first, length, **rest: Pattern(first=first, last=first + timedelta(days=length), **rest),
    weekdays=st.frozensets(st.integers(0, 6)),
    starts=clocks,
    ends=clocks,
    first=st.dates(date(2020, 1, 1), date(2100, 1, 1)),
    length=st.integers(-5, 900),
    skip_holidays=st.booleans(),
)


@given(patterns, st.integers(2, 40))
def test_each_day_that_fits_has_one_shift_and_no_other_day_has_any(pattern, every):
    def holiday(day):
        return day.toordinal() % every == 0

    length = (pattern.last - pattern.first).days
    wanted = [
        day
        for day in (pattern.first + timedelta(days=n) for n in range(length + 1))
        if (length == 0 or day.weekday() in pattern.weekdays) and not (pattern.skip_holidays and holiday(day))
    ]
    try:
        shifts = occurrences(pattern, holiday)
    except NoDuration:
        assert pattern.starts == pattern.ends
    except PatternEmpty:
        assert not wanted
    except TooManyShifts:
        assert len(wanted) > MOST
    else:
        assert days(shifts) == wanted
        assert all(start.tzinfo is end.tzinfo is UTC for start, end in shifts)
        assert all(timedelta() < end - start < timedelta(days=1) for start, end in shifts)
        assert all((local(s).time(), local(e).time()) == (pattern.starts, pattern.ends) for s, e in shifts)
