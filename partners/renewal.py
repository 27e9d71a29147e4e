"""Renewals: a manager asks for another year, and says what has changed; the committee answers."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, Note
from kernel.i18n import _

if TYPE_CHECKING:
    from .partner import Partner


class Outcome(Choice):
    """What became of it."""

    OPEN = "open", _("等社区确认")
    CONFIRMED = "confirmed", _("已续期")
    DECLINED = "declined", _("没有同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class Renewal(Model):
    """One request for another year; `changes` are the facts that are other than before, as `facts.packed` has them."""

    __tablename__ = "renewal"
    __table_args__ = (
        Index(
            "uq_renewal_open",
            "partner_id",
            unique=True,
            sqlite_where=text("outcome = 'open'"),
            postgresql_where=text("outcome = 'open'"),
        ),
    )

    id: Mapped[Id]
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[Moment] = mapped_column(default=clock.now)
    answer_due: Mapped[date]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    outcome: Mapped[Outcome] = mapped_column(stored(Outcome), default=Outcome.OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[Note] = mapped_column(default="")

    partner: Mapped["Partner"] = relationship(back_populates="renewals")

    def close(self, outcome: Outcome, reason: str = "") -> None:
        """It was answered or taken back; called by the verbs of the partner, which hold its lock."""
        self.outcome, self.reason, self.closed_at = outcome, reason, clock.now()
