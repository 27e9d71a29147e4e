"""Find where somebody lives by the name on the gate: the words of a building, its compound and its community."""

from sqlalchemy import case, or_, select
from sqlalchemy.orm import aliased

from communities.place import Kind, Place
from kernel.db import db

from .volunteer import HOMES

MOST = 30
LONGEST = 40
AT_COMMUNITY = 3  # ids on the path from the district to the community


def find(text: str) -> list[Place]:
    """Up to 30 places to live in whose name, with that of what they lie in, holds every word; buildings first."""
    words = text[:LONGEST].split()
    if not words:
        return []
    parent = aliased(Place)
    full = parent.name + Place.name
    found = select(Place).join(parent, Place.parent_id == parent.id).where(Place.kind.in_(HOMES))
    for word in words:
        found = found.where(or_(full.contains(word, autoescape=True), Place.name.contains(word, autoescape=True)))
    order = case({Kind.BUILDING: 0, Kind.COMPOUND: 1}, value=Place.kind, else_=2)
    return list(db.session.scalars(found.order_by(order, Place.path).limit(MOST)))


def labels(places: list[Place]) -> list[tuple[int, str]]:
    """Each place as its id and “东方社区 31小区 1号楼”; one query."""
    chains = {place.id: place.ancestor_ids[AT_COMMUNITY - 1 :] for place in places}
    ids = {id for chain in chains.values() for id in chain}
    known = {place.id: place for place in db.session.scalars(select(Place).where(Place.id.in_(ids)))}
    shown = {Kind.COMMUNITY, Kind.COMPOUND, Kind.BUILDING}
    named = {key: [known[id].name for id in chain if known[id].kind in shown] for key, chain in chains.items()}
    return [(place.id, " ".join(named[place.id]) or place.name) for place in places]
