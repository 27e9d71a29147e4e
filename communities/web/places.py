"""Places: the tree of the district, one place with what lies in it, and the tree as a sheet."""

from flask import Blueprint, g, redirect, request, url_for
from sqlalchemy import or_, select

from kernel import search
from kernel.db import db
from kernel.request import Page, permit

from .. import tree
from ..place import Kind, Place

bp = Blueprint("places", __name__)


@bp.get("/places/")
@permit("place:see")
def index():
    """Every district with its subdistricts and communities, and how much lies in each; or what a search finds."""
    q = " ".join(request.args.get("q", "").split())[:64]
    if q:
        found = [place for _kind, place in search.find(g.person, q, kind="place", limit=25)]
        return Page("communities/places_found.html", q=q, lines=with_lines(found))
    tallies = tree.tallies(lambda place: place.kind.in_(tree.OVERVIEW))
    return Page("communities/places.html", districts=tree.overview(), tallies=tallies, under=None)


@bp.get("/places/<string:code>")
@permit("place:see", of=Place, by="code")
def show(place):
    """A place: where it lies, what it is, what lies in it; later packages add what goes on there."""
    line = list(db.session.scalars(place.line))
    is_building = place.kind is Kind.BUILDING
    return Page(
        "communities/place.html",
        place=place,
        line=line[:-1],
        branch=tree.below(place.parent if is_building else place),
        tallies=tree.tallies(lambda top: or_(top.id == place.id, top.parent_id == place.id)),
        is_building=is_building,
        under=place.id,
        Kind=Kind,
    )


@bp.get("/places/by-id/<int:id>")
@permit("place:see", of=Place)
def by_id(place):
    """The way to a place for those who know only its id: the journal, and links that outlive a code."""
    return redirect(url_for("places.show", code=place.code))


def with_lines(places: list[Place]) -> list[tuple[Place, list[Place]]]:
    """Each place with those that it lies in, from the root; one query."""
    ids = {id for place in places for id in place.ancestor_ids}
    known = {place.id: place for place in db.session.scalars(select(Place).where(Place.id.in_(ids)))}
    return [(place, [known[id] for id in place.ancestor_ids[:-1]]) for place in places]
