"""我来照看: a volunteer asks for an open place."""

from flask import g

from communities.consent import Consent
from communities.place import Place
from communities.purpose import Purpose, Way
from kernel.i18n import _
from kernel.request import permit, say

from ...assignments import placing
from ...assignments.state import Role
from .forms import ClaimForm

BACK = ("buildings.show", "mine")


@permit("building:claim", of=Place, form=ClaimForm, person_first=True, back=BACK)
def claim(place, form):
    """Ask for the lead's place or a helper's."""
    row = placing.claim(place, Role(form.role.data), by=g.person)
    be_named(row.person, form.named.data)
    if row.is_serving:
        say(_("从今天起，这栋楼由您照看。谢谢您！"))
    else:
        say(_("收到了，社区在 2 个工作日内答复您。"))


def be_named(person, agreed: bool, *, by=None) -> None:
    """Note the consent to stand on notices where it was given just now; with `by` on a signed slip."""
    if agreed and Consent.held(person, Purpose.NAMED) is None:
        facts = {"by": by, "way": Way.SIGNED} if by else {"by": person}
        Consent.give(person, Purpose.NAMED, **facts)
