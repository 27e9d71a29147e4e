"""Calendar files that come in: bytes become dates by themselves, within a window and within bounds.

`calendar_lines.py` reads the lines, `calendar_times.py` the times, `repeating.py` the rules. Nothing of a file makes
this run longer than its size says: what would is refused with a sentence, for the event or for the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha256

from . import calendar_times as times
from .calendar_lines import Component, UnreadableCalendar, components
from .clock import SHANGHAI, at, local
from .i18n import _
from .repeating import DAY, CountsTooFar, Repeat, read_rule
from .text import clean_line
from .work import Refusal

DATES = 5_000  # of one file
LISTED = 400  # values of EXDATE or RDATE of one event
WALKED = 500_000  # days that all rules which count may be walked through
LONGEST = timedelta(days=62)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class TooManyDates(UnreadableCalendar):
    """More dates than anybody looks through."""

    message = _("文件里重复的活动，一年里超过 %(most)s 场。请只导出要用的那一个日历。")


class NoEnd(Refusal):
    """An event that says when it begins only."""

    message = _("没有写几点结束，请在原来的日历里补上。")


class NoLength(Refusal):
    """It ends before it begins, or months later."""

    message = _("结束的时间不对，请在原来的日历里改一下。")


class UnreadPart(Refusal):
    """Something that changes when it takes place, and that is not read here."""

    message = _("这个活动用了“%(part)s”，这里读不了。请在原来的日历里把那几次单独改。")


@dataclass(frozen=True)
class Found:
    """One date. `instance` says which date of a series it is, by the rule; `zone` where its clock was not Beijing's.

    Whole days have dates for `starts` and `ends`, the last not counted.
    """

    uid: str
    starts: datetime | date
    ends: datetime | date
    summary: str = ""
    location: str = ""
    sequence: int = 0
    cancelled: bool = False
    instance: str = ""
    zone: str = ""

    @property
    def mark(self) -> str:
        """What it is known by, the same in every later file; nothing that its program or its people wrote."""
        return sha256(f"{self.uid}\0{self.instance}".encode()).hexdigest()[:40]


@dataclass(frozen=True)
class Fault:
    """An event that cannot be read, and why."""

    line: int
    summary: str
    reason: Refusal


@dataclass
class CalendarFile:
    """What a file says of a window: its dates in their order; `outside` counts events with no date in it."""

    found: list[Found] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    outside: int = 0


def read(data: bytes, since: datetime, until: datetime) -> CalendarFile:
    """The dates of a file that begin between two moments. Raises `UnreadableCalendar`; what is wrong with one event is
    a `Fault` and leaves the others alone.
    """
    read_parts = list(components(data))
    own = times.zones_of(read_parts)
    gone = read_parts[-1].text("METHOD").strip().upper() == "CANCEL"
    reading = Reading(own, since, until, gone)
    for one in read_parts:
        if one.kind == "VEVENT":
            reading.take(one)
    return reading.end()


class Reading:
    """One file on its way: each event, then what stands for single dates of a series."""

    def __init__(self, own: dict[str, tzinfo], since: datetime, until: datetime, gone: bool):
        self.own, self.since, self.until, self.gone = own, since, until, gone
        self.file = CalendarFile()
        self.dates: dict[tuple[str, str], Found] = {}
        self.single: dict[tuple[str, str], Found] = {}
        self.walked = 0

    def take(self, one: Component) -> None:
        """One VEVENT."""
        try:
            first, there = self.event(one)
            found = {(each.uid, each.instance): each for each in self.expanded(one, first, there)}
        except UnreadableCalendar:
            raise
        except Refusal as reason:
            self.file.faults.append(Fault(one.line, plain(one.text("SUMMARY"))[:80], reason))
            return
        single = bool(one.first("RECURRENCE-ID"))
        self.file.outside += not single and not found
        into = self.single if single else self.dates
        for key, each in found.items():
            if key not in into or into[key].sequence <= each.sequence:
                into[key] = each
        if len(self.dates) > DATES:
            raise TooManyDates(most=f"{DATES:,}")

    def end(self) -> CalendarFile:
        """All of it: a date that stands for itself takes the place of the one by the rule."""
        merged = {key: one for key, one in (self.dates | self.single).items() if self.shows(one)}
        self.file.found = sorted(merged.values(), key=in_time)
        return self.file

    def shows(self, one: Found) -> bool:
        """Whether it begins in the window."""
        return self.since < begin(one.starts) < self.until

    def event(self, one: Component) -> tuple[Found, tzinfo]:
        """What it says of itself, and on whose clocks its rule counts."""
        start = one.first("DTSTART")
        if start is None:
            raise times.UnreadTime(value="")
        starts = times.of(start, self.own)
        ends = self.ends(one, starts)
        if not timedelta() < begin(ends) - begin(starts) <= LONGEST:
            raise NoLength
        there = starts.tzinfo if isinstance(starts, datetime) and starts.tzinfo else SHANGHAI
        summary, location = (plain(one.text(name))[:200] for name in ("SUMMARY", "LOCATION"))
        uid = clean_line(one.text("UID"))[:500] or f"{starts} {summary}"
        cancelled = self.gone or one.text("STATUS").strip().upper() == "CANCELLED"
        counted = sequence(one.text("SEQUENCE"))
        found = Found(uid, starts, ends, summary, location, counted, cancelled, zone=foreign(starts))
        if item := one.first("RECURRENCE-ID"):
            if item.parameters.get("RANGE"):
                raise UnreadPart(part="THISANDFUTURE")
            found = replace(found, instance=instance(times.of(item, self.own)))
        return found, there

    def ends(self, one: Component, starts: datetime | date) -> datetime | date:
        """Its end: as written, by its length, or of a day the day after."""
        if end := one.first("DTEND"):
            ends = times.of(end, self.own)
            if isinstance(ends, datetime) is not isinstance(starts, datetime):
                raise NoLength
            return ends
        if length := one.first("DURATION"):
            return later(starts, times.duration(length.value))
        if isinstance(starts, datetime):
            raise NoEnd
        return starts + DAY

    def expanded(self, one: Component, first: Found, there: tzinfo) -> Iterator[Found]:
        """Its dates that begin in the window; what EXDATE takes out is cancelled, for it may have been taken over."""
        if one.first("EXRULE") or len(one.has.get("RRULE", ())) > 1:
            raise UnreadPart(part="EXRULE" if one.first("EXRULE") else "RRULE")
        rule, more = one.first("RRULE"), one.has.get("RDATE", [])
        if first.instance or not (rule or more):
            if first.instance or self.shows(first):
                yield in_utc(first)
            return
        extra = times.several(more, self.own, LISTED) if more else []
        off = times.several(one.has["EXDATE"], self.own, LISTED) if one.first("EXDATE") else []
        gone = {exact(each) for each in off} | {exact(alike(each, first, there)) for each in off}
        starts = [*(self.by_rule(read_rule(rule.value), first, there) if rule else [first.starts])]
        starts += [alike(each, first, there) for each in extra]
        named: dict[str, str] = {}
        for start in starts:
            which = exact(start)
            day = named.setdefault(instance(start), which)
            key = instance(start) if day == which else which  # a second one on that day
            one_date = replace(first, starts=start, ends=moved(first, start), instance=key, zone=foreign(start))
            if self.shows(one_date):
                yield in_utc(replace(one_date, cancelled=first.cancelled or which in gone))

    def by_rule(self, rule: Repeat, first: Found, there: tzinfo) -> Iterator[datetime | date]:
        """The starts by a rule, by the clocks on which it counts."""
        begins = first.starts if isinstance(first.starts, datetime) else None
        day = day_of(first.starts)
        since, last = self.since.astimezone(there).date() - DAY, self.until.astimezone(there).date() + DAY
        if rule.count is not None:
            self.walked += max((since - day).days, 0)
            if self.walked > WALKED:
                raise CountsTooFar
        far = rule.until[:2] in ("22", "99")  # “for ever”, as programs write it
        until = times.read(rule.until, there) if rule.until and not far else None
        for one in rule.dates(day, since, last):
            start = datetime.combine(one, begins.timetz()) if begins else one
            if until is not None and not within(start, until):
                return
            yield start


def within(start: datetime | date, until: datetime | date) -> bool:
    """Whether a date by the rule is not after its last: moments by moments, days by days."""
    if isinstance(start, datetime) and isinstance(until, datetime):
        return start <= until
    return day_of(start) <= day_of(until)


def day_of(moment: datetime | date) -> date:
    """The day as the file writes it."""
    return moment.date() if isinstance(moment, datetime) else moment


def begin(moment: datetime | date) -> datetime:
    """The moment itself; of a day its first in Beijing."""
    return moment if isinstance(moment, datetime) else at(moment)


def later(starts: datetime | date, length: timedelta) -> datetime | date:
    """So much after a start, by the clock of UTC for moments."""
    if isinstance(starts, datetime):
        return (starts.astimezone(UTC) + length).astimezone(starts.tzinfo)
    return starts + length


def moved(first: Found, start: datetime | date) -> datetime | date:
    """The end of a date of a series: as long as its first one."""
    return later(start, begin(first.ends) - begin(first.starts))


def alike(value: datetime | date, first: Found, there: tzinfo) -> datetime | date:
    """A day in a list of a series that has hours: at its hour."""
    if isinstance(first.starts, datetime) and not isinstance(value, datetime):
        return datetime.combine(value, first.starts.timetz())
    return value if isinstance(first.starts, datetime) else day_of(value)


def exact(moment: datetime | date) -> str:
    """A start, whatever the clocks of the file."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}"


def instance(moment: datetime | date) -> str:
    """Which date of a series it is: its day by the rule, so that a series at another hour keeps its dates."""
    return f"{local(moment) if isinstance(moment, datetime) else moment:%Y%m%d}"


def foreign(starts: datetime | date) -> str:
    """The zone, where the clock showed other hours than Beijing's; UTC is what programs write, not where people are."""
    if not isinstance(starts, datetime) or starts.tzinfo is UTC or starts.utcoffset() == timedelta(hours=8):
        return ""
    return str(starts.tzinfo)


def in_utc(one: Found) -> Found:
    """The same in UTC."""
    if isinstance(one.starts, datetime) and isinstance(one.ends, datetime):
        return replace(one, starts=one.starts.astimezone(UTC), ends=one.ends.astimezone(UTC))
    return one


def in_time(one: Found) -> tuple[datetime, str]:
    """The order of a list."""
    return begin(one.starts), one.mark


def sequence(text: str) -> int:
    """How often it was changed, as far as it is said."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def plain(text: str) -> str:
    """A text in one line, without its escapes."""
    return clean_line(ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], text))
