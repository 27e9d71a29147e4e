"""Calendar files from outside: read where that is possible, refused with a sentence where not, and never for long."""

import random
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from kernel.calendar_file import CalendarFile, read
from kernel.calendar_lines import SIZE, CalendarTooBig, TooManyEvents, TornCalendar, UnreadableCalendar
from tests.kernel.ics import HEAD, OUTLOOK, TAIL, WHEN, event, ics

SINCE, UNTIL = datetime(2026, 11, 24, tzinfo=UTC), datetime(2027, 11, 25, tzinfo=UTC)
NINE = datetime(2026, 12, 1, 1, tzinfo=UTC)


def found(*parts):
    return read(ics(*parts), SINCE, UNTIL)


def starts(*parts):
    return [one.starts for one in found(*parts).found if not one.cancelled]


def reason(*parts):
    [fault] = found(*parts).faults
    return str(fault.reason)


def quick(data, seconds=3.0):
    """What became of it, within a time: a file or a sentence."""
    begun = perf_counter()
    try:
        return read(data, SINCE, UNTIL)
    except UnreadableCalendar as refusal:
        return refusal
    finally:
        assert perf_counter() - begun < seconds


def test_one_event_as_it_is_written():
    [one] = found(event("x@example", "SEQUENCE:3", "LOCATION:活动室\\, 二楼", summary="健步\\n走\\;")).found
    assert (one.uid, one.starts, one.ends) == ("x@example", NINE, NINE + timedelta(minutes=90))
    assert (one.summary, one.location, one.sequence, one.cancelled) == ("健步 走;", "活动室, 二楼", 3, False)


@pytest.mark.parametrize(
    "data",
    [
        ics(event()).replace(b"\r\n", b"\n"),
        ics(event()).replace(b"\r\n", b"\r"),
        b"\xef\xbb\xbf" + ics(event()),
        ics(event()).decode().encode("gb18030"),
        ics(event()).decode().encode("utf-16"),
        ics(event()).decode().encode("utf-16-le"),
        ics(event()).decode().encode("utf-16-be"),
        b"\r\n \r\n" + ics(event()),
        ics(event()).replace("健步走".encode(), "健".encode() + b"\xe6\xad\r\n \xa5\xe8\xb5\xb0"),
        ics(event()).replace("健步走".encode(), "健\x00步\x07走".encode()),
        ics(event()).replace(b"BEGIN:", b"begin:").replace(b"DTSTART", b"dtstart"),
    ],
    ids="lf cr bom gbk utf16 utf16le utf16be blank fold control small".split(),
)
def test_what_programs_write_otherwise_is_read_all_the_same(data):
    [one] = read(data, SINCE, UNTIL).found
    assert (one.summary, one.starts) == ("健步走", NINE)


def test_a_line_that_was_broken_without_a_space_belongs_to_the_text_before():
    [one] = found(event(summary="健步\r\n走，风雨无阻")).found
    assert one.summary == "健步 走，风雨无阻"
    assert len(found(" :\r\n\tx\r\n", event()).found) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 1000, b"PK\x03\x04" + random.Random(1).randbytes(5000), b"hello", b"BEGIN:VCARD\r\nEND:VCARD\r\n"],
)
def test_what_is_no_calendar_is_said_to_be_none(data):
    with pytest.raises(UnreadableCalendar):
        read(data, SINCE, UNTIL)


def test_what_is_torn_is_not_taken_for_whole():
    for data in (ics(event())[:-30], HEAD.encode(), ics(event().replace("END:VEVENT\r\n", ""), event("two"))):
        with pytest.raises(TornCalendar):
            read(data, SINCE, UNTIL)


def test_ten_megabytes_are_refused_at_once():
    begun = perf_counter()
    with pytest.raises(CalendarTooBig):
        read(ics(event()) + b" " * 10_000_000, SINCE, UNTIL)
    assert perf_counter() - begun < 0.1


