"""The small forms of partners: a reason, a member's phone, a link, some words to the managers."""

from kernel.fields import Form, Line, Lines, Phone, Pick
from kernel.i18n import _

from ..member import Role


class AnswerForm(Form):
    """Why: for whoever is refused, suspended or ended."""

    reason = Lines(_("原因"), needed=False, most=500, description=_("不通过、暂停、退出时要写，对方会看到。"))


class MemberForm(Form):
    """Who is to become a member."""

    phone = Phone(_("对方的手机号"), description=_("对方要先在这里登记过。添加后他会收到消息，随时可以离开。"))


class InvitationForm(Form):
    """A link for one person."""

    role = Pick(_("他来做"), choices=Role.pairs(), coerce=Role)


class JoinRequestForm(Form):
    """Who one is, for the managers."""

    words = Line(_("给管理员的一句话"), needed=False, most=200, description=_("比如：我是店里的小李，负责周末上门。"))
