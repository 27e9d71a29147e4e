"""ical.js, the reader of Thunderbird and of many web calendars, sees in our files what is meant."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from sqlalchemy import select

from kernel import agenda, clock
from kernel.calendar import feed_bytes, line
from kernel.clock import at
from kernel.db import db, seen
from kernel.recurrence import DAY, begin, expanded, recurring
from tests.kernel.test_calendar import PATROL
from tests.kernel.test_recurrence import START, TEMPLATE, YEAR, one, series, told
from tests.support.full_year import KINDS, addresses, full, owners
from tests.support.hostile import FIELDS, HOSTILE, MARK, poison
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


@pytest.fixture(scope="module")
def page(browser):
    """A page of its own for files as they are sent."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def year(grown, world):
    """The world with something of each kind."""
    return grown("year", lambda: full(world))


def same(event):
    """(start, end, title, status, where) of one of our own events."""
    sure = "TENTATIVE" if event.tentative else "CONFIRMED"
    state = "CANCELLED" if event.cancelled else sure
    return begin(event.starts), begin(event.ends), line(event.summary), state, line(event.location)


def test_a_year_of_every_kind_of_feed_is_read_as_our_pages_show_it(year, enter, site, page):
    """The other three readers: tests/portal/test_every_feed.py."""
    first, last = clock.at(clock.today() - 100 * DAY), clock.at(clock.today() + 366 * DAY)
    known, files = owners(year), {name: enter().get(path).data for name, path in addresses(year).items()}
    with site.test_request_context():
        for name in KINDS:
            of, owner = known[name]
            events = expanded(agenda.events(of, owner, agenda.window(clock.today())), first, last)
            rows = read(page, files[name], first, last)
            told = [(begin(row.starts), begin(row.ends), row.summary, row.status, row.location) for row in rows]
            assert sorted(told) == sorted(map(same, events)), name


def test_hostile_text_reaches_the_fourth_reader_as_it_was_typed(year, site, page):
    known, first, last = owners(year), clock.at(clock.today() - 100 * DAY), clock.at(clock.today() + 366 * DAY)
    with site.test_request_context(), db.session.no_autoflush:
        rows = [row for kind in FIELDS for row in db.session.scalars(seen(select(kind)))]
        for text in HOSTILE:
            poison(rows, text)
            for person in (row for row in rows if hasattr(row, "forget")):
                person.forget()
            window = agenda.window(clock.today())
            events = [event for of, owner in known.values() for event in agenda.events(of, owner, window)]
            some = list({event.uid: event for event in events if not event.weekly and not event.instance}.values())
            data = feed_bytes(some, name=f"{MARK}{text}", language="zh")
            told = [(row.uid, row.summary, row.location) for row in read(page, data, first, last)]
            assert sorted(told) == sorted((event.uid, line(event.summary), line(event.location)) for event in some)
        db.session.rollback()
