"""Abilities: what a partner can do, how well, shown by what, and how much of it at the same time; dated rows."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, case, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.catalogue import Capability
from communities.place import Place
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Model, Moment, Note
from kernel.i18n import _, p_

if TYPE_CHECKING:
    from .partner import Partner


class Level(Choice):
    """How well."""

    CAN = "can", _("会做")
    SKILLED = "skilled", _("熟练")
    CERTIFIED = "certified", _("有资质证书")


class Unit(Choice):
    """What is counted when it is said how much goes at the same time."""

    HOUSEHOLDS = "households", _("户")
    PEOPLE = "people", p_("unit", "人")
    SESSIONS = "sessions", _("场")
    PIECES = "pieces", _("件")
    LESSONS = "lessons", _("课时")
    VISITS = "visits", _("人次")
    ITEMS = "items", _("项")


UNSEEN = text("certified_on IS NULL AND until IS NULL")


class Ability(Model):
    """One thing that a partner can do, from when until when; other words about it are another row."""

    __tablename__ = "partner_capability"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(
            "uq_partner_capability_living",
            "partner_id",
            "capability_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index("ix_partner_capability_unseen", "level", "partner_id", sqlite_where=UNSEEN, postgresql_where=UNSEEN),
    )

    id: Mapped[Id]
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"))
    capability_id: Mapped[int] = mapped_column(ForeignKey("capability.id"), index=True)
    level: Mapped[Level] = mapped_column(stored(Level), default=Level.CAN)
    evidence: Mapped[Note] = mapped_column(default="")
    amount: Mapped[int | None]
    unit: Mapped[Unit | None] = mapped_column(stored(Unit))
    said_at: Mapped[Moment] = mapped_column(default=clock.now)
    until: Mapped[date | None]
    certified_on: Mapped[date | None]
    certified_at_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))

    partner: Mapped["Partner"] = relationship(back_populates="abilities")
    capability: Mapped[Capability] = relationship(lazy="joined", innerjoin=True)
    certified_at: Mapped[Place | None] = relationship()

    @property
    def since(self) -> date:
        """From which day on it is said."""
        return clock.local(self.said_at).date()

    @property
    def is_certified(self) -> bool:
        """Whether an office has looked at the certificate."""
        return self.certified_on is not None

    @property
    def facts(self) -> tuple:
        """What is said of it, without when."""
        return self.level, self.evidence, self.amount, self.unit

    @classmethod
    def rank(cls):
        """The levels as a number to sort by, the best first."""
        return case({level.value: -number for number, level in enumerate(Level)}, value=cls.level)
