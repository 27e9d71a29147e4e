"""The part of a standing place that changes: both sides say yes, or one of them no more."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen

from .filling import Filling
from .shift import Shift
from .signup import LIVING as SIGNED_UP
from .signup import Signup
from .standing_state import MOVES, PlaceAnswered, State


class ComingRegularly(Filling):
    """Called with the rows of the person and the series locked."""

    if TYPE_CHECKING:
        by: Any
        state: Any
        until: Any
        said_to: Any
        changed_at: Any

    def grant(self, *, by) -> None:
        """The lead's yes. Where the days have changed since he asked, he is asked first."""
        self._must_be(State.ASKED)
        if self.said_to != hours(self.series):
            self.ask_again(by=by)
            return
        self._hold()
        self.note("regular.held", by, tell=[self.person], rule=self.series_id, person=self.person_id)
        self.fill()

    def accept(self, *, by) -> None:
        """The volunteer's yes."""
        self._must_be(State.OFFERED)
        self._hold()
        self.said_to = hours(self.series)
        self.note("regular.held", by, tell=[self.person, self.by], rule=self.series_id, person=self.person_id)
        self.fill()

    def decline(self, *, by) -> None:
        """No, from either side; it needs no reason."""
        self._must_be(State.ASKED, State.OFFERED)
        self._move(State.DECLINED)
        self.note("regular.declined", by, tell=[self.person, self.by], rule=self.series_id, person=self.person_id)

    def end(self, *, by, leave: bool = False) -> None:
        """He comes no more every week; `leave` lets go the dates as well for which he is signed up already."""
        self._must_be(State.HELD, State.OFFERED, State.ASKED)
        self._move(State.ENDED)
        self.until = clock.today()
        lead = [self.series.duty.lead] if self.series.duty.lead else []
        self.note("regular.ended", by, tell=[self.person, *lead], rule=self.series_id, person=self.person_id)
        for shift in self._signed_up() if leave else ():
            shift.withdraw(self.person, by=by)

    def _signed_up(self) -> list[Shift]:
        mine = select(Shift).join(Shift.signups).where(Signup.person_id == self.person_id, Signup.state.in_(SIGNED_UP))
        mine = mine.where(Shift.series_id == self.series_id, Shift.starts_at > clock.now()).order_by(Shift.id)
        return list(db.session.scalars(seen(mine.with_for_update(of=Shift, key_share=True))))

    def ask_again(self, *, by) -> None:
        """The days or hours are others: his yes was for the old ones."""
        self._move(State.OFFERED)
        self.by = by
        self.note("regular.asked_again", by, tell=[self.person], rule=self.series_id, person=self.person_id)

    def _hold(self) -> None:
        self._move(State.HELD)
        self.since, self.reached = clock.today(), None

    def _must_be(self, *states: State) -> None:
        if self.state not in states:
            raise PlaceAnswered(state=self.state.label)

    def _move(self, state: State) -> None:
        if state not in MOVES[self.state]:
            raise PlaceAnswered(state=self.state.label)
        self.state = state
        self.changed_at = clock.now()


def hours(series) -> str:
    """What somebody who comes every week says yes to, as text: “15 07:00 08:00”."""
    return f"{series.weekdays} {series.starts:%H:%M} {series.ends:%H:%M}"
