"""The forms of building assignments."""

from kernel import clock
from kernel.fields import Count, Day, Form, Line, Pick, Tick, Upload, row_id
from kernel.i18n import _

from ...assignments.pause import LONGEST, Why
from ...assignments.state import Role, Standing
from ...assignments.terms import MOST, MOST_HELPERS

NAMED = _("同意在“这栋楼找谁”的公示牌上写我的称呼，不写电话；随时可以在“账号与登录”里收回。")


class RoleForm(Form):
    """Which place; the button says it."""

    role = Pick(_("做什么"), choices=Role.pairs())


class ClaimForm(RoleForm):
    """我来照看, and whether the notice may say who it is."""

    named = Tick(NAMED, id="claim-named")


class AcceptForm(Form):
    """Yes, and whether the notice may say who it is."""

    named = Tick(NAMED, id="accept-named")


class ReasonForm(Form):
    """Why; may be left out by volunteers."""

    reason = Line(_("原因"), needed=False, most=200)


class DeclineForm(Form):
    """Why not: the committee says it."""

    reason = Line(_("为什么不同意"), most=200, id="decline-reason", description=_("申请的人会看到，请写得客气、具体。"))


class SignForm(Form):
    """The signature on a slip of paper."""

    signed_on = Day(_("签字日期"), default=clock.today, id="signed-on")
    named = Tick(_("签字时同意在公示牌上写称呼"), id="sign-named")
    file = Upload(_("确认单的扫描件或照片"), needed=False, description=_("可以不传；纸质的请社区存好。"))


class PauseForm(Form):
    """From when until when, and the kind of reason."""

    first = Day(_("从哪天起"), default=clock.today, id="pause-first")
    last = Day(_("到哪天"), id="pause-last", description=_("最长 %(most)s 天，可以提前回来。", most=LONGEST))
    why = Pick(_("原因"), choices=Why.pairs(), id="pause-why", description=_("只有本人和社区工作人员看得到。"))


class OfferForm(RoleForm):
    """Whom to ask, and for what."""

    person_id = Pick(_("请谁"), coerce=row_id)


class SuccessorForm(Form):
    """Who takes over, or stands in."""

    person_id = Pick(_("请谁"), coerce=row_id)
    standing = Pick(_("怎么接"), choices=[(one.value, one.label) for one in (Standing.SUCCESSOR, Standing.SUBSTITUTE)])


class TeamForm(RoleForm):
    """Which of one's partners, and whom of it."""

    member = Pick(_("派谁去"), description=_("他本人点同意以后，社区才会答复。"))


class TermsForm(Form):
    """What a community sets."""

    residents_at_once = Tick(_("本楼住户直接生效"))
    most = Count(_("每人最多照看几栋"), least=1, most=20, default=MOST)
    months = Count(
        _("一任几个月"), needed=False, least=1, most=60, description=_("空着就是没有期限；到期前 30 天提醒续任。")
    )


class HelpersForm(Form):
    """How many helpers a building wants."""

    helpers = Count(_("要几名楼栋志愿者"), least=1, most=MOST_HELPERS)
