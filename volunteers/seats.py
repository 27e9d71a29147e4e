"""Seats: who gets one, who waits, who leaves; the verbs of a shift that need its lock."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from communities.noted import done_for
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

from . import alternatives, gates, refusals, terms
from .gathering_state import NotTogether
from .queue import Queue
from .signup import HOLDS_SEAT, NotInThisState, Signup, State

TICK = timedelta(microseconds=1)


class OfferLapsed(Refusal):
    """The time to answer is over."""

    message = _("答复的时间已经过了，这个名额让给了下一位。您可以重新候补。")


class SeatGone(Refusal):
    """Several were asked at once, and somebody was faster."""

    message = _("名额刚刚被别人补上了，您还在候补队伍里。")


class NotSignedUp(Refusal):
    """There is nothing to leave."""

    message = _("您没有报这一场。")


class Seats(Queue):
    """The part of a shift that counts. Every verb is called with the row of the shift locked."""

    if TYPE_CHECKING:
        duty: Any

        def _stays_kept(self, person, *, by) -> bool: ...

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
        seat = (queued or self.is_rushed or not waiting or not self.fits()) and self._take()
        if queued and not seat:
            raise SeatGone
        signup = self._enter(signup, person, self.seated if seat else State.WAITING, end, by)
        self._told(signup, by)
        if seat:
            alternatives.leave_others(signup, by=by)
        return signup

    def sign_up_together(self, gathering) -> list[Signup]:
        """Seats for all of a gathering, or places beside each other in the queue. Raises `NotTogether`."""
        for person in gathering.people:
            if self.refusals_for(person):
                raise NotTogether(person=person.called)
        waiting, end = self._line()
        free = self.left >= len(gathering.people) and (self.is_rushed or not waiting or not self.fits())
        seats = free and all(self._take() for _person in gathering.people)
        done = []
        for number, person in enumerate(gathering.people):
            signup = self.signup_of(person)
            if signup is not None and signup.state is State.WAITING:
                signup.move(State.WITHDRAWN)
            state = self.seated if seats else State.WAITING
            signup = self._enter(signup, person, state, end + number * TICK, person)
            signup.gathering_id = gathering.id
            self._told(signup, person)
            done.append(signup)
        return done

    def _told(self, signup: Signup, by) -> None:
        """The lines of a sign-up: the person is told where he stands, the lead what he is to answer."""
        ids = {"shift": self.id, "person": signup.person.id}
        signup.note(done_for(signup.person, f"signup.{signup.state}", by), by, tell=[signup.person], **ids)
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
                signup.queued_at, signup.choice_id, signup.gathering_id = end, None, None
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
        signup.note(done_for(person, "signup.withdrawn", by), by, tell=[person, *lead], shift=self.id, person=person.id)
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
