"""Series: the same time every week; what is free is booked, dates that are refused wait and heal by themselves."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.working_day import holidays
from kernel import clock
from kernel.db import Id, Model, Moment, Title, db
from kernel.i18n import day, joined

from . import hours
from .booker import Booked, Booker
from .booking import Booking, concerns
from .booking_words import LIVING, NotForYou, NotLent, NotOpen, State, TooFar, TooMany
from .lending import MOST_UNITS
from .series_moves import AllBooked, NoDates, SeriesMoves, TooManyDates

if TYPE_CHECKING:
    from .resource import Resource

MOST = 60  # dates: a year of weeks and some
DAY = timedelta(days=1)


class Series(SeriesMoves, Booked, Model):
    """A wish for the same time on some weekdays between two days; each date is a booking of its own."""

    __tablename__ = "series"

    id: Mapped[Id]
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), index=True)
    purpose: Mapped[Title] = mapped_column(default="")
    people: Mapped[int | None]
    units: Mapped[int] = mapped_column(default=1)
    weekdays: Mapped[list[int]] = mapped_column(JSON)
    starts: Mapped[time]
    ends: Mapped[time]
    first: Mapped[date]
    last: Mapped[date]
    skip_holidays: Mapped[bool]
    asked_at: Mapped[Moment] = mapped_column(default=clock.now)

    resource: Mapped["Resource"] = relationship(lazy="joined", innerjoin=True)
    dates: Mapped[list[Booking]] = relationship(viewonly=True, order_by=(Booking.starts_at, Booking.id))

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever booked, whoever lends, and the staff of the place."""
        return select(cls).where(concerns(cls, person))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the resource first, as for a single booking."""
        resource = cls.resource.property.entity.class_
        owner = select(cls.resource_id).where(cls.id == id).scalar_subquery()
        db.session.execute(select(resource.id).where(resource.id == owner).with_for_update(key_share=True))

    @classmethod
    def book(cls, resource: "Resource", booker: Booker, *, by, **facts) -> "Series":
        """Ask for each date of a pattern: `weekdays` (0 is Monday), `starts`, `ends`, `first`, `last`, `skip_holidays`.

        What is free is granted or asked for, what is not waits. Refuses what is not lent, a weekday on which it is
        never open, and a pattern without a date, with more than 60, or all of which is booked already.
        """
        resource.lapse()
        series = cls(
            resource=resource,
            partner=booker.partner,
            office=booker.office,
            partner_id=booker.partner and booker.partner.id,
            office_id=booker.office and booker.office.id,
            **({"units": 1, "purpose": ""} | facts),
        )
        spans = series.spans()
        series.check(spans)
        db.session.add(series)
        db.session.flush()
        if not sum(series.add(start, end) for start, end in spans):
            raise AllBooked
        series.asked(by=by)
        return series

    def spans(self) -> list[tuple[datetime, datetime]]:
        """The times of the pattern, without holidays where they are skipped. Raises `NoDates` and `TooManyDates`."""
        days = [self.first + DAY * number for number in range((self.last - self.first).days + 1)]
        skips = self.skip_holidays or self.resource.closed_on_holidays
        off = holidays(self.first, self.last) if skips else set()
        days = [one for one in days if one.weekday() in self.weekdays and one not in off]
        over = DAY if self.ends <= self.starts else timedelta()
        found = [(clock.at(one, self.starts), clock.at(one + over, self.ends)) for one in days]
        found = [span for span in found if span[0] > clock.now()]
        if not found:
            raise NoDates
        if len(found) > MOST:
            raise TooManyDates(most=MOST)
        return found

    def check(self, spans: list[tuple[datetime, datetime]]) -> None:
        """Refuse what no date could be granted for."""
        lent = self.resource
        if lent.why_not_lent:
            raise NotLent(resource=lent.name, why=lent.why_not_lent)
        if not lent.is_welcome(self.booker):
            raise NotForYou(resource=lent.name, groups=lent.welcome_names, ask=lent.ask_line)
        if not 0 < self.units <= min(lent.quantity, MOST_UNITS):
            raise TooMany(quantity=lent.quantity, most=min(lent.quantity, MOST_UNITS))
        if clock.local(spans[-1][1] - timedelta(microseconds=1)).date() > lent.valid_until:
            raise TooFar(until=day(lent.valid_until))
        if not all(hours.is_open(lent.hours, start, end) for start, end in spans):
            raise NotOpen(hours=lent.hours_line)

    def add(self, start: datetime, end: datetime) -> bool:
        """One date: granted, asked for or waiting; left out (False) where the same booker has the time already."""
        facts = {"purpose": self.purpose, "people": self.people, "units": self.units, "series_id": self.id}
        date = self.resource.draft(self.booker, start, end, **facts)
        if self.resource.living_of(date):
            return False
        self.resource.enter(date, self.resource.blocked(date))
        return True

    def of_state(self, *states: State) -> list[Booking]:
        """Its dates in these states, from now on."""
        return [date for date in self.dates if date.state in states and not date.has_begun]

    @property
    def days_line(self) -> str:
        """The weekdays in words: 周二、周四."""
        return joined(hours.WEEKDAYS[number] for number in self.weekdays)

    @property
    def time_line(self) -> str:
        """14:00–16:00"""
        return f"{self.starts:%H:%M}–\u2060{self.ends:%H:%M}"

    @property
    def is_living(self) -> bool:
        """Whether anything of it is still to come."""
        return bool(self.of_state(*LIVING))

    def journal_place_id(self) -> int:
        """Where the resource is."""
        return self.resource.place_id
