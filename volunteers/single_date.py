"""The part of a shift that the organiser decides about by itself: another time, called off, restored."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.journal import Audience
from communities.noted import note_all
from kernel import clock
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from . import refusals
from .calling_off import call_off, keep_away, of_person, restore
from .pattern import NoDuration
from .pledging import Pledging
from .queue import READY_BEFORE
from .signup import LIVING, Signup, State
from .stop_hours import refuse_stopped
from .tickets import calling_off as of_residents


class InThePast(Refusal):
    """Nobody comes yesterday."""

    message = _("新的时间已经过去了，请选今天以后的时间。")
    field = "day"


class SameTime(Refusal):
    """The duty has a date then."""

    message = _("这个岗位在那个时间已经有一场了，请换个时间，或者去改那一场。")
    field = "day"


class AsBefore(Refusal):
    """Nothing would change."""

    message = _("时间和原来一样，没有什么要改的。")
    field = "day"


class SingleDate(Pledging):
    """Every verb is called with the row of the shift locked."""

    if TYPE_CHECKING:
        duty_id: Any
        by_hand: Any
        stop: Any
        changed_at: Any
        sequence: Any

        def switch(self, *, cancelled: bool, reason: str) -> None: ...

        def ask_anew(self) -> None: ...

    def cancel(self, reason: str, *, by) -> None:
        """The organiser calls it off: everybody is told, calendars say CANCELLED."""
        call_off([self], reason, by=by)  # type: ignore[list-item]

    def restore(self, *, by) -> None:
        """It takes place after all."""
        restore([self], by=by)  # type: ignore[list-item]
        self.by_hand = True

    def move_to(self, starts_at: datetime, ends_at: datetime, *, by) -> None:
        """Another time. Whoever signed up keeps his place and is told; whom it clashes with now is told that too.

        Refuses what is cancelled or has begun, a time that is over, that has no length, that is the same, or at which
        the duty has another shift (`SameTime`) or which are stopped (`StoppedThen`).
        """
        self._may_move_to(starts_at, ends_at)
        self.starts_at, self.ends_at = starts_at, ends_at
        self.sequence += 1
        self.changed_at = clock.now()
        self.by_hand = True
        self.ask_anew()
        db.session.flush()
        fine: list[Signup] = []
        clashing: list[Signup] = []
        for signup in db.session.scalars(self.people(*LIVING)).all():
            self._keep_in_time(signup)
            signup.person.forget()
            clashes = keep_away(self, signup.person)  # type: ignore[arg-type]
            (clashing if clashes else fine).append(signup)
        told = [signup.person for signup in fine] + self._asked_to_sit()
        self.note("shift.moved", by, tell=told, audience=Audience.PUBLIC, shift=self.id)
        of_residents.move(self, by=by)
        note_all("signup.clashes", clashing, by, tell=lambda signup: [signup.person], ids=of_person)

    def _may_move_to(self, starts_at: datetime, ends_at: datetime) -> None:
        if self.is_cancelled:
            raise refusals.ShiftCancelled
        if self.starts_at <= clock.now():
            raise refusals.ShiftOver
        if starts_at <= clock.now():
            raise InThePast
        if ends_at <= starts_at:
            raise NoDuration
        if (starts_at, ends_at) == (self.starts_at, self.ends_at):
            raise AsBefore
        shift = type(self)
        other = (shift.duty_id == self.duty_id) & (shift.starts_at == starts_at) & (shift.id != self.id)
        if db.session.scalar(select(shift.id).where(other)):
            raise SameTime
        refuse_stopped(shift, self.duty, [(starts_at, ends_at)])

    def _keep_in_time(self, signup: Signup) -> None:
        """An offer is answered before the new start."""
        if signup.state is State.OFFERED and signup.offered_until is not None:
            signup.offered_until = min(signup.offered_until, self.starts_at - READY_BEFORE)

    def _asked_to_sit(self) -> list:
        """Whoever is asked for a seat that is kept, and who asked him."""
        return [person for seat in self._kept() for person in (seat.person, seat.by) if person is not None]
