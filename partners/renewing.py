"""Renewing: a manager asks for another year and says what has changed, the committee confirms or declines."""

from typing import TYPE_CHECKING, Any

from communities.working_day import working_days_after
from kernel import clock
from kernel.i18n import _, day
from kernel.work import Refusal

from . import facts
from .impartial import impartial
from .kind import Fact
from .lapsing import Lapsing
from .renewal import Outcome, Renewal
from .standing import ReasonNeeded, Stage

ANSWER_IN = 2  # working days


class TooEarly(Refusal):
    """Nothing has changed and the year is not over."""

    message = _("“%(partner)s”核实到 %(day)s，到期前 30 天才用续期；有变化的话，写明变化就可以现在交。")


class AskedAlready(Refusal):
    """One request at a time."""

    message = _("“%(partner)s”的续期申请已经交了，正在等社区确认。要改的话，请先撤回再交。")


class NothingAsked(Refusal):
    """Two colleagues had the same page open."""

    message = _("“%(partner)s”现在没有等着确认的续期申请，请刷新后再看。")


class Renewing(Lapsing):
    """The part of Partner that is about another year."""

    if TYPE_CHECKING:
        name: Any
        _start: Any
        _only_living: Any
        _index: Any

    def ask_renewal(self, *, by, **changed) -> Renewal:
        """Another year: nothing has changed, or these facts have. The committee answers within 2 working days.

        Refuses a second request (`AskedAlready`), an early one without changes (`TooEarly`), and a committee whose
        term is about to end without the next one (`TermOver`).
        """
        self._start(Stage.ACTIVE, Stage.LAPSED)
        if self.open_renewal:
            raise AskedAlready(partner=self.name)
        changes = facts.packed(self, changed)
        if not changes and not self.is_to_renew:
            raise TooEarly(partner=self.name, day=day(self.verified_until, year=True))
        self._check_term(facts.unpacked_day(changes.get(Fact.TERM_UNTIL.value)) or self.term_until)
        due = working_days_after(clock.today(), ANSWER_IN)
        renewal = Renewal(
            asked_by_id=by.id, asked_at=clock.now(), answer_due=due, changes=changes, outcome=Outcome.OPEN
        )
        self.renewals.append(renewal)
        self.note("partner.renewal_asked", by, tell=self.managers, partner=self.id)
        return renewal

    def withdraw_renewal(self, *, by) -> None:
        """The managers take their request back."""
        self._waiting().close(Outcome.WITHDRAWN)
        self.note("partner.renewal_withdrawn", by, tell=self.managers, partner=self.id)

    def renew(self, *, by) -> None:
        """The committee confirms another year and what has changed; never a manager of it (`OwnPartner`).

        Refuses a credit code that somebody else has by now, and a term that is over by now.
        """
        self._start(Stage.ACTIVE, Stage.LAPSED)
        renewal = self._waiting()
        impartial(self, by)
        with self._only_living(renewal.changes.get("credit_code")):
            facts.take(self, renewal.changes)
        self._count_anew(by)
        if self.stage is Stage.LAPSED:
            self._move(Stage.ACTIVE)
        renewal.close(Outcome.CONFIRMED)
        self._index()
        self.note("partner.renewed", by, tell=self.managers, partner=self.id)

    def decline_renewal(self, reason: str, *, by) -> None:
        """Not like this, with the reason; it stays what it is until its year is over, and may ask again."""
        renewal = self._waiting()
        if not reason.strip():
            raise ReasonNeeded
        renewal.close(Outcome.DECLINED, reason)
        self.note("partner.renewal_declined", by, tell=self.managers, partner=self.id)

    def _waiting(self) -> Renewal:
        if self.open_renewal is None:
            raise NothingAsked(partner=self.name)
        return self.open_renewal

    def _drop_renewal(self, by) -> None:
        if self.open_renewal:
            self.open_renewal.close(Outcome.WITHDRAWN)
