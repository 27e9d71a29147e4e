"""Re-checks: 解决了吗？ asked when a need was solved and once more four weeks later, by account, link or call."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.tokens import keyed, token_hash

if TYPE_CHECKING:
    from .need import Need

LENGTH = 40  # hexadecimal digits: 160 bits


class Kind(Choice):
    """Which of the two questions."""

    SOLVED = "solved", _("办好以后问一次")
    LATER = "later", _("四周以后再问一次")


class Way(Choice):
    """How the answer came."""

    ACCOUNT = "account", _("本人登录后答的")
    LINK = "link", _("用链接答的")
    CALL = "call", _("打电话问的")


class Recheck(Model):
    """One question to whoever said it; its link is used once, the row holds the hash of its token."""

    __tablename__ = "need_recheck"
    __private__ = True
    __table_args__ = (Index("ix_need_recheck_open", "answered_at", "need_id"),)

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True, info=kept("which need it is"))
    kind: Mapped[Kind] = mapped_column(stored(Kind), info=kept("which question"))
    asked_on: Mapped[date] = mapped_column(default=clock.today, info=kept("when it was asked"))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True, info=kept("to know the link"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was answered"))
    solved: Mapped[bool | None] = mapped_column(info=kept("what was answered"))
    way: Mapped[Way | None] = mapped_column(stored(Way), info=kept("how it was answered"))

    need: Mapped["Need"] = relationship(back_populates="rechecks")

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever may know of the need."""
        need = cls.need.property.entity.class_
        return select(cls).where(cls.need_id.in_(need.seen_by(person).with_only_columns(need.id)))

    @classmethod
    def ask(cls, need, kind: Kind) -> "Recheck":
        """A new question, with the hash of its link."""
        row = cls(kind=kind)
        need.rechecks.append(row)
        db.session.flush()
        row.token_hash = token_hash(row.token)
        return row

    @property
    def token(self) -> str:
        """The word in its link: derived from the site's secret, so that staff can pass it on and nothing is stored."""
        return keyed("recheck", str(self.need_id), str(self.id))[:LENGTH]

    @classmethod
    def of_token(cls, token: str) -> "Recheck | None":
        """The question of this link, whether or not it was answered."""
        return db.session.scalar(seen(select(cls).where(cls.token_hash == token_hash(token))))

    def answer(self, solved: bool | None, way: Way | None) -> None:
        """It was answered, or is not asked any more (None)."""
        self.answered_at, self.solved, self.way = clock.now(), solved, way
