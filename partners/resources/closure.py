"""Closures: times at which a resource is not lent, with the reason."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Id, Model, Moment, Title


class Closure(Model):
    """From a moment until another; days that the holiday table closes need none."""

    __tablename__ = "closure"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_closure_resource_ends", "resource_id", "ends_at"),
    )

    id: Mapped[Id]
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    reason: Mapped[Title]

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public: it saves people a walk."""
        return select(cls)

    @classmethod
    def between(cls, resource_id: int, start, end) -> Select:
        """The closures that touch a stretch of time, in their order."""
        touching = (cls.starts_at < end) & (cls.ends_at > start)
        return select(cls).where(cls.resource_id == resource_id, touching).order_by(cls.starts_at, cls.id)
