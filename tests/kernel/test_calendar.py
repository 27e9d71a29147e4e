"""A feed is read the same by three unrelated readers, whatever people typed."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import ics
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.calendar import Event, etag, event_bytes, feed_bytes, last_modified
from kernel.clock import SHANGHAI, at, local

ROOT = Path(__file__).parents[2]
CHANGED = datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC)
MORNING = datetime(2026, 12, 1, 7, 0, tzinfo=SHANGHAI)  # 23:00 of the day before in UTC
PATROL = Event(
    uid="shift-7-person-3@hehuo",
    sequence=2,
    changed=CHANGED,
    starts=MORNING.astimezone(UTC),
    ends=(MORNING + timedelta(hours=2)).astimezone(UTC),
    summary="晨间巡逻 · 东门岗（示例）🚶 请带好红袖章，集合点在物业服务中心门前",
    description="第一行：签到\n第二行；带水, 𠮷先生领队 \\ 完",
    location="许昌市魏都区春天里小区 2 号楼",
    geo=(34.035, 113.852),
    url="https://example.cn/shifts/7?from=calendar",
    categories=("巡逻", "安全,治安"),
    alarm_minutes=60,
)

hostile = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\r\n\t\0\x0b\x1c\x7f\x85\u2028\u2029\ud800\u202e\ufeff\"':;,\\^%中𠮷🚶 aBEGIN:V", max_size=90),
    st.just("x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil"),
)
moments = st.datetimes(datetime(2020, 1, 2), datetime(2037, 12, 30)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


@st.composite
def events(draw):
    starts = draw(moments)
    return Event(
        uid="shift-1" + draw(hostile),
        sequence=draw(st.integers(0, 10_000)),
        changed=draw(moments),
        starts=starts,
        ends=starts + timedelta(minutes=draw(st.integers(1, 3_000))),
        summary=draw(hostile),
        description=draw(hostile),
        location=draw(hostile),
        geo=draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))),
        url=draw(hostile),
        categories=tuple(draw(st.lists(hostile, max_size=3))),
        cancelled=draw(st.booleans()),
        alarm_minutes=draw(st.none() | st.integers(0, 3_000)),
        tentative=draw(st.booleans()),
        busy=draw(st.booleans()),
        private=draw(st.booleans()),
        color=draw(st.sampled_from(["", "firebrick"])),
    )


def feed(*events, name="我的活动", language="zh"):
    return feed_bytes(events, name=name, language=language)


def series(count):
    return [
        replace(
            PATROL,
            uid=f"shift-{n}@hehuo",
            starts=PATROL.starts + n * timedelta(days=1),
            ends=PATROL.ends + n * timedelta(days=1),
        )
        for n in range(count)
    ]


def assert_lines_are_sound(data):
    """CRLF only, at most 75 octets a line, no character split by a fold."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    for row in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(row) <= 75
        row.decode()
        assert not {*row.decode()} & {*map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029))}


def test_a_rich_feed_is_folded_at_75_octets():
    assert_lines_are_sound(feed(*series(30)))


@settings(max_examples=150, deadline=None)
@given(st.lists(events(), max_size=3), hostile)
def test_no_text_breaks_the_file(some, name):
    data = feed(*some, name=name)
    assert_lines_are_sound(data)
    read = icalendar.Calendar.from_ical(data)
    assert read.errors == []
    assert len(read.events) == len(some)
    for event, twin in zip(some, read.events, strict=True):
        assert twin.errors == []
        assert (twin.start, twin.end) == (event.starts, event.ends)
        assert twin["SEQUENCE"] == event.sequence
        assert {*twin} <= {
            *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "STATUS", "SUMMARY"),
            *("DESCRIPTION", "LOCATION", "URL", "GEO", "CATEGORIES", "TRANSP", "CLASS", "COLOR"),
        }


@settings(max_examples=25, deadline=None)
@given(events())
def test_the_strict_reader_sees_the_same(event):
    (twin,) = ics.Calendar(feed(event).decode()).events
    assert (twin.begin.datetime, twin.end.datetime) == (event.starts, event.ends)
    sure = "TENTATIVE" if event.tentative else "CONFIRMED"
    assert twin.status == ("CANCELLED" if event.cancelled else sure)
    assert bool(twin.transparent) is (event.tentative or not event.busy)
    assert twin.classification == ("PRIVATE" if event.private else None)


