"""Where an adoption stands, and the verbs of committee and partner that move it."""

from typing import TYPE_CHECKING, Any

from communities.journal import Audience
from communities.noted import Noted
from kernel import clock
from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal

from .follower import watchers
from .plain_words import plain


class State(Choice):
    """Where an adoption stands."""

    ASKED = "asked", _("等社区答复")
    RUNNING = "running", _("进行中")
    DELIVERED = "delivered", _("已交付")
    DECLINED = "declined", _("婉拒")
    LEFT = "left", _("已退出")
    RELEASED = "released", _("久无动静，已放出")
    HANDED_OVER = "handed_over", _("已转交")


LIVING = {State.ASKED, State.RUNNING, State.DELIVERED}
GONE = {State.LEFT, State.RELEASED, State.HANDED_OVER}  # taken on in earnest, and not done by this partner
MOVES: dict[State, set[State]] = {
    State.ASKED: {State.RUNNING, State.DECLINED, State.LEFT},
    State.RUNNING: {State.DELIVERED, *GONE},
    State.DELIVERED: {State.RUNNING},
    State.DECLINED: set(),
    State.LEFT: set(),
    State.RELEASED: set(),
    State.HANDED_OVER: set(),
}


class AnsweredAlready(Refusal):
    """The move does not start from here."""

    message = _("这份认领现在是“%(state)s”，这一步做不了。请刷新后再看。")


class WhyNot(Refusal):
    """A partner that is declined, or a committee that is left alone, is told why."""

    message = _("请写一句原因，对方会看到。")
    field = "reason"


class PartnerNotActive(Refusal):
    """Only verified partners take things on."""

    message = _("“%(partner)s”现在不是核实过的合伙人，社区核实后就可以认领。")
    field = "partner_id"


class Standing(Noted):
    """The part of Adoption that is about its state."""

    if TYPE_CHECKING:
        project_id: Any
        part_id: Any
        partner_id: Any
        quantity: Any
        state: Any
        answer_due: Any
        running_since: Any
        delivered_on: Any
        report: Any
        reason: Any
        project: Any
        part: Any
        partner: Any
        active_on: Any
        _lead_goes_on: Any
        _drop_offer: Any

    def accept(self, *, by) -> None:
        """The committee says yes, unless the partner may do no more meanwhile (`PartnerNotActive`)."""
        if not self.partner.is_active:
            raise PartnerNotActive(partner=self.partner.name)
        self._start()
        self._note("adoption.accepted", by, audience=Audience.PUBLIC)

    def begin(self, *, by) -> None:
        """It runs without an answer: so the project says, of every verified partner."""
        self._start()
        self._note("adoption.begun", by, audience=Audience.PUBLIC)

    def decline(self, reason: str, *, by) -> None:
        """The committee says no, and why; the units are free again."""
        self._give_back(State.DECLINED, reason, by)

    def leave(self, reason: str, *, by) -> None:
        """The partner cannot do it after all; the units are free again."""
        self._give_back(State.LEFT, reason, by)

    def lose(self, reason: str, *, by) -> None:
        """The partner may do no more, and so it goes back; the units are free again."""
        self._give_back(State.LEFT, reason, by, verb="adoption.lost")

    def deliver(self, report: str, *, by) -> None:
        """Done; when everything is adopted and delivered, the committee is asked to close the project.

        Refuses a report that sells something (`Promotes`).
        """
        self._move(State.DELIVERED)
        self.delivered_on, self.report = clock.today(), plain(report, "report")
        self._note("adoption.delivered", by)
        self._drop_offer(by)
        if not self.project.left and all(a.state is State.DELIVERED for a in self.project.living_adoptions):
            self.project.deliver(by=by)

    def resume(self, *, by) -> None:
        """Delivered too early: running again. Its partner is told once, of the project that is reopened."""
        if self.state is State.DELIVERED:
            self._start()
            self.delivered_on = None
            self.note("adoption.resumed", by, **self._named)

    def _start(self) -> None:
        """It runs from today; what began before goes on."""
        self._move(State.RUNNING)
        self.running_since = self.running_since or clock.today()
        self.active_on = clock.today()

    def _give_back(self, state: State, reason: str, by, verb: str = "", **options) -> None:
        if not reason.strip():
            raise WhyNot
        self._move(state)
        self.reason = reason
        self.part.put_back(self.quantity)
        self._note(verb or f"adoption.{state.value}", by, **options)
        self._drop_offer(by)
        self._lead_goes_on(by)
        self.project.settle(by=by)

    def _move(self, state: State) -> None:
        if state not in MOVES[self.state]:
            raise AnsweredAlready(state=self.state.label)
        self.state = state
        self.answer_due = None

    def _only(self, *states: State) -> None:
        if self.state not in states:
            raise AnsweredAlready(state=self.state.label)

    def _note(self, verb: str, by, *, tell=(), **options) -> None:
        people = [*self.project.followers, *self.partner.managers, *tell]
        if options.get("audience") is Audience.PUBLIC:
            people += watchers(self.project_id)
        self.note(verb, by, tell=people, **options, **self._named)

    @property
    def _named(self) -> dict[str, Any]:
        ids = {"project": self.project_id, "partner": self.partner_id, "part": self.part_id}
        return ids | {"quantity": self.quantity, "unit": self.part_id}
