"""What can be offered, and where an offer stands."""

from kernel.choice import Choice
from kernel.i18n import _, p_
from kernel.work import Refusal


class Sort(Choice):
    """product.md S12: what a partner or a community lends."""

    VENUE = "venue", _("场地")
    ROOM = "room", _("房间")
    PARKING = "parking", _("停车")
    EQUIPMENT = "equipment", _("设备")
    EXPERTISE = "expertise", _("专长")


UNITS = {
    Sort.VENUE: _("处"),
    Sort.ROOM: _("间"),
    Sort.PARKING: _("个车位"),
    Sort.EQUIPMENT: _("件"),
    Sort.EXPERTISE: p_("unit", "人"),
}


class Status(Choice):
    """Where an offer stands; that its time is over follows from the day."""

    OFFERED = "offered", _("可以约")
    PAUSED = "paused", _("暂停预约")
    ENDED = "ended", _("不再提供")


MOVES = {
    Status.OFFERED: {Status.PAUSED, Status.ENDED},
    Status.PAUSED: {Status.OFFERED, Status.ENDED},
    Status.ENDED: set(),
}


class NotThisStatus(Refusal):
    """The move does not start from here."""

    message = _("“%(resource)s”现在是“%(status)s”，这一步做不了。请刷新后再看。")


class OwnerNotActive(Refusal):
    """Only verified partners lend."""

    message = _("“%(partner)s”现在不是核实过的合伙人，社区核实后就可以提供场地和资源。")


class NeverOpen(Refusal):
    """Something that can never be booked is no offer."""

    message = _("请至少写一天的开放时间，大家才知道什么时候能用。")
    field = "hours_0"


class TimeOver(Refusal):
    """An offer ends on a day to come, and is confirmed again within two years."""

    message = _("“提供到”要选今天以后、两年以内的一天；到期前会提醒您再确认。")
    field = "valid_until"


class UnitsInUse(Refusal):
    """What is promised is not taken away."""

    message = _("已经有 %(taken)s 个在同一时间被约了，数量不能少于这个数。请先和约了的人商量。")
    field = "quantity"


class NoSuchDay(Refusal):
    """A closure that lies behind us, or ends before it begins."""

    message = _("关闭的时间要在现在以后，结束要晚于开始。请重新填一下。")
    field = "first"


class ChangedMeanwhile(Refusal):
    """What was saved is not what was shown when the typing began."""

    message = _("您填写的时候，同事改过这一项。您填的还在，请打开新的一页对照后，再存一次。")
