"""One partner."""

from flask import g

from communities.journal import Line, tell
from kernel.db import db, seen
from kernel.permits import allowed
from kernel.request import Page, form_for, permit
from kernel.text import masked_phone

from ..kind import ASKED
from ..member import memberships
from ..partner import Partner
from .forms import AnswerForm


@permit("partner:see", of=Partner)
def show(partner) -> Page:
    """Who it is, what it offers, whom to ask; below what it has taken on; beside it what the reader can do."""
    handled = allowed(g.person, "partner:see-handling", partner)
    return Page(
        "partners/show.html",
        partner=partner,
        facts=ASKED[partner.kind],
        mine=next((member for member in memberships(g.person) if member.partner_id == partner.id), None),
        handling=tell(list(db.session.scalars(seen(Line.about(partner))))) if handled else [],
        masked=masked_phone(partner.contact_phone),
        form=form_for(AnswerForm),
    )
