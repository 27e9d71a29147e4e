"""The week board of a resource: seven days in stretches of what is free, taken or closed; no person is named on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from communities.working_day import holidays
from kernel import clock
from kernel.choice import Choice
from kernel.db import db, seen
from kernel.i18n import _

from .booking import Booking
from .booking_words import HOLDING, State
from .closure import Closure
from .hours import MIDNIGHT, clock_of, minute_of
from .quarter import MINUTES
from .resource import Resource

DAYS = 7
DAY = timedelta(days=1)


class Look(Choice):
    """What a stretch of time is to whoever looks for one."""

    CLOSED = "closed", _("不开放")
    FREE = "free", _("可约")
    ASKED = "asked", _("有人申请")
    SOME = "some", _("还有")
    TAKEN = "taken", _("约出去了")


@dataclass(frozen=True)
class Stretch:
    """From a minute of the day to another, what it is and in which words; `width` in quarter hours."""

    look: Look
    first: int
    last: int
    words: object

    @property
    def width(self) -> int:
        """How many quarter hours."""
        return (self.last - self.first) // MINUTES

    @property
    def time(self) -> str:
        """14:00–16:00"""
        return f"{clock_of(self.first)}–\u2060{clock_of(self.last)}"


@dataclass(frozen=True)
class Row:
    """One day of the board."""

    day: date
    stretches: list[Stretch]

    def is_to_come(self, stretch: Stretch) -> bool:
        """Whether any of this stretch lies ahead."""
        return clock.at(self.day) + timedelta(minutes=stretch.last) > clock.now()


@dataclass(frozen=True)
class Board:
    """A week from one day on; the columns are the hours from the first opening to the last closing."""

    first: date
    hours: list[int]
    rows: list[Row]

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + (DAYS - 1) * DAY


def board(resource: Resource, first: date) -> Board:
    """The week of a resource from a day on: three statements, and one for the holidays where it closes on them."""
    opens = min((window[0] for windows in resource.hours for window in windows), default=8 * 60) // 60
    closes = -(-max((window[1] for windows in resource.hours for window in windows), default=18 * 60) // 60)
    start, end = clock.at(first), clock.at(first + DAYS * DAY)
    bookings = list(db.session.scalars(seen(booked(resource.id, start, end))))
    shut = list(db.session.scalars(Closure.between(resource.id, start, end)))
    off = holidays(first, first + DAYS * DAY) if resource.closed_on_holidays else set()
    hours = list(range(opens, closes))
    days = [first + number * DAY for number in range(DAYS)]
    rows = [Row(day, stretches(resource, day, hours, bookings, shut, off)) for day in days]
    return Board(first, hours, rows)


def booked(resource_id: int, start: datetime, end: datetime):
    """What is granted or asked for between two moments, with the names of partners and places."""
    wanted = or_(Booking.state.in_(HOLDING), Booking.state == State.ASKED)
    mine = (Booking.resource_id == resource_id) & (Booking.starts_at < end) & (Booking.ends_at > start)
    found = select(Booking).where(mine, wanted).order_by(Booking.starts_at, Booking.id)
    return found.options(joinedload(Booking.partner), joinedload(Booking.office))


def stretches(resource: Resource, day: date, hours: list[int], bookings, shut, off) -> list[Stretch]:
    """A day, quarter by quarter, those alike together."""
    minutes = range(hours[0] * 60, (hours[-1] + 1) * 60, MINUTES)
    looks = zip(minutes, looked_at(resource, day, minutes, bookings, shut, off), strict=True)
    found = []
    for (look, key), group in groupby(looks, key=lambda pair: (pair[1][0], pair[1][1])):
        quarters = list(group)
        found.append(Stretch(look, quarters[0][0], quarters[-1][0] + MINUTES, words_of(look, key, quarters[0][1][2])))
    return found


def looked_at(resource: Resource, day: date, minutes: range, bookings, shut, off) -> Iterator[tuple[Look, Any, Any]]:
    """What each quarter of a day is: its look, what tells it from its neighbour, what is said of it."""
    windows = [] if day in off else resource.hours[day.weekday()]
    ours = [(*of_day(booking, day), booking) for booking in bookings]
    closures = [(*of_day(closure, day), closure) for closure in shut]
    for minute in minutes:
        until = minute + MINUTES
        held = [one for first, last, one in ours if first < until and minute < last and one.is_holding]
        taken = sum(one.units for one in held)
        closure = next((one for first, last, one in closures if first < until and minute < last), None)
        if taken and resource.quantity == 1:
            yield Look.TAKEN, held[0].id, held[0].public_name
        elif closure is not None:
            yield Look.CLOSED, closure.id, closure.reason
        elif not any(opens <= minute and until <= closes for opens, closes in windows):
            yield Look.CLOSED, 0, Look.CLOSED.label if day not in off else _("节假日不开放")
        elif taken:
            left = resource.quantity - taken
            yield Look.SOME if left else Look.TAKEN, left, left
        elif any(first < until and minute < last for first, last, _one in ours):
            yield Look.ASKED, 0, Look.ASKED.label
        else:
            yield Look.FREE, 0, Look.FREE.label


def of_day(thing, day: date) -> tuple[int, int]:
    """From which minute to which a booking or closure lies in a day; nothing of it: (0, 0)."""
    start, end = clock.at(day), clock.at(day + DAY)
    if thing.ends_at <= start or thing.starts_at >= end:
        return 0, 0
    first = minute_of(thing.starts_at) if thing.starts_at > start else 0
    return first, minute_of(thing.ends_at) if thing.ends_at < end else MIDNIGHT


def words_of(look: Look, key, said) -> object:
    """What is written into a stretch."""
    if look is Look.SOME:
        return _("还有 %(left)s 个", left=key)
    return _("约满了") if look is Look.TAKEN and isinstance(said, int) else said
