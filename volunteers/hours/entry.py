"""The ledger: one entry for what was served, one more for what was put right; nothing is ever changed or taken out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, UniqueConstraint, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.person import Person
from communities.place import Place
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from partners.partner import Partner

from ..duty import Duty
from ..shift import Shift
from ..signup import Signup
from . import guarding
from .chain import digest
from .transfer import HourTransfer
from .unit import RecordingUnit, keeper

DAYS = 3650  # certificates are asked for years later


class Kind(Choice):
    """What an entry is."""

    SERVICE = "service", _("服务")
    CORRECTION = "correction", _("更正")
    TRANSFER = "transfer", _("转入")


class Reason(Choice):
    """Why the minutes are others than the attendance or an earlier entry said: a code, for the chain holds no text."""

    TIME = "time", _("起止时间记得不对")
    MISSED = "missed", _("漏记了")
    SHORT = "short", _("没有做满")
    ABSENT = "absent", _("没有到场")
    TWICE = "twice", _("记重了")
    NO_SERVICE = "no_service", _("不属于志愿服务")


class Entry(Model):
    """So many minutes of one person, confirmed by another one; the number and the hash place it in its unit's chain."""

    __tablename__ = "hour_entry"
    __private__ = True
    __table_args__ = (
        UniqueConstraint("unit_id", "number"),
        Index(
            "uq_hour_entry_service",
            "signup_id",
            unique=True,
            sqlite_where=text("kind = 'service'"),
            postgresql_where=text("kind = 'service'"),
        ),
        Index("ix_hour_entry_person", "person_id", "day"),
        Index("ix_hour_entry_signup", "signup_id"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to", DAYS))
    unit_id: Mapped[int] = mapped_column(ForeignKey("recording_unit.id"), info=kept("who recorded it", DAYS))
    number: Mapped[int] = mapped_column(info=kept("its place in the ledger", DAYS))
    kind: Mapped[Kind] = mapped_column(stored(Kind), info=kept("whether it is service", DAYS))
    signup_id: Mapped[int | None] = mapped_column(ForeignKey("signup.id"), info=kept("so that it counts once", DAYS))
    transfer_id: Mapped[int | None] = mapped_column(
        ForeignKey("hour_transfer.id"), unique=True, info=kept("which paper it was taken from", DAYS)
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("whose hours they are", DAYS))
    minutes: Mapped[int] = mapped_column(info=kept("the service time", DAYS))
    day: Mapped[date] = mapped_column(info=kept("when it was served", DAYS))
    duty_id: Mapped[int | None] = mapped_column(ForeignKey("duty.id"), info=kept("what was done", DAYS))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), index=True, info=kept("what was done", DAYS))
    reason: Mapped[Reason | None] = mapped_column(stored(Reason), info=kept("why it differs", DAYS))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who noted it", DAYS))
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who vouches for it", DAYS))
    confirmed_at: Mapped[datetime] = mapped_column(Instant, info=kept("when it was confirmed", DAYS))
    hash: Mapped[str] = mapped_column(String(64), info=kept("to show that nobody changed it", DAYS))

    unit: Mapped[RecordingUnit] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    duty: Mapped[Duty | None] = relationship()
    shift: Mapped[Shift | None] = relationship()
    signup: Mapped[Signup | None] = relationship()
    transfer: Mapped[HourTransfer | None] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those of the units where one is staff, or that one's partner keeps."""
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.unit_id.in_(RecordingUnit.kept_by(person)))))

    @classmethod
    def append(cls, unit: RecordingUnit, *, by, **facts) -> "Entry":
        """Write the next entry of a unit that is held (`RecordingUnit.hold`); `by` confirms it."""
        entry = cls(unit=unit, unit_id=unit.id, number=unit.entries + 1, **facts)
        entry.confirmed_by_id, entry.confirmed_at = by.id, clock.now()
        entry.hash = digest(entry.content, unit.head)
        db.session.add(entry)
        unit.entries, unit.head = entry.number, entry.hash
        db.session.flush()
        return entry

    @property
    def content(self) -> dict[str, Any]:
        """What its hash says of it."""
        return {name: getattr(self, name) for name in CHAINED}

    @classmethod
    def total(cls, *conditions) -> int:
        """The minutes of the entries that meet these conditions."""
        return db.session.scalar(seen(select(func.coalesce(func.sum(cls.minutes), 0)).where(*conditions))) or 0


def unit_of(signup: Signup) -> tuple[Place, Partner | None]:
    """In whose ledger a sign-up stands, else where it would be written now."""
    first = select(RecordingUnit).join(Entry, Entry.unit_id == RecordingUnit.id).where(Entry.signup_id == signup.id)
    known = db.session.scalars(seen(first.limit(1))).first()
    return (known.place, known.partner) if known else keeper(signup.shift)


CHAINED = (
    "unit_id number kind signup_id transfer_id person_id minutes day duty_id shift_id reason"
    " proposed_by_id confirmed_by_id confirmed_at"
).split()


guarding.only_grows(Entry)
