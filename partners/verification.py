"""Verifications: which office has looked at a partner, on which day, and until when that counts."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.place import Place
from kernel import clock
from kernel.db import Id, Model

if TYPE_CHECKING:
    from .partner import Partner


class Verification(Model):
    """One look at a partner by an office: the first, a renewal, or the resumption after a pause that was too long."""

    __tablename__ = "verification"

    id: Mapped[Id]
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    since: Mapped[date] = mapped_column(default=clock.today)
    until: Mapped[date]

    partner: Mapped["Partner"] = relationship(back_populates="verifications")
    place: Mapped[Place] = relationship()
