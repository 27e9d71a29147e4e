"""Where a certificate of service stands, and what is said when one cannot be issued."""

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class State(Choice):
    """Where a certificate stands; what was issued is never taken back silently."""

    ISSUED = "issued", _("有效")
    REVOKED = "revoked", _("已作废")


class WrongPeriod(Refusal):
    """From a day to a later one, not beyond today."""

    message = _("起止日期不对：要从前往后写，最晚到今天。")
    field = "until"


class NothingConfirmed(Refusal):
    """A certificate says what was confirmed."""

    message = _("这段时间里，%(unit)s还没有确认过服务时长。刚去过的活动会在 10 个工作日内确认，请过几天再来。")
    field = "until"


class IssuedAlready(Refusal):
    """Two papers about the same hours look like twice the hours."""

    message = _("这段时间的证明已经有了，编号 %(number)s，内容没有变，直接用那一份就行。")
    field = "until"


class AskFirst(Refusal):
    """product.md rule 14: before the first certificate one sees what the law asks, and fills it in or leaves it."""

    message = _("第一次出证明，请先看一眼证明上写的姓名。")


class NotNow(Refusal):
    """It was revoked before."""

    message = _("这份证明已经作废过了，不用再作废。")


class OwnCertificate(Refusal):
    """Nobody judges what is his own."""

    message = _("这是您自己的证明，请别的同事来作废。")


class WhyNot(Refusal):
    """Whoever loses a certificate is told why, and whoever checks it."""

    message = _("请写一句原因，本人和来查验的人都会看到。")
    field = "reason"


CORRECTED = _("时长有更正，换成了新的一份。")
