"""Where a certificate stands, the moves between, and what is said when one cannot be made."""

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class State(Choice):
    """Where a certificate stands."""

    ASKED = "asked", _("等社区出具")
    ISSUED = "issued", _("有效")
    DECLINED = "declined", _("这次没有出具")
    DROPPED = "dropped", _("已撤回申请")
    WITHDRAWN = "withdrawn", _("已作废")


MOVES = {
    State.ASKED: {State.ISSUED, State.DECLINED, State.DROPPED},
    State.ISSUED: {State.WITHDRAWN},
    State.DECLINED: set(),
    State.DROPPED: set(),
    State.WITHDRAWN: set(),
}
PUBLIC = (State.ISSUED, State.WITHDRAWN)


class WrongPeriod(Refusal):
    """From a day to a later one, not beyond today."""

    message = _("起止日期不对：要从前往后写，最晚到今天。")
    field = "until"


class NothingToCertify(Refusal):
    """A certificate says what was done."""

    message = _(
        "这段时间里，“%(partner)s”在%(place)s没有结了项的认领，没有可以证明的。请换一段时间，或等项目结项以后再来。"
    )
    field = "until"


class AskedAlready(Refusal):
    """One wish at a time."""

    message = _("已经向%(place)s申请过了，社区会在 %(day)s 前答复。")


class IssuedAlready(Refusal):
    """Two papers about the same days would count twice."""

    message = _("这段时间的证明已经出过了，编号 %(number)s。内容不对的话，请先作废那一份再出新的。")


class OwnPartner(Refusal):
    """Nobody certifies what his own partner did."""

    message = _("您是“%(partner)s”的成员，这份证明要请别的同事来办。")


class NotNow(Refusal):
    """The move does not start from here."""

    message = _("这份证明现在是“%(state)s”，这一步做不了。请刷新后再看。")


class WhyNot(Refusal):
    """Whoever gets no certificate, or loses one, is told why."""

    message = _("请写一句原因，对方会看到。")
    field = "reason"
