"""Waking hours: the clock of a timed offer runs from 08:00 to 21:00 in Asia/Shanghai (requirement 8)."""

from datetime import datetime, time, timedelta

from kernel import clock

OPENS, CLOSES = time(8), time(21)
DAY = timedelta(days=1)


def waking_after(moment: datetime, length: timedelta) -> datetime:
    """The moment at which `length` of waking time has passed since `moment`."""
    day = clock.local(moment).date()
    while True:
        begin = max(moment, clock.at(day, OPENS))
        spare = max(clock.at(day, CLOSES) - begin, timedelta())
        if length <= spare:
            return begin + length
        length -= spare
        day += DAY


def waking_between(start: datetime, end: datetime) -> timedelta:
    """How much waking time lies between two moments; nothing when the second is not later."""
    total = timedelta()
    day, last = clock.local(start).date(), clock.local(end).date()
    while day <= last:
        total += max(min(end, clock.at(day, CLOSES)) - max(start, clock.at(day, OPENS)), timedelta())
        day += DAY
    return total
