"""Where a booking stands, why one waits, and what is said when something cannot be booked."""

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class State(Choice):
    """Where a booking stands."""

    ASKED = "asked", _("等答复")
    WAITING = "waiting", _("在排队")
    GRANTED = "granted", _("约好了")
    USED = "used", _("用过了")
    NOT_USED = "not_used", _("约了没来")
    RELEASED = "released", _("已放出")
    WITHDRAWN = "withdrawn", _("不去了")
    REFUSED = "refused", _("没有约上")
    LAPSED = "lapsed", _("没有等到")


HOLDING = (State.GRANTED, State.USED, State.NOT_USED)  # they own their quarters
OPEN = (State.ASKED, State.WAITING)  # they want a time that they do not own
LIVING = (State.ASKED, State.WAITING, State.GRANTED)
MOVES = {
    State.ASKED: {State.GRANTED, State.WAITING, State.REFUSED, State.WITHDRAWN, State.LAPSED},
    State.WAITING: {State.GRANTED, State.ASKED, State.REFUSED, State.WITHDRAWN, State.LAPSED},
    State.GRANTED: {State.USED, State.NOT_USED, State.RELEASED, State.WITHDRAWN, State.WAITING},
    State.USED: {State.NOT_USED},
    State.NOT_USED: {State.USED},
    State.RELEASED: set(),
    State.WITHDRAWN: set(),
    State.REFUSED: set(),
    State.LAPSED: set(),
}


class Why(Choice):
    """Why a booking waits."""

    TAKEN = "taken", _("这个时间约给别人了")
    OTHERS = "others", _("别人先在等，而本月用得比平均多")
    QUOTA = "quota", _("本月的免费时间用完了")
    CLOSED = "closed", _("这个时间临时不开放")


class Obstacle(Refusal):
    """What stands in the way of one time; a date of a series waits until it is gone."""

    why: Why


class TimeTaken(Obstacle):
    """Somebody has it: whom to ask, and what is free near it."""

    message = _("%(when)s 已经约给“%(other)s”了。想商量一下，可以问：%(ask)s。%(nearest)s")
    field = "starts"
    why = Why.TAKEN

    def __init__(self, *, free=(), **words):
        super().__init__(**words)
        self.free = list(free)


class OthersWait(Obstacle):
    """The published rule: who has used more than the share of this month waits while others wait."""

    message = _(
        "“%(other)s”先在等这个时间，而您这边这个月已经用了 %(used)s 小时，比平均 %(share)s 小时多，按公平规则先让一让。"
        "可以勾选“排队等”，空出来就自动约给您。"
    )
    field = "starts"
    why = Why.OTHERS


class QuotaUsed(Obstacle):
    """So many free hours a month for one group."""

    message = _(
        "“%(resource)s”每月免费 %(quota)s 小时，%(month)s月您这边已经约了 %(used)s 小时，这次要 %(wanted)s 小时，"
        "超出了。请约短一些，或者先取消用不上的日子。"
    )
    field = "ends"
    why = Why.QUOTA


class ClosedThen(Obstacle):
    """Closed for a while, for a reason."""

    message = _("%(when)s 临时不开放：%(reason)s。请换个时间。")
    field = "day"
    why = Why.CLOSED


class NotOpen(Refusal):
    """Outside the windows of the week, or on a holiday."""

    message = _("这个时间不开放。开放时间：%(hours)s。请换个时间。")
    field = "starts"


class NotLent(Refusal):
    """Paused, ended, expired, or its owner is."""

    message = _("“%(resource)s”现在不能约：%(why)s。可以看看资源清单里别的。")


class TooFar(Refusal):
    """Not in the past, not beyond the end of the offer, not more than a day at once."""

    message = _("请选现在以后、%(until)s 以前的时间，一次不超过 24 小时。")
    field = "day"


class TooMany(Refusal):
    """More than there is."""

    message = _("一共只有 %(quantity)s 个，一次最多约 %(most)s 个。请改少一些。")
    field = "units"


class NotForYou(Refusal):
    """The owner says for whom it is."""

    message = _("“%(resource)s”只给 %(groups)s 用。想用的话，请先和提供方商量：%(ask)s。")
    field = "booker"


class BookedAlready(Refusal):
    """One booker, one living booking of a time."""

    message = _("“%(booker)s”这个时间已经有一条“%(state)s”的预约了，不用再约。要改时间或数量，请先取消那一条。")
    field = "starts"


class NotInThisState(Refusal):
    """The move does not start from here."""

    message = _("这条预约现在是“%(state)s”，这一步做不了。请刷新后再看。")


class OthersFirst(Refusal):
    """The published rule: of those who asked on one day, who has used less goes first; else who asked first."""

    message = _("按公平规则要先答复“%(other)s”：%(reason)s。不合适的话，先写原因婉拒那一家，再答复这一家。")


class Begun(Refusal):
    """What has begun is not given back."""

    message = _("这个时间已经开始或过去了，这一步做不了。")


class NotBegun(Refusal):
    """Nobody knows yet whether it will be used."""

    message = _("还没到时间，到了以后再记来没来。")


class NothingToConfirm(Refusal):
    """It was confirmed, or nobody asked."""

    message = _("这条预约不用再确认。到时候见！")


class NotConfirmedInTime(Refusal):
    """The time to confirm is over."""

    message = _("确认的时间（%(until)s）已经过了，这个时间先放出给别人了。还想用可以再约。")


class WhyNot(Refusal):
    """Whoever does not get a time is told why."""

    message = _("请写一句原因，对方会看到。")
    field = "reason"
