"""The forms on the page of a shift."""

from kernel.fields import Count, Form, Line, Phone
from kernel.i18n import _


class CancelForm(Form):
    """Why it does not take place."""

    reason = Line(
        _("为什么取消"), most=200, id="cancel-reason", description=_("报了名的人会看到，比如“下雨，改到下周六”。")
    )


class SeatsForm(Form):
    """How many are wanted."""

    seats = Count(_("要几个人"), least=1, most=500)
    least = Count(
        _("至少几个人才办"), needed=False, most=500, id="seats-least", description=_("不填就是来几个人都办。")
    )


class PhoneForm(Form):
    """Whom to sign up, and why he does not do it himself."""

    phone = Phone(_("他的手机号或座机"))
    reason = Line(
        _("为什么替他报"), most=200, description=_("他自己看得到，比如“电话里托我报的”“不会用手机”。"), id="behalf"
    )


class ReasonForm(Form):
    """Why somebody is not taken, or taken before others; the verb says when it is needed."""

    reason = Line(
        _("原因"),
        needed=False,
        most=200,
        id="decision-reason",
        description=_("请人先去、或这次不安排谁，先在这里写一句。本人看得到。"),
    )


class WithdrawalForm(Form):
    """Why, if the person cares to say."""

    reason = Line(_("原因"), needed=False, most=200)
