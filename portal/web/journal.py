"""动态 and the record of handling: what happened, as far as the reader may know of it."""

from flask import g, request, url_for
from sqlalchemy import select

from communities.journal import Audience, Line, tell
from communities.place import Place
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db, seen
from kernel.permits import may
from kernel.request import Page, permit


@permit("journal:see")
def journal():
    """The newest 25 lines: public news, with `?all=1` also what staff of a place and parties may read."""
    everything = bool(request.args.get("all")) and g.person.id is not None
    query = Line.seen_by(g.person) if everything else select(Line).where(Line.audience == Audience.PUBLIC)
    place = Place.at(request.args["place"][:40]) if request.args.get("place") else None
    if place is not None:
        query = query.where(Line.place_id.in_(select(Place.id).where(Place.within(place))))
    last = unpack(request.args.get("page"), int)
    if last:
        query = query.where(Line.id < last[0])
    lines = list(db.session.scalars(seen(query.order_by(Line.id.desc()).limit(PAGE + 1))))
    kept = {name: value for name, value in request.args.items() if name in {"all", "place"} and value}
    more = url_for("portal.journal", **kept, page=pack(lines[PAGE - 1].id)) if len(lines) > PAGE else None
    return Page(
        "portal/journal.html",
        told=tell(lines[:PAGE]),
        everything=everything,
        place=place,
        more=more,
        staff=may("people:see"),
    )
