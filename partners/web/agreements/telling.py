"""What the journal, 今天要办 and the page of a partner say of agreements."""

from flask import render_template, url_for

from communities import journal
from kernel import slots, waiting
from kernel.i18n import _
from kernel.permits import may

from ...agreements import desk as agreement_desk
from ...agreements.agreement import Agreement

SENTENCES = {
    "agreement.recorded": _("%(by)s 登记了协议“%(agreement)s”"),
    "agreement.amended": _("%(by)s 改了协议“%(agreement)s”的登记"),
    "agreement.renewed": _("%(by)s 登记了续签的协议“%(agreement)s”"),
    "agreement.runs_out": _("%(by)s 记下：协议“%(agreement)s”到期后不再续签"),
    "agreement.ended": _("%(by)s 办理了协议“%(agreement)s”的提前终止，原因写在它的页面上"),
    "agreement.filed": _("%(by)s 存了协议“%(agreement)s”的扫描件"),
    "agreement.ending": _("协议“%(agreement)s”还有 %(days)s 天到期，请商量续不续"),
}


def address(id: int) -> str:
    """Where an agreement is shown."""
    return url_for("agreements.show", id=id)


def of_partner(partner) -> str | None:
    """The way to what this partner has signed, for the two sides; it asks nothing."""
    shown = may("agreement:list") and may("partner:see-handling", partner)
    return render_template("agreements/of_partner.html", partner=partner) if shown else None


def set_up() -> None:
    """Tell them."""
    journal.speaks(SENTENCES)
    journal.names("agreement", journal.name_of(Agreement, "title"))
    journal.addresses("agreement", address)
    slots.fill("partner.below", of_partner)
    waiting.register(waiting.Desk("agreement.ending", _("协议快到期"), _("商量续不续"), agreement_desk.ending, address))
