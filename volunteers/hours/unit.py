"""Recording units: who keeps a ledger of hours, what it lets in, where its chain ends (67号令 art. 2)."""

from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.place import Kind, Place, in_ranges
from communities.post import STAFF
from kernel.db import Id, Model, db
from kernel.i18n import _
from kernel.receipt import INSERT
from kernel.work import Refusal
from partners.member import managed_by
from partners.partner import Partner

from ..duty import ServiceKind
from .chain import START
from .entrusting import AlreadySo, Entrusting

__all__ = ["AlreadySo", "RecordingUnit", "keeper", "kinds", "recorder_of"]

ITS_OWN = text("partner_id IS NULL")


class CountsElsewhere(Refusal):
    """What a community lets in is not for a partner to widen."""

    message = _("党员报到算不算时长，由社区定；合伙人的台账只记志愿服务。")


class RecordingUnit(Entrusting, Model):
    """A community with its ledger, or a partner that records what it leads in that community (`partner`).

    `entries` and `head` are where the chain ends: a missing last entry shows. `entrusted` is whether a partner's
    records now; a community always does.
    """

    __tablename__ = "recording_unit"
    __table_args__ = (
        Index("uq_recording_unit_place", "place_id", unique=True, sqlite_where=ITS_OWN, postgresql_where=ITS_OWN),
        Index("uq_recording_unit_partner", "partner_id", "place_id", unique=True),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    entrusted: Mapped[bool] = mapped_column(default=True)
    takes_report_in: Mapped[bool] = mapped_column(default=False)
    entries: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64), default=START)

    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)
    partner: Mapped[Partner | None] = relationship(lazy="joined")

    @classmethod
    def seen_by(cls, person) -> Select:
        """Those of the places where one is staff, and of the partners that one manages."""
        return select(cls).where(cls.id.in_(cls.kept_by(person)))

    @classmethod
    def kept_by(cls, person) -> Select:
        """The same as ids, for the rows that belong to a unit."""
        paths = [post.place.path for post in person.posts if post.office in STAFF]
        managed = [partner.id for partner in managed_by(person)]
        return select(cls.id).join(cls.place).where(or_(in_ranges(Place.path, paths), cls.partner_id.in_(managed)))

    @classmethod
    def of(cls, place: Place, partner: Partner | None = None) -> "RecordingUnit | None":
        """The ledger of this place, or of a partner there; None where nothing was recorded yet."""
        return db.session.scalar(select(cls).where(*cls.at(place, partner)))

    @classmethod
    def hold(cls, place: Place, partner: Partner | None = None) -> "RecordingUnit":
        """The same, made where there is none, locked for this `work()`: who appends holds it."""
        fresh: dict[str, Any] = {"place_id": place.id, "partner_id": partner and partner.id}
        fresh |= {"entrusted": partner is None, "takes_report_in": False, "entries": 0, "head": START}
        insert = INSERT[db.engine.dialect.name](cls).values(fresh)
        db.session.execute(insert.on_conflict_do_nothing())
        held = select(cls).where(*cls.at(place, partner)).with_for_update(of=cls, key_share=True)
        return db.session.scalars(held.execution_options(populate_existing=True)).one()

    @classmethod
    def at(cls, place: Place, partner: Partner | None = None):
        """Conditions: the ledger of this place, or of a partner there."""
        whose = cls.partner_id.is_(None) if partner is None else cls.partner_id == partner.id
        return cls.place_id == place.id, whose

    @property
    def name(self) -> str:
        """As certificates call it."""
        return self.partner.name if self.partner else self.place.name

    @property
    def word(self) -> str:
        """What kind of unit it is: the kind of its place, or "partner"."""
        return "partner" if self.partner_id else self.place.kind.value

    @property
    def records(self) -> bool:
        """Whether it records now: a partner as long as the community agrees and it is active."""
        return self.partner is None or (self.entrusted and self.partner.is_active)

    def take_report_in(self, yes: bool, *, by) -> None:
        """Whether 党员报到 counts here as volunteer hours (67号令 art. 19).

        Refuses what is so (`AlreadySo`), and for a partner (`CountsElsewhere`).
        """
        if self.partner_id is not None:
            raise CountsElsewhere
        if self.takes_report_in is yes:
            raise AlreadySo
        self.takes_report_in = yes
        self.note("hours.takes_report_in" if yes else "hours.leaves_report_in", by, place=self.place_id)

    def takes(self, kind: ServiceKind) -> bool:
        """67号令 art. 19: voluntary, unpaid service; 党员报到 where this unit says so; nothing else."""
        return kind in kinds(self)


def entrusted_at(place) -> Select:
    """The ids of the partners that record now at this place (an id, a column), or at these (a Select of ids)."""
    here = RecordingUnit.place_id.in_(place) if isinstance(place, Select) else RecordingUnit.place_id == place
    mine = select(RecordingUnit.partner_id).join(Partner, Partner.id == RecordingUnit.partner_id)
    return mine.where(here, RecordingUnit.entrusted, Partner.active())


def kinds(unit: RecordingUnit | None) -> list[ServiceKind]:
    """The kinds of service that this unit records."""
    report_in = [ServiceKind.REPORT_IN] if unit is not None and unit.takes_report_in else []
    return [ServiceKind.VOLUNTEER, *report_in]


def recorder_of(place: Place) -> Place:
    """Which community answers for what is done here: the one it lies in, above the communities the place itself."""
    if place.kind is Kind.COMMUNITY:
        return place
    above = select(Place).where(Place.id.in_(place.ancestor_ids), Place.kind == Kind.COMMUNITY)
    return db.session.scalar(above) or place


def keeper(shift) -> tuple[Place, Partner | None]:
    """In whose ledger a shift belongs: of a place, or of the partner that records it there now."""
    place, partner = recorder_of(shift.place), shift.duty.recorder
    unit = RecordingUnit.of(place, partner) if partner else None
    return (place, partner) if unit and unit.records else (place, None)
