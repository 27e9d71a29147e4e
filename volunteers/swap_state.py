"""Where a swap stands, and why a move of it is refused."""

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class Swapping(Choice):
    """Where a swap stands."""

    OPEN = "open", _("等对方答应")
    AGREED = "agreed", _("对方答应了，负责人没意见就换")
    DONE = "done", _("换好了")
    DECLINED = "declined", _("对方去不了")
    WITHDRAWN = "withdrawn", _("不换了")
    VETOED = "vetoed", _("负责人请您自己来")
    VOID = "void", _("没换成")


LIVING = (Swapping.OPEN, Swapping.AGREED)
MOVES: dict[Swapping, set[Swapping]] = {
    Swapping.OPEN: {Swapping.AGREED, Swapping.DECLINED, Swapping.WITHDRAWN, Swapping.VOID},
    Swapping.AGREED: {Swapping.DONE, Swapping.WITHDRAWN, Swapping.VETOED, Swapping.VOID},
}


class NotYours(Refusal):
    """Only what is confirmed can be given away."""

    message = _("只有已经报上、还没开始的场次才能换人。")


class QueueFirst(Refusal):
    """A free seat belongs to the first in line."""

    message = _("有 %(waiting)s 人在候补，名额按先后给他们。您去不了，直接点“这次去不了”就行。")


class OfferedAlready(Refusal):
    """One at a time."""

    message = _("您已经在找人换这一场了。想换个方式，请先点“不换了”。")


class PledgedNot(Refusal):
    """A partner's seat goes back to the partner."""

    message = _("这个名额是单位留给成员的。您去不了，点“这次去不了”，单位会另请一位。")


class NobodyKnown(Refusal):
    """Whoever takes over is registered; the sentence is the same for a known number that is no volunteer's."""

    message = _("没有用这个号码登记的志愿者；请核对号码，或者改成挂出来。")
    field = "phone"


class NotYourTeam(Refusal):
    """One's own team."""

    message = _("请选您自己的队伍。")
    field = "partner_id"


class Yourself(Refusal):
    """Nothing would change."""

    message = _("这一场本来就是您去，请换一个人。")
    field = "phone"


class NotForYou(Refusal):
    """Somebody else is asked."""

    message = _("这一场请的是别人。想去的话，看看还有没有名额。")


class SwapAnswered(Refusal):
    """The move does not start from here."""

    message = _("这次换班现在是“%(state)s”，这一步做不了。请刷新后再看。")


class WhyNot(Refusal):
    """An objection has a reason."""

    message = _("请写一句原因，双方会看到。")
    field = "reason"
