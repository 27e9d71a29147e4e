"""How the offices that decide are named in the sentences of the journal."""

from sqlalchemy import select

from communities import journal
from communities.place import Kind, Place
from kernel.db import db
from kernel.i18n import _


def offices(ids: set[int]) -> dict[int, str]:
    """Who decides at these places, as one says it: “东方社区党委”, above the communities “韩森寨街道”."""
    found = {id: (place.name, place.kind) for id, place in journal.at_hand(Place, ids).items()}
    if missing := ids - found.keys():
        rows = db.session.execute(select(Place.id, Place.name, Place.kind).where(Place.id.in_(missing)))
        found |= {id: (name, kind) for id, name, kind in rows}
    return {
        id: str(_("%(community)s党委", community=name)) if kind is Kind.COMMUNITY else name
        for id, (name, kind) in found.items()
    }
