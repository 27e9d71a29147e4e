"""The queue of a shift: who is asked next, how long an answer may take, and what becomes of silence."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from kernel import clock
from kernel.db import db

from .signup import Signup, State
from .waking import waking_after, waking_between

TIME_TO_ANSWER = timedelta(hours=12)  # waking hours, where the start is far
SHARE_TO_ANSWER = 4  # nearer, one of so many parts of the waking time that is left: the next one needs his time too
LEAST_TIME = timedelta(hours=2)  # waking hours; with less, the whole queue is asked at once
READY_BEFORE = timedelta(hours=1)  # an answer later than this before the start helps nobody


class Queue:
    """The part of a shift that is about those who wait. Every verb is called with the row of the shift locked."""

    if TYPE_CHECKING:
        id: Any
        starts_at: Any
        ends_at: Any
        seats: Any
        taken: Any
        note: Any
        people: Any

        @property
        def is_cancelled(self) -> bool: ...

    @property
    def left(self) -> int:
        """Seats that nobody holds."""
        return self.seats - self.taken

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
    def has_seat_now(self) -> bool:
        """Whether whoever signs up now gets a seat: one is free, and nobody waits for whom it would do."""
        return self.left > 0 and (self.is_rushed or not self.fits())

    def units(self) -> list[list[Signup]]:
        """Who waits, in order: one by one, those who come together as one."""
        waiting = db.session.scalars(self.people(State.WAITING))
        together = groupby(waiting, key=lambda signup: signup.gathering_id or -signup.id)
        return [list(unit) for _key, unit in together]

    def fits(self) -> bool:
        """Whether somebody waits for whom the free seats would do."""
        return self.left > 0 and any(len(unit) <= self.left for unit in self.units())

    def promote(self) -> None:
        """Offer every free seat to the next in line, with time to answer; may run at any time and again.

        Those who want to come together are asked when there are seats for all of them; until then whoever is behind
        them is asked, and they keep their place.
        """
        if self.is_cancelled or self.starts_at <= clock.now() or not self.left:
            return
        if self.is_rushed:
            self._ask_all()
            return
        for unit in self.units():
            if len(unit) <= self.left and all(self._take() for _signup in unit):
                for signup in unit:
                    self._offer(signup)
            if not self.left:
                return

    def _offer(self, signup: Signup) -> None:
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
        shift: Any = type(self)
        free = (shift.id == self.id) & (shift.taken < shift.seats)
        took = update(shift).where(free).values(taken=shift.taken + 1).returning(shift.id)
        won = db.session.scalar(took.execution_options(synchronize_session=False)) is not None
        db.session.refresh(self, ["taken"])
        return won

    def _free(self) -> None:
        shift: Any = type(self)
        back = update(shift).where(shift.id == self.id).values(taken=shift.taken - 1)
        db.session.execute(back.execution_options(synchronize_session=False))
        db.session.refresh(self, ["taken"])
