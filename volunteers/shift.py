"""Shifts: one date of a duty with its seats."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.journal import Audience
from communities.noted import Noted
from communities.place import Place
from communities.working_day import holidays
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Note, db
from kernel.i18n import _
from kernel.work import Refusal

from .confirming import Confirming
from .duty import Duty
from .enough import Enough, check_least
from .lead_number import LeadNumber
from .pattern import Pattern, occurrences
from .pledged_seat import PledgedSeat
from .signup import Signup
from .single_date import SingleDate
from .status import Status
from .stop_hours import refuse_stopped

if TYPE_CHECKING:
    from .stop import Stop


class TooFewSeats(Refusal):
    """Seats are not taken from under people."""

    message = _("已经有 %(taken)s 人占了名额，名额不能少于这个数。")
    field = "seats"


class Shift(Enough, SingleDate, Confirming, LeadNumber, Noted, Model):
    """One date of a duty. `taken` counts confirmed, offered and kept seats; the rows of these rebuild it."""

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= seats", name="never_oversold"),
        CheckConstraint("least >= 0 AND least <= seats", name="least_of_seats"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        UniqueConstraint("duty_id", "starts_at"),
        UniqueConstraint("series_id", "occurrence_on"),
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
    series_id: Mapped[int | None] = mapped_column(ForeignKey("duty_series.id"))
    occurrence_on: Mapped[date | None]  # its day by the rule of the series, whenever it takes place
    by_hand: Mapped[bool] = mapped_column(default=False)  # the organiser decided about this date: no rule changes it
    tickets: Mapped[int | None]  # of its own for residents; null: as many as its duty gives
    stop_id: Mapped[int | None] = mapped_column(ForeignKey("stop.id"), index=True)

    duty: Mapped[Duty] = relationship(back_populates="shifts")
    place: Mapped[Place] = relationship()
    stop: Mapped["Stop | None"] = relationship(back_populates="shifts")
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
            duty.joinedload(Duty.counter),
        )
        return select(cls).where(cls.id == id).options(place, *parts, duty.joinedload(Duty.capability))

    @classmethod
    def coming(cls) -> Select:
        """What takes place and has not begun, soonest first."""
        planned = select(cls).where(cls.status == Status.PLANNED, cls.starts_at > clock.now())
        return planned.order_by(cls.starts_at, cls.id)

    @classmethod
    def plan(cls, duty: Duty, pattern: Pattern, seats: int, *, by, least: int = 0) -> "list[Shift]":
        """Shifts on every occurrence of the pattern; dates that exist already are left alone.

        Refuses a minimum over the seats (`LeastOverSeats`), hours that are stopped (`StoppedThen`), and as
        `Duty.must_have_grounds` does.
        """
        off = holidays(pattern.first, pattern.last or pattern.first) if pattern.skip_holidays else set()
        known = {shift.starts_at for shift in duty.shifts}
        spans = [span for span in occurrences(pattern, off.__contains__) if span[0] not in known]
        return cls.put_down(duty, spans, seats, by=by, least=least)

    @classmethod
    def put_down(
        cls, duty: Duty, spans: list[tuple[datetime, datetime]], seats: int, *, by, least: int = 0
    ) -> "list[Shift]":
        """Shifts at these times, at which the duty has none. Refuses as `plan` does."""
        check_least(least, seats)
        duty.must_have_grounds()
        refuse_stopped(cls, duty, spans)
        facts = {"duty": duty, "place_id": duty.place_id, "seats": seats, "least": least}
        new = [cls(starts_at=start, ends_at=end, **facts) for start, end in spans]
        db.session.add_all(new)
        duty.note("duty.planned", by, audience=Audience.PUBLIC, duty=duty.id, shifts=len(new))
        return new

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status is Status.CANCELLED

    @property
    def hours(self) -> tuple[datetime, datetime]:
        """From when until when."""
        return self.starts_at, self.ends_at

    @property
    def point(self) -> Place:
        """Where it is on the map."""
        return self.place

    @property
    def where(self) -> str:
        """The place in words."""
        return self.place.whole_name

    def switch(self, *, cancelled: bool, reason: str) -> None:
        """Whether it takes place, and why not, as calendars see it; the verbs are in `calling_off`."""
        self.status, self.reason = Status.CANCELLED if cancelled else Status.PLANNED, reason
        self.sequence += 1
        self.changed_at = clock.now()
        self.ask_anew()

    @property
    def why(self) -> str:
        """Why it does not take place; nobody wrote anything where its rule changed."""
        return self.reason or str(_("固定的时间改了，这一天不办了"))

    def resize(self, seats: int, *, by, least: int | None = None) -> None:
        """More or fewer seats, and how many people at least; new seats go to the queue first.

        Without `least` the minimum stays, as far as the seats allow. Refuses fewer seats than are taken
        (`TooFewSeats`) and a minimum over the seats (`LeastOverSeats`).
        """
        if seats < self.taken:
            raise TooFewSeats(taken=self.taken)
        least = min(self.least, seats) if least is None else least
        check_least(least, seats)
        if least > self.least:
            self.ask_anew()
        self.seats, self.least = seats, least
        self.by_hand = True
        self.note("shift.resized", by, shift=self.id)
        self.promote()

    def __str__(self):
        return self.duty.title
