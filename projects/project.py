"""Projects: public-welfare work that a committee publishes and partners adopt."""

from datetime import date

from sqlalchemy import Column, ForeignKey, Index, Select, Table, false, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.catalogue import Capability, Category
from communities.person import Person
from communities.place import Place, in_ranges
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Name, Note, Title, Word

from .adopting import Adopting
from .adoption import Adoption
from .attachment import Attaching, Attachment
from .closing import Closing
from .cutting import Cutting
from .follower import Followed
from .grounds import Grounded
from .joint import Joint
from .origin import Origin
from .part import Part
from .photo import Photo, Picturing
from .reviewing import Reviewing
from .stage import UNSEEN, Stage
from .writing import Writing

project_capability = Table(
    "project_capability",
    Model.metadata,
    Column("project_id", ForeignKey("project.id"), primary_key=True),
    Column("capability_id", ForeignKey("capability.id"), primary_key=True),
)


CLOSED = text("stage = 'closed'")


class Project(Writing, Reviewing, Cutting, Adopting, Joint, Closing, Grounded, Attaching, Picturing, Followed, Model):
    """Something to be done in a place, cut into parts that partners adopt."""

    __tablename__ = "project"
    __table_args__ = (
        Index("ix_project_place_stage", "place_id", "stage"),
        Index("ix_project_stage", "stage", "id"),
        Index("ix_project_stage_start", "stage", "starts_on", "id"),
        Index("ix_project_closed", "closed_on", "id", sqlite_where=CLOSED, postgresql_where=CLOSED),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    title: Mapped[Title]
    about: Mapped[Note] = mapped_column(default="")
    done_means: Mapped[Note] = mapped_column(default="")
    provides: Mapped[Note] = mapped_column(default="")
    risk_note: Mapped[Note] = mapped_column(default="")
    contact_name: Mapped[Name] = mapped_column(default="")
    contact_phone: Mapped[Word] = mapped_column(default="")
    returned: Mapped[Note] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    stage: Mapped[Stage] = mapped_column(stored(Stage), default=Stage.DRAFT)
    posted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[Moment] = mapped_column(default=clock.now)
    posted_at: Mapped[Moment | None]
    delivered_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    outcome: Mapped[Note] = mapped_column(default="")
    people_served: Mapped[int | None]
    at_once: Mapped[bool] = mapped_column(default=False)
    plan: Mapped[Note] = mapped_column(default="")
    version: Mapped[int] = mapped_column(server_default="1")  # of what was there before versions were counted

    __mapper_args__ = {"version_id_col": version}

    place: Mapped[Place] = relationship()
    category: Mapped[Category] = relationship()
    posted_by: Mapped[Person | None] = relationship()
    capabilities: Mapped[list[Capability]] = relationship(
        secondary=project_capability, order_by=(Capability.position, Capability.id)
    )
    parts: Mapped[list[Part]] = relationship(back_populates="project", order_by=Part.id)
    adoptions: Mapped[list[Adoption]] = relationship(back_populates="project", order_by=Adoption.id)

    origins: Mapped[list[Origin]] = relationship(back_populates="project", order_by=Origin.need_id)
    attachments: Mapped[list[Attachment]] = relationship(back_populates="project", order_by=Attachment.id)
    photos: Mapped[list[Photo]] = relationship(back_populates="project", order_by=Photo.id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Everyone sees a posted project; what is not posted is seen where it was written."""
        near = cls.place_id.in_(select(Place.id).where(in_ranges(Place.path, person.reach)))
        return select(cls).where(or_(cls.stage.not_in(UNSEEN), near if person.reach else false()))

    def __str__(self):
        return self.title
