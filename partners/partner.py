"""Partners: who takes things on, from the application to the end."""

from datetime import date

from sqlalchemy import Column, ForeignKey, Index, Select, String, Table, false, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.catalogue import Capability, Category
from communities.place import Place, in_ranges
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Name, Note, Word

from .applying import Applying
from .kind import Kind
from .member import Member
from .membership import Membership
from .standing import Stage, Standing

COMMUNITY = 2  # communities stand below district and subdistrict
LIVING_CODE = text("credit_code IS NOT NULL AND stage NOT IN ('refused', 'ended')")

partner_capability = Table(
    "partner_capability",
    Model.metadata,
    Column("partner_id", ForeignKey("partner.id"), primary_key=True),
    Column("capability_id", ForeignKey("capability.id"), primary_key=True, index=True),
)
partner_area = Table(
    "partner_area",
    Model.metadata,
    Column("partner_id", ForeignKey("partner.id"), primary_key=True),
    Column("place_id", ForeignKey("place.id"), primary_key=True, index=True),
)


class Partner(Applying, Standing, Membership, Model):
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
    )

    id: Mapped[Id]
    kind: Mapped[Kind] = mapped_column(stored(Kind))
    name: Mapped[Name]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    stage: Mapped[Stage] = mapped_column(stored(Stage), default=Stage.APPLIED)
    about: Mapped[Note] = mapped_column(default="")
    offers: Mapped[Note] = mapped_column(default="")
    contact_name: Mapped[Name] = mapped_column(default="")
    contact_phone: Mapped[Word] = mapped_column(default="")
    credit_code: Mapped[str | None] = mapped_column(String(18))
    filing_number: Mapped[str | None] = mapped_column(String(60))
    term_until: Mapped[date | None]
    compounds: Mapped[Note] = mapped_column(default="")
    incubated_since: Mapped[date | None]
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    members_count: Mapped[int | None]
    skills: Mapped[Note] = mapped_column(default="")
    applied_at: Mapped[Moment] = mapped_column(default=clock.now)
    answer_due: Mapped[date | None]
    active_since: Mapped[date | None]
    reason: Mapped[Note] = mapped_column(default="")

    place: Mapped[Place] = relationship()
    category: Mapped[Category | None] = relationship()
    members: Mapped[list[Member]] = relationship(back_populates="partner", order_by=Member.id)
    capabilities: Mapped[list[Capability]] = relationship(secondary=partner_capability, order_by=Capability.position)
    areas: Mapped[list[Place]] = relationship(secondary=partner_area, order_by=Place.path)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Everybody sees active partners; others are seen by their members and by the staff of the place."""
        if person.id is None:
            return select(cls).where(cls.stage == Stage.ACTIVE)
        here = select(Place.id).where(in_ranges(Place.path, person.reach))
        mine = select(Member.partner_id).where(Member.person_id == person.id, Member.until.is_(None))
        near = cls.place_id.in_(here) if person.reach else false()
        return select(cls).where(or_(cls.stage == Stage.ACTIVE, near, cls.id.in_(mine)))

    @classmethod
    def serving(cls, place: Place, *, near: bool = False):
        """A condition: serves this place, something in it, or a wider place (`near`: no wider than its community)."""
        wide = place.ancestor_ids[COMMUNITY:] if near else place.ancestor_ids
        areas = select(partner_area.c.partner_id).join(Place, Place.id == partner_area.c.place_id)
        return cls.id.in_(areas.where(or_(Place.id.in_(wide), Place.within(place))))

    @property
    def is_active(self) -> bool:
        """Whether it may take things on."""
        return self.stage is Stage.ACTIVE

    def __str__(self):
        return self.name
