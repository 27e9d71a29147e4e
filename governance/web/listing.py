"""The list of needs for staff and for those who are asked."""

from typing import Any

from flask import g, request, url_for
from sqlalchemy import select

from communities.place import Kind, Place, in_ranges
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db, seen
from kernel.request import Page, permit

from ..need import caring_paths
from ..need_state import State
from ..register import COUNTED, Needs, key_of
from .choices import categories

OFFERED = 300
LEVELS = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY)
FILTERS = ("place", "category", "state", "late", "meeting", "q")


@permit("need:list")
def index() -> Page:
    """25 needs, the most urgent first; the filters stay in the address."""
    needs = Needs.asked_for(request.args)
    rows, total = needs.page(g.person, unpack(request.args.get("page"), int, str, int))
    shown = rows[:PAGE]
    kept: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return Page(
        "needs/index.html",
        asked=needs,
        needs=shown,
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        states=State,
        places=places_here(),
        categories=categories(),
        kept=kept,
        more=url_for("needs.index", **kept, page=pack(*key_of(shown[-1]))) if len(rows) > PAGE else None,
    )


def places_here() -> list[Place]:
    """Where this person cares, and the places in it that the filter offers."""
    paths = caring_paths(g.person)
    if not paths:
        return []
    own = [post.place_id for post in g.person.posts]
    wide = any(post.place.kind in LEVELS[:2] for post in g.person.posts)
    kinds = LEVELS if wide else (*LEVELS, Kind.GRID, Kind.DEDICATED_GRID, Kind.COMPOUND)
    wanted = select(Place).where(in_ranges(Place.path, paths), Place.kind.in_(kinds) | Place.id.in_(own))
    return list(db.session.scalars(seen(wanted.order_by(Place.path).limit(OFFERED))))