def test_a_hundred_thousand_events_are_counted_and_not_read():
    small = "BEGIN:VEVENT\nEND:VEVENT\n"
    begun = perf_counter()
    with pytest.raises(CalendarTooBig):
        read(ics(small * 100_000), SINCE, UNTIL)
    with pytest.raises(TooManyEvents) as refusal:
        read(ics(small * (SIZE // len(small) - 10)), SINCE, UNTIL)
    assert perf_counter() - begun < 1
    assert "83,323" in str(refusal.value)


BOMBS = {
    "nesting": HEAD + "BEGIN:VEVENT\r\n" + "BEGIN:VALARM\r\n" * 100_000,
    "alarms": HEAD + event("a", *["BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nACTION:AUDIO\r\nEND:VALARM"] * 25_000) + TAIL,
    "long": HEAD + event(summary="长" * 600_000) + TAIL,
    "long name": HEAD + "X" * 1_900_000 + TAIL,
    "parameters": HEAD + event("a", "ATTENDEE" + ";X=a" * 400_000 + ":mailto:") + TAIL,
    "quotes": HEAD + event("a", "X-A" + ';X="' * 400_000) + TAIL,
    "commas": HEAD + event("a", "X-A;B=" + "," * 1_900_000) + TAIL,
    "folds": HEAD + event("a", "X-A:" + "\r\n " * 600_000 + "b") + TAIL,
    "broken lines": HEAD + event(summary="\n一" * 190_000) + TAIL,
    "exdates": HEAD + event("a", "RRULE:FREQ=DAILY", "EXDATE:" + "20261202T010000Z," * 100_000) + TAIL,
    "rdates": HEAD + event("a", "RDATE:" + "20261202T010000Z," * 1_000) + TAIL,
    "daily": HEAD + "".join(event(f"{n}", "RRULE:FREQ=DAILY") for n in range(1_900)) + TAIL,
    "counting": HEAD
    + "".join(event(f"{n}", "RRULE:FREQ=YEARLY;COUNT=99", when=WHEN.replace("2026", "2016")) for n in range(1_900))
    + TAIL,
    "never": HEAD
    + "".join(event(f"{n}", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2;UNTIL=99991231") for n in range(1_900))
    + TAIL,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_no_file_takes_long(bomb):
    assert isinstance(quick(bomb.encode()), CalendarFile | UnreadableCalendar)


def test_a_bomb_leaves_the_other_events_alone():
    file = read(BOMBS["exdates"].replace(TAIL, event("b") + TAIL).encode(), SINCE, UNTIL)
    assert ([one.uid for one in file.found], len(file.faults)) == (["b"], 1)
    assert len(read(BOMBS["alarms"].encode(), SINCE, UNTIL).found) == 1
    [long] = read(BOMBS["long"].encode(), SINCE, UNTIL).found
    assert len(long.summary) == 200


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=999999999", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0",
        "FREQ=MONTHLY;BYSETPOS=366;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=53", "FREQ=YEARLY;BYDAY=MO", "FREQ=DAILY;BYHOUR=9",
        "FREQ=DAILY;COUNT=99999999999999999999", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=2MO", "INTERVAL=2", "X",
        "FREQ=DAILY;INTERVAL=-1", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=WEEKLY;WKST=X", "FREQ=DAILY;INTERVAL=²",
    ],
)  # fmt: skip
def test_what_a_rule_cannot_be_read_for_is_named(rule):
    assert "这里读不了" in reason(event("a", f"RRULE:{rule}"))


def test_a_rule_ends_by_itself():
    assert len(starts(event("a", "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z"))) == 359
    assert len(starts(event("a", "RRULE:FREQ=DAILY;COUNT=3"))) == 3
    assert len(starts(event("a", "RRULE:FREQ=WEEKLY;UNTIL=20261215T010000Z"))) == 3
    assert len(starts(event("a", "RRULE:FREQ=WEEKLY;UNTIL=20261214"))) == 2
    early = event("a", "RRULE:FREQ=WEEKLY;COUNT=4", when=WHEN.replace("20261201", "20261117"))
    assert starts(early) == [NINE - timedelta(7), NINE, NINE + timedelta(7)]


def test_dates_that_are_taken_out_or_stand_for_themselves():
    week = event("a", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Asia/Shanghai:20261208T090000")
    moved = event("a", "RECURRENCE-ID:20261215T010000Z", when=WHEN.replace("20261201", "20261216"))
    gone = event("a", "RECURRENCE-ID;TZID=Asia/Shanghai:20261222T090000", "STATUS:CANCELLED")
    assert starts(week, moved, gone) == [NINE, NINE + timedelta(15)]
    assert starts(gone, moved, week) == starts(week, moved, gone)
    assert starts(event("a", "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE;VALUE=DATE:20261208")) == [NINE]
    assert starts(event("a", "RDATE;TZID=Asia/Shanghai:20261203T090000")) == [NINE, NINE + timedelta(2)]
    assert "THISANDFUTURE" in reason(event("a", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261215T010000Z"))


def test_two_dates_of_a_series_on_one_day_are_two():
    twice = event("a", "RRULE:FREQ=DAILY;COUNT=2", "RDATE;TZID=Asia/Shanghai:20261201T150000")
    assert starts(twice) == [NINE, NINE + timedelta(hours=6), NINE + timedelta(1)]
    assert len({one.mark for one in found(twice).found}) == 3


def test_a_calendar_that_calls_off_calls_all_of_it_off():
    assert starts("METHOD:CANCEL\r\n", event()) == []
    assert starts("METHOD:PUBLISH\r\n", event()) == [NINE]


@pytest.mark.parametrize(
    ("when", "begins", "zone"),
    [
        (WHEN.replace(";TZID=Asia/Shanghai", ""), NINE, ""),
        (WHEN.replace("Asia/Shanghai", "China Standard Time"), NINE, ""),
        (WHEN.replace("Asia/Shanghai", "北京"), NINE, ""),
        (WHEN.replace("Asia/Shanghai", "/example.org/1/Asia/Shanghai"), NINE, ""),
        (WHEN.replace("Asia/Shanghai", "Asia/Tokyo"), NINE - timedelta(hours=1), "Asia/Tokyo"),
        (WHEN.replace("Asia/Shanghai", '"Europe/Berlin"'), NINE + timedelta(hours=7), "Europe/Berlin"),
        ("DTSTART:20261201T010000Z\r\nDTEND:20261201T023000Z\r\n", NINE, ""),
        ("DTSTART:20261201T010000Z\r\nDURATION:PT1H30M\r\n", NINE, ""),
        ("DTSTART;VALUE=DATE:20261201\r\n", date(2026, 12, 1), ""),
    ],
)
def test_clocks_of_other_places_and_programs(when, begins, zone):
    [one] = found(OUTLOOK, event(when=when)).found
    assert (one.starts, one.zone) == (begins, zone)


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        (WHEN.replace("Asia/Shanghai", "Mars/Olympus"), "不认识时区"),
        (WHEN.replace("Asia/Shanghai", "../../etc/passwd"), "不认识时区"),
        (WHEN.split("DTEND")[0], "没有写几点结束"),
        (WHEN.replace("T1030", "T0830"), "结束的时间不对"),
        (WHEN.replace("DTEND;TZID=Asia/Shanghai:20261201", "DTEND;TZID=Asia/Shanghai:20270401"), "结束的时间不对"),
        (WHEN.replace("20261201", "20261301"), "看不懂"),
        (WHEN.replace("20261201", "00001201"), "看不懂"),
        (WHEN.replace("20261201", "２０２６1201"), "看不懂"),
        ("", "看不懂"),
    ],
)
def test_a_time_that_is_none_is_said_with_its_event(when, sentence):
    assert sentence in reason(event(when=when))


def test_what_is_over_or_far_away_is_only_counted():
    file = found(event(when=WHEN.replace("2026", "2020")), event("b", when=WHEN.replace("2026", "2030")), event("c"))
    assert ([one.uid for one in file.found], file.outside) == (["c"], 2)


def test_of_two_with_one_uid_the_later_counts():
    late = event("a", "SEQUENCE:2", when=WHEN.replace("T09", "T08"))
    for parts in ((event("a"), late), (late, event("a"))):
        assert starts(*parts) == [NINE - timedelta(hours=1)]


FREQS = st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
MORE = {
    "DAILY": ["", ";BYDAY=TU,TH"],
    "WEEKLY": ["", ";BYDAY=TU,SA", ";WKST=SU;BYDAY=SU,TU"],
    "MONTHLY": ["", ";BYDAY=1TU", ";BYDAY=TU", ";BYMONTHDAY=1,-1", ";BYDAY=1TU,-1FR", ";BYMONTHDAY=1;BYMONTH=12,3,6"],
    "YEARLY": ["", ";BYMONTH=12;BYMONTHDAY=1", ";BYMONTH=12,5"],
}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_rules_are_read_as_another_reader_reads_them(data):
    """DTSTART is 1 December 2026 or 2025 (a Tuesday and a Monday); of the latter only rules that it fits."""
    freq = data.draw(FREQS)
    rule = f"FREQ={freq};INTERVAL={data.draw(st.integers(1, 5))}{data.draw(st.sampled_from(MORE[freq]))}"
    end = data.draw(st.sampled_from(["", ";COUNT=7", ";UNTIL=20270601T010000Z", ";UNTIL=20270120T000000Z"]))
    off = data.draw(st.lists(st.integers(1, 60), max_size=3))
    lines = [f"EXDATE;TZID=Asia/Shanghai:{date(2026, 12, 1) + timedelta(days):%Y%m%d}T090000" for days in off]
    source = ics(OUTLOOK, event("a", f"RRULE:{rule}{end}", *lines))
    other = recurring_ical_events.of(Calendar.from_ical(source)).between(SINCE, UNTIL)
    mine = [one.starts for one in read(source, SINCE, UNTIL).found if not one.cancelled]
    assert mine == sorted(one.start.astimezone(UTC) for one in other)


GOOD = ics(
    OUTLOOK, event("a", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20261208T010000Z", "SEQUENCE:1"),
    event("a", "RECURRENCE-ID:20261215T010000Z"), event("b", "STATUS:CANCELLED"),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=8)
)
def test_whatever_is_done_to_a_file_there_is_an_answer(changes):
    data = GOOD
    for place, length, new in changes:
        data = data[:place] + new + data[place + length :]
    answer = quick(data, seconds=1.0)
    faults = answer.faults if isinstance(answer, CalendarFile) else [answer]
    assert all(str(getattr(one, "reason", one)) for one in faults)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(GOOD.split(b"\r\n")), max_size=60))
def test_whatever_order_its_lines_have_there_is_an_answer(lines):
    assert isinstance(quick(b"\r\n".join([b"BEGIN:VCALENDAR", *lines]), 1.0), CalendarFile | UnreadableCalendar)
