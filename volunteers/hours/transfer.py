"""转入记录: hours that another unit recorded, with its name and paper number; never part of our certificates."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.person import Person
from kernel import clock
from kernel.db import Id, Instant, Model, Name, Title, seen
from kernel.privacy import kept

from .unit import RecordingUnit

DAYS = 3650


class HourTransfer(Model):
    """One paper of another unit: of whom, by whom, how many minutes, about what, until which day."""

    __tablename__ = "hour_transfer"
    __private__ = True
    __table_args__ = (Index("uq_hour_transfer_paper", "unit_id", "issuer", "paper_number", unique=True),)

    id: Mapped[Id] = mapped_column(info=kept("to refer to", DAYS))
    unit_id: Mapped[int] = mapped_column(ForeignKey("recording_unit.id"), info=kept("who took it over", DAYS))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("whose hours they are", DAYS))
    issuer: Mapped[Name] = mapped_column(info=kept("who recorded them", DAYS))
    paper_number: Mapped[Name] = mapped_column(info=kept("to check the paper", DAYS))
    about: Mapped[Title] = mapped_column(default="", info=kept("what was done", DAYS))
    until: Mapped[date] = mapped_column(info=kept("to which day it counts", DAYS))
    minutes: Mapped[int] = mapped_column(info=kept("the service time", DAYS))
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who typed it in", DAYS))
    noted_at: Mapped[datetime] = mapped_column(Instant, default=clock.now, info=kept("when it was typed in", DAYS))

    unit: Mapped[RecordingUnit] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those that were taken over where one is staff."""
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.unit_id.in_(RecordingUnit.kept_by(person)))))
