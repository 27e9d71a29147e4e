"""Where a partner stands, and the verbs of the committee that move it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from communities.deciding import deciding_place
from communities.journal import Audience
from communities.noted import Noted
from kernel import clock
from kernel.choice import Choice
from kernel.i18n import _, p_
from kernel.work import Refusal

from .impartial import impartial


class Stage(Choice):
    """Where a partner stands."""

    APPLIED = "applied", _("等社区核实")
    ACTIVE = "active", p_("one", "合伙人")
    SUSPENDED = "suspended", _("暂停")
    LAPSED = "lapsed", _("到期未续")
    REFUSED = "refused", _("未通过")
    ENDED = "ended", _("已退出")


MOVES = {
    Stage.APPLIED: {Stage.ACTIVE, Stage.REFUSED, Stage.ENDED},
    Stage.ACTIVE: {Stage.SUSPENDED, Stage.LAPSED, Stage.ENDED},
    Stage.SUSPENDED: {Stage.ACTIVE, Stage.ENDED},
    Stage.LAPSED: {Stage.ACTIVE, Stage.ENDED},
    Stage.REFUSED: {Stage.APPLIED},
    Stage.ENDED: set(),
}
PAST = (Stage.REFUSED, Stage.ENDED)

# What later packages take back from a partner (partner, by) that may do no more: its stage says what became of it.
LOSING: list[Callable[[Any, Any], None]] = []


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
        place: Any
        stage: Any
        stage_now: Any
        reason: Any
        answer_due: Any
        active_since: Any
        has_run_out: Any
        living: Any
        managers: Any
        _count_anew: Any
        _drop_renewal: Any
        _shut: Any

    def verify(self, *, by) -> None:
        """The committee confirms that it is what it says, for a year; never a manager of it (`OwnPartner`)."""
        self._start(Stage.APPLIED)
        impartial(self, by)
        self._count_anew(by)
        self._move(Stage.ACTIVE)
        self.active_since = self.active_since or clock.today()
        ids = {"partner": self.id, "committee": deciding_place(self.place, by).id}
        self.note("partner.confirmed", by, tell=self.managers, audience=Audience.PUBLIC, **ids)

    def refuse(self, reason: str, *, by) -> None:
        """Not this time, with the reason."""
        self._move(Stage.REFUSED, reason)
        self.note("partner.refused", by, tell=self.managers, partner=self.id)

    def suspend(self, reason: str, *, by) -> None:
        """Takes nothing new on until it is resumed; what it was not yet given is taken back."""
        self._move(Stage.SUSPENDED, reason)
        self.note("partner.suspended", by, tell=self.managers, partner=self.id)
        self._lose(by)

    def resume(self, *, by) -> None:
        """Active again; what ran out meanwhile counts a year from now, so no manager does it (`OwnPartner`)."""
        self._start(Stage.SUSPENDED)
        impartial(self, by)
        if self.has_run_out:
            self._count_anew(by)
        self._move(Stage.ACTIVE)
        self.note("partner.resumed", by, tell=self.managers, partner=self.id)

    def end(self, reason: str, *, by) -> None:
        """Leaves the register; its history stays."""
        told = self.managers
        self._move(Stage.ENDED, reason)
        self.note("partner.ended", by, tell=told, partner=self.id)
        self._lose(by)
        for member in self.living:
            member.until = clock.today()
            member.person.forget()

    def _lose(self, by) -> None:
        """What went with the right, at once: invitations, requests, and what later packages gave it."""
        self._shut(by)
        if self.stage is not Stage.LAPSED:
            self._drop_renewal(by)
        for take_back in LOSING:
            take_back(self, by)

    def _start(self, *stages: Stage) -> None:
        if self.stage not in stages:
            raise NotNow(partner=self.name, stage=self.stage_now.label)

    def _move(self, stage: Stage, reason: str | None = None) -> None:
        if stage not in MOVES[self.stage]:
            raise NotNow(partner=self.name, stage=self.stage_now.label)
        if reason is not None and not reason.strip():
            raise ReasonNeeded
        self.stage = stage
        self.reason = reason or ""
        self.answer_due = None
