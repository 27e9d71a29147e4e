"""The field for somebody's home: found by name in a search form of its own, so that it works without script."""

from flask import request

from communities import place_names
from communities.place import Place
from kernel.fields import Pick, row_id
from kernel.i18n import _
from kernel.request import one

from ..volunteer import HOMES

HOME = _("您住哪儿")


def home_pick(label=HOME, **options) -> Pick:
    """A list of places to live in; the page fills it with `offer_homes`."""
    return Pick(label, coerce=row_id, **options)


def offer_homes(form, *kept: Place | None) -> str:
    """Offer what `?home_q=` finds, the place of `?place=` and what was chosen before; returns what was sought."""
    sought = " ".join(request.args.get("home_q", "").split())[: place_names.LONGEST]
    code = request.args.get("place", "")
    given = Place.at(code[:40]) if code else None
    chosen = one(Place, form.home_id.data) if form.home_id.data else None
    first = [place for place in (chosen, *kept, given) if place is not None and place.kind in HOMES]
    places = list({place.id: place for place in [*first, *place_names.find(sought, HOMES)]}.values())
    form.home_id.choices = list(place_names.labels(places).items())
    if len(places) == 1 and not form.home_id.data:
        form.home_id.data = places[0].id
    return sought
