"""Adoptions: a partner takes on some units of a part; rows are never deleted, they change state."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, exists, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.working_day import working_days_after
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Note, db
from kernel.i18n import _
from kernel.work import Refusal
from partners.agreements.agreement import Agreement
from partners.partner import Partner

from .agreed import Agreed
from .idling import Idling
from .leading import Leading
from .milestone import Milestone
from .part import Part
from .pausing import Pausing
from .plain_words import plain
from .promising import Promising
from .standing import LIVING, PartnerNotActive, Standing, State

if TYPE_CHECKING:
    from .evaluation import Evaluation
    from .project import Project
    from .transfer import Transfer

ANSWER_IN = 2  # working days


class AdoptedAlready(Refusal):
    """One living adoption a partner and part; more of it is another quantity, not another row."""

    message = _("“%(partner)s”已经认领了“%(part)s”。要改数量，请先退出再认领。")
    field = "part_id"


class Adoption(Idling, Pausing, Promising, Leading, Agreed, Standing, Model):
    """One partner, one part, so many units; one of those who adopted a project is its lead, at first the first."""

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
        Index(
            "uq_adoption_lead", "project_id", unique=True, sqlite_where=text("leads"), postgresql_where=text("leads")
        ),
        Index(
            "ix_adoption_idle",
            "active_on",
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
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
    leads: Mapped[bool] = mapped_column(default=False)
    active_on: Mapped[date] = mapped_column(default=clock.today)
    release_on: Mapped[date | None]
    prolonged_on: Mapped[date | None]
    prolonged_why: Mapped[Note] = mapped_column(default="")
    paused_since: Mapped[date | None]
    paused_until: Mapped[date | None]
    paused_why: Mapped[Note] = mapped_column(default="")
    took_over_id: Mapped[int | None] = mapped_column(ForeignKey("adoption.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))

    project: Mapped["Project"] = relationship(back_populates="adoptions")
    part: Mapped[Part] = relationship()
    partner: Mapped[Partner] = relationship()
    milestones: Mapped[list[Milestone]] = relationship(
        back_populates="adoption", order_by=(Milestone.due, Milestone.id)
    )
    transfers: Mapped[list["Transfer"]] = relationship(
        back_populates="adoption", order_by="Transfer.id", foreign_keys="Transfer.adoption_id"
    )
    evaluation: Mapped["Evaluation | None"] = relationship(back_populates="adoption")
    agreement: Mapped[Agreement | None] = relationship()
    took_over: Mapped["Adoption | None"] = relationship(remote_side="Adoption.id")

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever sees the project sees who took it on."""
        project = cls.project.property.entity.class_
        return select(cls).where(cls.project_id.in_(project.seen_by(person).with_only_columns(project.id)))

    @classmethod
    def ask(cls, project, partner, part: Part, quantity: int, *, pledge: str, by) -> "Adoption":
        """Take the units at once and ask the committee, or begin where the project says so.

        Called by `Project.adopt`, which holds the lock. Refuses a pledge that sells something (`Promotes`).
        """
        if not partner.is_active:
            raise PartnerNotActive(partner=partner.name)
        if any(a.part_id == part.id and a.partner_id == partner.id for a in project.living_adoptions):
            raise AdoptedAlready(partner=partner.name, part=part.title)
        part.take(quantity)
        leads = not db.session.scalar(select(exists().where(cls.project_id == project.id, cls.leads)))  # as it is now
        adoption = cls(part=part, partner=partner, quantity=quantity, pledge=plain(pledge, "pledge"), leads=leads)
        project.adoptions.append(adoption)
        db.session.flush()
        if project.at_once:
            adoption.begin(by=by)
        else:
            adoption.answer_due = working_days_after(clock.today(), ANSWER_IN)
            adoption._note("adoption.asked", by)
        return adoption

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the project of an adoption before the adoption itself: every verb here changes its parts or stage."""
        project = cls.project.property.entity.class_
        of_this = project.id == select(cls.project_id).where(cls.id == id).scalar_subquery()
        db.session.scalar(select(project).where(of_this).with_for_update(of=project, key_share=True))

    @property
    def offer(self) -> "Transfer | None":
        """The hand-over that somebody is still to answer."""
        return next((transfer for transfer in self.transfers if transfer.is_open), None)

    def _drop_offer(self, by) -> None:
        """What ends is handed over to nobody."""
        if self.offer is not None:
            self.offer.withdraw(by=by)

    @property
    def is_living(self) -> bool:
        """Whether its units are taken."""
        return self.state in LIVING

    @property
    def is_running(self) -> bool:
        """Whether its partner is at work."""
        return self.state is State.RUNNING

    @property
    def is_lead(self) -> bool:
        """Whether it leads those who took something of this project on."""
        return self.leads

    def journal_place_id(self) -> int:
        """Where its project is."""
        return self.project.place_id
