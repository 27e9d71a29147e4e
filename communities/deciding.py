"""Which office decides: public lines name it, and nobody who serves in it."""

from sqlalchemy import select

from kernel.db import db
from kernel.i18n import _

from .place import Kind, Place
from .post import DECIDERS


def deciding_place(place: Place, by) -> Place:
    """The place whose office does this: the nearest above `place` where `by` decides, else the place itself."""
    mine = [post.place for post in (by.posts if by else []) if post.office in DECIDERS]
    above = [one for one in mine if one.covers(place)]
    return max(above, key=lambda one: len(one.path), default=place)


def offices(ids: set[int]) -> dict[int, str]:
    """Who decides at these places, as one says it: “东方社区党委”, above the communities “韩森寨街道”."""
    found = select(Place.id, Place.name, Place.kind).where(Place.id.in_(ids))
    return {
        id: str(_("%(community)s党委", community=name)) if kind is Kind.COMMUNITY else name
        for id, name, kind in db.session.execute(found)
    }
