"""Where a wish for a correction stands, the moves between, and what is said when one cannot be made."""

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class State(Choice):
    """Where a wish for a correction stands."""

    ASKED = "asked", _("等社区答复")
    GRANTED = "granted", _("已更正")
    DECLINED = "declined", _("没有更正")
    DROPPED = "dropped", _("已撤回")


MOVES = {
    State.ASKED: {State.GRANTED, State.DECLINED, State.DROPPED},
    State.GRANTED: set(),
    State.DECLINED: set(),
    State.DROPPED: set(),
}


class AskedAlready(Refusal):
    """One wish at a time."""

    message = _("这一场的更正您已经申请过了，社区会在 %(day)s 前答复。")


class NotOver(Refusal):
    """What goes on is not recorded yet."""

    message = _("这一场还没有结束，结束以后再看时长对不对。")


class NotExpected(Refusal):
    """Who was not on the list has nothing to correct."""

    message = _("这一场您没有报上名，没有时长可以更正。去过的话，请告诉现场负责人补记。")


class NoVolunteering(Refusal):
    """67号令 art. 19: what is no volunteer service is not recorded, by no door."""

    message = _("这一场算“%(kind)s”，不计入志愿服务时长，没有时长可以更正。")


class SameMinutes(Refusal):
    """Nothing would change."""

    message = _("您填的和现在记的一样，不用更正。")
    field = "minutes"


class WhyNot(Refusal):
    """Whoever is told no is told why."""

    message = _("请写一句原因，申请的人会看到。")
    field = "answer"


class NotNow(Refusal):
    """The move does not start from here."""

    message = _("这份更正申请现在是“%(state)s”，这一步做不了。请刷新后再看。")
