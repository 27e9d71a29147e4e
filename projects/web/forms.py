"""The forms of a project: what it is about, its parts, what came of it."""

from wtforms import HiddenField

from kernel import clock
from kernel.fields import Count, Day, Form, Line, Lines, Phone, Pick, Picks, Tick, row_id
from kernel.i18n import _

from ..part import UNITS

FACTS = ("title", "starts_on", "ends_on", "at_once")
TEXTS = ("about", "done_means", "provides", "risk_note", "contact_name", "contact_phone")


def named(form, word: str):
    """One of several forms of a page: its fields get ids of their own."""
    for field in form:
        field.id = field.label.field_id = f"{word}-{field.short_name}"
    return form


class MoveForm(Form):
    """Nothing but the button."""


class PartFields:
    """One thing to do, counted in its own unit, and what it costs a partner in one line."""

    part_title = Line(_("要做的事"), most=120, description=_("写合伙人看得懂的一句话，例如：上门维修小家电"))
    part_quantity = Count(_("多少"), least=1)
    part_unit = Pick(_("单位"), choices=[(unit, unit) for unit in UNITS])
    part_people = Count(_("每次几个人"), needed=False, least=1, most=1000)
    part_times = Count(_("一共几次"), needed=False, least=1, most=1000)
    part_hours = Count(_("每次几小时"), needed=False, least=1, most=24)
    part_latest_start = Day(_("最晚哪天开始"), needed=False)
    part_needs = Lines(_("还要注意什么"), needed=False, most=500)

    @property
    def part(self) -> dict:
        """The facts of the part as the model calls them."""
        names = "title", "quantity", "unit", "people", "times", "hours", "latest_start", "needs"
        return {name: getattr(self, f"part_{name}").data for name in names} | {"needs": self.part_needs.data or ""}


class YesNo(Tick):
    """A tick that can say what it holds."""

    choices = ((True, _("是")), (False, _("否")))


class PartForm(PartFields, Form):
    """One more part."""


class FactsForm(Form):
    """What a project is about."""

    title = Line(_("项目名称"), most=120, description=_("一句话说清给谁做什么，例如：给 31 小区的老人修一批家电"))
    category_id = Pick(_("类别"), coerce=row_id)
    starts_on = Day(_("从哪天开始"))
    ends_on = Day(_("到哪天结束"))
    about = Lines(
        _("项目说明"),
        needed=False,
        most=4000,
        description=_("谁遇到了什么困难、希望怎么帮。不要写居民的姓名、电话和病情。"),
    )
    done_means = Lines(
        _("做到什么算完成"),
        needed=False,
        description=_("写看得见、数得清的，例如：63 户都检修过，修不了的写明原因。"),
    )
    capabilities = Picks(_("需要会什么"), coerce=row_id)
    provides = Lines(
        _("社区提供什么"), needed=False, description=_("场地、材料、保险、联络人……写清楚，合伙人好估算自己要出多少。")
    )
    risk_note = Lines(
        _("安全提示"),
        needed=False,
        description=_("发布前必须写：可能的风险和注意事项；没有特别的风险，就写“无特殊风险”。"),
    )

    contact_name = Line(_("有问题找谁"), needed=False, description=_("合伙人打电话来问时接的人，写称呼就行。"))
    contact_phone = Phone(
        _("联系电话"), needed=False, description=_("最好是办公电话；只给核实过的合伙人和本地工作人员看。")
    )
    at_once = YesNo(
        _("核实过的合伙人认领后直接开始，不用等社区答复"),
        description=_("适合谁来做都行、不用挑的事。做得不合适，可以和对方商量退出。"),
    )

    def validate(self, extra_validators=None):
        """Every field by itself, then the two days together."""
        good = super().validate(extra_validators)
        first, last = self.starts_on.data, self.ends_on.data
        if first and last and last < first:
            self.checked("ends_on", _("结束的日期在开始之前，请改成开始当天或之后的日期。"))
        elif last and last < clock.today():
            self.checked("ends_on", _("这一天已经过去了，请改成今天或以后的日期。"))
        return good and not self.errors

    @property
    def facts(self) -> dict:
        """The plain facts as the model calls them; texts that were left out are empty."""
        return {name: self[name].data or "" for name in TEXTS} | {name: self[name].data for name in FACTS}


class DraftForm(FactsForm):
    """The corrections of a draft; `version` is that which was shown when the typing began."""

    version = HiddenField()

    @property
    def shown(self) -> int:
        """The number of that version, 0 for none."""
        sent = str(self.version.data or "")
        return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


class ProjectForm(FactsForm, PartFields):
    """A new project with its first part."""

    place = Pick(_("在哪里"), coerce=row_id)
    part_title = Line(_("要做的事"), needed=False, most=120, description=_("例如：上门维修小家电"))
    part_quantity = Count(_("多少"), needed=False, least=1)

    def validate(self, extra_validators=None):
        """A part is written as a whole or not at all."""
        good = super().validate(extra_validators)
        title, quantity = self.part_title, self.part_quantity
        if quantity.data and not title.data and not title.errors:
            self.checked("part_title", _("请写这一项要做什么。"))
        if title.data and quantity.data is None and not quantity.errors:
            self.checked("part_quantity", _("请写要做多少，例如 20。"))
        return good and not self.errors


class GiveBackForm(Form):
    """What a draft still wants."""

    reason = Lines(_("还要补什么、改什么"), most=500, description=_("写具体些，写草稿的同事照着改。"))


class OutcomeForm(Form):
    """What came of a project."""

    outcome = Lines(_("成效"), most=4000, description=_("做成了什么、怎么做的、居民怎么说。不要写居民的姓名。"))
    people_served = Count(_("多少人受益"), needed=False, least=0)
