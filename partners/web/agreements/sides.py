"""Who can be a party of an agreement: what its form offers, and the rows of what was chosen."""

from flask import abort
from sqlalchemy import or_, select

from communities.office import Office, office_label
from communities.place import Kind as PlaceKind
from communities.place import Place
from kernel.db import db, seen

from ...agreements.agreement import Agreement
from ...agreements.party import Party
from ...partner import Partner

OFFERED = 300  # partners
AT = {
    PlaceKind.DISTRICT: (Office.DISTRICT_OFFICE,),
    PlaceKind.SUBDISTRICT: (Office.SUBDISTRICT_OFFICE,),
    PlaceKind.COMMUNITY: (Office.COMMITTEE, Office.RESIDENTS_COMMITTEE),
}


def offer(form, place: Place, parties: list[Party] = ()) -> None:  # type: ignore[assignment]
    """Fill the lists of the form; whoever has signed already is among them."""
    offices = [(word(office, at), office_label(office, at)) for at in line_of(place) for office in AT.get(at.kind, ())]
    signed = [(word(p.office, p.place), p.label) for p in parties if p.office and p.place]
    form.offices.choices = list(dict.fromkeys([*offices, *signed]))
    partners = [(partner.id, partner.name) for partner in partners_near(place)]
    form.partners.choices = list(dict.fromkeys([*partners, *((p.partner_id, p.label) for p in parties if p.partner)]))


def chosen_before(parties: list[Party]) -> dict:
    """These parties as the form calls them."""
    return {
        "offices": [word(p.office, p.place) for p in parties if p.office and p.place],
        "partners": [p.partner_id for p in parties if p.partner_id],
        "outside": "\n".join(p.outside for p in parties if p.outside),
    }


def chosen(form, place: Place, agreement: Agreement | None = None) -> list[Party]:
    """The parties of the form; a name from outside that is a partner's becomes the partner. 404 for one not offered."""
    offer(form, place, agreement.parties if agreement else [])
    offices, partners = dict(form.offices.choices), dict(form.partners.choices)
    if not set(form.offices.data or ()) <= offices.keys() or not set(form.partners.data or ()) <= partners.keys():
        abort(404)
    known = {name: id for id, name in partners.items()}
    ids = [*(form.partners.data or ()), *(known[name] for name in form.names if name in known)]
    sides = [Party(partner_id=id, outside="") for id in dict.fromkeys(ids)]
    sides += [office_party(value) for value in dict.fromkeys(form.offices.data or ())]
    return sides + [Party(outside=name) for name in dict.fromkeys(form.names) if name not in known]


def word(office: Office, place: Place) -> str:
    """An office of a place as an option."""
    return f"{office.value}-{place.id}"


def office_party(value: str) -> Party:
    """The party of such an option."""
    office, id = value.rsplit("-", 1)
    return Party(office=Office(office), place_id=int(id), outside="")


def line_of(place: Place) -> list[Place]:
    """The place and those above it, nearest first."""
    return list(reversed(db.session.scalars(seen(place.line)).all()))


def partners_near(place: Place) -> list[Partner]:
    """The partners that are registered here or, in a community, that serve it in particular."""
    here = Partner.place_id == place.id
    if place.kind is PlaceKind.COMMUNITY:
        here = or_(here, Partner.serving(place, near=True))
    wanted = select(Partner).where(here, Partner.active()).order_by(Partner.name, Partner.id)
    return list(db.session.scalars(seen(wanted.limit(OFFERED))))
