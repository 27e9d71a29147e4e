"""公开事由 on the screen: what everybody may read of the needs of a place."""

from typing import Any

from flask import abort, request, url_for
from sqlalchemy import select

from communities.place import Kind, Place, in_ranges
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db, seen
from kernel.request import Page, permit
from kernel.text import clean_line

from ..published import COUNTED, NAMED, Published, widened
from .choices import categories

FILTERS = ("place", "category", "solved")
OFFERED = 300
BELOW = {Kind.DISTRICT: Kind.SUBDISTRICT, Kind.SUBDISTRICT: Kind.COMMUNITY, Kind.COMMUNITY: Kind.COMPOUND}
SOLVED = {"1": True, "0": False}


@permit("need:read-public")
def index() -> Page:
    """25 matters, the newest first; the filters stay in the address."""
    asked = asked_for(request.args)
    behind = unpack(request.args.get("page"), int)
    rows, total = asked.page(*behind or ())
    shown = rows[:PAGE]
    kept: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return Page(
        "needs/public.html",
        asked=asked,
        rows=shown,
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        places=places_around(asked.place),
        categories=categories(),
        kept=kept,
        more=url_for("needs.public", **kept, page=pack(shown[-1].id)) if len(rows) > PAGE else None,
    )


def asked_for(args) -> Published:
    """What the address asks for. A place that is none is not found; other words that cannot be read say nothing."""
    category, code = args.get("category", ""), clean_line(args.get("place", ""))[:40]
    place = (Place.at(code) or abort(404)) if code else None
    return Published(
        place=widened(place) if place else None,
        category_id=int(category) if category.isascii() and category.isdecimal() and len(category) < 10 else None,
        solved=SOLVED.get(args.get("solved", "")),
    )


def places_around(place: Place | None) -> list[Place]:
    """What the filter of places offers: the way up, the place, and the next smaller ones in it; districts at first."""
    if place is None:
        wanted = select(Place).where(Place.kind.in_((Kind.DISTRICT, Kind.SUBDISTRICT)))
    else:
        inside = in_ranges(Place.path, [place.path]) & (Place.kind == BELOW.get(place.kind))
        wanted = select(Place).where(Place.id.in_(place.ancestor_ids) & Place.kind.in_(NAMED) | inside)
    return list(db.session.scalars(seen(wanted.order_by(Place.path).limit(OFFERED))))
