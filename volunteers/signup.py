"""Sign-ups: one row for a person and a shift, one state; never deleted."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from communities.place import Place, in_ranges
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, Note, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal
from partners.member import managed_by

if TYPE_CHECKING:
    from .shift import Shift


class State(Choice):
    """Where a sign-up stands."""

    PENDING = "pending", _("等确认")
    CONFIRMED = "confirmed", _("已报名")
    WAITING = "waiting", _("候补中")
    OFFERED = "offered", _("轮到您，等您答复")
    LAPSED = "lapsed", _("没来得及答复，已让给下一位")
    PASSED = "passed", _("已让给下一位")
    WITHDRAWN = "withdrawn", _("已退出")
    TURNED_DOWN = "turned_down", _("这次没安排上")
    CANCELLED = "cancelled", _("活动取消")
    PRESENT = "present", _("已签到")
    DONE = "done", _("已完成")
    ABSENT = "absent", _("未到")


APPOINTED = (State.CONFIRMED, State.PRESENT, State.DONE, State.ABSENT)  # in the calendar, before and after
ASKED = (State.PENDING, State.OFFERED)  # a seat is kept until somebody answers
HOLDS_SEAT = (*APPOINTED, *ASKED)
LIVING = (State.PRESENT, State.CONFIRMED, State.PENDING, State.OFFERED, State.WAITING)
SEATED = {State.CONFIRMED, State.PENDING}  # what a seat makes of a sign-up, where the lead has no say and where he has
AGAIN = {*SEATED, State.WAITING}
MOVES = {
    State.PENDING: {State.CONFIRMED, State.TURNED_DOWN, State.WITHDRAWN, State.CANCELLED},
    State.CONFIRMED: {State.WITHDRAWN, State.CANCELLED, State.PRESENT, State.ABSENT},
    State.WAITING: {State.OFFERED, *SEATED, State.WITHDRAWN, State.CANCELLED},
    State.OFFERED: {*SEATED, State.LAPSED, State.PASSED, State.WITHDRAWN, State.CANCELLED},
    State.LAPSED: AGAIN,
    State.PASSED: AGAIN,
    State.WITHDRAWN: AGAIN,
    State.TURNED_DOWN: set(),
    State.CANCELLED: AGAIN,  # the shift takes place after all
    State.PRESENT: {State.DONE, State.ABSENT, State.CANCELLED},
    State.DONE: {State.ABSENT},
    State.ABSENT: {State.PRESENT},  # a correction
}


class NotInThisState(Refusal):
    """The move does not start from here."""

    message = _("这份报名现在是“%(state)s”，这一步做不了。请刷新后再看。")


class Signup(Noted, Model):
    """A person for a shift. Signing up again after leaving continues the same row, at the end of the queue."""

    __tablename__ = "signup"
    __private__ = True
    __table_args__ = (
        UniqueConstraint("shift_id", "person_id"),
        Index("ix_signup_person", "person_id", "state"),
        Index("ix_signup_queue", "shift_id", "state", "queued_at"),
        Index("ix_signup_offer", "state", "offered_until"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), info=kept("which shift it is for"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who comes"))
    state: Mapped[State] = mapped_column(stored(State), info=kept("whether there is a seat"))
    sequence: Mapped[int] = mapped_column(default=0, info=kept("for calendars to see a change"))
    queued_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("the place in the queue"))
    changed_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("for calendars to see a change"))
    offered_until: Mapped[datetime | None] = mapped_column(Instant, info=kept("the time to answer"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("whether it was ever in a calendar"))
    choice_id: Mapped[int | None] = mapped_column(index=True, info=kept("which queues are for one and the same wish"))
    gathering_id: Mapped[int | None] = mapped_column(info=kept("with whom the person wants to come together"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who signed the person up"))
    behalf: Mapped[Note] = mapped_column(default="", info=kept("why somebody else signed the person up"))
    jumped: Mapped[Note] = mapped_column(default="", info=kept("why the person was asked before others"))
    reason: Mapped[Note] = mapped_column(default="", info=kept("why the person left or was not taken"))
    was: Mapped[State | None] = mapped_column(stored(State), info=kept("to give back what a cancelled shift took"))

    shift: Mapped["Shift"] = relationship(back_populates="signups")
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    by: Mapped[Person | None] = relationship(foreign_keys=by_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own; those of shifts where one serves, of duties that one leads, or that one's partner records."""
        if person.id is None:
            return seen(select(cls).where(cls.person_id.is_(None)))
        recorded = [cls.shift.has(cls.recorded_by(person))] if managed_by(person) else []
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.shift.has(cls.here(person)), *recorded)))

    @classmethod
    def recorded_by(cls, person):
        """A condition on shifts: a partner that this person manages records their hours."""
        shift = cls.shift.property.entity.class_
        duty = shift.duty.property.entity.class_
        return shift.duty.has(duty.recorder_id.in_([partner.id for partner in managed_by(person)]))

    @classmethod
    def here(cls, person):
        """A condition on shifts: this person serves there, or leads the duty."""
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        shift = cls.shift.property.entity.class_
        return or_(shift.place_id.in_(near), shift.duty.has(lead_id=person.id))

    @classmethod
    def agenda(cls, person, *, since: datetime) -> Select:
        """This person's sign-ups that end after a moment, with shift and duty, soonest first."""
        shift = cls.shift.property.entity.class_
        mine = select(cls).join(cls.shift).join(shift.duty).join(shift.place)
        mine = mine.where(cls.person_id == person.id, shift.ends_at > since)
        eager = contains_eager(cls.shift)
        return seen(
            mine.options(
                eager.contains_eager(shift.duty).joinedload(shift.duty.property.entity.class_.category, innerjoin=True),
                eager.contains_eager(shift.place).joinedload(Place.parent),
            ).order_by(shift.starts_at, cls.id)
        )

    @property
    def is_on_behalf(self) -> bool:
        """Whether somebody else signed the person up."""
        return self.by_id not in (None, self.person_id)

    @property
    def is_confirmed(self) -> bool:
        """Whether this person is expected."""
        return self.state is State.CONFIRMED

    @property
    def is_appointed(self) -> bool:
        """Whether this person was expected, and has come since or not."""
        return self.state in APPOINTED

    @property
    def is_living(self) -> bool:
        """Here, confirmed, offered or waiting."""
        return self.state in LIVING

    @property
    def has_lapsed(self) -> bool:
        """Whether the time to answer is over, moved already or not."""
        return self.state is State.OFFERED and self.offered_until is not None and self.offered_until <= clock.now()

    def move(self, state: State, *, reason: str = "", with_shift: bool = False) -> None:
        """Change the state along MOVES; every change that a calendar shows raises the sequence, once.

        `with_shift`: it follows from a change of the shift, whose own sequence grows with it.
        """
        if state not in MOVES[self.state]:
            raise NotInThisState(state=self.state.label)
        self.was = self.state if state is State.CANCELLED else None
        if not (self.state in APPOINTED and state in APPOINTED):
            self.sequence += int(not with_shift)
            self.changed_at = clock.now()
        self.state = state
        self.confirmed_at = clock.now() if state is State.CONFIRMED else self.confirmed_at
        self.offered_until = None
        self.reason = reason
        self.person.forget()

    def journal_place_id(self) -> int:
        """Where its shift is."""
        return self.shift.place_id
