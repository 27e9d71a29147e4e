"""Milestones of an incubation: what is to be reached until when, and when it was."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.db import Id, Model, Note, Title

if TYPE_CHECKING:
    from .incubation import Incubation


class Milestone(Model):
    """One thing to reach; what is not wanted any more is dropped and stays."""

    __tablename__ = "incubation_milestone"

    id: Mapped[Id]
    incubation_id: Mapped[int] = mapped_column(ForeignKey("incubation.id"), index=True)
    what: Mapped[Title]
    due: Mapped[date] = mapped_column(index=True)
    reached_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    note: Mapped[Note] = mapped_column(default="")

    incubation: Mapped["Incubation"] = relationship(back_populates="milestones")

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reached."""
        return self.reached_on is None and self.dropped_on is None

    @property
    def is_late(self) -> bool:
        """Whether its day is over."""
        return self.is_open and self.due < clock.today()
