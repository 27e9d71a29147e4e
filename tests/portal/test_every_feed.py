"""A year of every kind of feed: all readers see what our own pages see, on sound lines, the same bytes each time."""

import json
import os
import re
import subprocess
import sys
from contextlib import ExitStack
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import hypothesis
import ics
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select

from kernel import agenda, clock
from kernel.calendar import etag, feed_bytes, line, lines
from kernel.db import db, seen
from kernel.recurrence import begin, expanded
from tests.kernel.test_calendar import assert_lines_are_sound
from tests.support.full_year import KINDS, addresses, full, owners
from tests.support.hostile import FIELDS, HOSTILE, MARK, letters, poison
from volunteers.event import event_of_shift

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
DATE = re.compile(r'<span class="long">.*?</td>', re.DOTALL)
LINE = re.compile(r'<li[^>]*><a href="[^"]*">(?:<span class="time">(\d\d:\d\d)</span> )?<bdi>(.*?)</bdi>', re.DOTALL)
NAMES = {
    *("BEGIN", "END", "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "STATUS", "SUMMARY"),
    *("DESCRIPTION", "LOCATION", "URL", "GEO", "CATEGORIES", "TRANSP", "CLASS", "COLOR", "RRULE", "EXDATE"),
    *("RECURRENCE-ID", "ACTION", "TRIGGER", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME"),
    *("X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"),
}
OTHER_PROCESS = """
import json, sys
from wsgi import create_app
from kernel.calendar import etag
settings, paths = json.loads(sys.argv[1])
client = create_app(settings).test_client()
print(json.dumps([etag(client.get(path).data) for path in paths]))
"""


@pytest.fixture
def year(grown, world):
    """The world with something of each kind."""
    return grown("year", lambda: full(world))


@pytest.fixture
def asking(site, year):
    """A function: whose calendars there are, by name; from then on inside a request, which knows addresses of pages."""
    with ExitStack() as opened:

        def asking():
            known = owners(year)
            year.shift.duty.place.id  # noqa: B018  loaded while nobody asks: a request may read only what is seen
            opened.enter_context(site.test_request_context())
            return known

        yield asking


def span():
    return clock.at(clock.today() - 100 * DAY), clock.at(clock.today() + 366 * DAY)


def status(event):
    sure = "TENTATIVE" if event.tentative else "CONFIRMED"
    return "CANCELLED" if event.cancelled else sure


def own(of, owner):
    """(start, end, title, status) of each date of a year, as our own pages show it."""
    events = expanded(agenda.events(of, owner, agenda.window(clock.today())), *span())
    return sorted(
        (clock.local(begin(e.starts)), clock.local(begin(e.ends)), line(e.summary), status(e)) for e in events
    )


def read(data, first, last):
    """The same as recurring-ical-events reads it."""
    found = recurring_ical_events.of(Calendar.from_ical(data)).between(first, last)
    rows = ((begin(one.start), begin(one.end), str(one["SUMMARY"]), str(one["STATUS"])) for one in found)
    return sorted((clock.local(starts), clock.local(ends), *words) for starts, ends, *words in rows)


@pytest.mark.parametrize("name", KINDS)
def test_three_readers_see_a_year_as_our_pages_do(year, enter, asking, name):
    """ical.js is the fourth: tests/browser/test_calendar_reader.py."""
    data = enter().get(addresses(year)[name]).data
    assert_lines_are_sound(data)
    expected = own(*asking()[name])
    assert expected
    assert read(data, *span()) == expected
    calendar, strict = Calendar.from_ical(data), ics.Calendar(data.decode())
    assert calendar.errors == []
    assert {one.uid for one in strict.events} == {str(one["UID"]) for one in calendar.events}
    starts = {(str(one["UID"]), begin(one.start), str(one["SUMMARY"])) for one in calendar.events}
    seen = {
        (one.uid, clock.at(one.begin.date()) if one.all_day else one.begin.datetime, one.name) for one in strict.events
    }
    assert seen <= starts


def test_something_of_each_kind_is_in_the_year(year, asking):
    """Else the tests here would hold less than they say."""
    with_some = set()
    for of, owner in asking().values():
        for source in agenda.sources(of):
            if any(True for _event in source.events(owner, agenda.window(clock.today()))):
                with_some.add((of, source.kind))
    every = set(agenda.SOURCES)
    assert every - with_some <= {("partner", "deadline")}


@pytest.mark.databases("sqlite")
def test_two_processes_write_the_same_bytes_of_every_feed(year, enter, settings):
    """Their hashes of words differ, so that the order of a set would."""
    paths = list(addresses(year).values())
    here = [etag(enter().get(path).data) for path in paths]
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"  # this one has another
    asked = [sys.executable, "-c", OTHER_PROCESS, json.dumps([settings, paths])]
    other = subprocess.run(asked, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
    assert json.loads(other.stdout.splitlines()[-1]) == here


def shown(page):
    """(hour or none, title) of what begins on each day of a page, in the order of the days."""
    return [
        [(hour or None, unescape(title)) for hour, title in LINE.findall(square)] for square in DATE.findall(page.text)
    ]


def hour_of(start):
    return f"{start:%H:%M}" if isinstance(start, datetime) else None


def test_a_month_of_the_page_holds_exactly_what_a_reader_finds_in_the_feed(year, enter):
    """For months that hypothesis chooses: what begins on each day, with its hour and title."""
    client = enter("volunteer")
    calendar = recurring_ical_events.of(Calendar.from_ical(enter().get(addresses(year)["person"]).data))
    months = [(clock.today().replace(day=1) + number * 31 * DAY).replace(day=1) for number in range(-1, 11)]

    @hypothesis.settings(max_examples=6, deadline=None)
    @given(st.sampled_from(months))
    def agree(first):
        page = client.get(f"/calendar/?on={first}")
        squares, monday = shown(page), first - first.weekday() * DAY
        expected = [[] for _square in squares]
        for one in calendar.between(clock.at(monday), clock.at(monday + len(squares) * DAY)):
            day = max(clock.local(begin(one.start)).date(), monday)
            expected[(day - monday).days].append((hour_of(one.start), str(one["SUMMARY"])))
        assert [sorted(square, key=repr) for square in squares] == [sorted(square, key=repr) for square in expected]
        assert len(squares) in (28, 35, 42)

    agree()


def poisoned(known, shift, text):
    """Every event of every kind with this text in all that people wrote; nothing is stored."""
    with db.session.no_autoflush:
        rows = [row for kind in FIELDS for row in db.session.scalars(seen(select(kind)))]
        poison(rows, text)
        window = agenda.window(clock.today())
        events = [event for of, owner in known.values() for event in agenda.events(of, owner, window)]
    return [*events, event_of_shift(shift, "http://localhost")]


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("text", HOSTILE, ids=map(str, range(len(HOSTILE))))
def test_nothing_is_injected_and_nothing_lost(year, asking, text):
    """Three readers: the same events, no line that we did not write, every letter where it was typed."""
    shift = year.shift
    events = [event for event in poisoned(asking(), shift, text) if event.weekly is None and event.instance is None]
    db.session.rollback()
    assert len({event.uid.split("-")[0] for event in events}) >= 8
    for event in events:
        data = feed_bytes([event], name=f"{MARK}{text}", language="zh")
        assert_lines_are_sound(data)
        rows = data.decode().replace("\r\n ", "").split("\r\n")[:-1]
        assert {re.split("[:;]", row, maxsplit=1)[0] for row in rows} <= NAMES
        [twin] = Calendar.from_ical(data).events
        [strict] = ics.Calendar(data.decode()).events
        found = recurring_ical_events.of(Calendar.from_ical(data)).between(begin(event.starts), begin(event.ends))
        assert [str(one["UID"]) for one in found] == [event.uid]
        told = (line(event.summary), lines(event.description), line(event.location))
        assert tuple(str(twin.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")) == told
        if "\\n" not in text:  # `ics` takes a typed backslash before an n for a line end, whoever wrote the file
            assert (strict.name, strict.description or "", strict.location or "") == told
        if not event.uid.startswith("due-") or "." not in event.uid:  # those of lines are words of the database
            assert letters(f"{MARK}{text}") in letters(told[0])
