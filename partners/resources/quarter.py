"""Quarter hours: times made countable. A booking owns a row for every quarter that it has started, in every unit."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from kernel import clock
from kernel.db import Model

SECONDS = 15 * 60
MINUTES = 15


class Quarter(Model):
    """One quarter hour of one unit of a resource, and the booking that owns it; the key lets nobody else have it.

    A room has one unit; of a car park with 30 places the units are 1 to 30.
    """

    __tablename__ = "quarter"
    __table_args__ = {"sqlite_with_rowid": False}

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    quarter: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), index=True)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Everybody may know what is taken."""
        return select(cls)


def quarters(start: datetime, end: datetime) -> range:
    """The numbers of the quarter hours that are started between two moments, counted from 1970."""
    return range(int(start.timestamp()) // SECONDS, -(-int(end.timestamp()) // SECONDS))


def begins(number: int) -> datetime:
    """The moment at which a quarter begins."""
    return datetime.fromtimestamp(number * SECONDS, UTC)


def of_day(day: date) -> range:
    """The quarters of a day in Asia/Shanghai."""
    return quarters(clock.at(day), clock.at(day + timedelta(days=1)))


def of_month(day: date) -> range:
    """The quarters of the month in which a day lies."""
    first = day.replace(day=1)
    return quarters(clock.at(first), clock.at((first + timedelta(days=31)).replace(day=1)))
