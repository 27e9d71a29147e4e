"""In post: the term and its renewal, days away, the hand-over, the end."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.noted import Noted
from kernel import clock
from kernel.db import db, seen

from .pause import LONGEST, Pause, Why
from .reasons import NoEndToRenew, NotInThisState, PausedAlready, WrongDays
from .state import LIVING, Standing, State
from .terms import MONTHS, Terms, months_after

ONE = timedelta(days=1)
REMINDED_BEFORE = timedelta(days=30)


class Serving(Noted):
    """The part of Assignment that is about being in post; each verb holds the lock of the building."""

    if TYPE_CHECKING:
        id: Any
        building: Any
        building_id: Any
        person: Any
        role: Any
        number: Any
        standing: Any
        state: Any
        since: Any
        until: Any
        sequence: Any
        changed_at: Any
        reminded_for: Any
        ended_by_id: Any
        reason: Any
        pauses: Any
        named: Any
        move: Any

    @property
    def is_over(self) -> bool:
        """Whether its last day is past: a property of time, whether or not a job has noted it."""
        return self.state is State.SERVING and self.until is not None and self.until < clock.today()

    @property
    def is_serving(self) -> bool:
        """In post today."""
        begun = self.since is not None and self.since <= clock.today()
        return self.state is State.SERVING and begun and not self.is_over

    @property
    def pause_now(self) -> Pause | None:
        """The days away that run today, or come."""
        return next((pause for pause in self.pauses if pause.last >= clock.today()), None)

    @property
    def is_away(self) -> bool:
        """Not there today."""
        return any(pause.covers(clock.today()) for pause in self.pauses)

    @property
    def is_to_renew(self) -> bool:
        """Whether the end of the term is near enough to ask."""
        near = self.until is not None and self.until - REMINDED_BEFORE <= clock.today()
        return self.is_serving and self.standing is Standing.HOLDER and near

    def _check_serving(self) -> None:
        if self.state is not State.SERVING or self.is_over:
            raise NotInThisState(state=State.ENDED.label if self.is_over else self.state.label)

    def seat_mate(self, standing: Standing) -> Any:
        """Whoever else is in, or asked for, this place with another standing; None when there is nobody."""
        model: Any = type(self)
        here = (model.building_id == self.building_id) & (model.role == self.role) & (model.number == self.number)
        living = (model.standing == standing) & model.state.in_(LIVING)
        return db.session.scalar(seen(select(model).where(here, living, model.id != self.id)))

    def ends_on(self, last: date | None) -> None:
        """This is its last day from now on, as calendars see it: the first that is known has the number 0."""
        if last is not None or self.sequence is not None:
            self.sequence = 0 if self.sequence is None else self.sequence + (last != self.until)
        self.until, self.changed_at = last, clock.now()

    def renew(self, *, by) -> None:
        """On for another term, by the person's own word or on a slip. Raises `NotInThisState`, `NoEndToRenew`."""
        self._check_serving()
        if self.until is None:
            raise NoEndToRenew
        terms = Terms.of(self.building)
        self.ends_on(months_after(self.until, terms.months or MONTHS))
        self.note("assignment.renewed", by, tell=[self.person], **self.named)

    def remind(self) -> None:
        """Thirty days before the end, once for each end; called by the clock."""
        if self.is_to_renew and self.reminded_for != self.until and self.seat_mate(Standing.SUCCESSOR) is None:
            self.reminded_for = self.until
            self.note("assignment.ends_soon", None, tell=[self.person], **self.named)

    def pause(self, first: date, last: date, why: Why, *, by) -> Pause:
        """Away from the first to the last day. Raises `NotInThisState`, `WrongDays`, `PausedAlready`."""
        self._check_serving()
        if last < first or last < clock.today() or (last - first).days >= LONGEST:
            raise WrongDays(most=LONGEST)
        if any(one.first <= last and first <= one.last for one in self.pauses):
            raise PausedAlready
        pause = Pause(assignment=self, first=first, last=last, why=why, by_id=by.id)
        db.session.add(pause)
        self.changed_at = clock.now()
        self.note("assignment.paused", by, tell=[self.person], **self.named)
        return pause

    def resume(self, *, by) -> None:
        """Back earlier than planned; whoever stood in has done it until yesterday. Raises `NotInThisState`."""
        pause = self.pause_now
        if pause is None:
            raise NotInThisState(state=self.state.label)
        if pause.first >= clock.today():
            db.session.delete(pause)
            self.pauses.remove(pause)
        else:
            pause.last = clock.today() - ONE
        self.changed_at = clock.now()
        stand_in = self.seat_mate(Standing.SUBSTITUTE)
        if stand_in is not None:
            stand_in.leave("", by=by)
        self.note("assignment.resumed", by, tell=[self.person], **self.named)

    def leave(self, reason: str = "", *, by) -> None:
        """Whoever stands in is no longer needed, whether he has begun or was only asked."""
        self.end(reason, by=by) if self.state is State.SERVING else self.withdraw(reason, by=by)  # type: ignore[attr-defined]

    def end(self, reason: str = "", *, by) -> None:
        """No longer, by either side, without penalty (条例 art. 22); a successor moves up. Raises `NotInThisState`."""
        self.move(State.ENDED)
        today, known = clock.today(), self.sequence
        self.ends_on(min(self.until or today, today))
        self.sequence = None if known is None else known + (self.until == today)  # then it is called off
        self.reason, self.ended_by_id = reason, by.id if by else None
        self.note("assignment.ended", by, tell=[self.person], **self.named)
        if self.standing is Standing.HOLDER:
            self._make_room()
        elif self.standing is Standing.SUCCESSOR:
            self._let_stay(by)

    def _let_stay(self, by) -> None:
        """The successor left before he took over: whoever was to go stays for the term that he had."""
        holder = self.seat_mate(Standing.HOLDER)
        if holder is not None and holder.is_serving:
            holder.ends_on(Terms.of(self.building).end_of(holder.since))
            holder.note("assignment.stays", by, tell=[holder.person], **holder.named)

    def _make_room(self) -> None:
        """The successor is the holder from now on."""
        db.session.flush()
        successor = self.seat_mate(Standing.SUCCESSOR)
        if successor is not None:
            successor.standing = Standing.HOLDER
            db.session.flush()

    def run_out(self) -> None:
        """The last day is past; called by the clock, which may run twice."""
        if self.is_over:
            self.end(by=None)
