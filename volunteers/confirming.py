"""The part of a shift that is about the lead's word: yes or no to who waits for it, and who goes before his turn."""

from sqlalchemy import func, select

from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

from . import refusals
from .seats import TICK, NotSignedUp, Seats
from .signup import NotInThisState, Signup, State


class WhyNot(Refusal):
    """Whoever is turned down is told why."""

    message = _("请写一句原因，他会看到。")
    field = "reason"


class WhyFirst(Refusal):
    """A queue is a queue: going before others needs a reason that can be shown to them."""

    message = _("候补按先后来。要请谁先去，请写明原因，候补的人问起来可以给他们看。")
    field = "reason"


class FirstAlready(Refusal):
    """Nothing to do."""

    message = _("%(person)s已经排在第一位了。")


class Confirming(Seats):
    """Every verb is called with the row of the shift locked."""

    def confirm(self, person, *, by) -> Signup:
        """The lead's yes to who signed up."""
        signup = self._in(State.PENDING, person)
        if self.is_cancelled:
            raise refusals.ShiftCancelled
        signup.move(State.CONFIRMED)
        signup.note("signup.confirmed", by, tell=[person], shift=self.id, person=person.id)
        return signup

    def turn_down(self, person, reason: str, *, by) -> Signup:
        """The lead's no, with a reason for the person; the seat goes to the next in line."""
        signup = self._in(State.PENDING, person)
        if not reason.strip():
            raise WhyNot
        signup.move(State.TURNED_DOWN, reason=reason)
        self._free()
        signup.note("signup.turned_down", by, tell=[person], shift=self.id, person=person.id)
        self.promote()
        return signup

    def close_pending(self) -> None:
        """It begins, and nobody said yes: nobody is left to wonder. Found by the sweep."""
        for signup in db.session.scalars(self.people(State.PENDING)):
            signup.move(State.TURNED_DOWN, reason=str(_("开始前没来得及确认")))
            self._free()
            signup.note("signup.turned_down", None, tell=[signup.person], shift=self.id, person=signup.person_id)

    def call_first(self, person, reason: str, *, by) -> Signup:
        """Put somebody before everybody who waits, for a written reason that the record keeps."""
        signup = self._in(State.WAITING, person)
        if not reason.strip():
            raise WhyFirst
        mine = (Signup.shift_id == self.id) & (Signup.state == State.WAITING)
        first = db.session.scalar(seen(select(func.min(Signup.queued_at)).where(mine)))
        if first is None or first == signup.queued_at:
            raise FirstAlready(person=person.called)
        signup.queued_at = first - TICK
        signup.jumped = reason
        signup.note("signup.called_first", by, tell=[person], shift=self.id, person=person.id)
        self.promote()
        return signup

    def _in(self, state: State, person) -> Signup:
        signup = self.signup_of(person)
        if signup is None:
            raise NotSignedUp
        if signup.state is not state:
            raise NotInThisState(state=signup.state.label)
        return signup
