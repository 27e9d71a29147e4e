"""The words of an assignment: roles, states and their moves, how a place is held, which door it came through."""

from kernel.choice import Choice
from kernel.i18n import _


class Role(Choice):
    """What is looked for in a building."""

    LEAD = "lead", _("楼栋长")
    HELPER = "helper", _("楼栋志愿者")


class State(Choice):
    """Where an assignment stands."""

    APPLIED = "applied", _("已申请")
    INVITED = "invited", _("已邀请")
    UNCONFIRMED = "unconfirmed", _("待本人确认")
    SERVING = "serving", _("在任")
    ENDED = "ended", _("已结束")
    DECLINED = "declined", _("婉拒")
    LAPSED = "lapsed", _("未答复")
    WITHDRAWN = "withdrawn", _("撤回")


class Standing(Choice):
    """How somebody stands in a place: two are in it during a hand-over and while its holder is away."""

    HOLDER = "holder", _("本任")
    SUCCESSOR = "successor", _("接任")
    SUBSTITUTE = "substitute", _("暂代")


class Door(Choice):
    """Who asked whom."""

    CLAIM = "claim", _("本人申请")
    OFFER = "offer", _("社区邀请")
    PARTNER = "partner", _("合伙人派人")
    HANDOVER = "handover", _("前任交接")
    PAPER = "paper", _("原有名册")


LIVING = (State.APPLIED, State.INVITED, State.UNCONFIRMED, State.SERVING)
MOVES = {
    State.APPLIED: {State.SERVING, State.DECLINED, State.WITHDRAWN},
    State.INVITED: {State.SERVING, State.APPLIED, State.DECLINED, State.LAPSED, State.WITHDRAWN},
    State.UNCONFIRMED: {State.SERVING, State.DECLINED, State.WITHDRAWN},
    State.SERVING: {State.ENDED},
    State.ENDED: set(),
    State.DECLINED: set(),
    State.LAPSED: set(),
    State.WITHDRAWN: set(),
}
