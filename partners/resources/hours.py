"""Opening hours: windows of each weekday in minutes of the day, Asia/Shanghai; those of two days touch at midnight."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from kernel import clock
from kernel.i18n import _, joined
from kernel.text import ascii_digits
from kernel.work import Refusal

Windows = list[list[int]]  # [[480, 720], [840, 1080]]
Week = list[Windows]  # Monday first

STEP = 15  # minutes: what a booking owns
MIDNIGHT = 24 * 60
DAY = timedelta(days=1)
TIME = re.compile(r"(\d{1,2}):(\d{2})")
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


class HoursUnclear(Refusal):
    """A line that says no windows."""

    message = _("这一行的时间看不懂。请写成 08:00-12:00 14:00-18:00 这样，用整点、半点或刻钟；整天写 00:00-24:00。")


def parse(typed: str) -> Windows:
    """The windows of a line such as `08:00-12:00 14:00-18:00`; none for an empty one. Raises `HoursUnclear`."""
    text = ascii_digits(typed)
    times = [int(hour) * 60 + int(minute) for hour, minute in TIME.findall(text)]
    pairs = list(zip(times[::2], times[1::2], strict=False))
    is_rest = re.search(r"\d", TIME.sub("", text)) or (text.strip() and not times)
    if is_rest or len(times) % 2 or any(not 0 <= first < last <= MIDNIGHT for first, last in pairs):
        raise HoursUnclear
    if any(time % STEP for time in times):
        raise HoursUnclear
    return merged(pairs)


def merged(pairs) -> Windows:
    """Windows in order; those that touch or overlap are one."""
    found: Windows = []
    for first, last in sorted(pairs):
        if found and first <= found[-1][1]:
            found[-1][1] = max(last, found[-1][1])
        else:
            found.append([first, last])
    return found


def shown(windows: Windows) -> str:
    """08:00–12:00、14:00–18:00"""
    return joined(f"{clock_of(first)}–\u2060{clock_of(last)}" for first, last in windows)


def typed(windows: Windows) -> str:
    """The same as one types it."""
    return " ".join(f"{clock_of(first)}-{clock_of(last)}" for first, last in windows)


def clock_of(minute: int) -> str:
    """480 is 08:00; the end of a day is 24:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def minute_of(moment: datetime) -> int:
    """The minute of the day in Asia/Shanghai."""
    here = clock.local(moment)
    return here.hour * 60 + here.minute


def pieces(start: datetime, end: datetime) -> Iterator[tuple[date, int, int]]:
    """A stretch of time by days: each with its first and its last minute."""
    day, last = clock.local(start).date(), clock.local(end).date()
    while day <= last:
        first = minute_of(start) if clock.at(day) <= start else 0
        until = minute_of(end) if day == last else MIDNIGHT
        if first < until:
            yield day, first, until
        day += DAY


def is_open(week: Week, start: datetime, end: datetime, off=frozenset()) -> bool:
    """Whether all of this time lies in the windows; the days in `off` have none."""
    return all(
        day not in off and any(opens <= first and last <= closes for opens, closes in week[day.weekday()])
        for day, first, last in pieces(start, end)
    )


def alike(week: Week) -> list[tuple[int, int, Windows]]:
    """Neighbouring weekdays with the same windows as (first, last, windows), closed days left out."""
    found: list[tuple[int, int, Windows]] = []
    for weekday, windows in enumerate(week):
        if found and found[-1][1] == weekday - 1 and found[-1][2] == windows:
            found[-1] = (found[-1][0], weekday, windows)
        elif windows:
            found.append((weekday, weekday, windows))
    return found
