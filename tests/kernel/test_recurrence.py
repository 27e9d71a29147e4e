"""A series says the same to every reader as its dates say one by one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.calendar import Event, feed_bytes
from kernel.clock import at
from kernel.recurrence import DAY, Rule, expanded, recurring

START = date(2026, 9, 1)
YEAR = START + 365 * DAY
TEMPLATE = Event(
    uid="series-1@hehuo",
    sequence=3,
    changed=datetime(2026, 8, 31, tzinfo=UTC),
    starts=at(START),
    ends=at(START),
    summary="联防巡查 · 巡查员",
    location="东门",
)
MOVED = timedelta(hours=26)  # to the next day, two hours later


def one(rule, day, *, moved=False, cancelled=False, location="东门"):
    """What stands on a day of a series."""
    starts, ends = rule.span(day)
    by = MOVED if moved else timedelta()
    facts = {"starts": starts + by, "ends": ends + by, "cancelled": cancelled, "location": location}
    return replace(TEMPLATE, uid=f"shift-{day}@hehuo", **facts)


def seen(data):
    """(start, end, whether it takes place, where) of the year as recurring-ical-events reads it, in order."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(at(START - 30 * DAY), at(YEAR))
    return sorted((event.start, event.end, str(event["STATUS"]), str(event["LOCATION"])) for event in found)


def told(event):
    """The same of one of our own events."""
    return event.starts, event.ends, "CANCELLED" if event.cancelled else "CONFIRMED", event.location


@st.composite
def series(draw):
    """A rule, what stands on its laid days, and the days that are off after them."""
    first = START + draw(st.integers(0, 40)) * DAY
    length = draw(st.none() | st.integers(0, 200))
    hours = draw(st.sampled_from([(time(7), time(8)), (time(22), time(6)), (time(0), time(23, 59))]))
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    rule = Rule(weekdays, *hours, first, None if length is None else first + length * DAY)
    since = START + draw(st.integers(-10, 60)) * DAY
    laid = since + draw(st.integers(-3, 70)) * DAY
    days = list(rule.days(since, laid))
    facts = st.fixed_dictionaries({"moved": st.booleans(), "cancelled": st.booleans(), "location": st.just("西门")})
    known = {day: one(rule, day, **draw(st.just({}) | facts)) for day in days if draw(st.booleans())}
    stray = [since + number * DAY for number in draw(st.lists(st.integers(0, 30), max_size=2))]
    known |= {day: one(rule, day, moved=True) for day in stray if day not in rule}
    off = draw(st.lists(st.integers(0, 200), max_size=4))
    return rule, known, since, laid, {laid + number * DAY for number in off}


@settings(max_examples=150, deadline=None)
@given(series())
def test_every_date_is_read_as_it_stands_and_none_besides(drawn):
    rule, known, since, laid, off = drawn
    events = recurring(TEMPLATE, rule, known, since=since, laid=laid, off=off)
    later = [one(rule, day) for day in rule.days(max(laid + DAY, since), YEAR) if day not in off]
    expected = sorted(told(event) for event in [*known.values(), *later] if event.starts < at(YEAR))
    assert seen(feed_bytes(events, name="", language="zh")) == expected
    assert [told(event) for event in expanded(events, at(START - 30 * DAY), at(YEAR))] == expected


def test_a_year_of_one_rule_is_one_event():
    rule = Rule(frozenset({1, 5}), time(7), time(8), START, None)
    known = {day: one(rule, day) for day in rule.days(START, START + 56 * DAY)}
    [event] = recurring(TEMPLATE, rule, known, since=START, laid=START + 56 * DAY)
    data = feed_bytes([event], name="", language="zh")
    assert b"\r\nRRULE:FREQ=WEEKLY;BYDAY=TU,SA;WKST=MO\r\n" in data
    assert b"EXDATE" not in data


def test_a_last_day_is_the_last():
    rule = Rule(frozenset({1}), time(7), time(8), START, START + 28 * DAY)
    [event] = recurring(TEMPLATE, rule, {}, since=START, laid=START - DAY)
    assert b"UNTIL=20260928T230000Z" in feed_bytes([event], name="", language="zh")
    assert len(seen(feed_bytes([event], name="", language="zh"))) == 5


def test_what_was_called_off_or_moved_keeps_its_place_in_the_series():
    rule = Rule(frozenset({1}), time(7), time(8), START, None)
    tuesdays = list(rule.days(START, START + 21 * DAY))
    known = {
        tuesdays[0]: one(rule, tuesdays[0]),
        tuesdays[1]: one(rule, tuesdays[1], cancelled=True),
        tuesdays[2]: one(rule, tuesdays[2], moved=True),
    }
    series, off, moved = recurring(TEMPLATE, rule, known, since=START, laid=tuesdays[3])
    assert series.weekly.without == (at(tuesdays[3], time(7)),)
    assert (off.uid, off.instance, off.cancelled) == (series.uid, at(tuesdays[1], time(7)), True)
    assert (moved.instance, moved.starts) == (at(tuesdays[2], time(7)), at(tuesdays[2], time(7)) + MOVED)


def test_a_rule_that_is_over_leaves_its_last_dates():
    rule = Rule(frozenset({1}), time(7), time(8), START, START + 7 * DAY)
    kept = one(rule, START + 3 * DAY)
    assert recurring(TEMPLATE, rule, {START + 3 * DAY: kept}, since=START, laid=YEAR) == [kept]
