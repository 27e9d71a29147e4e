"""ical.js, the reader of Thunderbird and of many web calendars, sees in our files what is meant."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from kernel.calendar import feed_bytes
from kernel.clock import at
from kernel.recurrence import DAY, recurring
from tests.kernel.test_calendar import PATROL
from tests.kernel.test_recurrence import START, TEMPLATE, YEAR, one, series, told
from tests.support.ical import read

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reader(browser):
    """A function: the occurrences of some events between two days."""
    page = browser.new_page()
    yield lambda events, first=START - 30 * DAY, last=YEAR: read(
        page, feed_bytes(events, name="", language="zh"), at(first), at(last)
    )
    page.close()


@settings(max_examples=25, deadline=None)
@given(drawn=series())
def test_a_series_is_read_as_it_stands(reader, drawn):
    rule, known, since, laid, off = drawn
    events = recurring(TEMPLATE, rule, known, since=since, laid=laid, off=off)
    later = [one(rule, day) for day in rule.days(max(laid + DAY, since), YEAR) if day not in off]
    expected = sorted(told(event) for event in [*known.values(), *later] if event.starts < at(YEAR))
    assert sorted((row.starts, row.ends, row.status, row.location) for row in reader(events)) == expected


def test_times_words_and_whole_days(reader):
    due = replace(PATROL, uid="due@hehuo", starts=date(2026, 12, 3), ends=date(2026, 12, 4), busy=False)
    patrol, day = reader([PATROL, due])
    assert (patrol.starts, patrol.ends) == (PATROL.starts, PATROL.starts + timedelta(hours=2))
    assert (patrol.summary, patrol.location, patrol.sequence) == (PATROL.summary, PATROL.location, PATROL.sequence)
    assert (day.starts, day.ends) == (date(2026, 12, 3), date(2026, 12, 4))
