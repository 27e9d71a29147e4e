"""Offering: what a partner or an office lends, kept up by its owner."""

from flask import abort, g

from communities.catalogue import Capability
from communities.place import Kind as PlaceKind
from communities.place import Place
from communities.tree import overview
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _, day
from kernel.request import Back, Page, form_for, one, permit, say

from ...kind import Kind
from ...partner import COMMUNITY, Partner
from ...resources.closure import Closure
from ...resources.resource import Resource
from ..choices import catalogue, pairs
from .resource_forms import AT_ONCE, CloseForm, OfferForm, RenewForm, WhyForm, known

BACK = ("resources.show", "resource")
USUAL = {f"hours_{number}": "08:00-22:00" for number in range(7)}
HERE = (PlaceKind.COMMUNITY, PlaceKind.GRID, PlaceKind.DEDICATED_GRID, PlaceKind.COMPOUND, PlaceKind.SITE)


def usual() -> dict:
    """What most offers say."""
    groups = [Kind.RESIDENT_GROUP.value, Kind.TEAM.value]
    until = clock.today().replace(month=12, day=31)
    return {**USUAL, "quantity": 1, "free_for": groups, "at_once": AT_ONCE, "confirm_days": 3, "valid_until": until}


def with_catalogue(form):
    """The form with the capabilities to choose from."""
    form.capability_id.choices = [("", _("没有"))] + [(row.id, row.label) for row in catalogue(Capability)]
    return form


def with_communities(form, partner):
    """The form with the places that a partner may lend at: all communities, by subdistrict."""
    form.place.choices = {
        subdistrict.place.name: pairs([subdistrict, *subdistrict.branches])
        for district in overview()
        for subdistrict in district.branches
    }
    return with_catalogue(form)


def with_places(form, place):
    """The form with this place and those in it."""
    inside = Place.within(place) & ((Place.id == place.id) | Place.kind.in_(HERE))
    found = db.session.scalars(seen(Place.seen_by(g.person).where(inside).order_by(Place.path).limit(300)))
    deep = len(place.ancestor_ids)
    form.place.choices = [(row.id, "　" * (len(row.ancestor_ids) - deep) + row.name) for row in found]
    return with_catalogue(form)


@permit("resource:offer", of=Partner)
def new_of_partner(partner) -> Page:
    """An empty form of this partner."""
    contact = {"contact_name": partner.contact_name, "contact_phone": partner.contact_phone}
    community = (partner.place.ancestor_ids[COMMUNITY:] or [partner.place_id])[0]
    form = with_communities(form_for(OfferForm, place=community, **usual(), **contact), partner)
    return Page("resources/new.html", form=form, partner=partner, place=partner.place)


@permit("resource:offer", of=Partner, form=OfferForm, back=("partner_resources.new", None))
def create_of_partner(partner, form) -> Back:
    """A partner lends something."""
    return offered(Resource.offer(one(Place, form.place.data), partner, by=g.person, **chosen(form)))


@permit("resource:offer-here", of=Place, at="place")
def new(place) -> Page:
    """An empty form of the office of this place."""
    form = with_places(form_for(OfferForm, place=place.id, **usual()), place)
    return Page("resources/new.html", form=form, partner=None, place=place)


@permit("resource:offer-here", of=Place, at="place", form=OfferForm, back=("resources.new", None))
def create(place, form) -> Back:
    """The office of a place lends something."""
    return offered(Resource.offer(place, by=g.person, **chosen(form)))


def chosen(form) -> dict:
    """The facts of the form with the capability that it names."""
    capability = one(Capability, form.capability_id.data) if form.capability_id.data else None
    return form.facts | {"capability": capability}


def offered(resource) -> Back:
    """Say it, on its page."""
    say(_("“%(resource)s”已经放进资源清单，大家看得到了。", resource=resource.name))
    return Back("resources.show", id=resource.id)


@permit("resource:edit", of=Resource)
def edit(resource) -> Page:
    """What is stored, to be corrected."""
    form = form_for(OfferForm, **known(resource))
    if resource.partner:
        with_communities(form, resource.partner)
    else:
        with_places(form, community_of(resource.place))
    return Page("resources/edit.html", resource=resource, form=form)


def community_of(place: Place) -> Place:
    """The community in which a place lies, or the place itself above the communities."""
    return one(Place, (place.ancestor_ids[COMMUNITY:] or [place.id])[0])


@permit("resource:edit", of=Resource, form=OfferForm, back=("resources.edit", None))
def update(resource, form) -> Back:
    """Keep the corrections."""
    place = one(Place, form.place.data)
    if resource.partner is None and not community_of(resource.place).covers(place):
        abort(404)
    resource.rewrite(version=form.shown, by=g.person, place=place, **chosen(form))
    say(_("“%(resource)s”改好了；已经约好的不变。", resource=resource.name))
    return Back("resources.show", id=resource.id)


@permit("resource:edit", of=Resource, form=RenewForm, back=BACK)
def renew(resource, form):
    """It still stands."""
    resource.renew(form.valid_until.data, by=g.person)
    say(_("谢谢！提供到 %(day)s。", day=day(resource.valid_until, year=True)))


@permit("resource:edit", of=Resource, form=WhyForm, back=BACK)
def pause(resource, form):
    """Nothing new for a while."""
    resource.pause(form.reason.data or "", by=g.person)
    say(_("“%(resource)s”暂停预约了；已经约好的不变。", resource=resource.name))


@permit("resource:edit", of=Resource, back=BACK)
def resume(resource):
    """It can be booked again."""
    resource.resume(by=g.person)
    say(_("“%(resource)s”又可以约了。", resource=resource.name))


@permit("resource:edit", of=Resource, form=WhyForm, back=BACK)
def end(resource, form):
    """It is not lent any more."""
    resource.end(form.reason.data or "", by=g.person)
    say(_("“%(resource)s”不再提供；约了的人都会收到消息。", resource=resource.name))


@permit("resource:edit", of=Resource, form=CloseForm, back=BACK)
def close(resource, form):
    """Closed for a while."""
    closure = resource.close(*form.span, form.reason.data, by=g.person)
    say(_("记下了：%(reason)s。约了这段时间的人会收到消息，重新开放就自动恢复。", reason=closure.reason))


def page_of(id, closure) -> Back:
    """The page of the resource."""
    return Back("resources.show", "resource", id=id)


@permit("resource:edit", of=Resource, back=page_of)
def open_again(resource, closure):
    """A closure is taken back."""
    found = db.session.scalar(seen(Closure.seen_by(g.person).where(Closure.id == closure)))
    if found is None or found.resource_id != resource.id:
        abort(404)
    resource.open_again(found, by=g.person)
    say(_("这段时间又开放了，原来约了的已经恢复。"))
