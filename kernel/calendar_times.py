"""The times of calendar files from outside: a value and its zone become a moment, or a sentence."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from .calendar_lines import Component, Property
from .clock import SHANGHAI
from .i18n import _
from .work import Refusal

VALUE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?", re.ASCII)
OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)
DURATION = re.compile(
    r"\+?P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?", re.ASCII
)
YEARS = range(1970, 2200)


class UnreadTime(Refusal):
    """No time, or none of a calendar."""

    message = _("时间“%(value)s”看不懂，请在原来的日历里改一下这个活动。")


class UnknownZone(Refusal):
    """A zone that nobody knows, and that the file does not explain."""

    message = _("不认识时区“%(zone)s”，请在原来的日历里改成北京时间。")


def zones_of(components: list[Component]) -> dict[str, tzinfo]:
    """What a file says of its own zones, as far as they have one offset all the year."""
    found: dict[str, tzinfo] = {}
    for one in components:
        offsets = {item.value.strip() for item in one.has.get("TZOFFSETTO", [])} if one.kind == "VTIMEZONE" else set()
        match = OFFSET.fullmatch(offsets.pop()) if len(offsets) == 1 else None
        if match:
            away = timedelta(hours=int(match[2]), minutes=int(match[3]))
            if away < timedelta(hours=24):
                found[one.text("TZID").strip()] = timezone(-away if match[1] == "-" else away)
    return found


@cache
def known_zones() -> frozenset[str]:
    """The names that the system knows; looked up here, for a name from outside is never used as a path."""
    return frozenset(available_timezones())


def zone(name: str, own: dict[str, tzinfo]) -> tzinfo:
    """A zone by its name, Outlook's included, or as the file explains it; none is Beijing. Raises `UnknownZone`."""
    if not name:
        return SHANGHAI
    for word in (name, WINDOWS_TO_OLSON.get(name, ""), "/".join(name.split("/")[-2:])):
        if word in known_zones():
            return ZoneInfo(word)
    if name in own:
        return own[name]
    raise UnknownZone(zone=name[:40])


def read(text: str, there: tzinfo) -> datetime | date:
    """One value: a day, a moment in UTC, or a moment on the clocks `there`. Raises `UnreadTime`."""
    match = VALUE.fullmatch(text.strip())
    try:
        if match is None or int(match[1]) not in YEARS:
            raise ValueError
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return day
        clock = int(match[4]), int(match[5]), min(int(match[6] or 0), 59)
        return datetime(day.year, day.month, day.day, *clock, tzinfo=UTC if match[7] else there)
    except ValueError:
        raise UnreadTime(value=text[:30]) from None


def of(item: Property, own: dict[str, tzinfo]) -> datetime | date:
    """The value of a property. Raises `UnreadTime`, `UnknownZone`."""
    return read(item.value, zone(item.parameters.get("TZID", "").strip(), own))


def several(items: list[Property], own: dict[str, tzinfo], most: int) -> list[datetime | date]:
    """All values of EXDATE or RDATE. Raises as `of`, and for more than `most` or what was cut."""
    words = [(word, item) for item in items for word in item.value.split(",")[: most + 1]]
    if len(words) > most or any(item.torn for item in items):
        raise UnreadTime(value=items[0].value)
    return [read(word, zone(item.parameters.get("TZID", "").strip(), own)) for word, item in words]


def duration(text: str) -> timedelta:
    """A length such as PT1H30M. Raises `UnreadTime`."""
    match = DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        raise UnreadTime(value=text[:30])
    weeks, days, hours, minutes, seconds = (int(one or 0) for one in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
