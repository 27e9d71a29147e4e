"""暂停: days on which somebody cannot look after the building, and why."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Date, ForeignKey, Select, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Model
from kernel.i18n import _
from kernel.privacy import kept

if TYPE_CHECKING:
    from .assignment import Assignment

LONGEST = 180  # days


class Why(Choice):
    """The kind of reason; what illness it is, nobody asks."""

    ILLNESS = "illness", _("身体原因")
    TRAVEL = "travel", _("外出")
    FAMILY = "family", _("家里有事")
    OTHER = "other", _("其他")


class Pause(Model):
    """From the first to the last day, both included."""

    __tablename__ = "assignment_pause"
    __private__ = True
    __table_args__ = (CheckConstraint("last >= first", "in_order"),)

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignment.id"), index=True, info=kept("who is away from what")
    )
    first: Mapped[date] = mapped_column(info=kept("from which day"))
    last: Mapped[date] = mapped_column(info=kept("to which day"))
    why: Mapped[Why] = mapped_column(stored(Why), info=kept("the kind of reason", sensitive=True))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who noted it"))

    assignment: Mapped["Assignment"] = relationship(back_populates="pauses")

    @classmethod
    def seen_by(cls, person) -> Select:
        """Those of the assignments that one may know of."""
        owner = cls.assignment.property.entity.class_
        return select(cls).where(cls.assignment_id.in_(owner.seen_by(person).with_only_columns(owner.id)))

    @classmethod
    def is_now(cls):
        """A condition: it runs today."""
        day = bindparam("today", callable_=clock.today, type_=Date, unique=True)
        return (cls.first <= day) & (cls.last >= day)

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last
