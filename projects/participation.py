"""合伙人参与证明: what a committee certifies that a partner has done; a snapshot, never overwritten.

A mistake is corrected by withdrawing it with a reason and issuing another one.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Select, String, false, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.place import Kind as PlaceKind
from communities.place import Place, in_ranges
from kernel import clock, paper_number
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Note, Word, db
from kernel.i18n import _
from partners.member import memberships
from partners.partner import Partner

from .certificate_state import PUBLIC, State
from .certifying import Certifying
from .counting import Counted


class Participation(Certifying, Model):
    """One certificate: of whom, by whose committee, of which days; once issued, its number and what was counted."""

    __tablename__ = "participation"
    __table_args__ = (
        Index(
            "uq_participation_asked",
            "partner_id",
            "place_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        Index(
            "uq_participation_issued",
            "partner_id",
            "place_id",
            "since",
            "until",
            unique=True,
            sqlite_where=text("state = 'issued'"),
            postgresql_where=text("state = 'issued'"),
        ),
        Index("ix_participation_place_state", "place_id", "state"),
    )

    id: Mapped[Id]
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    since: Mapped[date]
    until: Mapped[date]
    line: Mapped[Word] = mapped_column(default="")
    state: Mapped[State] = mapped_column(stored(State))
    asked_at: Mapped[Moment] = mapped_column(default=clock.now)
    answer_due: Mapped[date | None]
    number: Mapped[str | None] = mapped_column(String(paper_number.LENGTH), unique=True)
    issued_on: Mapped[date | None]
    counted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    withdrawn_on: Mapped[date | None]
    reason: Mapped[Note] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("participation.id"))

    partner: Mapped[Partner] = relationship(lazy="joined", innerjoin=True)
    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)
    replaces: Mapped["Participation | None"] = relationship(remote_side="Participation.id")

    @classmethod
    def seen_by(cls, person) -> Select:
        """What was issued can be checked by everybody who has its number; the rest by the two sides."""
        here = select(Place.id).where(in_ranges(Place.path, person.reach))
        mine = [member.partner_id for member in memberships(person)]
        near = cls.place_id.in_(here) if person.reach else false()
        return select(cls).where(or_(cls.state.in_(PUBLIC), near, cls.partner_id.in_(mine)))

    @classmethod
    def of(cls, partner: Partner) -> Select:
        """All of a partner, newest first."""
        return select(cls).where(cls.partner_id == partner.id).order_by(cls.id.desc())

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the partner before its certificate: who issues for it holds the partner too."""
        of_this = Partner.id == select(cls.partner_id).where(cls.id == id).scalar_subquery()
        db.session.scalar(select(Partner).where(of_this).with_for_update(of=Partner, key_share=True))

    @property
    def is_valid(self) -> bool:
        """Whether it still says what it says."""
        return self.state is State.ISSUED

    @property
    def shown_number(self) -> str:
        """As it is printed."""
        return paper_number.shown(self.number) if self.number else ""

    @property
    def what(self) -> Counted:
        """What was counted when it was issued."""
        return Counted.restored(self.counted)

    @property
    def issuer(self) -> str:
        """Who issued it, as it was called then."""
        return committee(self.counted["place"], self.counted["place_kind"])

    @property
    def successor(self) -> "Participation | None":
        """The one that was issued instead of it, once it was withdrawn."""
        if self.is_valid:
            return None
        return db.session.scalars(select(Participation).where(Participation.replaces_id == self.id)).first()


def committee(name: str, kind: str) -> str:
    """Who decides at a place of this kind, as one says it: “东方社区党委”, above the communities “韩森寨街道”."""
    return str(_("%(community)s党委", community=name)) if kind == PlaceKind.COMMUNITY.value else name
