"""Where a gathering stands, and what is said when one cannot be made or answered."""

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal

MOST = 3  # others: with more, a gathering would wait for ever


class Together(Choice):
    """Where a gathering stands."""

    GATHERING = "gathering", _("等大家答应")
    ENTERED = "entered", _("一起报了")
    OFF = "off", _("没凑成")


class TooMany(Refusal):
    """Seats come one by one."""

    message = _("最多再约 %(most)s 位，请少约几位。")
    field = "phones"


class Unknown(Refusal):
    """The sentence is the same for a known number that is no volunteer's."""

    message = _("有的号码没有登记过志愿者，请核对：%(phones)s")
    field = "phones"


class WithWhom(Refusal):
    """A gathering of one is a sign-up."""

    message = _("请写和谁一起去；自己去，直接点报名就行。")
    field = "phones"


class AskedAlready(Refusal):
    """One gathering at a time."""

    message = _("您已经约了人一起报这一场，等大家答应就行。想换人，请先取消。")


class GatheringAnswered(Refusal):
    """The move does not start from here."""

    message = _("这次约人现在是“%(state)s”，这一步做不了。请刷新后再看。")


class NotTogether(Refusal):
    """Somebody cannot come; why is his own affair, and stands on his page."""

    message = _("%(person)s报不上这一场，没有一起报成。原因他自己打开这一场就能看到。")
