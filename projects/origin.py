"""Where a project comes from: the needs that it answers; ids only, the words stay with the needs."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from governance.need import Need
from kernel import clock
from kernel.db import Id, Model, db

if TYPE_CHECKING:
    from .project import Project

LIVING = text("until IS NULL")


class Origin(Model):
    """One need, one project; a need has one living project at a time."""

    __tablename__ = "project_need"
    __table_args__ = (
        Index("uq_project_need_living", "need_id", unique=True, sqlite_where=LIVING, postgresql_where=LIVING),
        Index("ix_project_need_project_id", "project_id"),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    since: Mapped[date] = mapped_column(default=clock.today)
    until: Mapped[date | None]

    project: Mapped["Project"] = relationship(back_populates="origins")
    need: Mapped[Need] = relationship()


def hold_needs(id: int) -> None:
    """Lock the needs of a project, in order, before the project: what it does to itself it does to them."""
    of_it = select(Origin.need_id).where(Origin.project_id == id, Origin.until.is_(None))
    held = select(Need.id).where(Need.id.in_(of_it)).order_by(Need.id).with_for_update(of=Need, key_share=True)
    db.session.scalars(held).all()
