"""Why a place cannot be given, or a step not be taken; each names the rule and never a person."""

from kernel.i18n import _
from kernel.work import Refusal


class NotInThisState(Refusal):
    """The move does not start from here."""

    message = _("这份包联现在是“%(state)s”，这一步做不了。请刷新后再看。")


class NoBuilding(Refusal):
    """Only buildings are looked after."""

    message = _("只有楼栋可以包联，请从楼栋的页面上申请。")


class JoinFirst(Refusal):
    """Only volunteers look after buildings."""

    message = _("照看楼栋前请先登记成为志愿者，只要一分钟。")


class AdultsOnly(Refusal):
    """志愿服务条例 art. 15: a task fits age and ability."""

    message = _("照看楼栋要年满 18 周岁，未成年人可以报名别的活动。")


class HoldsAlready(Refusal):
    """A person holds a building once."""

    message = _("一个人在一栋楼只占一个位置：这栋楼您已经在照看，或者已经有一份在等答复。")


class TooMany(Refusal):
    """A limit of buildings for a person."""

    message = _("每人最多照看 %(most)s 栋楼，已经到数了。先交出一栋，再来申请这一栋。")


class PlaceTaken(Refusal):
    """One place, one holder."""

    message = _("一个位置只由一人担任：这个位置有人了，或者有人先申请了。请看看这栋楼别的位置，或者别的楼。")


class OwnYesOnly(Refusal):
    """条例 art. 25, 40: voluntary. Nobody says yes for somebody else."""

    message = _("要本人自己点同意，或者在确认单上签字；别人不能替他答应。")


class OwnMatter(Refusal):
    """Nobody answers his own claim."""

    message = _("自己的申请要由别的工作人员来答复。")


class AnswerLate(Refusal):
    """The day to answer by is over."""

    message = _("答复的日子 %(day)s 已经过了，这份邀请不再有效。还想照看，请从楼栋的页面上申请。")


class NotSignedYet(Refusal):
    """A signature is from a day that has come."""

    message = _("签字的日子不能在今天以后。")
    field = "signed_on"


class WrongDays(Refusal):
    """A pause lies ahead or runs now, and ends after it begins."""

    message = _("暂停的日子不对：结束不能早于开始，也不能早于今天，最长 %(most)s 天。")
    field = "last"


class PausedAlready(Refusal):
    """Two pauses of the same days."""

    message = _("这几天已经登记了暂停，不用再登记。")
    field = "first"


class NoEndToRenew(Refusal):
    """Where no term is set, nothing is renewed."""

    message = _("这份包联没有期限，不用续任。")


class SomebodyComes(Refusal):
    """One successor, one substitute at a time."""

    message = _("这个位置已经请了人接任或暂代，请先等他答复。")
    field = "person_id"


class NobodyToCallOff(Refusal):
    """He has begun, was asked by the community, or has answered no."""

    message = _("没有可以撤回的：您没有请过人，或者他已经答复了。请刷新后再看。")


class SomebodyElse(Refusal):
    """A hand-over needs two people."""

    message = _("请选另一位志愿者。")
    field = "person_id"
