"""The lines that partners add to 今天要办."""

from flask import url_for

from kernel import waiting
from kernel.i18n import _

from .. import desk


def set_up() -> None:
    """Register them."""
    waiting.register(
        waiting.Desk(
            "partner.applied",
            _("有人申请做合伙人"),
            _("去核实"),
            desk.to_verify,
            lambda id: url_for("partners.show", id=id),
        )
    )
