"""The year for which a partner was verified: how it is counted, when managers are reminded, how it ends by itself."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from communities.deciding import deciding_place
from communities.noted import Noted
from kernel import clock
from kernel.i18n import _, day
from kernel.work import Refusal

from .kind import terms
from .renewal import Outcome, Renewal
from .standing import Stage
from .verification import Verification

ASKED_BEFORE = timedelta(days=30)
FEBRUARY = 28


class TermOver(Refusal):
    """An elected committee serves for a term; a new one has its own filing."""

    message = _("本届任期到 %(day)s 为止。请先写明新一届的任期和备案号，再续期。")
    field = "term_until"


def a_year_after(start: date) -> date:
    """The same day of the next year; the 28th for the 29th of February."""
    leap = (start.month, start.day) == (2, FEBRUARY + 1)
    return start.replace(year=start.year + 1, day=FEBRUARY if leap else start.day)


class Lapsing(Noted):
    """The part of Partner that is about the year for which it was verified."""

    if TYPE_CHECKING:
        id: Any
        kind: Any
        place: Any
        stage: Any
        verified_until: Any
        reminded_for: Any
        term_until: Any
        renewals: Any
        verifications: Any
        managers: Any
        _move: Any
        _lose: Any

    @property
    def has_run_out(self) -> bool:
        """Whether the year, or the term of an elected committee, is over: a property of time, no job has to note it."""
        return self.verified_until is not None and self.verified_until < clock.today()

    @property
    def renewable_from(self) -> date | None:
        """From when on it is asked to renew; None while nothing runs out."""
        return self.verified_until - ASKED_BEFORE if self.verified_until else None

    @property
    def is_to_renew(self) -> bool:
        """Whether its managers are asked for a renewal now."""
        from_day = self.renewable_from
        stands = self.stage in (Stage.ACTIVE, Stage.LAPSED)
        return bool(stands and from_day and from_day <= clock.today() and self.open_renewal is None)

    @property
    def open_renewal(self) -> Renewal | None:
        """The request that waits for the committee."""
        return next((one for one in self.renewals if one.outcome is Outcome.OPEN), None)

    def remind(self, *, by=None) -> None:
        """30 days before the end the managers are asked to renew, once a year; called by the clock."""
        if self.is_to_renew and self.reminded_for != self.verified_until:
            self.reminded_for = self.verified_until
            self.note("partner.expiring", by, tell=self.managers, partner=self.id)

    def lapse(self, *, by=None) -> None:
        """What nobody renewed takes nothing on any more; called by the clock, and again at any time."""
        if self.stage is Stage.ACTIVE and self.has_run_out:
            self._move(Stage.LAPSED)
            self.note("partner.lapsed", by, tell=self.managers, partner=self.id)
            self._lose(by)

    @property
    def term_is_over(self) -> bool:
        """Whether an elected committee needs its next term to be renewed: this one is what runs out."""
        until = self.term_until if terms(self.kind) else None
        return until is not None and (until < clock.today() or (self.is_to_renew and until == self.verified_until))

    def _check_term(self, until: date | None) -> None:
        """Raise `TermOver` for an elected committee without a term that goes on beyond what counts already."""
        if until is not None and until == self.term_until and self.term_is_over:
            raise TermOver(day=day(until, year=True))

    def _count_anew(self, by) -> None:
        """A year more than there was, or a year from today; an elected committee no longer than its term."""
        today = clock.today()
        if terms(self.kind) and self.term_until and self.term_until < today:
            raise TermOver(day=day(self.term_until, year=True))
        first, last = self.renewable_from, self.verified_until
        in_time = first is not None and last is not None and first <= today <= last
        until = a_year_after(last if in_time else today)  # who asks in time loses no day
        until = max(until, self.verified_until or until)
        self.verified_until = min(until, self.term_until) if terms(self.kind) and self.term_until else until
        office = deciding_place(self.place, by)
        by_id = by.id if by else None
        row = Verification(place_id=office.id, by_id=by_id, since=today, until=self.verified_until)
        self.verifications.append(row)
