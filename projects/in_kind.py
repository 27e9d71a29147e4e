"""Value in kind: what came with an adoption beside working time: an estimate and its basis. No money passes here."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.db import Id, Instant, Model, Moment, Note, Title, db
from kernel.i18n import _
from kernel.work import Refusal

from .adoption import Adoption
from .standing import State

GIVEN_IN = (State.RUNNING, State.DELIVERED)
MOST = 10_000_000  # yuan


class NothingGivenYet(Refusal):
    """What is only asked for, or was left, has brought nothing."""

    message = _("这份认领现在是“%(state)s”，开始做以后才能记投入。")


class BasisNeeded(Refusal):
    """An estimate without its basis is a claim."""

    message = _("请写怎么估出来的，比如“对外价每场 200 元，用了 3 场”。")
    field = "basis"


class StruckAlready(Refusal):
    """Two colleagues had the same list open."""

    message = _("这一笔已经划掉了，请刷新后再看。")


class WhyStruck(Refusal):
    """Whoever gave it is told why it does not count."""

    message = _("请写一句为什么划掉，对方会看到。")
    field = "reason"


class InKind(Model):
    """One thing that was given: material, a room, printing. Rows stay; what is wrong is struck, with a reason."""

    __tablename__ = "in_kind"
    __table_args__ = (CheckConstraint("yuan > 0", name="yuan_positive"),)

    id: Mapped[Id]
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id"), index=True)
    what: Mapped[Title]
    yuan: Mapped[int]
    basis: Mapped[Note]
    noted_at: Mapped[Moment] = mapped_column(default=clock.now)
    struck_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[Note] = mapped_column(default="")

    adoption: Mapped[Adoption] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever sees the adoption."""
        return select(cls).where(cls.adoption_id.in_(Adoption.seen_by(person).with_only_columns(Adoption.id)))

    @classmethod
    def of(cls, *adoptions: int) -> Select:
        """What counts of these adoptions (ids), in the order in which it was noted."""
        return select(cls).where(cls.adoption_id.in_(adoptions), cls.struck_at.is_(None)).order_by(cls.id)

    @classmethod
    def note_down(cls, adoption: Adoption, what: str, yuan: int, basis: str, *, by) -> "InKind":
        """Whoever adopted or accepted it writes down what was given, about what it is worth, and how that was found.

        Refuses an adoption that does not run (`NothingGivenYet`) and an estimate without a basis (`BasisNeeded`).
        """
        if adoption.state not in GIVEN_IN:
            raise NothingGivenYet(state=adoption.state.label)
        if not basis.strip():
            raise BasisNeeded
        given = cls(adoption=adoption, what=what, yuan=yuan, basis=basis)
        db.session.add(given)
        given._tell("in_kind.noted", by)
        return given

    def strike(self, reason: str, *, by) -> None:
        """It does not count. Refuses without a reason, and what is struck already."""
        if self.struck_at is not None:
            raise StruckAlready
        if not reason.strip():
            raise WhyStruck
        self.struck_at, self.reason = clock.now(), reason
        self._tell("in_kind.struck", by)

    def _tell(self, verb: str, by) -> None:
        """A line about the adoption: it stands in the record of handling of its project."""
        db.session.flush()
        adoption = self.adoption
        ids: dict[str, Any] = {
            "in_kind": self.id,
            "yuan": self.yuan,
            "project": adoption.project_id,
            "partner": adoption.partner_id,
        }
        adoption.note(verb, by, tell=adoption.partner.managers, **ids)
