"""Where a need stands, the moves between, and what is said when a move cannot be made."""

from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class State(Choice):
    """Where a need stands, in words for the one who said it."""

    RECEIVED = "received", _("已收到")
    VERIFIED = "verified", _("已核实")
    ROUTED = "routed", _("已转交")
    TAKEN = "taken", _("有人在办")
    SOLVED = "solved", _("办好了，等您说好不好")
    CONFIRMED = "confirmed", _("您说解决了")
    REOPENED = "reopened", _("又打开了")
    DECLINED = "declined", _("没有受理")
    MERGED = "merged", _("并到另一件")

    @property
    def for_staff(self):
        """The same for those who handle it: two of the words speak to whoever said it."""
        return FOR_STAFF.get(self, self.label)


MOVES = {
    State.RECEIVED: {State.VERIFIED, State.DECLINED, State.MERGED},
    State.VERIFIED: {State.ROUTED, State.TAKEN, State.DECLINED, State.MERGED},
    State.ROUTED: {State.ROUTED, State.VERIFIED, State.TAKEN, State.MERGED},
    State.TAKEN: {State.ROUTED, State.VERIFIED, State.SOLVED, State.MERGED},
    State.SOLVED: {State.CONFIRMED, State.REOPENED},
    State.CONFIRMED: {State.REOPENED},
    State.REOPENED: {State.ROUTED, State.TAKEN, State.DECLINED, State.MERGED},
    State.DECLINED: {State.REOPENED},
    State.MERGED: {State.REOPENED},
}
FOR_STAFF = {State.SOLVED: _("办好了，等回话"), State.CONFIRMED: _("反映人说解决了")}
TO_VERIFY = (State.RECEIVED,)
TO_ROUTE = (State.VERIFIED, State.REOPENED)
RUNNING = (State.RECEIVED, State.VERIFIED, State.REOPENED, State.ROUTED, State.TAKEN)  # somebody has to do something
OVER = (State.CONFIRMED, State.DECLINED, State.MERGED)


class Source(Choice):
    """How a need came to be known."""

    SELF = "self", _("自己说的")
    VISIT = "visit", _("走访")
    PHONE = "phone", _("电话")
    PAPER = "paper", _("纸条")
    MEETING = "meeting", _("会上")
    HOTLINE = "hotline", _("12345 工单")
    COUNTER = "counter", _("来访")


class Privacy(Choice):
    """Who may read what it is about."""

    HANDLERS = "handlers", _("只给经办人")
    MATTER = "matter", _("公开事由")


class NotNow(Refusal):
    """The move does not start from here."""

    message = _("这件事现在是“%(state)s”，这一步做不了。请刷新后再看。")


class WhyNot(Refusal):
    """Whoever is refused, or gets something back, is told why."""

    message = _("请写一句原因，对方会看到。")
    field = "reason"


class Stated(Noted):
    """The part of Need that is about its state: every verb starts from one, and nobody else assigns it."""

    if TYPE_CHECKING:
        id: Any
        state: Any
        reason: Any

    def _move(self, state: State, reason: str | None = None) -> None:
        if state not in MOVES[self.state]:
            raise NotNow(state=self.state.label)
        if reason is not None and not reason.strip():
            raise WhyNot
        self.state = state
        if reason is not None:
            self.reason = reason

    def _only(self, *states: State) -> None:
        if self.state not in states:
            raise NotNow(state=self.state.label)

    def _tell(self, verb: str, by, tell=(), **ids) -> None:
        """A line for the staff of the place, and notices; the line names the number of the need and no person."""
        self.note(verb, by, tell=tell, need=self.id, **ids)
