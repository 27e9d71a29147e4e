"""Calendar files: an `Event` value becomes the bytes that every phone reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.headerregistry import Address
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

import icalendar

from .clock import at, local
from .text import clean, clean_line

HOUR = timedelta(hours=1)
DAYS = "MO", "TU", "WE", "TH", "FR", "SA", "SU"
RESERVED = ":/?#[]@!$&'()*+,;=%-._~"
ADDRESS = "@!#$&'*+/=?^_`{|}~.-"  # what stands in an address of mail as it is (RFC 6068)
CLOSING = b"END:VCALENDAR\r\n"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
FIRST_DAY = date(2020, 1, 1)  # from here on Shanghai has one offset: no summer time of 1986–1991 for strict importers
# What some reader takes for the end of a line; clean() has dropped the other control characters.
LINE_ENDS = {0x09: " ", **dict.fromkeys([*range(0x7F, 0xA0), 0x2028, 0x2029])}


@dataclass(frozen=True)
class Weekly:
    """Each week on these weekdays (0 is Monday) at the hours of the event, to the day `until` or for ever.

    `without` are the starts of dates by the rule on which nothing is.
    """

    weekdays: frozenset[int]
    until: date | None = None
    without: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Event:
    """One event as calendars know it.

    `changed` is the last change and never “now”, or every poll would see a new file. `sequence` grows with
    each change of time, place or status. Times are aware; two dates make whole days, the last not counted, as a
    deadline is. `alarm_minutes` is before the start; `geo` is (latitude, longitude). A cancelled event stays in the
    feed, so that calendars take it down, and rings no more. `weekly` makes it the first of a series; `instance` is
    the start by the rule of the one date of a series (the same `uid`) for which this event stands. What is `tentative`
    or not `busy` leaves the time free; what is `private` names people. `color` is a name of CSS.
    """

    uid: str
    sequence: int
    changed: datetime
    starts: datetime | date
    ends: datetime | date
    summary: str
    description: str = ""
    location: str = ""
    geo: tuple[float, float] | None = None
    url: str = ""
    categories: tuple[str, ...] = ()
    cancelled: bool = False
    alarm_minutes: int | None = None
    weekly: Weekly | None = None
    instance: datetime | None = None
    tentative: bool = False
    busy: bool = True
    private: bool = False
    color: str = ""


def feed_bytes(events: Iterable[Event], *, name: str, language: str) -> bytes:
    """The whole .ics file of these events in their order, shown as `name`; `language` is that of its texts."""
    return b"".join((header(name, language), timezone(), *map(event_bytes, events), CLOSING))


def invitation_bytes(event: Event, *, organizer: Address, attendee: Address, language: str) -> bytes:
    """One event for the calendar of one person, as a letter brings it (RFC 5546); nobody waits for an answer.

    Who is invited has said yes before: his part is ACCEPTED. What is cancelled is taken down.
    """
    component = icalendar.Event.from_ical(event_bytes(event))
    component.add("organizer", party(organizer))
    yes = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    component.add("attendee", party(attendee, **yes))
    head = opening(language, method(event)).to_ical().removesuffix(CLOSING)
    return b"".join((head, timezone(), component.to_ical(), CLOSING))


def method(event: Event) -> str:
    """What a letter does with an event: it can never say another thing than the status."""
    return "CANCEL" if event.cancelled else "REQUEST"


def party(address: Address, **parameters: str) -> icalendar.vCalAddress:
    """Somebody who takes part."""
    found = icalendar.vCalAddress("mailto:" + quote(line(address.addr_spec), safe=ADDRESS))
    if name := line(address.display_name):
        found.params["CN"] = name
    found.params.update(parameters)
    return found


@lru_cache(maxsize=10_000)  # about 2 KB each; writing one anew takes a millisecond, a feed has up to 200
def event_bytes(event: Event) -> bytes:
    """The VEVENT of one event: Beijing time, folded at 75 octets, CRLF."""
    changed = event.changed.astimezone(UTC)
    component = icalendar.Event()
    component.add("uid", line(event.uid))
    component.add("sequence", event.sequence)
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("dtstart", shown(event.starts))
    component.add("dtend", shown(event.ends))
    if event.instance is not None:
        component.add("recurrence-id", local(event.instance))
    if event.weekly is not None:
        repeat(component, event.weekly, shown(event.starts))
    component.add("status", status(event))
    if event.tentative or not event.busy:
        component.add("transp", "TRANSPARENT")
    if event.private:
        component.add("class", "PRIVATE")
    component.add("summary", line(event.summary))
    for key, value in (("description", lines(event.description)), ("location", line(event.location))):
        if value:
            component.add(key, value)
    if event.url:
        component.add("url", quote(line(event.url), safe=RESERVED))
    if event.geo is not None:
        component.add("geo", event.geo)
    if categories := [word for word in map(line, event.categories) if word]:
        component.add("categories", categories)
    if event.color:
        component.add("color", event.color)
    if event.alarm_minutes is not None and not event.cancelled:
        component.add_component(alarm(line(event.summary), event.alarm_minutes))
    return component.to_ical()


def shown(moment: datetime | date) -> datetime | date:
    """On a clock in Shanghai; a day is a day."""
    return local(moment) if isinstance(moment, datetime) else moment


def status(event: Event) -> str:
    """How sure it is."""
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"


def repeat(component: icalendar.Event, weekly: Weekly, starts: datetime | date) -> None:
    """The rule, and the dates that it leaves out; its last moment is in UTC, as the standard wants beside a zone."""
    if not isinstance(starts, datetime):
        raise TypeError("what repeats has hours")
    rule: dict = {"freq": "WEEKLY", "wkst": "MO", "byday": [DAYS[number] for number in sorted(weekly.weekdays)]}
    if weekly.until is not None:
        rule["until"] = at(weekly.until, starts.time())
    component.add("rrule", rule)
    if weekly.without:
        component.add("exdate", [local(moment) for moment in weekly.without])


def alarm(text: str, minutes: int) -> icalendar.Alarm:
    """The reminder on the screen, so many minutes before the start."""
    component = icalendar.Alarm()
    component.add("action", "DISPLAY")
    component.add("description", text)
    component.add("trigger", -timedelta(minutes=minutes))
    return component


@lru_cache(maxsize=1_000)
def header(name: str, language: str) -> bytes:
    """What stands above the events; both names of the feed and of its hourly refresh, for each reader knows one."""
    calendar = opening(language, "PUBLISH")
    calendar.add("name", line(name))
    calendar.add("x-wr-calname", line(name))
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", HOUR, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar.to_ical().removesuffix(CLOSING)


def opening(language: str, method: str) -> icalendar.Calendar:
    """The calendar of a feed or a letter, before anything is in it."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//hehuo//calendar//{language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


