"""What the journal says of partners, and where search and journal lead."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities import journal
from communities.catalogue import Capability
from communities.deciding import offices
from communities.place import Place
from kernel import search
from kernel.db import db, seen
from kernel.i18n import _

from ..announcement_words import Kind as AnnouncementKind
from ..contract_service import Service
from ..partner import Partner

SENTENCES = {
    "partner.applied": _("%(by)s 为“%(partner)s”申请成为合伙人"),
    "partner.amended": _("%(by)s 更新了“%(partner)s”的介绍"),
    "partner.verified": _("“%(partner)s”通过社区核实，成为合伙人"),
    "partner.confirmed": _("%(committee)s核实了“%(partner)s”，它成为合伙人"),
    "partner.imported": _("%(by)s 用表格登记了“%(partner)s”，它成为合伙人"),
    "partner.corrected": _("%(by)s 用表格更新了“%(partner)s”的登记"),
    "partners.imported": _("%(by)s 在%(place)s用表格导入了合伙人：新登记 %(new)s 家，更新 %(changed)s 家"),
    "partner.refused": _("%(by)s 看过“%(partner)s”的申请，这次没有通过，原因写在它的页面上"),
    "partner.suspended": _("%(by)s 暂停了“%(partner)s”，原因写在它的页面上"),
    "partner.resumed": _("%(by)s 恢复了“%(partner)s”"),
    "partner.ended": _("%(by)s 办理了“%(partner)s”退出合伙人"),
    "partner.joined": _("%(person)s 加入了“%(partner)s”"),
    "partner.role_changed": _("%(person)s 成为“%(partner)s”的管理员"),
    "partner.left": _("%(person)s 离开了“%(partner)s”"),
    "partner.let_go": _("%(by)s 请 %(person)s 离开了“%(partner)s”"),
    "partner.stepped_down": _("%(person)s 不再管理“%(partner)s”，还是成员"),
    "partner.handed_over": _("%(by)s 把“%(partner)s”交给 %(person)s 来管"),
    "partner.expiring": _("“%(partner)s”的核实快到期了，请管理员续期"),
    "partner.lapsed": _("“%(partner)s”到期未续，先停下来，续期后就能恢复"),
    "partner.renewal_asked": _("%(by)s 为“%(partner)s”申请续期"),
    "partner.renewal_withdrawn": _("%(by)s 撤回了“%(partner)s”的续期申请"),
    "partner.renewal_declined": _("%(by)s 看过“%(partner)s”的续期申请，这次没有同意，原因写在它的页面上"),
    "partner.renewed": _("%(by)s 确认“%(partner)s”续期一年"),
    "partner.offers": _("%(by)s 写明“%(partner)s”能做%(capability)s"),
    "partner.offers_no_more": _("%(by)s 把%(capability)s从“%(partner)s”的服务清单上拿下"),
    "partner.certified": _("%(committee)s核对了“%(partner)s”的%(capability)s证书"),
    "partner.contact_seen": _("%(by)s 看了“%(partner)s”的联系电话"),
    "invitation.made": _("%(by)s 发了一个加入“%(partner)s”的邀请链接"),
    "invitation.revoked": _("%(by)s 收回了加入“%(partner)s”的邀请链接"),
    "join_request.made": _("%(person)s 想加入“%(partner)s”"),
    "join_request.declined": _("“%(partner)s”这次没有同意 %(person)s 加入"),
    "contract.listed": _("%(place)s的物业合同里记下了“%(contracted)s”"),
    "contract.ended": _("“%(contracted)s”不在%(place)s的物业合同里了"),
    "announcement.made": _("%(spot)s的小区通知：%(announced)s"),
    "announcement.changed": _("%(spot)s的小区通知有改动：%(announced)s"),
    "announcement.called_off": _("%(spot)s的小区通知取消了：%(announced)s"),
    "join_request.withdrawn": _("%(person)s 不再申请加入“%(partner)s”"),
}


def capabilities(ids: set) -> dict:
    """What can be done, in the reader's language."""
    known = journal.at_hand(Capability, ids)
    missing = ids - known.keys()
    rows = db.session.scalars(seen(select(Capability).where(Capability.id.in_(missing)))).all() if missing else []
    return {row.id: row.label for row in (*known.values(), *rows)}


def spots(ids: set[int]) -> dict[int, str]:
    """31小区, 31小区1号楼."""
    rows = select(Place).where(Place.id.in_(ids)).options(joinedload(Place.parent))
    return {place.id: place.whole_name for place in db.session.scalars(rows)}


def set_up() -> None:
    """Tell the journal and the search."""
    journal.speaks(SENTENCES)
    journal.names("partner", journal.name_of(Partner))
    journal.names("capability", capabilities)
    journal.names("committee", offices)
    journal.names("contracted", journal.words_of(Service))
    journal.names("announced", journal.words_of(AnnouncementKind))
    journal.names("spot", spots)
    journal.addresses("announcement", lambda id: url_for("announcements.show", id=id))
    journal.addresses("contract_service", lambda id: url_for("contract_services.show", id=id))
    journal.addresses("join_request", lambda id: url_for("join_requests.show", id=id))
    journal.addresses("partner", lambda id: url_for("partners.show", id=id))
    search.searchable("partner", Partner, _("合伙人"), lambda partner: url_for("partners.show", id=partner.id))
