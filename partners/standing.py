"""Where a partner stands, and the verbs of the committee that move it."""

from typing import TYPE_CHECKING, Any

from communities.journal import Audience
from communities.noted import Noted
from kernel import clock
from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class Stage(Choice):
    """Where a partner stands."""

    APPLIED = "applied", _("等社区核实")
    ACTIVE = "active", _("合伙人")
    SUSPENDED = "suspended", _("暂停")
    REFUSED = "refused", _("未通过")
    ENDED = "ended", _("已退出")


MOVES = {
    Stage.APPLIED: {Stage.ACTIVE, Stage.REFUSED, Stage.ENDED},
    Stage.ACTIVE: {Stage.SUSPENDED, Stage.ENDED},
    Stage.SUSPENDED: {Stage.ACTIVE, Stage.ENDED},
    Stage.REFUSED: {Stage.APPLIED},
    Stage.ENDED: set(),
}
PAST = (Stage.REFUSED, Stage.ENDED)


class NotNow(Refusal):
    """The move does not start from here."""

    message = _("“%(partner)s”现在是“%(stage)s”，这一步做不了。请刷新后再看。")


class ReasonNeeded(Refusal):
    """Whoever is refused, suspended or ended is told why."""

    message = _("请写明原因，对方会看到。")
    field = "reason"


class Standing(Noted):
    """The part of Partner that is about its stage."""

    if TYPE_CHECKING:
        id: Any
        name: Any
        stage: Any
        reason: Any
        answer_due: Any
        active_since: Any
        living: Any
        managers: Any

    def verify(self, *, by) -> None:
        """The committee confirms that it is what it says."""
        self._start(Stage.APPLIED)
        self._move(Stage.ACTIVE)
        self.active_since = self.active_since or clock.today()
        self.note("partner.verified", by, tell=self.managers, audience=Audience.PUBLIC, partner=self.id)

    def refuse(self, reason: str, *, by) -> None:
        """Not this time, with the reason."""
        self._move(Stage.REFUSED, reason)
        self.note("partner.refused", by, tell=self.managers, partner=self.id)

    def suspend(self, reason: str, *, by) -> None:
        """Takes nothing new on until it is resumed."""
        self._move(Stage.SUSPENDED, reason)
        self.note("partner.suspended", by, tell=self.managers, partner=self.id)

    def resume(self, *, by) -> None:
        """Active again."""
        self._start(Stage.SUSPENDED)
        self._move(Stage.ACTIVE)
        self.note("partner.resumed", by, tell=self.managers, partner=self.id)

    def end(self, reason: str, *, by) -> None:
        """Leaves the register; its history stays."""
        told = self.managers
        self._move(Stage.ENDED, reason)
        for member in self.living:
            member.until = clock.today()
            member.person.forget()
        self.note("partner.ended", by, tell=told, partner=self.id)

    def _start(self, *stages: Stage) -> None:
        if self.stage not in stages:
            raise NotNow(partner=self.name, stage=self.stage.label)

    def _move(self, stage: Stage, reason: str | None = None) -> None:
        if stage not in MOVES[self.stage]:
            raise NotNow(partner=self.name, stage=self.stage.label)
        if reason is not None and not reason.strip():
            raise ReasonNeeded
        self.stage = stage
        self.reason = reason or ""
        self.answer_due = None
