"""Partners: who takes things on, from the application to the end."""

from datetime import date

from sqlalchemy import Column, Date, ForeignKey, Index, Select, String, Table, bindparam, false, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.catalogue import Capability, Category
from communities.place import Place, in_ranges
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Name, Note, Word
from kernel.remembering import Remembering

from .ability import Ability
from .applying import Applying
from .capable import Capable
from .kind import Kind
from .member import Member
from .membership import Membership
from .renewal import Renewal
from .renewing import Renewing
from .standing import Stage, Standing
from .verification import Verification

COMMUNITY = 2  # communities stand below district and subdistrict
LIVING_CODE = text("credit_code IS NOT NULL AND stage NOT IN ('refused', 'ended')")

partner_capability = Ability.__table__


def between(name: str, other: str) -> Table:
    """A table between partners and another one."""
    theirs: Column = Column(f"{other}_id", ForeignKey(f"{other}.id"), primary_key=True, index=True)
    return Table(name, Model.metadata, Column("partner_id", ForeignKey("partner.id"), primary_key=True), theirs)


partner_area = between("partner_area", "place")
partner_compound = between("partner_compound", "place")
partner_function = between("partner_function", "category")


class Partner(Applying, Capable, Renewing, Standing, Membership, Remembering, Model):
    """A firm, committee, organisation, team, department, group or resident that takes things on."""

    __tablename__ = "partner"
    __table_args__ = (
        Index(
            "uq_partner_credit_code",
            "credit_code",
            unique=True,
            sqlite_where=LIVING_CODE,
            postgresql_where=LIVING_CODE,
        ),
        Index("ix_partner_place_stage", "place_id", "stage"),
        Index("ix_partner_stage_kind", "stage", "kind"),
        Index("ix_partner_stage_id", "stage", "id"),
        Index("ix_partner_stage_until", "stage", "verified_until"),
    )

    id: Mapped[Id]
    kind: Mapped[Kind] = mapped_column(stored(Kind))
    name: Mapped[Name]
    name_key: Mapped[Name] = mapped_column(default="")
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    stage: Mapped[Stage] = mapped_column(stored(Stage), default=Stage.APPLIED)
    about: Mapped[Note] = mapped_column(default="")
    offers: Mapped[Note] = mapped_column(default="")
    address: Mapped[Name] = mapped_column(default="")
    address_key: Mapped[Name] = mapped_column(default="")
    contact_name: Mapped[Name] = mapped_column(default="")
    contact_phone: Mapped[Word] = mapped_column(default="")
    credit_code: Mapped[str | None] = mapped_column(String(18))
    filing_number: Mapped[str | None] = mapped_column(String(60))
    term_until: Mapped[date | None]
    incubated_since: Mapped[date | None]
    consenting_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    members_count: Mapped[int | None]
    skills: Mapped[Note] = mapped_column(default="")
    applied_at: Mapped[Moment] = mapped_column(default=clock.now)
    answer_due: Mapped[date | None]
    active_since: Mapped[date | None]
    verified_until: Mapped[date | None]
    reminded_for: Mapped[date | None]
    reason: Mapped[Note] = mapped_column(default="")

    place: Mapped[Place] = relationship(foreign_keys=place_id)
    consenting: Mapped[Place | None] = relationship(foreign_keys=consenting_id)
    members: Mapped[list[Member]] = relationship(back_populates="partner", order_by=Member.id)
    abilities: Mapped[list[Ability]] = relationship(back_populates="partner", order_by=Ability.id)
    capabilities: Mapped[list[Capability]] = relationship(
        secondary=partner_capability,
        primaryjoin=lambda: (Partner.id == Ability.partner_id) & Ability.until.is_(None),
        order_by=Capability.position,
        viewonly=True,
    )
    areas: Mapped[list[Place]] = relationship(secondary=partner_area, order_by=Place.path)
    compounds: Mapped[list[Place]] = relationship(secondary=partner_compound, order_by=Place.path)
    functions: Mapped[list[Category]] = relationship(secondary=partner_function, order_by=Category.position)
    verifications: Mapped[list[Verification]] = relationship(back_populates="partner", order_by=Verification.id)
    renewals: Mapped[list[Renewal]] = relationship(back_populates="partner", order_by=Renewal.id)

    @classmethod
    def active(cls):
        """A condition: may take things on today. What has run out may not, whether or not a job has noted it."""
        today = bindparam("today", callable_=clock.today, type_=Date, unique=True)
        return (cls.stage == Stage.ACTIVE) & or_(cls.verified_until.is_(None), cls.verified_until >= today)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Everybody sees active partners; others are seen by their members and by the staff of the place."""
        if person.id is None:
            return select(cls).where(cls.active())
        here = select(Place.id).where(in_ranges(Place.path, person.reach))
        mine = select(Member.partner_id).where(Member.person_id == person.id, Member.until.is_(None))
        near = cls.place_id.in_(here) if person.reach else false()
        return select(cls).where(or_(cls.active(), near, cls.id.in_(mine)))

    @classmethod
    def serving(cls, place: Place, *, near: bool = False):
        """A condition: serves this place, something in it, or a wider place (`near`: no wider than its community)."""
        wide = place.ancestor_ids[COMMUNITY:] if near else place.ancestor_ids
        areas = select(partner_area.c.partner_id).join(Place, Place.id == partner_area.c.place_id)
        return cls.id.in_(areas.where(or_(Place.id.in_(wide), Place.within(place))))

    @property
    def is_active(self) -> bool:
        """Whether it may take things on today."""
        return self.stage is Stage.ACTIVE and not self.has_run_out

    @property
    def stage_now(self) -> Stage:
        """Where it stands today: what has run out is not active, whether or not a job has noted it."""
        return Stage.LAPSED if self.stage is Stage.ACTIVE and self.has_run_out else self.stage

    def __str__(self):
        return self.name
