"""Agreements: what partners and offices have signed, from when until when; where one stands follows from its dates."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, false, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.place import Place, in_ranges
from kernel import clock
from kernel.db import Id, Model, Moment, Note, Title
from kernel.stored_file import StoredFile

from ..member import memberships
from .party import Party
from .reminding import Reminding
from .signing import Signing
from .term import Term

LIVING_RENEWAL = text("renews_id IS NOT NULL AND ended_on IS NULL")


class Agreement(Signing, Reminding, Term, Model):
    """One agreement, kept by the office of a place; never deleted, it runs out or ends."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        Index(
            "uq_agreement_renewal",
            "renews_id",
            unique=True,
            sqlite_where=LIVING_RENEWAL,
            postgresql_where=LIVING_RENEWAL,
        ),
        Index("ix_agreement_place_signed", "place_id", "signed_on", "id"),
        Index("ix_agreement_until", "until"),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    title: Mapped[Title]
    scope: Mapped[Note] = mapped_column(default="")
    signed_on: Mapped[date]
    since: Mapped[date]
    until: Mapped[date | None]
    runs_out: Mapped[date | None]
    ended_on: Mapped[date | None]
    reason: Mapped[Note] = mapped_column(default="")
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    recorded_at: Mapped[Moment] = mapped_column(default=clock.now)
    reminded_days: Mapped[int | None]
    reminded_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    place: Mapped[Place] = relationship()
    parties: Mapped[list[Party]] = relationship(
        back_populates="agreement", order_by=Party.id, cascade="all, delete-orphan"
    )
    file: Mapped[StoredFile | None] = relationship()
    renews: Mapped["Agreement | None"] = relationship(remote_side="Agreement.id", back_populates="renewals")
    renewals: Mapped[list["Agreement"]] = relationship(back_populates="renews", order_by="Agreement.id")

    @classmethod
    def seen_by(cls, person) -> Select:
        """The parties themselves, and the staff of the place where it is kept or of a place whose office has signed."""
        if person.id is None:
            return select(cls).where(false())
        mine = [member.partner_id for member in memberships(person)]
        here = select(Place.id).where(in_ranges(Place.path, person.reach))
        signed = or_(Party.partner_id.in_(mine), Party.place_id.in_(here) if person.reach else false())
        party = cls.id.in_(select(Party.agreement_id).where(signed))
        return select(cls).where(or_(party, cls.place_id.in_(here) if person.reach else false()))

    @property
    def partners(self) -> list:
        """The partners among its parties."""
        return [party.partner for party in self.parties if party.partner is not None]

    def __str__(self):
        return self.title
