"""Why somebody cannot take a shift: each reason is a class with a sentence, so that a page can show all of them."""

from kernel.i18n import _
from kernel.work import Refusal


class JoinFirst(Refusal):
    """Only volunteers sign up."""

    message = _("报名前请先登记成为志愿者，只要一分钟。")


class ShiftOver(Refusal):
    """It has begun."""

    message = _("这一场已经开始或结束了，请看看别的场次。")


class ShiftCancelled(Refusal):
    """The organiser cancelled it."""

    message = _("这一场已经取消了，请看看别的场次。")


class NotYetOpen(Refusal):
    """The duty opens its dates some hours ahead."""

    message = _("这一场 %(when)s 才开放报名，到时候再来。")


class SignUpClosed(Refusal):
    """The duty needs to know in time who comes."""

    message = _("这一场 %(when)s 就截止报名了，请看看别的场次，或者联系负责人。")


class SignedUpAlready(Refusal):
    """One person, one seat."""

    message = _("您已经报过这一场了，不用再报。")


class TimeClash(Refusal):
    """Nobody is in two places."""

    message = _("这个时间您已报名“%(other)s”")


class NoTimeBetween(Refusal):
    """One has to get from one place to the other."""

    message = _("和您报的“%(other)s”隔得太近：走过去大约要 %(minutes)s 分钟，来不及。")


class WeekFull(Refusal):
    """Help, but not to exhaustion: the limit of the site, or the volunteer's own lower one."""

    message = _("这一周您已经报了 %(hours)s 小时，再报就超过一周 %(most)s 小时了，请换一周。")


class FairShare(Refusal):
    """Popular dates are shared: so many of one duty in any two weeks."""

    message = _("想来这个岗位的人多，每人 14 天里最多 %(most)s 次，您已有 %(have)s 次。前一天还有空名额，就都能报。")


class NotInsured(Refusal):
    """条例 art. 17: accident insurance before dangerous work."""

    message = _("这项有人身危险，组织方填好意外保险单号以后才能报名。")


class SkillNeeded(Refusal):
    """条例 art. 15: nothing beyond one's ability."""

    message = _("这个岗位要会“%(skill)s”；您会的话，请先在“我的”里勾上。")


class ProofNeeded(Refusal):
    """A certificate that staff has seen and that is valid on the day."""

    message = _("这个岗位要有“%(skill)s”的证件，当天还在有效期内：请带上证件到社区前台，工作人员看过就能报名。")


class BirthDateNeeded(Refusal):
    """Asked only where a duty has an age."""

    message = _("这个岗位看年龄，请先在“我的”里填上出生日期；别人看不到。")


class AgeUnfit(Refusal):
    """条例 art. 15: what fits one's age."""

    message = _("这个岗位适合 %(ages)s，请看看别的岗位。")


class AdultsOnly(Refusal):
    """Under 18: no danger, no night duty."""

    message = _("未满 18 周岁不能参加夜间或有风险的服务，请看看别的场次。")


class GuardianNeeded(Refusal):
    """Under 18: with the guardian's consent on file."""

    message = _("未满 18 周岁要先有监护人同意：请家长到社区前台签个字，或给社区打个电话，工作人员记下来就能报名。")
