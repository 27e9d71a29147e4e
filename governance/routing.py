"""Routing a need: to whom the table says or somebody better, returned by whom it is not for, taken by whom it is."""

from typing import TYPE_CHECKING, Any

from communities.working_day import working_days_after
from kernel import clock
from kernel.i18n import _
from kernel.work import Refusal

from .need_state import State, Stated
from .route import Route

RETURN_IN = 1  # working days (requirement 19)
USUAL_DAYS = 5  # working days, where no table says otherwise
MEETING_AFTER = 2  # returns


class NobodyForIt(Refusal):
    """The table names nobody for this category here, and nobody was chosen."""

    message = _("这里的这类事还没有定转给谁。请选一家，或者先在转办表里加一行。")
    field = "partner_id"


class PartnerNotActive(Refusal):
    """Only verified partners are asked."""

    message = _("“%(partner)s”现在不是核实过的合伙人，请换一家。")
    field = "partner_id"


class WhyAnother(Refusal):
    """Another one than the table says is chosen for a reason."""

    message = _("不按转办表转的，请写一句为什么，“%(partner)s”会看到。")
    field = "reason"


class TooLateToReturn(Refusal):
    """Requirement 19: a need is returned within one working day."""

    message = _("转来已超过一个工作日，不能再退。请先接下来，或者给社区打电话商量。")


class NotYours(Refusal):
    """It was routed on meanwhile, or taken by somebody else."""

    message = _("这件事现在由%(partner)s负责，请刷新后再看。")


class Routing(Stated):
    """The part of Need that is about who deals with it."""

    if TYPE_CHECKING:
        place: Any
        place_id: Any
        category: Any
        partner: Any
        partner_id: Any
        due: Any
        return_by: Any
        returns: Any
        owner_hint: Any
        for_meeting: Any
        taken_on: Any
        told: Any

    @property
    def route(self) -> Route | None:
        """What the table says for it now."""
        return Route.of(self.place, self.category)

    def route_on(self, *, by, partner=None, reason: str = "") -> None:
        """Ask the partner of the table, or another one for a reason, to deal with it; counted in working days.

        Refuses where there is nobody (`NobodyForIt`), a partner that is not active, and another one than the table
        says without a reason (`WhyAnother`).
        """
        rule = self.route
        chosen = partner or (rule.partner if rule else None)
        if chosen is None:
            raise NobodyForIt
        if not chosen.is_active:
            raise PartnerNotActive(partner=chosen.name)
        by_rule = rule is not None and rule.partner_id == chosen.id
        if rule is not None and not by_rule and not reason.strip():
            raise WhyAnother(partner=chosen.name)
        self._move(State.ROUTED)
        self.partner, self.reason = chosen, reason
        self.due = working_days_after(clock.today(), rule.days if by_rule and rule else USUAL_DAYS)
        self.return_by = working_days_after(clock.today(), RETURN_IN)
        self.owner_hint, self.for_meeting = "", False
        self._tell("need.routed", by, tell=[*self.told, *chosen.managers], partner=chosen.id)

    def send_back(self, reason: str, *, owner: str = "", by) -> None:
        """退单: not ours, why, and whose it may be; no failure. After two it is marked for the joint meeting.

        Refuses after one working day (`TooLateToReturn`).
        """
        self._only(State.ROUTED)
        if self.return_by is not None and clock.today() > self.return_by:
            raise TooLateToReturn
        self._tell("need.returned", by, partner=self._leave(reason))
        self.owner_hint, self.returns = owner, self.returns + 1
        if self.returns >= MEETING_AFTER and not self.for_meeting:
            self.for_meeting = True
            self._tell("need.for_meeting", by)

    def come_back(self, reason: str, *, by) -> None:
        """Whoever was asked may do no more, so the community has it again; that is no return of theirs."""
        self._tell("need.came_back", by, partner=self._leave(reason))

    def _leave(self, reason: str | None = None) -> int:
        """It is at nobody any more; at whom it was."""
        partner = self.partner_id
        self._move(State.VERIFIED, reason)
        self.partner = self.return_by = self.taken_on = None
        self.due = working_days_after(clock.today(), RETURN_IN)
        return partner

    def taken(self, *, by, partner=None) -> None:
        """Somebody deals with it: the partner it was routed to, another one (a project), or the community itself.

        `partner` None leaves it with whom it is; without any it is the community's own. Refuses somebody to whom it
        does not belong any more (`NotYours`).
        """
        if self.state in (State.ROUTED, State.REOPENED) and partner and self.partner_id not in (None, partner.id):
            raise NotYours(partner=f"“{self.partner.name}”")
        self._move(State.TAKEN)
        self.partner = partner or self.partner
        self.taken_on, self.return_by, self.for_meeting = clock.today(), None, False
        self.due = self.due or working_days_after(clock.today(), USUAL_DAYS)
        if self.partner:
            self._tell("need.taken", by, tell=self.told, partner=self.partner_id)
        else:
            self._tell("need.taken_here", by, tell=self.told)

    def taken_up(self, due, *, by) -> None:
        """The community itself deals with it by a project, until the day on which that ends; nobody else has it now."""
        self._move(State.TAKEN)
        self.partner, self.return_by, self.for_meeting = None, None, False
        self.taken_on, self.due = clock.today(), due
        self._tell("need.taken_up", by, tell=self.told)

    def let_go(self, *, by) -> None:
        """That project is not done after all: it waits for the community again, as when it was verified."""
        self._only(State.TAKEN)
        self._leave()
        self._tell("need.let_go", by)
