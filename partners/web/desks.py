"""The lines that partners add to 今天要办."""

from flask import url_for

from kernel import waiting
from kernel.i18n import _

from .. import desk


def partner_url(id: int) -> str:
    """Where an application or a renewal is answered."""
    return url_for("partners.show", id=id)


def abilities_url(id: int) -> str:
    """Where certificates are ticked."""
    return url_for("abilities.index", id=id)


def renewal_url(id: int) -> str:
    """Where another year is asked for."""
    return url_for("renewals.show", id=id)


def members_url(id: int) -> str:
    """Where those who want to join are answered."""
    return url_for("members.index", id=id)


def set_up() -> None:
    """Register them."""
    for line in (
        waiting.Desk("partner.applied", _("有人申请做合伙人"), _("去核实"), desk.to_verify, partner_url),
        waiting.Desk("partner.renewal", _("合伙人申请续期"), _("去看续期"), desk.to_renew, partner_url),
        waiting.Desk("partner.certificate", _("合伙人的证书等核对"), _("去核对"), desk.to_certify, abilities_url),
        waiting.Desk("partner.expiring", _("合伙人快到期了"), _("去续期"), desk.expiring, renewal_url),
        waiting.Desk("partner.joining", _("有人想加入合伙人"), _("去答复"), desk.who_asks_to_join, members_url),
    ):
        waiting.register(line)
