"""A pause of an adoption: up to 20 working days, once, with a reason; it ends by itself on its day, or earlier."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from communities.working_day import working_days_between
from kernel import clock
from kernel.i18n import _
from kernel.work import Refusal

from .standing import State, WhyNot

MOST = 20  # working days
DAY = timedelta(days=1)


class PausedBefore(Refusal):
    """Once an adoption."""

    message = _("这份认领已经暂停过一次，不能再暂停。时间不够，请改进度节点的日子，或和社区商量。")


class PauseTooLong(Refusal):
    """From today, up to 20 working days."""

    message = _("暂停从今天起，最多 %(most)s 个工作日。请把最后一天改到今天以后、近一些。")
    field = "until"


class NotPaused(Refusal):
    """Its day has come, or somebody was faster."""

    message = _("这份认领现在没有暂停，请刷新后再看。")


class Pausing(Noted):
    """The part of Adoption that is about its pause."""

    if TYPE_CHECKING:
        state: Any
        paused_since: Any
        paused_until: Any
        paused_why: Any
        milestones: Any
        _only: Any
        _note: Any

    @property
    def is_paused(self) -> bool:
        """Whether today is in its pause."""
        return self.paused_until is not None and self.paused_since <= clock.today() <= self.paused_until

    @property
    def may_pause(self) -> bool:
        """Whether it runs and was never paused."""
        return self.state is State.RUNNING and self.paused_since is None

    def pause(self, until: date, reason: str, *, by) -> None:
        """Nothing is asked of the partner from today to this day. Milestones that fall into it are late only after it.

        Refuses a second pause (`PausedBefore`), more than 20 working days (`PauseTooLong`), no reason (`WhyNot`).
        """
        self._only(State.RUNNING)
        if self.paused_since is not None:
            raise PausedBefore
        today = clock.today()
        if until < today or working_days_between(today - DAY, until) > MOST:
            raise PauseTooLong(most=MOST)
        if not reason.strip():
            raise WhyNot
        self.paused_since, self.paused_until, self.paused_why = today, until, reason
        for milestone in self.milestones:
            milestone.wait(until)
        self._note("adoption.paused", by, paused_until=until.isoformat())

    def end_pause(self, *, by) -> None:
        """Earlier than planned: it goes on today."""
        if not self.is_paused:
            raise NotPaused
        before, self.paused_until = self.paused_until, clock.today() - DAY
        for milestone in self.milestones:
            milestone.wait(self.paused_until, instead_of=before)
        self._note("adoption.unpaused", by)
