"""Seats: who gets one, who waits, who is asked next; the verbs of a shift that need its lock."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select, update

from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

from . import alternatives, gates, refusals, terms
from .signup import HOLDS_SEAT, NotInThisState, Signup, State
from .waking import waking_after, waking_between

TIME_TO_ANSWER = timedelta(hours=12)  # waking hours, where the start is far
SHARE_TO_ANSWER = 4  # nearer, one of so many parts of the waking time that is left: the next one needs his time too
LEAST_TIME = timedelta(hours=2)  # waking hours; with less, the whole queue is asked at once
TICK = timedelta(microseconds=1)
READY_BEFORE = timedelta(hours=1)  # an answer later than this before the start helps nobody


class OfferLapsed(Refusal):
    """The time to answer is over."""

    message = _("答复的时间已经过了，这个名额让给了下一位。您可以重新候补。")


class SeatGone(Refusal):
    """Several were asked at once, and somebody was faster."""

    message = _("名额刚刚被别人补上了，您还在候补队伍里。")


class NotSignedUp(Refusal):
    """There is nothing to leave."""

    message = _("您没有报这一场。")


class Seats:
    """The part of a shift that counts. Every verb is called with the row of the shift locked."""

    if TYPE_CHECKING:
        id: Any
        starts_at: Any
        ends_at: Any
        seats: Any
        taken: Any
        duty: Any
        note: Any

        @property
        def is_cancelled(self) -> bool: ...

        def _stays_kept(self, person, *, by) -> bool: ...

    @property
    def left(self) -> int:
        """Seats that nobody holds."""
        return self.seats - self.taken

    @property
    def has_seat_now(self) -> bool:
        """Whether whoever signs up now gets a seat: one is free, and nobody waits for it."""
        return self.left > 0 and (self.is_rushed or not self.count(State.WAITING))

    @property
    def waking_left(self) -> timedelta:
        """The waking time in which an answer still helps."""
        return waking_between(clock.now(), self.starts_at - READY_BEFORE)

    @property
    def is_rushed(self) -> bool:
        """Too near for offers one by one: the whole queue is asked, and the first yes wins."""
        return self.waking_left < LEAST_TIME

    @property
    def answer_until(self) -> datetime:
        """Until when an offer that is made now is kept: 12 waking hours, less near the start, never under two."""
        time = max(LEAST_TIME, min(TIME_TO_ANSWER, self.waking_left / SHARE_TO_ANSWER))
        return waking_after(clock.now(), time)

    @property
    def seated(self) -> State:
        """What a seat makes of a sign-up: confirmed, or waiting for the lead's word."""
        asks = self.duty.confirms or terms.is_late(self, self.duty)
        return State.PENDING if asks else State.CONFIRMED

    def refusals_for(self, person, *, without: int | None = None) -> list[Refusal]:
        """Every reason why this person cannot sign up; none means that he can, or can wait where it is full.

        `without` is the id of a shift that the person would give away for it.
        """
        return gates.refusals(self, self.duty, person, without=without)

    def signup_of(self, person) -> Signup | None:
        """This person's row."""
        return db.session.scalar(seen(select(Signup).where(Signup.shift_id == self.id, Signup.person_id == person.id)))

    def people(self, *states: State) -> Select:
        """The sign-ups in these states, in the order of the queue."""
        mine = select(Signup).where(Signup.shift_id == self.id, Signup.state.in_(states))
        return seen(mine.order_by(Signup.queued_at, Signup.id))

    def count(self, *states: State, before: datetime | None = None) -> int:
        """How many sign-ups are in these states; with `before`, of those that queued earlier."""
        mine = select(func.count()).select_from(Signup).where(Signup.shift_id == self.id, Signup.state.in_(states))
        mine = mine if before is None else mine.where(Signup.queued_at < before)
        return db.session.scalar(seen(mine)) or 0

    def sign_up(self, person, *, by) -> Signup:
        """Take a seat, or the last place in the queue when there is none. Raises the first of `refusals_for`."""
        signup = self.signup_of(person)
        if signup is not None and signup.has_lapsed:
            self.lapse()
        if found := self.refusals_for(person):
            raise found[0]
        queued = signup is not None and signup.state is State.WAITING
        waiting, end = self._line()
        seat = (queued or self.is_rushed or not waiting) and self._take()
        if queued and not seat:
            raise SeatGone
        signup = self._enter(signup, person, self.seated if seat else State.WAITING, end, by)
        self._told(signup, by)
        if seat:
            alternatives.leave_others(signup, by=by)
        return signup

    def _told(self, signup: Signup, by) -> None:
        """The lines of a sign-up: the person is told where he stands, the lead what he is to answer."""
        ids = {"shift": self.id, "person": signup.person.id}
        signup.note(f"signup.{signup.state}", by, tell=[signup.person], **ids)
        if signup.state is State.PENDING and self.duty.lead:
            signup.note("signup.to_confirm", by, tell=[self.duty.lead], **ids)

    def _line(self) -> tuple[int, datetime]:
        """How many wait, and the end of the queue: now, but behind everybody even where the clock was set back."""
        waits = func.count().filter(Signup.state == State.WAITING)
        waiting, last = db.session.execute(
            seen(select(waits, func.max(Signup.queued_at)).where(Signup.shift_id == self.id))
        ).one()
        return waiting, max(clock.now(), last + TICK) if last else clock.now()

    def _enter(self, signup: Signup | None, person, state: State, end: datetime, by) -> Signup:
        if signup is None:
            confirmed = clock.now() if state is State.CONFIRMED else None
            signup = Signup(shift=self, person=person, state=state, queued_at=end, confirmed_at=confirmed)
            db.session.add(signup)
            person.forget()
        else:
            if signup.state is not State.WAITING:
                signup.queued_at, signup.choice_id = end, None
            signup.move(state)
        signup.by_id = by.id if by else None
        return signup

    def accept(self, person, *, by) -> Signup:
        """Yes to an offer. The seat was held for this person until the time to answer was over."""
        signup = self.signup_of(person)
        if signup is None:
            raise NotSignedUp
        if signup.has_lapsed:
            raise OfferLapsed
        if signup.state is not State.OFFERED:
            raise NotInThisState(state=signup.state.label)
        mine = refusals.SignedUpAlready, refusals.FairShare, refusals.SignUpClosed  # true already when he was asked
        clash = [reason for reason in self.refusals_for(person) if not isinstance(reason, mine)]
        if clash:
            raise clash[0]
        signup.move(self.seated)
        self._told(signup, by)
        alternatives.leave_others(signup, by=by)
        return signup

    def withdraw(self, person, *, by, reason: str = "") -> Signup:
        """Leave, at any time before the end and without penalty (条例 art. 22); the seat goes to the first in line."""
        signup = self.signup_of(person)
        if signup is None or not signup.is_living:
            raise NotSignedUp
        if self.ends_at <= clock.now():
            raise refusals.ShiftOver
        held, offered = signup.state in HOLDS_SEAT, signup.state is State.OFFERED
        signup.move(State.PASSED if offered else State.WITHDRAWN, reason=reason)
        if held and not self._stays_kept(person, by=by):
            self._free()
        lead = [self.duty.lead] if self.duty.lead else []
        signup.note("signup.withdrawn", by, tell=[person, *lead], shift=self.id, person=person.id)
        self.promote()
        return signup

    def hand_seat(self, giver, taker, *, by) -> Signup:
        """One seat goes from who held it to who passed the gates; how many are taken stays as it is."""
        given = self.signup_of(giver)
        if given is None:
            raise NotSignedUp
        given.move(State.WITHDRAWN)
        signup = self._enter(self.signup_of(taker), taker, State.CONFIRMED, self._line()[1], by)
        giver.forget()
        taker.forget()
        return signup

    def promote(self) -> None:
        """Offer every free seat to the next in line, with time to answer; may run at any time and again."""
        if self.is_cancelled or self.starts_at <= clock.now() or not self.left:
            return
        if self.is_rushed:
            self._ask_all()
            return
        for signup in db.session.scalars(self.people(State.WAITING).limit(self.left)):
            if not self._take():
                break
            signup.move(State.OFFERED)
            until = signup.offered_until = self.answer_until
            ids = {"shift": self.id, "person": signup.person_id, "until": int(until.timestamp())}
            signup.note("signup.offered", None, tell=[signup.person], **ids)

    def _ask_all(self) -> None:
        if waiting := list(db.session.scalars(self.people(State.WAITING))):
            self.note("shift.first_yes", None, tell=[signup.person for signup in waiting], shift=self.id)

    def lapse(self) -> None:
        """Let offers go whose time is over, and promote the next; found by the sweep."""
        for signup in db.session.scalars(self.people(State.OFFERED)):
            if signup.has_lapsed:
                signup.move(State.LAPSED)
                self._free()
                signup.note("signup.lapsed", None, tell=[signup.person], shift=self.id, person=signup.person_id)
        self.promote()

    def _take(self) -> bool:
        shift = type(self)
        free = (shift.id == self.id) & (shift.taken < shift.seats)
        took = update(shift).where(free).values(taken=shift.taken + 1).returning(shift.id)
        won = db.session.scalar(took.execution_options(synchronize_session=False)) is not None
        db.session.refresh(self, ["taken"])
        return won

    def _free(self) -> None:
        shift = type(self)
        back = update(shift).where(shift.id == self.id).values(taken=shift.taken - 1)
        db.session.execute(back.execution_options(synchronize_session=False))
        db.session.refresh(self, ["taken"])
