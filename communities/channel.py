"""The ways in which somebody can be told."""

from kernel.choice import Choice
from kernel.i18n import _


class Channel(Choice):
    """How somebody wants to be told. 站内 is always kept beside it."""

    INBOX = "inbox", _("站内消息")
    MAIL = "mail", _("邮件")
    PHONE = "phone", _("打电话")
    SLIP = "slip", _("送纸条")
    GROUP = "group", _("微信群里说")
