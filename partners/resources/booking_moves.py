"""The verbs of a booking: owner and booker move it; each is called with the row of the resource locked."""

from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from kernel import clock
from kernel.i18n import moment

from .booking_words import MOVES, Begun, NotBegun, NotConfirmedInTime, NothingToConfirm, NotInThisState, State, WhyNot

REFUSABLE = (State.ASKED, State.WAITING)
LEFT = (State.ASKED, State.WAITING, State.GRANTED)


class BookingMoves(Noted):
    """The part of Booking that is about its state."""

    if TYPE_CHECKING:
        id: Any
        resource: Any
        state: Any
        why: Any
        starts_at: Any
        ends_at: Any
        units: Any
        answer_due: Any
        approved_at: Any
        confirm_by: Any
        reminded_at: Any
        confirmed_at: Any
        sequence: Any
        changed_at: Any
        reason: Any
        has_begun: Any
        has_lapsed: Any
        is_holding: Any
        is_open: Any
        speakers: Any

    def grant(self, *, by) -> None:
        """The owner says yes. Refuses while somebody else goes first, beyond the quota, and what is taken meanwhile."""
        self._only(State.ASKED)
        self._before_its_time()
        self.resource.lapse()
        self.resource.answer_in_turn(self, by=by)
        self.tell_them("booking.granted", by)

    def refuse(self, reason: str, *, by) -> None:
        """The owner says no, and why."""
        self._only(*REFUSABLE)
        self._because(reason)
        self.move(State.REFUSED)
        self.tell_them("booking.refused", by)
        self.resource.heal(self.starts_at, self.ends_at)

    def release(self, reason: str, *, by) -> None:
        """The owner takes a granted time back, with a reason; whoever waits gets it."""
        self._only(State.GRANTED)
        self._before_its_time()
        self._because(reason)
        self.give_up(State.RELEASED)
        self.tell_them("booking.released", by)
        self.resource.heal_after(self)

    def withdraw(self, *, by) -> None:
        """The booker does not need it; whoever waits gets it."""
        self._only(*LEFT)
        self._before_its_time()
        held = self.is_holding
        self.give_up(State.WITHDRAWN)
        self.tell_them("booking.withdrawn", by, *(self.resource.runners if held else ()))
        self.resource.heal_after(self)

    def ask_to_confirm(self) -> None:
        """Is it still needed? Found by the sweep, asked once."""
        self.reminded_at = clock.now()
        self.tell_them("booking.to_confirm", None)

    def confirm(self, *, by) -> None:
        """The booker still needs it. Refuses when the time to say so is over, and when nobody asked."""
        if self.has_lapsed:
            raise NotConfirmedInTime(until=moment(self.confirm_by))
        self._only(State.GRANTED)
        if self.confirm_by is None or self.confirmed_at is not None:
            raise NothingToConfirm
        self.confirmed_at = clock.now()
        self.tell_them("booking.confirmed", by)

    def mark_used(self, *, by) -> None:
        """They came; `by` None is the clock, days later."""
        self._seen(State.USED, "booking.used", by)

    def mark_absent(self, *, by) -> None:
        """Nobody came; the time counts as theirs all the same."""
        self._seen(State.NOT_USED, "booking.not_used", by)

    def lapse(self) -> None:
        """Nobody confirmed: the time is free again. Called by `Resource.lapse`."""
        self.give_up(State.RELEASED)
        self.tell_them("booking.lapsed", None)

    def run_out(self) -> None:
        """The time came before an answer or a free place did."""
        self.move(State.LAPSED)
        self.tell_them("booking.ran_out", None)

    def take(self) -> bool:
        """Own the time and be granted, if it is free; the rest is left to who calls."""
        if not self.resource.hold(self):
            return False
        self.move(State.GRANTED)
        self.approved_at = self.approved_at or clock.now()
        self.confirm_by = self.resource.confirm_until(self)
        self.confirmed_at = None
        return True

    def queue(self, why) -> None:
        """Wait until the obstacle is gone."""
        self.move(State.WAITING)
        self.why = why

    def give_up(self, state: State) -> None:
        """The time is not its own any more."""
        self.resource.let_go(self)
        self.move(state)

    def move(self, state: State) -> None:
        """Change the state along MOVES; every change that a calendar shows raises the sequence."""
        if state not in MOVES[self.state]:
            raise NotInThisState(state=self.state.label)
        self.state, self.why, self.answer_due = state, None, None
        self.sequence += 1
        self.changed_at = clock.now()

    def tell_them(self, verb: str, by, *others) -> None:
        """A line of the journal, and a notice to those who booked."""
        self.note(verb, by, tell=[*self.speakers, *others], booking=self.id)

    def _seen(self, state: State, verb: str, by) -> None:
        if not self.has_begun:
            raise NotBegun
        self.move(state)
        self.note(verb, by, booking=self.id)

    def _only(self, *states: State) -> None:
        if self.state not in states:
            raise NotInThisState(state=self.state.label)

    def _before_its_time(self) -> None:
        if self.has_begun:
            raise Begun

    def _because(self, reason: str) -> None:
        if not reason.strip():
            raise WhyNot
        self.reason = reason
