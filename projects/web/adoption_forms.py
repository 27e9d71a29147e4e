"""The forms of adoptions: taking something on, and what each side says to it."""

from flask import g
from wtforms import HiddenField

from kernel.fields import Count, Form, Lines, Pick, row_id
from kernel.i18n import _
from kernel.request import form_for

from .forms import named

ALL = "all"


def answer_form(kind, word: str, adoption):
    """The form under one adoption: as it was sent if it was sent for this one, else a fresh one."""
    sent = g.get("form")
    mine = isinstance(sent, kind) and sent.adoption.data == str(adoption.id)
    form = form_for(kind) if mine else kind(formdata=None, adoption=adoption.id)
    return named(form, f"{word}-{adoption.id}")


def part_or_all(value):
    """The id of a part, or the word for everything that is left."""
    return ALL if value == ALL else row_id(value)


class AdoptionForm(Form):
    """A partner takes something on."""

    partner_id = Pick(_("以哪家的名义"), coerce=row_id)
    part_id = Pick(_("认领哪一部分"), coerce=part_or_all)
    quantity = Count(_("数量"), needed=False, least=1, description=_("不填就是剩下的都认领。"))
    pledge = Lines(_("我们能做的"), needed=False, most=500, description=_("哪天、几个人、自带什么，会写在项目页上。"))


class AnswerForm(Form):
    """Something said about one adoption; it names the adoption, since a page shows several."""

    adoption = HiddenField()


class ReasonForm(AnswerForm):
    """Something that is not done without a reason."""

    reason = Lines(_("原因"), most=500, description=_("一句话就够，对方会看到。"))


class RefusalForm(ReasonForm):
    """Why not, says the committee."""


class LeaveForm(ReasonForm):
    """Why not any more, says the partner."""


class ReportForm(AnswerForm):
    """What was done."""

    report = Lines(_("做了什么"), most=2000, description=_("做了多少、什么时候做完的，社区结项时会用到。"))
