"""Corrections: a volunteer says that his hours are wrong; the unit answers in 10 working days (67号令 art. 12, 13)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Instant, Model, Moment, Note, db, seen
from kernel.privacy import kept

from ..attendances.attendance import Attendance
from ..signup import APPOINTED, Signup
from .correction_state import (
    MOVES,
    AskedAlready,
    NotExpected,
    NotNow,
    NotOver,
    NoVolunteering,
    SameMinutes,
    State,
    WhyNot,
)
from .entry import Entry, Reason, unit_of
from .entry import Kind as EntryKind
from .review import MOST, OwnHours, TooLong, due, of_signup
from .unit import RecordingUnit

ASKS_WHEN = APPOINTED  # whoever was expected: also 未到 may be wrong


class Correction(Noted, Model):
    """One wish: of which sign-up, how many minutes it should be, why in words; and the answer."""

    __tablename__ = "hour_correction"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_hour_correction_living",
            "signup_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        Index("ix_hour_correction_unit", "unit_id", "state"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("recording_unit.id"), info=kept("who answers"))
    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), info=kept("what it is about"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("who asks"))
    minutes: Mapped[int] = mapped_column(info=kept("how much it should be"))
    reason: Mapped[Reason] = mapped_column(stored(Reason), info=kept("why it is wrong"))
    said: Mapped[Note] = mapped_column(default="", info=kept("why it is wrong, in the words of the volunteer"))
    state: Mapped[State] = mapped_column(stored(State), default=State.ASKED, info=kept("what came of it"))
    asked_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("when it was asked"))
    due: Mapped[date] = mapped_column(info=kept("by when it is answered"))
    answer: Mapped[Note] = mapped_column(default="", info=kept("what the unit answered"))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who answered"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was answered"))

    unit: Mapped[RecordingUnit] = relationship()
    signup: Mapped[Signup] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those that one answers as staff."""
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.unit_id.in_(RecordingUnit.kept_by(person)))))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """The unit before the wish: who appends holds the unit."""
        unit = select(cls.unit_id).where(cls.id == id).scalar_subquery()
        held = select(RecordingUnit.id).where(RecordingUnit.id == unit)
        db.session.execute(held.with_for_update(of=RecordingUnit, key_share=True))

    @classmethod
    def ask(cls, signup: Signup, minutes: int, reason: Reason, said: str = "", *, by) -> "Correction":
        """The volunteer says what it should be; the unit answers within 10 working days.

        Refuses before the end (`NotOver`), who was not expected (`NotExpected`), a second wish (`AskedAlready`), what
        stands there already (`SameMinutes`), more than a day (`TooLong`), other kinds of service (`NoVolunteering`).
        """
        if signup.shift.ends_at > clock.now():
            raise NotOver
        if signup.state not in ASKS_WHEN:
            raise NotExpected
        if not 0 <= minutes <= MOST:
            raise TooLong
        unit = RecordingUnit.hold(*unit_of(signup))
        check_kind(unit, signup)
        living = select(cls).where(cls.signup_id == signup.id, cls.state == State.ASKED)
        if earlier := db.session.scalar(seen(living)):
            raise AskedAlready(day=earlier.due)
        if recorded(signup) == minutes:
            raise SameMinutes
        facts = {"minutes": minutes, "reason": reason, "said": said.strip(), "due": due(clock.today())}
        wish = cls(unit=unit, signup=signup, person_id=signup.person_id, **facts)
        db.session.add(wish)
        wish.note("correction.asked", by, shift=signup.shift_id, person=signup.person_id)
        return wish

    def grant(self, *, by) -> Entry:
        """Yes: an entry with the difference, under the code of the reason. Refuses one's own (`OwnHours`)."""
        if by.id == self.person_id:
            raise OwnHours
        unit = RecordingUnit.hold(self.unit.place, self.unit.partner)
        check_kind(unit, self.signup)
        self._answer(State.GRANTED, "", by)
        known = recorded(self.signup)
        kind = EntryKind.SERVICE if known is None else EntryKind.CORRECTION
        facts = {"kind": kind, "reason": self.reason, "minutes": self.minutes - (known or 0)}
        if (row := Attendance.of(self.signup)) is not None:
            row.differs_since = row.changed_by_id = None  # whoever answered has looked
        entry = Entry.append(unit, by=by, proposed_by_id=self.person_id, **facts, **of_signup(self.signup))
        self.note("correction.granted", by, tell=[self.person], shift=self.signup.shift_id)
        return entry

    def decline(self, answer: str, *, by) -> None:
        """No, and why. Refuses one's own (`OwnHours`) and without a reason (`WhyNot`)."""
        if by.id == self.person_id:
            raise OwnHours
        if not answer.strip():
            raise WhyNot
        self._answer(State.DECLINED, answer.strip(), by)
        self.note("correction.declined", by, tell=[self.person], shift=self.signup.shift_id)

    def drop(self, *, by) -> None:
        """The volunteer takes it back."""
        self._answer(State.DROPPED, "", by)
        self.note("correction.dropped", by, shift=self.signup.shift_id, person=self.person_id)

    def _answer(self, state: State, answer: str, by) -> None:
        if state not in MOVES[self.state]:
            raise NotNow(state=self.state.label)
        self.state, self.answer = state, answer
        self.answered_by_id, self.answered_at = by.id, clock.now()

    def journal_place_id(self) -> int:
        """Who answers it."""
        return self.unit.place_id


def recorded(signup: Signup) -> int | None:
    """The minutes that the ledger has of a sign-up, corrections included; None where nothing was settled."""
    rows = db.session.scalars(seen(select(Entry.minutes).where(Entry.signup_id == signup.id))).all()
    return sum(rows) if rows else None


def check_kind(unit: RecordingUnit, signup: Signup) -> None:
    """Whether this unit records that kind of service. Raises `NoVolunteering`."""
    kind = signup.shift.duty.service_kind
    if not unit.takes(kind):
        raise NoVolunteering(kind=kind.label)
