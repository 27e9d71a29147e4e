"""Which office decides: public lines name it, and nobody who serves in it."""

from sqlalchemy import select

from kernel.db import db
from kernel.i18n import _

from .journal import at_hand
from .place import Kind, Place
from .post import DECIDERS


def deciding_place(place: Place, by) -> Place:
    """The place whose office does this: the nearest above `place` where `by` decides, else the place itself."""
    mine = [post.place for post in (by.posts if by else []) if post.office in DECIDERS]
    above = [one for one in mine if one.covers(place)]
    return max(above, key=lambda one: len(one.path), default=place)


def offices(ids: set[int]) -> dict[int, str]:
    """Who decides at these places, as one says it: “东方社区党委”, above the communities “韩森寨街道”."""
    found = {id: (place.name, place.kind) for id, place in at_hand(Place, ids).items()}
    if missing := ids - found.keys():
        rows = db.session.execute(select(Place.id, Place.name, Place.kind).where(Place.id.in_(missing)))
        found |= {id: (name, kind) for id, name, kind in rows}
    return {
        id: str(_("%(community)s党委", community=name)) if kind is Kind.COMMUNITY else name
        for id, (name, kind) in found.items()
    }
