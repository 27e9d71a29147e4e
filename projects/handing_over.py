"""Where a hand-over between two partners stands, and what is said when it cannot be."""

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class State(Choice):
    """Where a hand-over stands."""

    OFFERED = "offered", _("等对方答复")
    AGREED = "agreed", _("对方同意，等社区答复")
    DONE = "done", _("已转交")
    DECLINED = "declined", _("对方婉拒")
    REFUSED = "refused", _("社区没有同意")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN = {State.OFFERED, State.AGREED}
MOVES: dict[State, set[State]] = {
    State.OFFERED: {State.AGREED, State.DONE, State.DECLINED, State.WITHDRAWN},
    State.AGREED: {State.DONE, State.REFUSED, State.WITHDRAWN},
    State.DONE: set(),
    State.DECLINED: set(),
    State.REFUSED: set(),
    State.WITHDRAWN: set(),
}


class OfferedAlready(Refusal):
    """One offer at a time."""

    message = _("这份认领已经请“%(partner)s”接手了。要换一家，请先撤回那一份。")
    field = "to_id"


class OwnPartner(Refusal):
    """Nobody hands over to himself."""

    message = _("“%(partner)s”就是现在的认领方，请选另一家合伙人。")
    field = "to_id"


class HasItAlready(Refusal):
    """One living adoption a partner and part."""

    message = _("“%(partner)s”已经认领了“%(part)s”，不能再接一份；可以先退出一部分，由对方重新认领。")
    field = "to_id"


class AnsweredAlready(Refusal):
    """Two people had the same page open."""

    message = _("这次转交现在是“%(state)s”，这一步做不了。请刷新后再看。")
