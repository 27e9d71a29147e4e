"""Attendance: that somebody came to a shift, from when to when, and how it is known."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.person import Person
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, db, seen
from kernel.i18n import _, moment
from kernel.privacy import kept
from kernel.work import Refusal

from ..seats import NotSignedUp
from ..shift import Shift
from ..signup import APPOINTED, NotInThisState, Signup, State
from . import window

MINUTE = timedelta(minutes=1)
CHANGED: list = []  # what later packages do when a list is corrected: functions of the row and of who did it
HERE = (State.PRESENT, State.DONE)
DIFFERS = text("differs_since IS NOT NULL")


class Way(Choice):
    """How it is known that somebody came; none needs a phone but the first."""

    QR = "qr", _("现场二维码")
    CODE = "code", _("计时码")
    LIST = "list", _("负责人名单")
    CALL = "call", _("电话回访")
    LATER = "later", _("补记")


class HereAlready(Refusal):
    """Once is enough."""

    message = _("%(person)s已经签到了，不用再签。")


class NotHere(Refusal):
    """Nobody leaves who has not come."""

    message = _("%(person)s还没有签到，不用签退。")


class LeftAlready(Refusal):
    """Once is enough."""

    message = _("%(person)s已经签退了，时间也记好了。")


class Attendance(Model):
    """One row for a sign-up. Whether it counts is told by the state of the sign-up: 未到 leaves the row as it was."""

    __tablename__ = "attendance"
    __private__ = True
    __table_args__ = (
        CheckConstraint("left_at IS NULL OR left_at >= arrived_at", name="left_after_arrival"),
        Index("ix_attendance_differs", "differs_since", sqlite_where=DIFFERS, postgresql_where=DIFFERS),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), unique=True, info=kept("who came to what"))
    arrived_at: Mapped[Moment] = mapped_column(info=kept("from when the hours count"))
    left_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("until when the hours count"))
    way: Mapped[Way] = mapped_column(stored(Way), info=kept("how it is known"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who noted it"))
    closed_by_clock: Mapped[bool] = mapped_column(default=False, info=kept("whether the end was assumed"))
    differs_since: Mapped[datetime | None] = mapped_column(Instant, info=kept("that the ledger says otherwise"))
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who corrected it later"))

    signup: Mapped[Signup] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=by_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """As the sign-ups: one's own, those where one serves, those of duties that one leads."""
        return seen(select(cls).where(cls.signup_id.in_(Signup.seen_by(person).with_only_columns(Signup.id))))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """The shift of this row, before the row."""
        mine = select(Signup.shift_id).join(cls, cls.signup_id == Signup.id).where(cls.id == id).scalar_subquery()
        db.session.execute(select(Shift.id).where(Shift.id == mine).with_for_update(key_share=True))

    @classmethod
    def of(cls, signup: Signup) -> "Attendance | None":
        """The row of this sign-up."""
        return db.session.scalar(seen(select(cls).where(cls.signup_id == signup.id)))

    @classmethod
    def of_shift(cls, shift: Shift) -> Select:
        """The rows of a shift with their sign-ups, whatever became of them."""
        eager = joinedload(cls.signup, innerjoin=True)
        mine = select(cls).join(cls.signup).where(Signup.shift_id == shift.id).order_by(cls.id)
        return seen(mine.options(eager.joinedload(Signup.shift, innerjoin=True).joinedload(Shift.duty, innerjoin=True)))

    @classmethod
    def arrive(cls, shift: Shift, person, *, way: Way, by, at: datetime | None = None) -> "Attendance":
        """签到. `at` is when the person came, now where nothing is said; also corrects 未到. The shift is locked.

        Refuses who did not sign up, and who is here; too early, too late, a moment that cannot be; a cancelled shift.
        After the end it is for the whole time that was planned, from `at` on.
        """
        window.check(shift)
        signup = expected(shift, person)
        if signup.state in HERE:
            raise HereAlready(person=person.called)
        came = window.within(shift, at or min(clock.now(), shift.ends_at), window.opens(shift))
        signup.move(State.PRESENT)
        row = cls.of(signup) or cls(signup=signup)
        row.arrived_at, row.left_at, row.closed_by_clock = came, None, False
        row.way, row.by_id = way, by.id
        db.session.add(row)
        signup.note("signup.arrived", by, shift=shift.id, person=person.id, way=way.value)
        row.close()
        row._changed(by)
        return row

    def leave(self, *, by, at: datetime | None = None) -> None:
        """签退, before the end that was planned; also corrects an end that the clock assumed.

        Refuses who is not here, who has left, and a moment that cannot be.
        """
        shift = self.signup.shift
        window.check(shift)
        if self.signup.state not in HERE:
            raise NotHere(person=self.signup.person.called)
        if self.left_at is not None and not self.closed_by_clock:
            raise LeftAlready(person=self.signup.person.called)
        left = at or min(clock.now(), shift.ends_at)
        self.left_at = window.within(shift, left, self.arrived_at)
        self.closed_by_clock = False
        if self.signup.state is State.PRESENT:
            self.signup.move(State.DONE)
        self.signup.note("signup.left", by, shift=shift.id, person=self.signup.person_id)
        self._changed(by)

    def correct(self, at: datetime, *, by) -> None:
        """Somebody came at another time than was noted; the person is told.

        Refuses who is not here, and a moment that cannot be.
        """
        shift = self.signup.shift
        window.check(shift)
        if self.signup.state not in HERE:
            raise NotHere(person=self.signup.person.called)
        came = window.within(shift, at, window.opens(shift))
        if self.left_at is not None and came > self.left_at:
            raise window.OutOfTheShift(**{"from": moment(window.opens(shift)), "until": moment(self.left_at)})
        self.arrived_at = came
        person, until = self.signup.person, int(came.timestamp())
        self.signup.note("signup.corrected", by, tell=[person], shift=shift.id, person=person.id, until=until)
        self._changed(by)

    @classmethod
    def absent(cls, shift: Shift, person, *, by) -> None:
        """未到: said by the lead, or by closing the list; the person is told. Whoever came late after all can `arrive`.

        Refuses before the start, after the list is settled, and who did not sign up.
        """
        window.check(shift)
        if clock.now() < shift.starts_at:
            raise window.NotBegun
        signup = expected(shift, person)
        signup.move(State.ABSENT)
        signup.note("signup.absent", by, tell=[person], shift=shift.id, person=person.id)
        if shift.ends_at <= clock.now() and (row := cls.of(signup)) is not None:
            row._changed(by)

    def _changed(self, by) -> None:
        """After the end, what is corrected here may have been recorded already."""
        if self.signup.shift.ends_at <= clock.now():
            for look in CHANGED:
                look(self, by)

    def close(self) -> None:
        """The planned end has passed: whoever did not say when he left, left then. May run at any time and again."""
        shift = self.signup.shift
        if self.signup.state is State.PRESENT and shift.ends_at <= clock.now():
            self.left_at, self.closed_by_clock = shift.ends_at, True
            self.signup.move(State.DONE)
            self.signup.note("signup.closed", None, shift=shift.id, person=self.signup.person_id)

    @property
    def minutes(self) -> int:
        """Full minutes of presence within the planned time, until now while it goes on; 0 for 未到."""
        if self.signup.state not in HERE:
            return 0
        shift = self.signup.shift
        until = min(self.left_at or clock.now(), shift.ends_at)
        return max(until - max(self.arrived_at, shift.starts_at), timedelta()) // MINUTE

    @property
    def counts(self) -> bool:
        """Whether it was long enough for hours: at least the share of the planned time that the duty asks for."""
        shift = self.signup.shift
        return 100 * self.minutes >= shift.duty.presence_share * ((shift.ends_at - shift.starts_at) // MINUTE)


def expected(shift: Shift, person) -> Signup:
    """The sign-up of somebody who has, or had, a place here. Raises `NotSignedUp`, or what the state is."""
    signup = shift.signup_of(person)
    if signup is None:
        raise NotSignedUp
    if signup.state not in APPOINTED:
        raise NotInThisState(state=signup.state.label)
    return signup
