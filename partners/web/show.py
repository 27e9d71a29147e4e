"""One partner; what was handled with it; its number for those who need it."""

from flask import abort, g

from communities.journal import Line
from communities.journal import tell as sentences
from communities.place import Kind as PlaceKind
from kernel.db import db, seen
from kernel.i18n import _
from kernel.permits import allowed
from kernel.request import Back, Page, form_for, permit, say
from kernel.text import masked_phone

from ..impartial import who_else
from ..kind import ASKED, has_members
from ..member import Role, memberships
from ..partner import Partner
from ..portrait import Portrait
from .answer_forms import AnswerForm, JoinRequestForm
from .changes import told


@permit("partner:see")
def show(id) -> Page:
    """Who it is, what it offers, whom to ask; below what it has taken on; beside it what the reader can do."""
    portrait = Portrait.of(g.person, id) or abort(404)
    partner = portrait.partner
    mine = next((member for member in memberships(g.person) if member.partner_id == partner.id), None)
    decides = allowed(g.person, "partner:verify", partner)
    own = decides and mine is not None and mine.role is Role.MANAGER
    return Page(
        "partners/show.html",
        partner=partner,
        portrait=portrait,
        facts=ASKED[partner.kind],
        mine=mine,
        decides=decides and not own,
        other_office=who_else(partner) if own else None,
        office=office_of(portrait.verification),
        changes=told(partner, portrait.renewal.changes) if portrait.renewal and (decides or mine) else [],
        term_over=partner.term_is_over,
        masked=masked_phone(partner.contact_phone),
        form=form_for(AnswerForm),
        request_form=form_for(JoinRequestForm) if wants_in(partner, mine) else None,
        wish=portrait.wish,
    )


def office_of(verification) -> str | None:
    """Who looked at it, as one says it."""
    if verification is None:
        return None
    place = verification.place
    return _("%(community)s党委", community=place.name) if place.kind is PlaceKind.COMMUNITY else place.name


def wants_in(partner, mine) -> bool:
    """Whether the reader could ask to join."""
    return mine is None and partner.is_active and has_members(partner.kind)


@permit("partner:see-handling", of=Partner)
def handling(partner) -> Page:
    """The record of handling, oldest first."""
    return Page(
        "partners/handling.html",
        partner=partner,
        handling=sentences(list(db.session.scalars(seen(Line.about(partner))))),
    )


@permit("partner:reveal-contact", of=Partner, back=("partners.show", "partner"))
def reveal(partner) -> Back | None:
    """The whole number for somebody who serves elsewhere; the journal says who asked for it."""
    partner.reveal_contact(by=g.person)
    say(_("“%(partner)s”的电话：%(phone)s。已记下是您看的。", partner=partner.name, phone=partner.contact_phone))
    return None
