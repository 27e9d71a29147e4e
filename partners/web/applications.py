"""Applying to be a partner: the kind, then the form of that kind; again after a refusal; other words later."""

from typing import Any

from flask import abort, g, request
from sqlalchemy import select

from communities.catalogue import Capability
from communities.place import Place
from communities.tree import overview
from kernel.db import db, seen
from kernel.i18n import _, day
from kernel.request import Back, Page, form_for, one, permit, say

from ..kind import ASKED, MEANS, Fact, Kind, has_address
from ..partner import COMMUNITY, Partner
from ..standing import Stage
from .alike import count_phone, hints_for, not_here
from .choices import catalogue, chosen, offer, shelves
from .forms import form_of, words_of

WORDS = "name", "about", "offers", "address", "contact_name", "contact_phone"
LISTS = "capabilities", "areas", "compounds", "functions"


def asked_kind() -> Kind | None:
    """The kind in the address."""
    return next((kind for kind in Kind if kind.value == request.args.get("kind")), None)


def new_form():
    """The form of the kind in the address, as it was sent."""
    return form_of(asked_kind() or abort(404))()


def kind_of_address() -> Kind:
    """The kind of the partner in the address."""
    kind = db.session.scalar(select(Partner.kind).where(Partner.id == (request.view_args or {})["id"]))
    return kind or abort(404)


def form_again():
    """The form of a partner's own kind, as it was sent."""
    return form_of(kind_of_address())()


def words_again():
    """The words that this kind may change, as they were sent."""
    return words_of(kind_of_address())()


@permit("partner:apply")
def new() -> Page:
    """First the kinds, each with a sentence; then the form of the one that was chosen."""
    kind = asked_kind()
    if kind is None:
        return Page("partners/kinds.html", kinds=MEANS)
    home = g.person.home.ancestor_ids[COMMUNITY:][:1] if g.person.home else [None]
    mine = {"contact_name": g.person.name, "contact_phone": g.person.phone, "place": home[0]}
    form = form_for(form_of(kind), **mine, consenting_id=home[0])
    return written("partners/new.html", form, kind)


@permit("partner:apply", form=new_form, before=count_phone, back=("partners.new", None))
def create(form, may_compare) -> Back:
    """Ask to become a partner, once who is alike was shown."""
    place = one(Place, form.place.data)
    not_here(form, may_compare)
    partner = Partner.apply(form.kind, place=place, by=g.person, **chosen(form, place))
    return asked(partner)


@permit("partner:edit", of=Partner)
def edit(partner) -> Page:
    """After a refusal the whole application again; else the words that need no verification."""
    again = partner.stage is Stage.REFUSED
    facts = [fact.value for fact in ASKED[partner.kind]]
    known = {name: getattr(partner, name) for name in {*WORDS, *facts} - {*LISTS}}
    known |= {name: [row.id for row in getattr(partner, name)] for name in LISTS if again or name == "areas"}
    form = form_for(form_of(partner.kind) if again else words_of(partner.kind), place=partner.place_id, **known)
    return written("partners/edit.html", form, partner.kind, partner=partner, again=again)


@permit("partner:edit", of=Partner, form=words_again, back=("partners.edit", None))
def update(partner, form) -> Back:
    """Other words about itself."""
    partner.amend(by=g.person, **chosen(form, partner.place))
    say(_("已更新，居民现在看到的就是新的介绍。"))
    return Back("partners.show", id=partner.id)


@permit("partner:edit", of=Partner, form=form_again, back=("partners.edit", None))
def apply_again(partner, form) -> Back:
    """After a refusal, with better facts."""
    place = one(Place, form.place.data)
    partner.apply_again(by=g.person, place=place, **chosen(form, place))
    return asked(partner)


def asked(partner) -> Back:
    """Say who answers by which day, on the page of the partner."""
    office, until = partner.answered_by.label, day(partner.answer_due)
    say(
        _("申请已交给%(place)s（%(office)s），%(day)s 前会答复您。", place=partner.place.name, office=office, day=until)
    )
    return Back("partners.show", id=partner.id)


def written(template: str, form, kind: Kind, **names) -> Page:
    """A page with a form of a partner, and all that can be chosen in it."""
    districts = overview()
    near = place_of(form, names.get("partner"))
    offer(form, districts, near)
    asks_compounds = Fact.COMPOUNDS in ASKED[kind] and "place" in form
    shown: dict[str, Any] = {"facts": ASKED[kind], "kind": kind, "near": near, "place_first": asks_compounds}
    shown |= {"with_address": has_address(kind), "hints": hints_for(form, names.get("partner"))}
    can = shelves(catalogue(Capability)) if "capabilities" in form else []
    return Page(template, form=form, districts=districts, can=can, **shown, **names)


def place_of(form, partner) -> Place | None:
    """The community whose compounds are offered: as chosen in the address, else in the form."""
    if "place" not in form:
        return None
    sent = request.args.get("place", "")
    id = int(sent) if sent.isdecimal() and len(sent) < 10 and not form.is_submitted() else form.place.data
    place = db.session.scalar(seen(select(Place).where(Place.id == id))) if id else None
    form.place.data = place.id if place else form.place.data
    return place
