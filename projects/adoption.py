"""Adoptions: a partner takes on some units of a part; rows are never deleted, they change state."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.working_day import working_days_after
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Note, db
from kernel.i18n import _
from kernel.work import Refusal
from partners.partner import Partner

from .part import Part
from .standing import LIVING, PartnerNotActive, Standing, State

if TYPE_CHECKING:
    from .project import Project

ANSWER_IN = 2  # working days


class AdoptedAlready(Refusal):
    """One living adoption a partner and part; more of it is another quantity, not another row."""

    message = _("“%(partner)s”已经认领了“%(part)s”。要改数量，请先退出再认领。")
    field = "part_id"


class Adoption(Standing, Model):
    """One partner, one part, so many units; the first adopter of a project that runs is its lead."""

    __tablename__ = "adoption"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index(
            "uq_adoption_living",
            "part_id",
            "partner_id",
            unique=True,
            sqlite_where=text("state IN ('asked', 'running', 'delivered')"),
            postgresql_where=text("state IN ('asked', 'running', 'delivered')"),
        ),
    )

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id"))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    quantity: Mapped[int]
    pledge: Mapped[Note] = mapped_column(default="")
    state: Mapped[State] = mapped_column(stored(State), default=State.ASKED)
    asked_at: Mapped[Moment] = mapped_column(default=clock.now)
    answer_due: Mapped[date | None]
    running_since: Mapped[date | None]
    delivered_on: Mapped[date | None]
    report: Mapped[Note] = mapped_column(default="")
    reason: Mapped[Note] = mapped_column(default="")

    project: Mapped["Project"] = relationship(back_populates="adoptions")
    part: Mapped[Part] = relationship()
    partner: Mapped[Partner] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever sees the project sees who took it on."""
        project = cls.project.property.entity.class_
        return select(cls).where(cls.project_id.in_(project.seen_by(person).with_only_columns(project.id)))

    @classmethod
    def ask(cls, project, partner, part: Part, quantity: int, *, pledge: str, by) -> "Adoption":
        """Take the units at once and ask the committee; called by `Project.adopt`, which holds the lock."""
        if not partner.is_active:
            raise PartnerNotActive(partner=partner.name)
        if any(a.part_id == part.id and a.partner_id == partner.id for a in project.living_adoptions):
            raise AdoptedAlready(partner=partner.name, part=part.title)
        part.take(quantity)
        due = working_days_after(clock.today(), ANSWER_IN)
        adoption = cls(part=part, partner=partner, quantity=quantity, pledge=pledge, answer_due=due)
        project.adoptions.append(adoption)
        db.session.flush()
        adoption._note("adoption.asked", by)
        return adoption

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the project of an adoption before the adoption itself: every verb here changes its parts or stage."""
        project = cls.project.property.entity.class_
        of_this = project.id == select(cls.project_id).where(cls.id == id).scalar_subquery()
        db.session.scalar(select(project).where(of_this).with_for_update(of=project, key_share=True))

    @property
    def is_living(self) -> bool:
        """Whether its units are taken."""
        return self.state in LIVING

    @property
    def is_lead(self) -> bool:
        """The first of those who took something on and stayed."""
        return self.is_living and self.id == min(adoption.id for adoption in self.project.living_adoptions)

    def journal_place_id(self) -> int:
        """Where its project is."""
        return self.project.place_id
