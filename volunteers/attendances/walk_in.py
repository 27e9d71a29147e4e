"""Walk-ins: whoever did not sign up and comes all the same; the lead says yes, or signs him up on the spot."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, UniqueConstraint, case, select, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal

from .. import refusals
from ..shift import Shift
from ..signup import HOLDS_SEAT, Signup, State
from . import window
from .attendance import HERE, Attendance, HereAlready, Way

# What keeps nobody from helping who is there already.
EXCUSED = (refusals.ShiftOver, refusals.SignUpClosed, refusals.SignedUpAlready, refusals.FairShare)


class Asking(Choice):
    """What became of a walk-in who asked at the door."""

    ASKED = "asked", _("等负责人点头")
    TAKEN = "taken", _("已加进名单")
    DECLINED = "declined", _("这次不缺人")


MOVES = {Asking.ASKED: {Asking.TAKEN, Asking.DECLINED}, Asking.TAKEN: set(), Asking.DECLINED: {Asking.ASKED}}


class AskedAlready(Refusal):
    """Once is enough."""

    message = _("您已经说过了，负责人的名单上看得到；请找他点一下头。")


class InTheList(Refusal):
    """Who signed up needs no leave."""

    message = _("您在名单上，不用再问，直接点“签到”就行。")


class AnsweredAlready(Refusal):
    """The lead has answered."""

    message = _("%(person)s已经答复过了，请刷新名单再看。")


class CannotHelp(Refusal):
    """A rule that holds for everybody holds at the door too."""

    message = _("%(person)s这次不能加进名单：%(why)s")
    field = "phone"


class WalkIn(Noted, Model):
    """Somebody who scanned the code at the door without having signed up, and asks the lead."""

    __tablename__ = "walk_in"
    __private__ = True
    __table_args__ = (UniqueConstraint("shift_id", "person_id"),)

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), info=kept("which shift it is for"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("who asks"))
    came_at: Mapped[Moment] = mapped_column(info=kept("from when the hours count"))
    state: Mapped[Asking] = mapped_column(stored(Asking), default=Asking.ASKED, info=kept("what the lead said"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when the lead answered"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who answered"))

    shift: Mapped[Shift] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own; those of shifts whose sign-ups one sees as staff or lead."""
        if person.id is None:
            return seen(select(cls).where(cls.person_id.is_(None)))
        return seen(select(cls).where((cls.person_id == person.id) | cls.shift.has(Signup.here(person))))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """The person and the shift of this row, before the row."""
        of_person = select(cls.person_id).where(cls.id == id).scalar_subquery()
        of_shift = select(cls.shift_id).where(cls.id == id).scalar_subquery()
        db.session.execute(select(Person.id).where(Person.id == of_person).with_for_update(key_share=True))
        db.session.execute(select(Shift.id).where(Shift.id == of_shift).with_for_update(key_share=True))

    @classmethod
    def of(cls, shift: Shift, person) -> "WalkIn | None":
        """This person's row."""
        return db.session.scalar(seen(select(cls).where(cls.shift_id == shift.id, cls.person_id == person.id)))

    @classmethod
    def waiting(cls, shift: Shift) -> Select:
        """Who waits for an answer, in the order of asking."""
        mine = select(cls).where(cls.shift_id == shift.id, cls.state == Asking.ASKED).order_by(cls.came_at, cls.id)
        return seen(mine.options(joinedload(cls.person, innerjoin=True)))

    @classmethod
    def ask(cls, shift: Shift, person, *, at: datetime) -> "WalkIn":
        """今天临时来帮忙. `at` is when the code was scanned. The person and the shift are locked.

        Refuses whoever cannot help here at all (`CannotHelp`), is in the list, or has asked.
        """
        window.check(shift)
        signup = check(shift, person)
        if signup is not None and signup.is_appointed:
            raise InTheList
        row = cls.of(shift, person)
        if row is not None and row.state is not Asking.DECLINED:
            raise AskedAlready
        row = row or cls(shift=shift, person=person)
        row.state, row.came_at, row.answered_at, row.by_id = Asking.ASKED, at, None, None
        db.session.add(row)
        lead = [shift.duty.lead] if shift.duty.lead else []
        row.note("walk_in.asked", person, tell=lead, shift=shift.id, person=person.id)
        return row

    def take(self, *, by) -> Attendance:
        """The lead says yes: a place in the list, there since the scan. Refuses as `add` does, and a second answer."""
        self._answer(Asking.TAKEN, by)
        return add(self.shift, self.person, way=Way.QR, by=by, at=self.came_at)

    def decline(self, *, by) -> None:
        """There are hands enough; the person is told, and may ask again."""
        self._answer(Asking.DECLINED, by)
        self.note("walk_in.declined", by, tell=[self.person], shift=self.shift_id, person=self.person_id)

    def _answer(self, state: Asking, by) -> None:
        if state not in MOVES[self.state]:
            raise AnsweredAlready(person=self.person.called)
        self.state, self.answered_at, self.by_id = state, clock.now(), by.id

    def journal_place_id(self) -> int:
        """Where the shift is."""
        return self.shift.place_id


def check(shift: Shift, person) -> Signup | None:
    """Whether somebody who is there may help; his sign-up where he has one.

    Who signed up has passed the gates. Raises `HereAlready`, and `CannotHelp` with the first that holds here too.
    """
    signup = shift.signup_of(person)
    if signup is not None and signup.state in HERE:
        raise HereAlready(person=person.called)
    if signup is not None and signup.is_appointed:
        return signup
    found = [refusal for refusal in shift.refusals_for(person) if not isinstance(refusal, EXCUSED)]
    if found:
        raise CannotHelp(person=person.called, why=found[0])
    return signup


def add(shift: Shift, person, *, way: Way, by, at: datetime | None = None) -> Attendance:
    """Put a walk-in into the list and note that he came, in one step. The person and the shift are locked.

    Where all seats are taken there is one more: he is there. Whoever is in the list already has come, that is all.
    Refuses as `check` and `Attendance.arrive` do.
    """
    window.check(shift)
    signup = check(shift, person)
    if signup is None or not signup.is_appointed:
        enter(shift, signup, person, by=by)
    return Attendance.arrive(shift, person, way=way, by=by, at=at)


def enter(shift: Shift, signup: Signup | None, person, *, by) -> None:
    """A place in the list for somebody who is there; an offer, or a sign-up that waits for the lead, holds a seat."""
    if signup is None or signup.state not in HOLDS_SEAT:
        seat_for(shift)
    if signup is None:
        signup = Signup(shift=shift, person=person, state=State.CONFIRMED, confirmed_at=clock.now())
        db.session.add(signup)
        db.session.flush()
    else:
        signup.move(State.CONFIRMED)
    signup.by_id = by.id
    person.forget()
    signup.note("signup.walked_in", by, tell=[person], shift=shift.id, person=person.id)


def seat_for(shift: Shift) -> None:
    """A seat for somebody who is there, one more than planned where none is left; one statement, so never too few."""
    more = case((Shift.taken < Shift.seats, Shift.seats), else_=Shift.seats + 1)
    grown = update(Shift).where(Shift.id == shift.id).values(taken=Shift.taken + 1, seats=more)
    db.session.execute(grown.execution_options(synchronize_session=False))
    db.session.refresh(shift, ["taken", "seats"])
