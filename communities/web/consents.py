"""Consents: one with its words, for its person and the desk; taking one's own back."""

from flask import Blueprint, g

from kernel.i18n import _
from kernel.request import Back, Page, permit, say

from ..consent import Consent

bp = Blueprint("consents", __name__)


@bp.get("/consents/<int:id>")
@permit("consent:see", of=Consent)
def show(consent):
    """What was agreed to, how and when."""
    return Page("communities/consent.html", consent=consent)


@bp.post("/consents/<int:id>/withdrawal")
@permit("consent:withdraw", of=Consent, back=lambda id: Back("accounts.show", "consents"))
def withdraw(consent):
    """No longer."""
    consent.withdraw(by=g.person)
    say(_("收回了：%(what)s。从现在起就不算了。", what=consent.purpose.label))
