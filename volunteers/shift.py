"""Shifts: one date of a duty with its seats."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.journal import Audience
from communities.noted import Noted
from communities.place import Kind, Place
from communities.working_day import holidays
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Model, Moment, Note, db
from kernel.i18n import _
from kernel.work import Refusal

from . import refusals
from .confirming import Confirming
from .duty import Duty
from .pattern import Pattern, occurrences
from .pledged_seat import PledgedSeat
from .pledging import Pledging
from .signup import HOLDS_SEAT, LIVING, Signup, State


class Status(Choice):
    """Whether a shift takes place."""

    PLANNED = "planned", _("照常")
    CANCELLED = "cancelled", _("取消")


class WhyCancelled(Refusal):
    """Whoever signed up is told why it does not take place."""

    message = _("请写明取消的原因，报了名的人会看到。")
    field = "reason"


class TooFewSeats(Refusal):
    """Seats are not taken from under people."""

    message = _("已经有 %(taken)s 人占了名额，名额不能少于这个数。")
    field = "seats"


class Shift(Pledging, Confirming, Noted, Model):
    """One date of a duty. `taken` counts confirmed, offered and kept seats; the rows of these rebuild it."""

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= seats", name="never_oversold"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        UniqueConstraint("duty_id", "starts_at"),
        Index("ix_shift_place_starts", "place_id", "starts_at"),
        Index("ix_shift_starts", "starts_at"),
    )

    id: Mapped[Id]
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    status: Mapped[Status] = mapped_column(stored(Status), default=Status.PLANNED)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[Moment] = mapped_column(default=clock.now)
    reason: Mapped[Note] = mapped_column(default="")

    duty: Mapped[Duty] = relationship(back_populates="shifts")
    place: Mapped[Place] = relationship()
    signups: Mapped[list[Signup]] = relationship(back_populates="shift", order_by=(Signup.queued_at, Signup.id))
    pledged: Mapped[list[PledgedSeat]] = relationship(back_populates="shift", order_by=PledgedSeat.id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public: what is open is for everybody to see."""
        return select(cls)

    @classmethod
    def whole(cls, id: int) -> Select:
        """One shift with all that its page says, in one statement."""
        duty = joinedload(cls.duty, innerjoin=True)
        place = joinedload(cls.place, innerjoin=True).joinedload(Place.parent)
        parts = (
            duty.joinedload(Duty.category, innerjoin=True),
            duty.joinedload(Duty.lead),
            duty.joinedload(Duty.project),
        )
        return select(cls).where(cls.id == id).options(place, *parts, duty.joinedload(Duty.capability))

    @classmethod
    def coming(cls) -> Select:
        """What takes place and has not begun, soonest first."""
        planned = select(cls).where(cls.status == Status.PLANNED, cls.starts_at > clock.now())
        return planned.order_by(cls.starts_at, cls.id)

    @classmethod
    def plan(cls, duty: Duty, pattern: Pattern, seats: int, *, by) -> "list[Shift]":
        """Shifts on every occurrence of the pattern; dates that exist already are left alone."""
        off = holidays(pattern.first, pattern.last) if pattern.skip_holidays else set()
        known = {shift.starts_at for shift in duty.shifts}
        new = [
            cls(duty=duty, place_id=duty.place_id, starts_at=start, ends_at=end, seats=seats)
            for start, end in occurrences(pattern, off.__contains__)
            if start not in known
        ]
        db.session.add_all(new)
        duty.note("duty.planned", by, audience=Audience.PUBLIC, duty=duty.id, shifts=len(new))
        return new

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status is Status.CANCELLED

    @property
    def point(self) -> Place:
        """Where it is on the map."""
        return self.place

    @property
    def where(self) -> str:
        """The place in words; a building with its compound."""
        place = self.place
        return f"{place.parent.name}{place.name}" if place.kind is Kind.BUILDING and place.parent else place.name

    def cancel(self, reason: str, *, by) -> None:
        """The organiser calls it off: everybody is told, calendars say CANCELLED."""
        if not reason.strip():
            raise WhyCancelled
        if self.is_cancelled:
            raise refusals.ShiftCancelled
        if self.starts_at <= clock.now():
            raise refusals.ShiftOver
        self.status, self.reason = Status.CANCELLED, reason
        self.sequence += 1
        self.changed_at = clock.now()
        self._drop_pledged()
        told = []
        for signup in db.session.scalars(self.people(*LIVING)):
            if signup.state in HOLDS_SEAT:
                self._free()
            signup.move(State.CANCELLED)
            told.append(signup.person)
        self.note("shift.cancelled", by, tell=told, audience=Audience.PUBLIC, shift=self.id)

    def resize(self, seats: int, *, by) -> None:
        """More or fewer seats; new ones go to the queue first."""
        if seats < self.taken:
            raise TooFewSeats(taken=self.taken)
        self.seats = seats
        self.note("shift.resized", by, shift=self.id)
        self.promote()

    def __str__(self):
        return self.duty.title
