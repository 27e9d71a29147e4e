"""What the forms of needs offer: categories, places, partners."""

from flask import g, request
from sqlalchemy import or_, select

from communities import place_names
from communities.catalogue import Category
from communities.place import Place
from kernel.db import db, seen
from kernel.i18n import _
from kernel.request import one
from partners.partner import Partner

from .. import where

MOST = 300


def categories() -> list[tuple[int, str]]:
    """The entries of the catalogue that can be chosen."""
    return [(row.id, row.label) for row in db.session.scalars(seen(Category.choosable(g.person)))]


def category_of(form) -> Category | None:
    """The category that a form names, or none."""
    return one(Category, form.category_id.data) if form.category_id.data else None


def partners_for(place: Place) -> list[tuple[int, str]]:
    """The active partners that are registered from here up or serve here, by name."""
    here = or_(Partner.place_id.in_(place.ancestor_ids), Partner.serving(place))
    wanted = select(Partner.id, Partner.name).where(here, Partner.active()).order_by(Partner.name, Partner.id)
    return [(id, name) for id, name in db.session.execute(seen(wanted.limit(MOST)))]


def offer_places(form) -> str:
    """Offer what `?where=` finds, the place of `?place=` with what it lies in, and what was chosen; what was sought."""
    sought = " ".join(request.args.get("where", "").split())[: place_names.LONGEST]
    code = request.args.get("place", "")[:40]
    given = Place.at(code) if code else None
    chosen = db.session.get(Place, form.place.data) if form.place.data else None
    near = where.around(given) if given else []
    places = {
        place.id: place for place in [*([chosen] if chosen else []), *near, *place_names.find(sought), *own_places()]
    }
    known = place_names.labels(places.values())
    form.place.choices = [("", _("请选择")), *((id, known[id]) for id in places)]
    if given and not form.place.data:
        form.place.data = given.id
    return sought


def own_places() -> list[Place]:
    """Where the reader serves, and where he lives."""
    home = [g.person.home] if g.person.home else []
    return [*home, *(post.place for post in g.person.posts)]
