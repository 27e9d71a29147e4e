"""Assignments: a place in a building, who holds it, and how far that is; never deleted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Select, bindparam, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.person import Person
from communities.place import Place, in_ranges
from communities.purpose import Way
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Instant, Model, Moment, Note, db
from kernel.i18n import _
from kernel.privacy import kept
from kernel.stored_file import StoredFile
from partners.member import managed_by
from partners.partner import Partner

from .answering import Answering
from .pause import Pause
from .reasons import NotInThisState
from .serving import Serving
from .state import LIVING, MOVES, Door, Role, Standing, State

DAYS = 3650  # who looked after a building is its history
IS_LIVING = text("state IN ('applied', 'invited', 'unconfirmed', 'serving')")


class Assignment(Answering, Serving, Model):
    """A person in a place of a building: (building, role, number). Two rows share a place only by their standing."""

    __tablename__ = "assignment"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_assignment_seat",
            "building_id",
            "role",
            "number",
            "standing",
            unique=True,
            sqlite_where=IS_LIVING,
            postgresql_where=IS_LIVING,
        ),
        Index(
            "uq_assignment_person",
            "building_id",
            "person_id",
            unique=True,
            sqlite_where=IS_LIVING,
            postgresql_where=IS_LIVING,
        ),
        Index("ix_assignment_person", "person_id", "state"),
        Index("ix_assignment_waiting", "state", "answer_due"),
        CheckConstraint("state != 'serving' OR yes_on IS NOT NULL", "own_yes"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to", DAYS))
    building_id: Mapped[int] = mapped_column(ForeignKey("place.id"), info=kept("which building it is", DAYS))
    role: Mapped[Role] = mapped_column(stored(Role), info=kept("what is looked for", DAYS))
    number: Mapped[int] = mapped_column(info=kept("which place of the role", DAYS))
    standing: Mapped[Standing] = mapped_column(
        stored(Standing), default=Standing.HOLDER, info=kept("holder, successor or substitute", DAYS)
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who looks after it", DAYS))
    partner_id: Mapped[int | None] = mapped_column(
        ForeignKey("partner.id"), index=True, info=kept("for which partner the person comes", DAYS)
    )
    state: Mapped[State] = mapped_column(stored(State), info=kept("how far it is", DAYS))
    door: Mapped[Door] = mapped_column(stored(Door), info=kept("who asked whom", DAYS))
    asked_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("since when it waits", DAYS))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who asked", DAYS))
    answer_due: Mapped[date | None] = mapped_column(info=kept("by when it is answered", DAYS))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who agreed to it", DAYS))
    yes_on: Mapped[date | None] = mapped_column(info=kept("to prove the own yes", DAYS))
    yes_way: Mapped[Way | None] = mapped_column(stored(Way), info=kept("how the yes was given", DAYS))
    collected_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), info=kept("who collected the signature", DAYS)
    )
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), info=kept("the signed slip", DAYS))
    since: Mapped[date | None] = mapped_column(info=kept("from when on", DAYS))
    until: Mapped[date | None] = mapped_column(info=kept("until when", DAYS))
    sequence: Mapped[int | None] = mapped_column(info=kept("for calendars to see a change of the last day", DAYS))
    changed_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("for calendars to see a change", DAYS))
    reminded_for: Mapped[date | None] = mapped_column(info=kept("not to remind twice", DAYS))
    ended_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was over", DAYS))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who ended it", DAYS))
    reason: Mapped[Note] = mapped_column(default="", info=kept("why it ended or was declined", DAYS))

    building: Mapped[Place] = relationship(lazy="joined", innerjoin=True)
    person: Mapped[Person] = relationship(foreign_keys=person_id, lazy="joined", innerjoin=True)
    partner: Mapped[Partner | None] = relationship()
    scan: Mapped[StoredFile | None] = relationship()
    pauses: Mapped[list[Pause]] = relationship(back_populates="assignment", order_by=Pause.id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, those of buildings where one serves, those of partners that one manages."""
        if person.id is None:
            return select(cls).where(cls.person_id.is_(None))
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        teams = [partner.id for partner in managed_by(person)]
        return select(cls).where(or_(cls.person_id == person.id, cls.building_id.in_(near), cls.partner_id.in_(teams)))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the person, then the building: the order in which everybody locks."""
        mine = select(cls.person_id).where(cls.id == id).scalar_subquery()
        here = select(cls.building_id).where(cls.id == id).scalar_subquery()
        db.session.execute(select(Person.id).where(Person.id == mine).with_for_update(key_share=True))
        db.session.execute(select(Place.id).where(Place.id == here).with_for_update(key_share=True))

    @classmethod
    def in_post(cls):
        """A condition: in office today; what has run out is not, whether or not a job has noted it."""
        day = bindparam("today", callable_=clock.today, type_=Date, unique=True)
        return (cls.state == State.SERVING) & (cls.since <= day) & or_(cls.until.is_(None), cls.until >= day)

    @property
    def is_living(self) -> bool:
        """Asked, offered, to be confirmed, or serving."""
        return self.state in LIVING

    @property
    def title(self) -> str:
        """“楼栋长”, or what the person is while somebody else is too: “楼栋长（暂代）”."""
        plain = self.standing is Standing.HOLDER
        both = _("%(role)s（%(standing)s）", role=self.role.label, standing=self.standing.label)
        return str(self.role.label if plain else both)

    def move(self, state: State) -> None:
        """Change the state along MOVES."""
        if state not in MOVES[self.state]:
            raise NotInThisState(state=self.state.label)
        self.state = state
        self.answer_due, self.changed_at = None, clock.now()
        if state not in LIVING:
            self.ended_at = clock.now()
        self.person.forget()

    def journal_place_id(self) -> int:
        """Its building."""
        return self.building_id
