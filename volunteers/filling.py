"""The part of a standing place that signs its person up: free dates, in few statements, never the last seat."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, case, select, update
from sqlalchemy.orm import contains_eager

from communities.noted import note_all
from kernel import clock
from kernel.bulk import new_ids
from kernel.db import db, seen

from . import gates
from .calling_off import of_person
from .engagement import Engagement, counted
from .shift import Shift, Status
from .signup import Signup, State

signup_table: Table = Signup.__table__  # type: ignore[assignment]


class Filling:
    """Called with the rows of the person and the series locked."""

    if TYPE_CHECKING:
        series_id: Any
        series: Any
        person_id: Any
        person: Any
        since: Any
        reached: Any
        note: Any

    def fill(self) -> None:
        """Sign him up for every coming date that is not his yet, and say for how many it could not be.

        A date that he left stays left; one that was full or clashed is tried again each time, and told once.
        """
        shifts = self._open_dates()
        dates = {shift.id: shift.occurrence_on for shift in shifts if shift.occurrence_on}
        new = [id for id, on in dates.items() if self.reached is None or on > self.reached]
        signups = self._sign_up(self._open_to_him(shifts))
        self.reached = max([dates[id] for id in new], default=self.reached)
        got = {signup.shift_id for signup in signups}
        for verb, count in (("regular.laid", len(got)), ("regular.skipped", len(set(new) - got))):
            if count:
                self.note(verb, None, tell=[self.person], rule=self.series_id, shifts=count)

    def _open_dates(self) -> list[Shift]:
        his = select(Signup.id).where(Signup.shift_id == Shift.id, Signup.person_id == self.person_id).exists()
        coming = select(Shift).join(Shift.duty).options(contains_eager(Shift.duty))
        coming = coming.where(Shift.series_id == self.series_id, Shift.occurrence_on >= self.since, ~his)
        coming = coming.where(Shift.status == Status.PLANNED, Shift.starts_at > clock.now()).order_by(Shift.id)
        return list(db.session.scalars(seen(coming.with_for_update(of=Shift, key_share=True))))

    def _open_to_him(self, shifts: list[Shift]) -> list[Shift]:
        """What the gates allow; each date counts when the next one is judged."""
        allowed = []
        for shift in sorted(shifts, key=lambda shift: shift.starts_at):
            if not gates.refusals(shift, shift.duty, self.person):
                allowed.append(shift)
                counted(self.person).append(as_engagement(shift))
        return allowed

    def _sign_up(self, dates: list[Shift]) -> list[Signup]:
        """Seats that are free, where nobody waits; the last ones are for newcomers until some days before."""
        series, now = self.series, clock.now()
        early = Shift.starts_at > now + timedelta(days=series.newcomer_days)
        waits = select(Signup.id).where(Signup.shift_id == Shift.id, Signup.state == State.WAITING).exists()
        free = Shift.taken < Shift.seats - case((early, series.newcomer_seats), else_=0)
        took = update(Shift).where(Shift.id.in_([shift.id for shift in dates]), free, ~waits)
        took = took.values(taken=Shift.taken + 1).returning(Shift.id).execution_options(synchronize_session=False)
        won = sorted(db.session.scalars(took)) if dates else []
        facts = {"person": self.person, "state": State.CONFIRMED, "queued_at": now, "confirmed_at": now}
        ids = new_ids(signup_table, len(won))  # known before, so that all are written in one statement
        signups = [Signup(id=id, shift_id=shift_id, **facts) for id, shift_id in zip(ids, won, strict=True)]
        db.session.add_all(signups)
        note_all("signup.confirmed", signups, None, tell=lambda _signup: [], ids=of_person)
        for shift in dates:
            db.session.expire(shift, ["taken"])
        self.person.forget()
        return signups


def as_engagement(shift: Shift) -> Engagement:
    """A date as the person's own, before its sign-up is written."""
    when = (shift.starts_at, shift.ends_at, State.CONFIRMED, None, 0)
    place = shift.place
    return Engagement(shift.id, shift.duty_id, shift.duty.title, *when, place.id, place.lat, place.lon)
