"""Mails for calendars: what the calendar in a person's mailbox was told of one sign-up, and how often it was tried."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, String, and_, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.person import Person
from kernel import clock
from kernel.db import Id, Instant, Model, seen
from kernel.privacy import kept

from .signup import Signup

if TYPE_CHECKING:
    from kernel.calendar import Event


class CalendarMail(Model):
    """The outbox of one sign-up: which state of it (`sequence`, `cancelled`) the calendar at `address` has.

    Nothing mailed is a `sequence` of None; so is another address, whose calendar knows nothing yet. `tries` are of
    `tried_sequence`; with a `tried_at` somebody may be at it, or it failed.
    """

    __tablename__ = "calendar_mail"
    __private__ = True
    __table_args__ = (Index("ix_calendar_mail_sent_at", "sent_at"),)

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), unique=True, info=kept("what was mailed"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("who it was mailed to"))
    address: Mapped[str] = mapped_column(String(120), info=kept("whose calendar has it"))
    sequence: Mapped[int | None] = mapped_column(info=kept("not to mail the same twice"))
    cancelled: Mapped[bool] = mapped_column(default=False, info=kept("whether it was taken down again"))
    sent_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when the last mail left"))
    sent_that_day: Mapped[int] = mapped_column(default=0, info=kept("not to flood a mailbox"))
    tried_sequence: Mapped[int | None] = mapped_column(info=kept("what was tried last"))
    tries: Mapped[int] = mapped_column(default=0, info=kept("how often it was tried"))
    tried_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was tried last"))

    signup: Mapped[Signup] = relationship()
    person: Mapped[Person] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own."""
        return seen(select(cls).where(cls.person_id == person.id))

    @classmethod
    def spent(cls):
        """How many each person was mailed today: rows of person_id and n."""
        today = cls.sent_at >= clock.at(clock.today())
        counted = select(cls.person_id, func.sum(cls.sent_that_day).label("n")).where(today)
        return counted.group_by(cls.person_id).subquery("spent")

    @classmethod
    def knows(cls, address):
        """A condition: the calendar at this address has heard of it."""
        return and_(cls.id.is_not(None), cls.address == address, cls.sequence.is_not(None))

    @classmethod
    def may_be_tried(cls, sequence, *, before: datetime, tries: int):
        """A condition: nobody has been at it since `before`, and this sequence was not tried so often in vain."""
        idle = or_(cls.tried_at.is_(None), cls.tried_at < before)
        hope = or_(cls.tried_sequence.is_(None), cls.tried_sequence != sequence, cls.tries < tries)
        return or_(cls.id.is_(None), and_(idle, or_(hope, cls.address != Person.email)))

    def take(self, sequence: int, address: str) -> None:
        """Somebody is at it; at another address everything begins anew."""
        if self.address != address:
            self.address, self.sequence, self.cancelled, self.tried_sequence = address, None, False, None
        self.tries = self.tries + 1 if self.tried_sequence == sequence else 1
        self.tried_sequence, self.tried_at = sequence, clock.now()

    def sent(self, event: "Event", address: str) -> None:
        """It left: the calendar there has at least this state."""
        first = self.sent_at is None or self.sent_at < clock.at(clock.today())
        self.sent_that_day = 1 if first else self.sent_that_day + 1
        self.sent_at = clock.now()
        if self.address == address and (self.sequence is None or self.sequence < event.sequence):
            self.sequence, self.cancelled, self.tries, self.tried_at = event.sequence, event.cancelled, 0, None
