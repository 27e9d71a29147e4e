"""Incubations: a firm that a community raises, from its application to the partner that it becomes."""

from datetime import date

from sqlalchemy import ForeignKey, Index, Select, false, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.person import Person
from communities.place import Place, in_ranges
from kernel.choice import stored
from kernel.db import Id, Model, Name, Note, Word
from kernel.privacy import kept

from ..member import memberships
from ..partner import Partner
from .becoming import Becoming
from .branch import Branch
from .incubating import Stage
from .milestone import Milestone
from .raising import Raising
from .support import Support

LIVING = text("stage NOT IN ('left', 'refused')")


class Incubation(Raising, Becoming, Model):
    """One firm in one community's incubator; never deleted, it moves on."""

    __tablename__ = "incubation"
    __private__ = True
    __table_args__ = (
        Index("uq_incubation_living", "place_id", "name", unique=True, sqlite_where=LIVING, postgresql_where=LIVING),
        Index("ix_incubation_place_stage", "place_id", "stage", "id"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), info=kept("which community raises it"))
    name: Mapped[Name] = mapped_column(info=kept("how the firm is called"))
    idea: Mapped[Note] = mapped_column(default="", info=kept("what it wants to do"))
    founder_name: Mapped[Name] = mapped_column(default="", info=kept("whom to ask for"))
    founder_phone: Mapped[Word] = mapped_column(default="", info=kept("to reach the founder"))
    founder_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), index=True, info=kept("whose account sees it")
    )
    stage: Mapped[Stage] = mapped_column(stored(Stage), default=Stage.APPLIED, info=kept("where it stands"))
    reason: Mapped[Note] = mapped_column(default="", info=kept("why it was refused or left"))
    applied_on: Mapped[date] = mapped_column(info=kept("when it asked"))
    answer_due: Mapped[date | None] = mapped_column(info=kept("when it is to be answered"))
    since: Mapped[date | None] = mapped_column(info=kept("when it was taken in"))
    graduated_on: Mapped[date | None] = mapped_column(info=kept("when it graduated"))
    refused_on: Mapped[date | None] = mapped_column(info=kept("when it was refused"))
    left_on: Mapped[date | None] = mapped_column(info=kept("when it left"))
    partner_id: Mapped[int | None] = mapped_column(
        ForeignKey("partner.id"), unique=True, info=kept("which partner it became")
    )
    version: Mapped[int] = mapped_column(info=kept("to notice two who change it"))

    __mapper_args__ = {"version_id_col": version}

    place: Mapped[Place] = relationship()
    founder: Mapped[Person | None] = relationship()
    partner: Mapped[Partner | None] = relationship()
    milestones: Mapped[list[Milestone]] = relationship(
        back_populates="incubation", order_by=(Milestone.due, Milestone.id)
    )
    supports: Mapped[list[Support]] = relationship(
        back_populates="incubation", order_by=(Support.day.desc(), Support.id.desc())
    )
    branches: Mapped[list[Branch]] = relationship(back_populates="incubation", order_by=Branch.id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Its own people, and the staff of its place and of those above."""
        if person.id is None:
            return select(cls).where(false())
        here = select(Place.id).where(in_ranges(Place.path, person.reach))
        near = cls.place_id.in_(here) if person.reach else false()
        mine = [member.partner_id for member in memberships(person)]
        return select(cls).where(or_(cls.founder_id == person.id, near, cls.partner_id.in_(mine)))

    def __str__(self):
        return self.name
