"""What the journal, 今天要办 and the page of a partner say of incubations."""

from flask import url_for

from communities import journal
from kernel import waiting
from kernel.db import db
from kernel.i18n import _

from ...incubations import desk as incubation_desk
from ...incubations.incubation import Incubation
from ...incubations.milestone import Milestone

SENTENCES = {
    "incubation.applied": _("%(by)s 为“%(incubation)s”申请孵化"),
    "incubation.amended": _("%(by)s 更新了“%(incubation)s”的孵化资料"),
    "incubation.accepted": _("%(by)s 接收“%(incubation)s”入孵"),
    "incubation.refused": _("%(by)s 看过“%(incubation)s”的申请，这次没有录取，原因写在它的页面上"),
    "incubation.graduated": _("“%(incubation)s”毕业了，可以申请成为合伙人"),
    "incubation.left": _("%(by)s 办理了“%(incubation)s”退出孵化，原因写在它的页面上"),
    "incubation.planned": _("%(by)s 给“%(incubation)s”定了一个里程碑：%(milestone)s"),
    "incubation.reached": _("“%(incubation)s”达到了里程碑：%(milestone)s"),
    "incubation.dropped": _("%(by)s 划掉了“%(incubation)s”的里程碑：%(milestone)s"),
    "incubation.helped": _("%(by)s 给“%(incubation)s”记了一笔支持"),
    "incubation.struck": _("%(by)s 划掉了“%(incubation)s”的一笔支持，原因写在它的页面上"),
    "incubation.founder_linked": _("%(by)s 把“%(incubation)s”和%(person)s的账号连上了"),
    "incubation.branch_noted": _("%(by)s 记下了“%(incubation)s”联系党支部的情况"),
    "incubation.branch_ended": _("“%(incubation)s”联系党支部的情况不再记了"),
    "incubation.applied_as_partner": _("“%(incubation)s”申请成为合伙人“%(partner)s”"),
    "incubation.connected": _("%(by)s 把“%(incubation)s”和合伙人“%(partner)s”连上了"),
}


def address(id: int) -> str:
    """Where an incubation is shown."""
    return url_for("incubations.show", id=id)


def names(ids: set[int]) -> dict[int, str]:
    """The names of these firms; the one whose page is shown is at hand."""
    at_hand = {one.id: one.name for one in db.session if isinstance(one, Incubation) and one.id in ids}
    return at_hand | (journal.name_of(Incubation)(ids - at_hand.keys()) if ids - at_hand.keys() else {})


def set_up() -> None:
    """Tell them."""
    journal.speaks(SENTENCES)
    journal.names("incubation", names)
    journal.names("milestone", journal.name_of(Milestone, "what"))
    journal.addresses("incubation", address)
    for desk in (
        waiting.Desk("incubation.applied", _("有企业申请孵化"), _("去答复"), incubation_desk.to_answer, address),
        waiting.Desk("incubation.milestone", _("里程碑快到了"), _("去看看"), incubation_desk.milestones, address),
    ):
        waiting.register(desk)
