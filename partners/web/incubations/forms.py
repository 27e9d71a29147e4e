"""The forms of incubations: the application, the steps with their days, milestones, support, the party branch."""

from wtforms import HiddenField, ValidationError

from communities.purpose import BY_HAND
from kernel import clock
from kernel.fields import Count, Day, Form, Line, Lines, Phone, Pick, Tick, row_id
from kernel.i18n import _

from ...incubations.support import Help, Unit


def has_come(form, field):
    """A day up to today."""
    if field.data and field.data > clock.today():
        raise ValidationError(_("这一天还没有到，请填今天或以前的日期。"))


class IdeaForm(Form):
    """Who it is and what it wants to do."""

    name = Line(_("企业或团队名称"), description=_("还没有注册也可以，写你们现在叫的名字。"))
    idea = Lines(_("想做什么"), description=_("做什么、给谁用、现在到哪一步、最缺什么，写几句就行。"))
    founder_name = Line(_("创办人"))
    founder_phone = Phone(_("创办人电话"))
    version = HiddenField()

    @property
    def facts(self) -> dict:
        """The plain facts as the model calls them."""
        return {name: self[name].data for name in ("name", "idea", "founder_name", "founder_phone")}

    @property
    def shown(self) -> int:
        """The version that was shown when the typing began, 0 for none."""
        sent = str(self.version.data or "")
        return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


class ApplicationForm(IdeaForm):
    """The same, to a community; who writes it down for somebody may say since when it waits."""

    place = Pick(_("向哪个社区申请"), coerce=row_id, description=_("由那里的社区党委答复。"))
    applied_on = Day(_("哪天申请的"), needed=False, checks=[has_come], description=_("以前就在孵的，写当时的日子。"))


class OnField:
    """The day of a step."""

    on = Day(_("从哪天算"), description=_("不在今天以后；补登记的写当时的日子。"))


class ReasonField:
    """Why."""

    reason = Lines(_("原因"), needed=False, most=500, description=_("对方会看到。"))


class StepForm(OnField, Form):
    """It is taken in, or graduates."""


class RefusalForm(ReasonField, Form):
    """It is not taken in."""


class LeaveForm(OnField, ReasonField, Form):
    """It goes."""


class StrikeForm(ReasonField, Form):
    """An entry of the ledger was wrong."""

    support = Pick(_("哪一笔"), coerce=row_id)


class MilestoneForm(Form):
    """What is to be reached."""

    what = Line(_("要达到什么"), most=120, description=_("例如：开出第一家店、招到 3 名员工。"))
    due = Day(_("到哪天"))


class ReachedForm(Form):
    """It was."""

    milestone = HiddenField()
    on = Day(_("哪天达到的"))
    note = Line(_("说明"), needed=False, most=200)


class SupportForm(Form):
    """What was given."""

    help = Pick(_("什么支持"), choices=Help.pairs())
    what = Line(_("具体做了什么"), most=120, description=_("例如：请会计师辅导报税。"))
    day = Day(_("哪天"), checks=[has_come])
    quantity = Count(_("数量"), least=1)
    unit = Pick(_("单位"), choices=Unit.pairs())
    giver = Pick(_("谁给的"))


class BranchForm(Form):
    """How many; by the founder on the screen, or heard from the founder."""

    members = Count(_("有几名党员"), least=0, most=10000, description=_("只记人数，不记是谁。"))
    agreed = Tick(_("我同意上面这段话"), needed=True)


class HeardBranchForm(Form):
    """The same, written down by somebody else."""

    members = Count(_("有几名党员"), least=0, most=10000, description=_("只记人数，不记是谁。"))
    way = Pick(_("创办人怎么同意的"), choices=[(way.value, way.label) for way in BY_HAND])


class FounderForm(Form):
    """Whose account sees it."""

    phone = Phone(_("创办人登录用的手机号"), description=_("对方要先在这里登记过。连上以后，他能看到这一页。"))


class ConnectForm(Form):
    """Which partner it is."""

    partner_id = Pick(_("已经登记的合伙人"), coerce=row_id)
