"""The forms of certificates: asking for one, issuing one, and why not."""

from kernel import clock
from kernel.fields import Day, Form, Line, Lines, Pick, row_id
from kernel.i18n import _
from partners.one_line import MOST

LINE = _("一句话介绍")
HOW = _("例如“老人家电义修的主力”。只写是谁、做什么，不写价格、电话、网址和二维码。")


class AskForm(Form):
    """Of which days, from whom."""

    place = Pick(_("请哪里出具"), coerce=row_id, description=_("只列出你们做过、已经结项的地方。"))
    since = Day(_("从哪天"))
    until = Day(_("到哪天"))
    line = Line(LINE, needed=False, most=MOST, description=HOW)

    def validate(self, extra_validators=None):
        """Every field by itself, then the two days together."""
        good = super().validate(extra_validators)
        first, last = self.since.data, self.until.data
        if first and last and not first <= last <= clock.today():
            self.checked("until", _("起止日期不对：要从前往后写，最晚到今天。"))
        return good and not self.errors


class IssueForm(Form):
    """The line by which the partner is named; all else was counted."""

    line = Line(LINE, needed=False, most=MOST, description=HOW)


class ReasonForm(Form):
    """Why."""

    reason = Lines(_("原因"), most=500, description=_("一句话就够，对方会看到；作废的原因，查验的人也会看到。"))
