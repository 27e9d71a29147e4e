"""Parts: what a project is cut into, counted in its own unit, and how much of it is given away."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Id, Model, Note, Title, Word, db
from kernel.i18n import _
from kernel.work import Refusal

from .amounts import Amount

if TYPE_CHECKING:
    from .project import Project

UNITS = ("户", "场", "件", "课时", "人次", "项")


class PartTaken(Refusal):
    """Somebody was faster, or more was asked for than is left."""

    message = _("“%(part)s”只剩 %(left)s %(unit)s了，请改小数量，或选别的一项。")
    field = "quantity"


class Part(Amount, Model):
    """So many units of one thing to do. `given` is one of the two stored counts; the rows of adoptions rebuild it."""

    __tablename__ = "part"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("given >= 0 AND given <= quantity", name="given_fits"),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    title: Mapped[Title]
    unit: Mapped[Word]
    quantity: Mapped[int]
    given: Mapped[int] = mapped_column(default=0)
    people: Mapped[int | None]
    times: Mapped[int | None]
    hours: Mapped[int | None]
    latest_start: Mapped[date | None]
    needs: Mapped[Note] = mapped_column(default="")

    project: Mapped["Project"] = relationship(back_populates="parts")

    @property
    def person_hours(self) -> int | None:
        """What it costs: people × times × hours."""
        return self.people * self.times * self.hours if self.people and self.times and self.hours else None

    def take(self, quantity: int) -> None:
        """Give units away, guarded by the database. Raises `PartTaken` when fewer are left."""
        fits = (Part.id == self.id) & (Part.given + quantity <= Part.quantity)
        taken = update(Part).where(fits).values(given=Part.given + quantity).returning(Part.id)
        if db.session.scalar(taken.execution_options(synchronize_session=False)) is None:
            db.session.refresh(self)
            raise PartTaken(part=self.title, left=self.left, unit=self.unit)
        db.session.refresh(self)

    def put_back(self, quantity: int) -> None:
        """Units that nobody does after all."""
        back = update(Part).where(Part.id == self.id).values(given=Part.given - quantity)
        db.session.execute(back.execution_options(synchronize_session=False))
        db.session.refresh(self)
