"""The states of a pledged seat, its moves, and why one is refused."""

from datetime import timedelta

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal

MANNED_BEFORE = timedelta(hours=48)


class Manning(Choice):
    """Who is to sit on a pledged seat."""

    NOBODY = "nobody", _("还没定谁去")
    ASKED = "asked", _("等本人答复")
    MANNED = "manned", _("已答应")
    OPENED = "opened", _("已开放给大家报名")
    RETURNED = "returned", _("不留了")


KEPT = (Manning.NOBODY, Manning.ASKED)  # the seat is counted, and nobody sits on it
LIVING = (*KEPT, Manning.MANNED)
MOVES = {
    Manning.NOBODY: {Manning.ASKED, Manning.OPENED, Manning.RETURNED},
    Manning.ASKED: {Manning.NOBODY, Manning.MANNED, Manning.OPENED, Manning.RETURNED},
    Manning.MANNED: {Manning.NOBODY, Manning.OPENED, Manning.RETURNED},
    Manning.OPENED: set(),
    Manning.RETURNED: set(),
}


class SeatAnswered(Refusal):
    """The move does not start from here."""

    message = _("这个名额现在是“%(state)s”，这一步做不了。请刷新后再看。")


class PledgeOver(Refusal):
    """Too near to the start: the seats are everybody's."""

    message = _("离开始不到 48 小时，没人答应的名额已经开放给大家。还想去的，请在这一场的页面上自己报名。")


class NoMember(Refusal):
    """A partner speaks for its own people."""

    message = _("只能请“%(partner)s”的成员；请先在合伙人页面把他加进来。")
    field = "person_id"


class NamedAlready(Refusal):
    """One person, one seat."""

    message = _("这一场已经请过%(person)s了，请换一位成员。")
    field = "person_id"
