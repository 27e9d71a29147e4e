"""Party branches of raised firms: linked or not, how many members, with consent; a count, never names: PIPL art. 29."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.agreeing import ENDED
from communities.consent import Consent
from communities.person import Person
from communities.purpose import Purpose, Way
from kernel import clock
from kernel.db import Id, Instant, Model, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal

if TYPE_CHECKING:
    from .incubation import Incubation

LIVING = text("ended_at IS NULL")


class NobodyToAsk(Refusal):
    """Without an account nobody can agree."""

    message = _("还没有连上创办人的账号，没有人能同意。请先连上账号，再记这一项。")
    field = "members"


class NoBranch(Refusal):
    """Two windows were open."""

    message = _("党组织联系已经不记了，请刷新后再看。")


class Branch(Model):
    """A firm is linked to a Party branch; how many of its people are members, as its founder agreed to say."""

    __tablename__ = "incubation_branch"
    __private__ = True
    __table_args__ = (
        CheckConstraint("members >= 0", name="members_counted"),
        Index(
            "uq_incubation_branch_living",
            "incubation_id",
            unique=True,
            sqlite_where=LIVING,
            postgresql_where=LIVING,
        ),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    incubation_id: Mapped[int] = mapped_column(ForeignKey("incubation.id"), info=kept("which firm it is"))
    members: Mapped[int | None] = mapped_column(info=kept("to add up counts, never names", sensitive=True))
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"), index=True, info=kept("who agreed to say it"))
    since: Mapped[date] = mapped_column(default=clock.today, info=kept("from when on"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("until when"))

    incubation: Mapped["Incubation"] = relationship(back_populates="branches")
    consent: Mapped[Consent] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever sees the incubation."""
        incubation = cls.incubation.property.entity.class_
        return select(cls).where(cls.incubation_id.in_(incubation.seen_by(person).with_only_columns(incubation.id)))

    @classmethod
    def lock_founder(cls, id: int) -> None:
        """Hold the founder of this incubation before the incubation: a consent is written under the person's lock."""
        incubation = cls.incubation.property.entity.class_
        founder = select(incubation.founder_id).where(incubation.id == id).scalar_subquery()
        db.session.execute(select(Person.id).where(Person.id == founder).with_for_update(key_share=True))

    @classmethod
    def note_down(cls, incubation: "Incubation", members: int, *, by, way: Way = Way.SCREEN) -> "Branch":
        """The founder says it on the screen, or somebody heard it of him; a new count takes the old one's place.

        Refuses a firm without an account that could agree (`NobodyToAsk`), and what a consent refuses.
        """
        founder = incubation.founder
        if founder is None:
            raise NobodyToAsk
        held = Consent.held(founder, Purpose.BRANCH)
        consent = held or Consent.give(founder, Purpose.BRANCH, by=by, way=Way.SCREEN if by.id == founder.id else way)
        if incubation.branch is not None:
            incubation.branch.end()
        branch = cls(members=members, consent=consent, since=clock.today())
        incubation.branches.append(branch)
        incubation._note("incubation.branch_noted", by)
        return branch

    def end(self) -> None:
        """It counts no longer, and the count is gone."""
        self.members, self.ended_at = None, clock.now()
        db.session.flush()

    def take_back(self, *, by) -> None:
        """The firm is not linked any more; what the founder agreed to is his own to take back."""
        if self.ended_at is not None:
            raise NoBranch
        self.end()
        self.incubation._note("incubation.branch_ended", by)


def let_go(person, by) -> None:
    """What rested on a consent that was taken back."""
    mine = select(Branch).join(Branch.consent).where(Consent.person_id == person.id, Branch.ended_at.is_(None))
    for branch in db.session.scalars(seen(mine.order_by(Branch.id))).all():
        branch.take_back(by=by)


ENDED[Purpose.BRANCH].append(let_go)
