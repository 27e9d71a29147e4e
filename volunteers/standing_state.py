"""The states of a standing place, its moves, and why one is refused."""

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class State(Choice):
    """Whether somebody comes every week."""

    ASKED = "asked", _("等负责人答复")
    OFFERED = "offered", _("等本人答复")
    HELD = "held", _("固定来")
    DECLINED = "declined", _("没有谈成")
    ENDED = "ended", _("不再固定来")


LIVING = (State.ASKED, State.OFFERED, State.HELD)
MOVES = {
    State.ASKED: {State.HELD, State.OFFERED, State.DECLINED, State.ENDED},
    State.OFFERED: {State.HELD, State.DECLINED, State.ENDED},
    State.HELD: {State.OFFERED, State.ENDED},
    State.DECLINED: set(),
    State.ENDED: set(),
}


class PlaceAnswered(Refusal):
    """The move does not start from here."""

    message = _("这件事现在是“%(state)s”，这一步做不了。请刷新后再看。")


class HasPlace(Refusal):
    """One person, one standing place."""

    message = _("%(person)s已经有固定的位子，或者正在等答复，不用再办。")