@lru_cache(maxsize=1)
def timezone() -> bytes:
    """The VTIMEZONE of Asia/Shanghai: one block, China Standard Time."""
    sample = icalendar.Event()
    sample.add("dtstart", local(datetime(2020, 1, 1, tzinfo=UTC)))
    calendar = icalendar.Calendar()
    calendar.add_component(sample)
    calendar.add_missing_timezones(first_date=FIRST_DAY)
    zone = calendar.timezones[0]
    zone.pop("COMMENT")  # it says that the zone ends in 2038
    return zone.to_ical()


def etag(data: bytes) -> str:
    """The strong ETag of these bytes, without its quotes."""
    return sha256(data).hexdigest()[:32]


def turn(changed: datetime) -> int:
    """A SEQUENCE for what counts none: whole seconds up to its last change, so that it grows with each."""
    return int((changed - EPOCH).total_seconds())


def last_modified(events: Iterable[Event]) -> datetime | None:
    """The latest change among the events in whole seconds; None for no events."""
    latest = max((event.changed for event in events), default=None)
    return latest and latest.astimezone(UTC).replace(microsecond=0)


def lines(text: str) -> str:
    """Text that may have several lines, without what could break the file."""
    return clean(text).translate(LINE_ENDS)


def line(text: str) -> str:
    """The same in one line."""
    return clean_line(lines(text))
