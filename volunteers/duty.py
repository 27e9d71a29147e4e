"""Duties: recurring work with a role, its risks stated and a person in charge; shifts are its dates."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, or_, select, text, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.catalogue import Capability, Category
from communities.journal import Audience
from communities.noted import Noted
from communities.person import Person
from communities.place import Place
from kernel import clock, search
from kernel.choice import Choice, stored
from kernel.db import Id, Model, Moment, Name, Note, Title, db, seen
from kernel.i18n import _
from kernel.work import Refusal
from partners.member import memberships
from partners.partner import Partner
from projects.project import Project

from . import terms
from .instead import Instead, check_grounds
from .signup import LIVING
from .tickets import calling_off as of_residents
from .tickets.counter import Counter

if TYPE_CHECKING:
    from .shift import Shift


PRESENCE_SHARE = 60  # per cent of the planned time; whoever was there for less has no hours from this shift


class ServiceKind(Choice):
    """67号令 art. 19: only voluntary, unpaid service counts as volunteer hours."""

    VOLUNTEER = "volunteer", _("志愿服务")
    REPORT_IN = "report_in", _("党员报到")
    VISIT = "visit", _("履职走访")
    PARTNER = "partner", _("合伙人公益")
    LOW_PRICED = "low_priced", _("低偿便民")


class Danger(Choice):
    """条例 art. 17: how much can happen; level 2 needs an accident insurance."""

    NONE = "0", _("一般")
    SOME = "1", _("有一定风险")
    HIGH = "2", _("有人身危险")


class RiskNoteNeeded(Refusal):
    """条例 art. 12: recruiting states the possible risks."""

    message = _("请写明可能的风险和注意事项；没有特别的风险，也请写一句“无特殊风险”。")
    field = "risk_note"


class LeadElsewhere(Refusal):
    """Who records the hours of a shift is who leads it."""

    message = _("“%(partner)s”自己记时长的活动，要由它的成员负责。请换负责人，或者时长由社区记。")
    field = "recorder_id"


class ChangedMeanwhile(Refusal):
    """What was saved is not what was shown when the typing began."""

    message = _("您填写的时候，同事改过这个岗位。您填的还在，请对照上面现在的内容，再保存一次。")


OF_A_PROJECT = text("project_id IS NOT NULL")


class Duty(Instead, terms.Terms, Noted, Model):
    """One role of an activity in a place: “义剪 · 引导排队”."""

    __tablename__ = "duty"
    __table_args__ = (
        Index("ix_duty_place", "place_id"),
        *terms.WITHIN,
        CheckConstraint("presence_share >= 1 AND presence_share <= 100", name="share_of_a_hundred"),
        # Most belong to no project; an index with all of them would look useless to a planner.
        Index("ix_duty_of_project", "project_id", sqlite_where=OF_A_PROJECT, postgresql_where=OF_A_PROJECT),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    activity: Mapped[Name]
    role: Mapped[Name]
    service_kind: Mapped[ServiceKind] = mapped_column(stored(ServiceKind), default=ServiceKind.VOLUNTEER)
    about: Mapped[Note] = mapped_column(default="")
    meeting_point: Mapped[Title] = mapped_column(default="")
    risk_note: Mapped[Note]
    danger: Mapped[Danger] = mapped_column(stored(Danger), default=Danger.NONE)
    insurance_policy: Mapped[Name] = mapped_column(default="")
    outdoor: Mapped[bool] = mapped_column(default=False)
    capability_id: Mapped[int | None] = mapped_column(ForeignKey("capability.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)
    presence_share: Mapped[int] = mapped_column(default=PRESENCE_SHARE)
    written_at: Mapped[Moment] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    place: Mapped[Place] = relationship()
    project: Mapped[Project | None] = relationship()
    category: Mapped[Category] = relationship()
    capability: Mapped[Capability | None] = relationship()
    lead: Mapped[Person | None] = relationship()
    recorder: Mapped[Partner | None] = relationship()
    counter: Mapped[Counter | None] = relationship(back_populates="duty")
    shifts: Mapped[list["Shift"]] = relationship(back_populates="duty", order_by="Shift.starts_at")

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public, like the shifts."""
        return select(cls)

    @classmethod
    def whole(cls, id: int) -> Select:
        """One duty with all that its page says, in one statement."""
        named = cls.project, cls.capability, cls.lead, cls.recorder, cls.counter
        sure = cls.place, cls.category
        options = [joinedload(one) for one in named] + [joinedload(one, innerjoin=True) for one in sure]
        return select(cls).where(cls.id == id).options(*options)

    @classmethod
    def write(cls, place: Place, *, by, **facts) -> "Duty":
        """A new duty.

        Refuses without a risk note (条例 art. 12), what a property contract contains, and a recorder whose member does
        not lead it.
        """
        if not facts.get("risk_note", "").strip():
            raise RiskNoteNeeded
        terms.check(**facts)
        check_recorder(facts.get("recorder"), facts.get("lead") or by)
        check_grounds(place, facts["category"].id, facts.get("grounds"), facts.get("grounds_words", ""))
        duty = cls(place=place, **facts)
        duty.lead = duty.lead or by
        db.session.add(duty)
        db.session.flush()
        search.index("duty", duty.id, duty.title, duty.about)
        duty.note("duty.written", by, audience=Audience.PLACE, duty=duty.id)
        return duty

    def revise(self, *, version: int, by, lead: Person | None = None, **facts) -> None:
        """Correct it, perhaps under another lead; whoever is expected at a coming date is told when its point moves.

        Refuses without a risk note, without a public reason for what a property contract contains, a recorder that
        does not lead it (`LeadElsewhere`), and a save over a colleague's (`ChangedMeanwhile`); `version` is what was
        shown.
        """
        if version != self.version:
            raise ChangedMeanwhile
        if not facts.get("risk_note", self.risk_note).strip():
            raise RiskNoteNeeded
        terms.check(**facts)
        check_recorder(facts.get("recorder", self.recorder), lead or self.lead)
        category, grounds = facts.get("category", self.category), facts.get("grounds", self.grounds)
        check_grounds(self.place, category.id, grounds, facts.get("grounds_words", self.grounds_words))
        moved = facts.get("meeting_point", self.meeting_point) != self.meeting_point
        for name, value in facts.items():
            setattr(self, name, value)
        search.index("duty", self.id, self.title, self.about)
        shift = Duty.shifts.property.entity.class_
        coming = (shift.duty_id == self.id) & (shift.ends_at > clock.now())
        db.session.execute(
            update(shift).where(coming).values(changed_at=clock.now(), sequence=shift.sequence + int(moved))
        )
        if moved:
            of_residents.ring_about_place(self)
        self.note("duty.moved" if moved else "duty.revised", by, tell=self.expected() if moved else (), duty=self.id)
        if lead is not None and lead.id != self.lead_id:
            self.hand_over(lead, by=by)

    def expected(self) -> list[Person]:
        """Whoever signed up for one of its coming dates, or has a ticket for it."""
        shift = Duty.shifts.property.entity.class_
        signup = shift.signups.property.entity.class_
        living = select(signup.person_id).join(signup.shift)
        living = living.where(shift.duty_id == self.id, shift.ends_at > clock.now(), signup.state.in_(LIVING))
        coming = select(shift.id).where(shift.duty_id == self.id, shift.ends_at > clock.now())
        told = or_(Person.id.in_(living), of_residents.holders(coming))
        return list(db.session.scalars(seen(select(Person).where(told).order_by(Person.id))))

    def hand_over(self, successor: Person, *, by) -> None:
        """Another person is in charge of it from now on; one from elsewhere leaves its hours to the community."""
        self.lead = successor
        if not leads_for(self.recorder, successor):
            self.recorder = None
        self.note("duty.handed_over", by, tell=[successor], duty=self.id, person=successor.id)

    @property
    def title(self) -> str:
        """活动 · 岗位."""
        return f"{self.activity} · {self.role}" if self.role else self.activity

    @property
    def is_insured(self) -> bool:
        """条例 art. 17: dangerous work takes sign-ups only with a policy."""
        return self.danger is not Danger.HIGH or bool(self.insurance_policy)

    def __str__(self):
        return self.title


def leads_for(recorder: Partner | None, lead: Person | None) -> bool:
    """Whether this lead is a member of the partner that records; the community's is whoever it likes."""
    return recorder is None or (lead is not None and any(one.partner_id == recorder.id for one in memberships(lead)))


def check_recorder(recorder: Partner | None, lead: Person | None) -> None:
    """Raises `LeadElsewhere`."""
    if recorder is not None and not leads_for(recorder, lead):
        raise LeadElsewhere(partner=recorder.name)
