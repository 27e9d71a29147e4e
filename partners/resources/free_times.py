"""The nearest free times: where the same length fits, when the time that was wanted is taken."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from communities.working_day import holidays
from kernel import clock
from kernel.db import db

from .closure import Closure
from .quarter import Quarter, quarters

if TYPE_CHECKING:
    from .resource import Resource

Span = tuple[datetime, datetime]
BACK, AHEAD = timedelta(days=3), timedelta(days=14)
STEP = 30  # minutes between the times that are offered
ENOUGH = 3
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def nearest(resource: "Resource", start: datetime, end: datetime, units: int = 1) -> list[Span]:
    """Up to three free times of the same length within the next two weeks, the nearest first."""
    first = max(clock.local(start - BACK).date(), clock.today())
    last = min(clock.local(start + AHEAD).date(), resource.valid_until)
    if first > last:
        return []
    full = crowded(resource, first, last, units)
    shut = closures(resource, first, last)
    off = holidays(first, last) if resource.closed_on_holidays else set()
    found: list[Span] = []
    for day in by_distance(first, last, clock.local(start).date()):
        if day not in off:
            spans = slots(resource.hours[day.weekday()], day, end - start)
            found += [span for span in spans if is_free(span, full, shut)]
        if len(found) > 3 * ENOUGH:
            break
    return sorted(found, key=lambda span: (abs(span[0] - start), span[0]))[:ENOUGH]


def by_distance(first: date, last: date, wanted: date) -> list[date]:
    """The days of a stretch, those near the wanted one first."""
    days = [first + DAY * number for number in range((last - first).days + 1)]
    return sorted(days, key=lambda day: (abs(day - wanted), day))


def slots(windows: list[list[int]], day: date, length: timedelta) -> list[Span]:
    """The times of this length in the windows of a day, from each half hour on."""
    minutes = int(length / MINUTE)
    starts = [minute for opens, closes in windows for minute in range(opens, closes - minutes + 1, STEP)]
    return [(moment, moment + length) for moment in (clock.at(day) + MINUTE * minute for minute in starts)]


def is_free(span: Span, full: set[int], shut: list[Span]) -> bool:
    """Whether it is to come, with room in every quarter, and open."""
    start, end = span
    if start <= clock.now() or any(first < end and start < last for first, last in shut):
        return False
    return full.isdisjoint(quarters(start, end))


def crowded(resource: "Resource", first: date, last: date, units: int) -> set[int]:
    """The quarters between two days in which fewer than so many units are free."""
    stretch = quarters(clock.at(first), clock.at(last + DAY))
    taken = select(Quarter.quarter).where(
        Quarter.resource_id == resource.id, Quarter.quarter.between(stretch.start, stretch.stop - 1)
    )
    most = resource.quantity - units
    return set(db.session.scalars(taken.group_by(Quarter.quarter).having(func.count() > most)))


def closures(resource: "Resource", first: date, last: date) -> list[Span]:
    """When it is closed between two days."""
    rows = db.session.scalars(Closure.between(resource.id, clock.at(first), clock.at(last + DAY)))
    return [(row.starts_at, row.ends_at) for row in rows]
