"""What the journal says of partners, and where search and journal lead."""

from flask import url_for

from communities import journal
from kernel import search
from kernel.i18n import _

from ..partner import Partner

SENTENCES = {
    "partner.applied": _("%(by)s 为“%(partner)s”申请成为合伙人"),
    "partner.amended": _("%(by)s 更新了“%(partner)s”的介绍"),
    "partner.verified": _("“%(partner)s”通过社区核实，成为合伙人"),
    "partner.refused": _("%(by)s 看过“%(partner)s”的申请，这次没有通过，原因写在它的页面上"),
    "partner.suspended": _("%(by)s 暂停了“%(partner)s”，原因写在它的页面上"),
    "partner.resumed": _("%(by)s 恢复了“%(partner)s”"),
    "partner.ended": _("%(by)s 办理了“%(partner)s”退出合伙人"),
    "partner.joined": _("%(person)s 加入了“%(partner)s”"),
    "partner.role_changed": _("%(person)s 成为“%(partner)s”的管理员"),
    "partner.left": _("%(person)s 离开了“%(partner)s”"),
    "partner.let_go": _("%(by)s 请 %(person)s 离开了“%(partner)s”"),
}


def set_up() -> None:
    """Tell the journal and the search."""
    journal.speaks(SENTENCES)
    journal.names("partner", journal.name_of(Partner))
    journal.addresses("partner", lambda id: url_for("partners.show", id=id))
    search.searchable("partner", Partner, _("合伙人"), lambda partner: url_for("partners.show", id=partner.id))
