"""What the journal says of this package's verbs."""

from kernel.i18n import _

SENTENCES = {
    "account_closure.asked": _("%(by)s办了注销申请：%(person)s的账号 7 天后注销"),
    "account_closure.taken_back": _("%(by)s收回了注销申请：%(person)s的账号照旧"),
    "account_closure.done": _("%(person)s的账号注销了，资料已经删掉"),
    "card.printed": _("%(by)s给%(person)s印了%(use)s"),
    "card.used": _("%(person)s用%(use)s登录了"),
    "card.revoked": _("%(by)s作废了%(person)s的%(use)s"),
    "consent.given": _("%(person)s同意了：%(purpose)s"),
    "consent.recorded": _("%(by)s记下了%(person)s的同意：%(purpose)s"),
    "consent.withdrawn": _("%(person)s收回了同意：%(purpose)s"),
    "consent.ended": _("%(by)s记下了%(person)s收回的同意：%(purpose)s"),
    "person.feed_renewed": _("%(person)s换了日历地址"),
    "person.feed_closed": _("%(person)s关掉了日历地址"),
    "post.given": _("%(by)s请%(person)s担任%(place)s%(office)s"),
    "post.ended": _("%(person)s不再担任%(place)s%(office)s"),
    "post.handed_over": _("%(by)s把%(place)s%(office)s的工作交接给%(person)s"),
    "proforma.added": _("%(by)s给%(place)s传了套表“%(proforma)s”"),
    "proforma.changed": _("%(by)s重新对了%(place)s套表“%(proforma)s”的列"),
    "proforma.retired": _("%(by)s停用了%(place)s的套表“%(proforma)s”"),
    "staff.imported": _("%(by)s用表格给%(place)s安排了 %(count)s 个岗位"),
}
