"""Tickets: so many persons who come together to a shift as residents; one row, one state, never deleted."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, UniqueConstraint, or_, select, text
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from communities.sign_in import ask_along
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, Name, Note, Word, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.text import masked_phone
from kernel.work import Refusal

from ..signup import Signup
from .slot import Slot

if TYPE_CHECKING:
    from ..shift import Shift

KEPT = 30  # days after the shift: then nobody knows any more whose ticket it was


class State(Choice):
    """Where a ticket stands."""

    TAKEN = "taken", _("已取号")
    WAITING = "waiting", _("候补中")
    OFFERED = "offered", _("轮到您，等您答复")
    LAPSED = "lapsed", _("没来得及答复，已让给下一位")
    RETURNED = "returned", _("已退号")
    CANCELLED = "cancelled", _("活动取消")
    CAME = "came", _("已来")
    ABSENT = "absent", _("没来")


HOLDS_PLACES = (State.TAKEN, State.OFFERED, State.CAME)
LIVING = (State.TAKEN, State.OFFERED, State.WAITING)
ON_THE_LIST = (State.TAKEN, State.CAME, State.ABSENT)
MOVES = {
    State.TAKEN: {State.RETURNED, State.CANCELLED, State.CAME, State.ABSENT},
    State.WAITING: {State.OFFERED, State.TAKEN, State.RETURNED, State.CANCELLED},
    State.OFFERED: {State.TAKEN, State.LAPSED, State.RETURNED, State.CANCELLED},
    State.LAPSED: set(),  # whoever wants to come again takes a new number
    State.RETURNED: set(),
    State.CANCELLED: {State.TAKEN, State.WAITING},  # the shift takes place after all
    State.CAME: {State.ABSENT},  # corrections
    State.ABSENT: {State.CAME},
}
ALIVE = text("state IN ('taken', 'offered', 'waiting')")
ALIVE_WITH_PHONE = text("phone <> '' AND state IN ('taken', 'offered', 'waiting')")


class NotInThisState(Refusal):
    """The move does not start from here."""

    message = _("这个号现在是“%(state)s”，这一步做不了。请刷新后再看。")


class Holder(NamedTuple):
    """Whose ticket it is: an account, or how to call somebody and the number to ring."""

    person: Person | None = None
    name: str = ""
    phone: str = ""


class Ticket(Noted, Model):
    """`size` persons who come together, in one slot; `number` is the order in which numbers of the shift were taken."""

    __tablename__ = "ticket"
    __private__ = True
    __table_args__ = (
        CheckConstraint("size >= 1", name="somebody_comes"),
        UniqueConstraint("shift_id", "number"),
        Index("ix_ticket_queue", "shift_id", "state", "queued_at"),
        Index("ix_ticket_offer", "state", "offered_until"),
        Index("ix_ticket_person", "person_id", "state"),
        Index("ix_ticket_calls", "call_since", "shift_id"),
        Index("uq_ticket_person", "shift_id", "person_id", unique=True, sqlite_where=ALIVE, postgresql_where=ALIVE),
        Index(
            "uq_ticket_phone",
            "shift_id",
            "phone",
            unique=True,
            sqlite_where=ALIVE_WITH_PHONE,
            postgresql_where=ALIVE_WITH_PHONE,
        ),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), info=kept("which shift it is for"))
    number: Mapped[int] = mapped_column(info=kept("to be called by at the door"))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_slot.id"), info=kept("at what time to come"))
    size: Mapped[int] = mapped_column(info=kept("how many come together"))
    state: Mapped[State] = mapped_column(stored(State), info=kept("whether there is a place"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("whose account holds it", KEPT))
    name: Mapped[Name] = mapped_column(default="", info=kept("whom to call at the door", KEPT))
    phone: Mapped[Word] = mapped_column(default="", info=kept("to ring when something changes", KEPT))
    token_hash: Mapped[str | None] = mapped_column(
        String(64), unique=True, info=kept("to know the link of whoever has no account", KEPT)
    )
    sequence: Mapped[int] = mapped_column(default=0, info=kept("for calendars to see a change"))
    queued_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("the place in the queue"))
    changed_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("for calendars to see a change"))
    offered_until: Mapped[datetime | None] = mapped_column(Instant, info=kept("the time to answer"))
    call_since: Mapped[datetime | None] = mapped_column(Instant, info=kept("since when somebody is to be rung"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who took it for somebody", KEPT))
    behalf: Mapped[Note] = mapped_column(default="", info=kept("why somebody else took it", KEPT))
    was: Mapped[State | None] = mapped_column(stored(State), info=kept("to give back what a cancelled shift took"))
    emptied_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when name and number were let go"))

    shift: Mapped["Shift"] = relationship()
    slot: Mapped[Slot | None] = relationship(lazy="joined")
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    by: Mapped[Person | None] = relationship(foreign_keys=by_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own; those of shifts where one serves, or whose duty one leads."""
        if person.id is None:
            return seen(select(cls).where(cls.id.is_(None)))
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.shift.has(Signup.here(person)))))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """The shift of this row, before the row."""
        shift = cls.shift.property.entity.class_
        mine = select(cls.shift_id).where(cls.id == id).scalar_subquery()
        db.session.execute(select(shift.id).where(shift.id == mine).with_for_update(key_share=True))

    @classmethod
    def agenda(cls, person, *, since: datetime) -> Select:
        """This person's living tickets of shifts that end after a moment, soonest first."""
        shift = cls.shift.property.entity.class_
        mine = select(cls).join(cls.shift).join(shift.duty)
        mine = mine.where(cls.person_id == person.id, cls.state.in_(LIVING), shift.ends_at > since)
        eager = contains_eager(cls.shift)
        whole = eager.contains_eager(shift.duty), eager.joinedload(shift.place, innerjoin=True)
        return seen(mine.options(*whole).order_by(shift.starts_at, cls.id))

    @property
    def has_lapsed(self) -> bool:
        """Whether the time to answer is over, moved already or not."""
        return self.state is State.OFFERED and self.offered_until is not None and self.offered_until <= clock.now()

    @property
    def is_living(self) -> bool:
        """Taken, offered or waiting."""
        return self.state in LIVING

    @property
    def is_on_behalf(self) -> bool:
        """Whether somebody else took it."""
        return self.by_id not in (None, self.person_id)

    @property
    def called(self) -> str:
        """How to call whoever holds it, for those at the door."""
        return self.person.called if self.person else self.name

    @property
    def rings(self) -> str:
        """The number to ring, where there is one."""
        return (self.person.phone if self.person else self.phone) or ""

    @property
    def masked_phone(self) -> str:
        """The number as it is shown on lists."""
        return masked_phone(self.rings) if self.rings else ""

    def move(self, state: State, *, with_shift: bool = False) -> None:
        """Change the state along MOVES; every change that a calendar shows raises the sequence, once.

        `with_shift`: it follows from a change of the shift, whose own sequence grows with it.
        """
        if state not in MOVES[self.state]:
            raise NotInThisState(state=self.state.label)
        self.was = self.state if state is State.CANCELLED else None
        if not (self.state in ON_THE_LIST and state in ON_THE_LIST):
            self.sequence += int(not with_shift)
            self.changed_at = clock.now()
        self.state, self.offered_until = state, None

    def ring(self) -> None:
        """Something changed: whoever has no account is rung."""
        if self.person_id is None and self.phone:
            self.call_since = clock.now()

    def say(self, verb: str, by, *, call: bool = False, **ids) -> None:
        """The line of a move; it names the number, never the person. With `call` whoever has no account is rung."""
        if call:
            self.ring()
        tell = [self.person] if self.person else []
        self.note(f"ticket.{verb}", by, tell=tell, shift=self.shift_id, number=self.number, **ids)

    def tell(self, *, by) -> None:
        """已告知: somebody rang, and whoever holds it knows."""
        self.call_since = None
        self.say("told", by)

    def empty(self, at: datetime) -> None:
        """Its time is over: whose it was is let go, that somebody came stays."""
        self.name = self.phone = self.behalf = ""
        self.person_id = self.by_id = self.token_hash = self.call_since = None
        self.emptied_at = at

    def journal_place_id(self) -> int:
        """Where its shift is."""
        return self.shift.place_id


ask_along("holds_tickets", select(Ticket.id).where(Ticket.person_id == Person.id, Ticket.state.in_(LIVING)).exists())


def holds_tickets(person) -> bool:
    """Whether this person holds some number; most do not, and their pages are spared a statement."""
    return person.remember("holds_tickets", lambda _somebody: True)


def with_people(query: Select) -> Select:
    """The same tickets with their people, in one statement."""
    return seen(query.options(joinedload(Ticket.person)))
