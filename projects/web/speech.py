"""What the journal says of projects and adoptions, and where search and journal lead."""

from datetime import date

from flask import url_for

from communities import journal
from communities.deciding import offices
from kernel import search
from kernel.i18n import _, day
from partners.partner import Partner

from ..in_kind import InKind
from ..milestone import Milestone
from ..part import Part
from ..project import Project
from .adoption_speech import SENTENCES as RUNNING

SENTENCES = RUNNING | {
    "project.written": _("%(by)s 写下了项目“%(project)s”的草稿"),
    "project.rewritten": _("%(by)s 改了项目“%(project)s”的草稿"),
    "project.part_written": _("%(by)s 在项目“%(project)s”的草稿里写了一项要做的事"),
    "project.part_dropped": _("%(by)s 从项目“%(project)s”的草稿里去掉了一项要做的事"),
    "projects.imported": _("%(by)s 用表格导入了公益项目：新写 %(new)s 份草稿，更新 %(changed)s 份"),
    "project.grounded": _("%(by)s 把需求 %(need)s 放进项目“%(project)s”"),
    "project.attached": _("%(by)s 给项目“%(project)s”加了一个附件"),
    "project.detached": _("%(by)s 去掉了项目“%(project)s”的一个附件"),
    "project.photo_added": _("%(by)s 给项目“%(project)s”加了一张成效照片，确认了照片里的人都同意公开"),
    "project.photo_shown": _("%(by)s 公开了项目“%(project)s”的一张成效照片"),
    "project.photo_hidden": _("%(by)s 收起了项目“%(project)s”的一张成效照片"),
    "project.photo_withdrawn": _("%(by)s 撤下了项目“%(project)s”的一张成效照片，文件已经删除"),
    "project.handed_in": _("%(by)s 请社区党委复核项目“%(project)s”的草稿"),
    "project.given_back": _("%(by)s 看过项目“%(project)s”的草稿，请再改一改"),
    "project.published": _("%(committee)s发布了公益项目“%(project)s”"),
    "project.part_added": _("%(committee)s给公益项目“%(project)s”加了一项：“%(part)s” %(quantity)s %(unit)s"),
    "project.taken": _("公益项目“%(project)s”都有人认领了"),
    "project.freed": _("公益项目“%(project)s”又有一部分等人认领"),
    "project.withdrawn": _("%(by)s 撤回了项目“%(project)s”"),
    "project.delivered": _("“%(project)s”的认领方都已交付，等社区确认结项"),
    "project.reopened": _("%(by)s 看过后认为“%(project)s”还没做完，请认领方接着做"),
    "project.concluded": _("%(committee)s为公益项目“%(project)s”结项，并写下了成效"),
    "adoption.asked": _("“%(partner)s”认领了“%(project)s”的“%(part)s” %(quantity)s %(unit)s，等社区答复"),
    "adoption.accepted": _("“%(partner)s”认领“%(project)s”的“%(part)s” %(quantity)s %(unit)s，社区已接受"),
    "adoption.declined": _(
        "社区婉拒了“%(partner)s”对“%(project)s”的“%(part)s” %(quantity)s %(unit)s 的认领，原因写在项目页上"
    ),
    "adoption.left": _("“%(partner)s”退出了“%(project)s”的“%(part)s” %(quantity)s %(unit)s，原因写在项目页上"),
    "adoption.lost": _("“%(partner)s”不能再做“%(project)s”的“%(part)s” %(quantity)s %(unit)s，这一部分重新开放认领"),
    "adoption.delivered": _("“%(partner)s”交付了“%(project)s”的“%(part)s” %(quantity)s %(unit)s"),
    "in_kind.noted": _("%(by)s 记下“%(partner)s”为“%(project)s”投入“%(in_kind)s”，约 %(yuan)s 元"),
    "in_kind.struck": _("%(by)s 划掉了“%(partner)s”为“%(project)s”投入的“%(in_kind)s”，原因写在那里"),
    "participation.asked": _("%(by)s 为“%(partner)s”申请参与证明"),
    "participation.issued": _("%(committee)s为“%(partner)s”出具了参与证明"),
    "participation.declined": _("%(by)s 这次没有给“%(partner)s”出具参与证明，原因写在那里"),
    "participation.dropped": _("%(by)s 撤回了为“%(partner)s”申请的参与证明"),
    "participation.withdrawn": _("%(by)s 作废了“%(partner)s”的一份参与证明，原因写在那里"),
    "adoption.resumed": _("“%(partner)s”接着做“%(project)s”的“%(part)s” %(quantity)s %(unit)s"),
}


def set_up() -> None:
    """Tell the journal and the search."""
    journal.speaks(SENTENCES)
    journal.names("project", journal.name_of(Project, "title"))
    journal.names("part", journal.name_of(Part, "title"))
    journal.names("unit", journal.name_of(Part, "unit"))
    journal.names("in_kind", journal.name_of(InKind, "what"))
    journal.names("step", journal.name_of(Milestone, "title"))
    journal.names("to_partner", journal.name_of(Partner))
    journal.names("paused_until", lambda days: {word: day(date.fromisoformat(word)) for word in days})
    journal.names("committee", offices)
    journal.addresses("project", lambda id: url_for("projects.show", id=id))
    journal.addresses("participation", lambda id: url_for("participations.by_id", id=id))
    journal.addresses("adoption", lambda id: url_for("adoptions.show", id=id))
    search.searchable("project", Project, _("公益项目"), lambda project: url_for("projects.show", id=project.id))