def test_ics_reads_names_starts_and_reminders():
    read = {event.uid: event for event in ics.Calendar(feed(*series(20)).decode()).events}
    assert read.keys() == {event.uid for event in series(20)}
    for event in series(20):
        twin = read[event.uid]
        assert (twin.name, twin.begin.datetime, twin.description) == (event.summary, event.starts, event.description)
        assert (twin.location, tuple(twin.geo), twin.url) == (event.location, event.geo, event.url)
        assert twin.categories == {*event.categories}
        assert [alarm.trigger for alarm in twin.alarms] == [timedelta(minutes=-60)]


def test_an_event_at_seven_stays_on_its_day():
    data = feed(*series(5))
    assert b"DTSTART;TZID=Asia/Shanghai:20261201T070000" in data
    for n, event in enumerate(series(5)):
        day = date(2026, 12, 1) + timedelta(days=n)
        (found,) = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(
            at(day), at(day + timedelta(days=1))
        )
        assert (str(found["UID"]), local(found.start).hour) == (event.uid, 7)


def test_the_zone_has_one_block_and_no_remark():
    data = feed(PATROL)
    assert data.count(b"BEGIN:VTIMEZONE") == data.count(b"BEGIN:STANDARD") == 1
    assert b"DAYLIGHT" not in data
    assert b"COMMENT" not in data


def test_the_header_names_the_feed_and_its_refresh_for_every_reader():
    data = feed(PATROL, name="吴阿姨的活动", language="en")
    for row in (
        "METHOD:PUBLISH",
        "NAME:吴阿姨的活动",
        "X-WR-CALNAME:吴阿姨的活动",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "PRODID:-//hehuo//calendar//EN",
    ):
        assert f"\r\n{row}\r\n".encode() in data


def test_a_cancelled_event_stays_and_rings_no_more():
    data = feed(replace(PATROL, cancelled=True, sequence=3))
    assert b"\r\nSTATUS:CANCELLED\r\n" in data
    assert b"\r\nSEQUENCE:3\r\n" in data
    assert b"VALARM" not in data


def test_a_deadline_is_a_day_that_takes_no_time():
    due = replace(PATROL, starts=date(2026, 12, 1), ends=date(2026, 12, 2), busy=False, alarm_minutes=None)
    data = feed(due)
    assert b"\r\nDTSTART;VALUE=DATE:20261201\r\n" in data
    assert b"\r\nTRANSP:TRANSPARENT\r\n" in data
    (twin,) = ics.Calendar(data.decode()).events
    assert twin.all_day
    assert twin.begin.date() == date(2026, 12, 1)


def test_the_stamp_is_the_last_change():
    (twin,) = icalendar.Calendar.from_ical(feed(PATROL)).events
    assert twin["DTSTAMP"].dt == twin["LAST-MODIFIED"].dt == CHANGED.replace(microsecond=0)


def test_an_empty_feed_is_a_calendar():
    data = feed()
    assert_lines_are_sound(data)
    assert ics.Calendar(data.decode()).events == set()


def test_bytes_of_an_event_are_made_once():
    assert event_bytes(PATROL) is event_bytes(replace(PATROL))


def test_etag_changes_with_the_bytes_only():
    assert etag(feed(PATROL)) == etag(feed(replace(PATROL)))
    assert etag(feed(PATROL)) != etag(feed(replace(PATROL, sequence=3)))


def test_last_modified_is_the_latest_change_in_whole_seconds():
    earlier = replace(PATROL, changed=CHANGED - timedelta(days=1))
    assert last_modified([earlier, PATROL]) == datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
    assert last_modified([]) is None


def test_two_processes_write_the_same_bytes():
    code = "import sys; from tests.kernel.test_calendar import feed, series; sys.stdout.buffer.write(feed(*series(5)))"
    written = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert written == {feed(*series(5))}
