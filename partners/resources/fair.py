"""Fair use: how much each has used this month, the free quota of a group, and who goes first when several want a time.

The published rule (docs/booking.md and the page of each resource): what is free goes to whoever asks first; of those
who asked for the same time on one day, who has used less this month goes first; whoever has used more than the mean of
the month waits while others wait. A mean and a day are what everybody can check on the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from kernel import clock
from kernel.db import db

from .booking import Booking
from .booking_words import OPEN, Why
from .quarter import MINUTES, Quarter, of_month, quarters

Owner = tuple[int | None, int | None]
LAST = 2**53  # behind everybody who has an id


@dataclass(frozen=True)
class Excess:
    """A booking that does not fit into the free hours of a month: what they are, in minutes."""

    month: date
    used: int
    wanted: int


class Fair:
    """The part of Resource that is about who may have how much."""

    if TYPE_CHECKING:
        id: Any
        free_hours: Any

    def used(self, day: date) -> dict[Owner, int]:
        """The minutes that each booker holds in the month of a day, what was used and what is to come."""
        month = of_month(day)
        held = select(Booking.partner_id, Booking.office_id, func.count()).join(
            Quarter, Quarter.booking_id == Booking.id
        )
        held = held.where(Quarter.resource_id == self.id, Quarter.quarter.between(month.start, month.stop - 1))
        rows = db.session.execute(held.group_by(Booking.partner_id, Booking.office_id))
        return {(partner, office): count * MINUTES for partner, office, count in rows}

    def excess(self, booking: Booking) -> Excess | None:
        """Where a free booking goes beyond the free hours of one of its months; None where it fits."""
        if not booking.is_free or self.free_hours is None:
            return None
        for day in months(booking):
            month = of_month(day)
            wanted = sum(quarter in month for quarter in quarters(booking.starts_at, booking.ends_at))
            wanted *= MINUTES * booking.units
            used = self.used(day).get(booking.booker_id, 0)
            if used + wanted > self.free_hours * 60:
                return Excess(day, used, wanted)
        return None

    def wanting(self, start: datetime, end: datetime) -> list[Booking]:
        """Who wants any of this time and does not own it."""
        overlapping = (Booking.starts_at < end) & (Booking.ends_at > start)
        mine = (Booking.resource_id == self.id) & Booking.state.in_(OPEN)
        return list(db.session.scalars(select(Booking).where(mine, overlapping).order_by(Booking.id)))

    def in_order(self, bookings: Iterable[Booking]) -> list[Booking]:
        """Those who want time, in the order of the published rule."""
        bookings, used = list(bookings), dict[date, dict[Owner, int]]()
        for month in {month_of(booking) for booking in bookings}:
            used[month] = self.used(month)
        return sorted(bookings, key=lambda one: rank(one, used[month_of(one)].get(one.booker_id, 0)))

    def ahead(self, booking: Booking) -> "Booking | None":
        """Who waits for any of this time and goes first, where this booker has used more than the mean of the month."""
        others = [one for one in self.wanting(booking.starts_at, booking.ends_at) if is_rival(one, booking)]
        if not others:
            return None
        used = self.used(month_of(booking))
        mine = used.get(booking.booker_id, 0)
        if mine <= mean(used, [booking, *others]):
            return None
        first = self.in_order([*others, booking])[0]
        return None if first is booking else first


def months(booking: Booking) -> list[date]:
    """The first days of the months in which it lies: one, or two around a midnight."""
    days = (clock.local(booking.starts_at).date(), clock.local(booking.ends_at).date())
    return sorted({day.replace(day=1) for day in days})


def month_of(booking: Booking) -> date:
    """The first day of the month in which it begins."""
    return clock.local(booking.starts_at).date().replace(day=1)


def rank(booking: Booking, used: int) -> tuple:
    """The place in the line: the day of asking, those for whom it is free, the minutes of this month, the moment."""
    day = clock.local(booking.asked_at).date()
    return day, not booking.is_free, used, booking.asked_at, booking.id or LAST


def is_rival(other: Booking, booking: Booking) -> bool:
    """Whether somebody else waits for a time that could be his."""
    return other is not booking and other.booker_id != booking.booker_id and other.why not in (Why.QUOTA, Why.CLOSED)


def mean(used: dict[Owner, int], wanting: Iterable[Booking]) -> float:
    """The minutes that each would have if all who used or want time this month had the same."""
    owners = used.keys() | {booking.booker_id for booking in wanting}
    return sum(used.values()) / len(owners)
