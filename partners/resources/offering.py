"""Offering: the life of an offer from the first word to the last day, and the times at which it is closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.journal import Audience
from communities.noted import Noted
from communities.place import Place
from kernel import clock, search
from kernel.db import db

from ..partner import Partner
from ..standing import ReasonNeeded
from . import hours as opening
from .booking import Booking
from .booking_words import LIVING, State, Why
from .closure import Closure
from .resource_words import (
    MOVES,
    ChangedMeanwhile,
    NeverOpen,
    NoSuchDay,
    NotThisStatus,
    OwnerNotActive,
    Status,
    TimeOver,
    UnitsInUse,
)

if TYPE_CHECKING:
    from .resource import Resource

LONGEST = timedelta(days=731)  # an offer is confirmed again at least every second year
REMIND = (30, 7)  # days before the last one


class Offering(Noted):
    """The part of Resource that its owner says; each verb holds its lock."""

    if TYPE_CHECKING:
        id: Any
        name: Any
        partner: Any
        spot: Any
        equipment: Any
        conditions: Any
        capability: Any
        hours: Any
        quantity: Any
        valid_until: Any
        reminded_on: Any
        status: Any
        reason: Any
        version: Any
        runners: Any
        heal_all: Any
        most_taken: Any

    @classmethod
    def offer(cls, place: Place, partner: Partner | None = None, *, by, **facts) -> "Resource":
        """A new offer at a place, of a partner or of the office of the place. Refuses as `rewrite` does."""
        if partner is not None and not partner.is_active:
            raise OwnerNotActive(partner=partner.name)
        check(facts["hours"], facts["valid_until"])
        new: Any = cls
        resource = new(place=place, partner=partner, **facts)
        db.session.add(resource)
        db.session.flush()
        resource.index()
        resource.note("resource.offered", by, audience=Audience.PUBLIC, resource=resource.id, owner=resource.id)
        return resource

    def rewrite(self, *, version: int, by, **facts) -> None:
        """Other facts; what was granted stays granted, and who waits may get what is new.

        Refuses an offer that is never open or is over, fewer units than are promised, and a save over a colleague's.
        """
        if version != self.version:
            raise ChangedMeanwhile
        check(facts["hours"], facts["valid_until"])
        if (taken := self.most_taken(clock.now())) > facts.get("quantity", self.quantity):
            raise UnitsInUse(taken=taken)
        for name, value in facts.items():
            setattr(self, name, value)
        self.index()
        self.note("resource.rewritten", by, resource=self.id)
        self.heal_all()

    def renew(self, until: date, *, by) -> None:
        """It is offered until another day."""
        check(self.hours, until)
        self._only(Status.OFFERED, Status.PAUSED)
        self.valid_until, self.reminded_on = until, None
        self.note("resource.renewed", by, resource=self.id)
        self.heal_all()

    def pause(self, reason: str, *, by) -> None:
        """Nothing new is taken; what was granted stays."""
        self._move(Status.PAUSED, reason)
        self.note("resource.paused", by, resource=self.id)

    def resume(self, *, by) -> None:
        """It can be booked again."""
        self._only(Status.PAUSED)
        self._move(Status.OFFERED)
        self.note("resource.resumed", by, resource=self.id)
        self.heal_all()

    def end(self, reason: str, *, by) -> None:
        """It is not lent any more; whoever booked or waits is told why."""
        self._move(Status.ENDED, reason)
        for booking in self._coming(Booking.state.in_(LIVING)):
            booking.reason = reason
            booking.give_up(State.RELEASED if booking.is_holding else State.REFUSED)
            booking.tell_them("booking.ended", by)
        self.note("resource.ended", by, resource=self.id)

    def close(self, start: datetime, end: datetime, reason: str, *, by) -> Closure:
        """Closed for a while; whoever had a time in it waits, and has it again when it opens after all."""
        return self.close_at([(start, end)], reason, by=by)[0]

    def close_at(self, spans: Sequence[tuple[datetime, datetime]], reason: str, *, by) -> list[Closure]:
        """The same for several times at once."""
        if not reason.strip():
            raise ReasonNeeded
        if any(end <= max(start, clock.now()) for start, end in spans):
            raise NoSuchDay
        closures = [Closure(resource_id=self.id, starts_at=start, ends_at=end, reason=reason) for start, end in spans]
        db.session.add_all(closures)
        db.session.flush()
        first, last = min(start for start, _end in spans), max(end for _start, end in spans)
        between = (Booking.starts_at < last) & (Booking.ends_at > first) & (Booking.state == State.GRANTED)
        for booking in self._coming(between):
            if any(booking.starts_at < end and booking.ends_at > start for start, end in spans):
                booking.give_up(State.WAITING)
                booking.why = Why.CLOSED
                booking.tell_them("booking.closed", by)
        self.note("resource.closed", by, resource=self.id)
        return closures

    def open_again(self, *closures: Closure, by) -> None:
        """Closures are taken back; who waited has the time again."""
        for closure in closures:
            db.session.delete(closure)
        self.note("resource.opened", by, resource=self.id)
        self.heal_all()

    @property
    def reminder_due(self) -> bool:
        """Whether the owner is to be asked now if the offer still stands: 30 and 7 days before its last."""
        marks = [self.valid_until - timedelta(days=days) for days in REMIND]
        passed = [mark for mark in marks if mark <= clock.today()]
        return bool(passed) and (self.reminded_on is None or self.reminded_on < max(passed))

    def remind(self) -> None:
        """Ask the owner; found by the sweep."""
        self.reminded_on = clock.today()
        self.note("resource.expiring", None, tell=self.runners, resource=self.id)

    def index(self) -> None:
        """Write what is searched for."""
        able = self.capability.label if self.capability else ""
        search.index("resource", self.id, self.name, self.spot, self.equipment, self.conditions, str(able))

    def _coming(self, where) -> list[Booking]:
        mine = (Booking.resource_id == self.id) & (Booking.starts_at > clock.now())
        return list(db.session.scalars(select(Booking).where(mine, where).order_by(Booking.starts_at, Booking.id)))

    def _only(self, *statuses: Status) -> None:
        if self.status not in statuses:
            raise NotThisStatus(resource=self.name, status=self.status.label)

    def _move(self, status: Status, reason: str | None = None) -> None:
        if status not in MOVES[self.status]:
            raise NotThisStatus(resource=self.name, status=self.status.label)
        if reason is not None and not reason.strip():
            raise ReasonNeeded
        self.status, self.reason = status, reason or ""


def check(hours: opening.Week, valid_until: date) -> None:
    """Raise `NeverOpen` or `TimeOver`."""
    if not any(hours):
        raise NeverOpen
    if not clock.today() <= valid_until <= clock.today() + LONGEST:
        raise TimeOver
