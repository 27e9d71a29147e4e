"""The forms of agreements: what was signed, its paper, its early end."""

from wtforms import HiddenField, ValidationError

from kernel import clock
from kernel.fields import Day, Form, Line, Lines, Picks, Upload, row_id
from kernel.i18n import _

LONGEST = 80  # characters of a name
MOST = 20  # parties from outside
FACTS = ("title", "signed_on", "since", "until")


def has_come(form, field):
    """A day up to today."""
    if field.data and field.data > clock.today():
        raise ValidationError(_("这一天还没有到，请填已经签好的日期。"))


def are_names(form, field):
    """A name a line."""
    names = (field.data or "").splitlines()
    if len(names) > MOST or any(len(name) > LONGEST for name in names):
        raise ValidationError(_("一行写一个名称，每个最多 %(long)s 个字，最多 %(most)s 个。", long=LONGEST, most=MOST))


class AgreementForm(Form):
    """What was signed, by whom, from when until when."""

    title = Line(_("协议名称"), most=120, description=_("和封面上一样，比如：家电便民服务合作协议。"))
    scope = Lines(_("约定做什么"), needed=False, description=_("各方出什么、做什么，写几句，查起来方便。"))
    offices = Picks(_("社区和上级"), coerce=str)
    partners = Picks(_("合伙人"), coerce=row_id)
    outside = Lines(_("还有谁"), needed=False, most=2000, description=_("不是合伙人的单位，一行写一个名称。"))
    signed_on = Day(_("签订日期"), checks=[has_come])
    since = Day(_("从哪天起"))
    until = Day(_("到哪天为止"), needed=False, description=_("不填就是长期有效。到期前 60、30、7 天会提醒各方。"))
    version = HiddenField()

    def validate(self, extra_validators=None):
        """Every field by itself, then the two days and the names together."""
        good = super().validate(extra_validators)
        if self.since.data and self.until.data and self.until.data < self.since.data:
            self.checked("until", _("到期在开始之前了，请改成开始当天或之后的日期。"))
        try:
            are_names(self, self.outside)
        except ValidationError as error:
            self.checked("outside", error.args[0])
        return good and not self.errors

    @property
    def facts(self) -> dict:
        """The plain facts as the model calls them."""
        return {name: self[name].data for name in FACTS} | {"scope": self.scope.data or ""}

    @property
    def names(self) -> list[str]:
        """The names of those from outside."""
        return [name.strip() for name in (self.outside.data or "").splitlines() if name.strip()]

    @property
    def shown(self) -> int:
        """The version that was shown when the typing began, 0 for none."""
        sent = str(self.version.data or "")
        return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


class NewAgreementForm(AgreementForm):
    """A new one, with its paper where it is at hand."""

    file = Upload(_("扫描件"), needed=False, description=_("PDF、JPG 或 PNG，最多 10 MB；也可以以后再传。"))


class PaperForm(Form):
    """Its paper."""

    file = Upload(_("扫描件"), description=_("PDF、JPG 或 PNG，最多 10 MB。只有各方和社区工作人员能下载。"))


class EndForm(Form):
    """Before its time."""

    ended_on = Day(_("从哪天起不算数"))
    reason = Lines(_("为什么提前终止"), needed=False, most=500, description=_("一句话就够，各方会看到。"))
