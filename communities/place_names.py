"""Places by the name on the gate: found by the words people use for them, and how one says where a place lies."""

from collections.abc import Collection, Iterable

from sqlalchemy import case, or_, select
from sqlalchemy.orm import aliased

from kernel.db import db, seen

from .place import Kind, Place

MOST = 30
LONGEST = 40  # characters of what is sought
SAID = (Kind.COMMUNITY, Kind.COMPOUND, Kind.BUILDING, Kind.SITE)  # what people name when they say where it is
SMALLEST_FIRST = {Kind.BUILDING: 0, Kind.COMPOUND: 1, Kind.SITE: 2}
COMMUNITY = 2  # the place of the community among the ids from the root


def find(text: str, kinds: Collection[Kind] = SAID) -> list[Place]:
    """Up to 30 places of these kinds whose name, with that of what they lie in, holds every word; buildings first."""
    words = text[:LONGEST].split()
    if not words:
        return []
    parent = aliased(Place)
    full = parent.name + Place.name
    found = select(Place).join(parent, Place.parent_id == parent.id).where(Place.kind.in_(kinds))
    for word in words:
        found = found.where(or_(full.contains(word, autoescape=True), Place.name.contains(word, autoescape=True)))
    order = case(SMALLEST_FIRST, value=Place.kind, else_=3)
    return list(db.session.scalars(seen(found.order_by(order, Place.path).limit(MOST))))


def labels(places: Iterable[Place]) -> dict[int, str]:
    """Each place by its id as “东方社区 31小区 1号楼”; one query."""
    places = list(places)
    ids = {id for place in places for id in place.ancestor_ids[COMMUNITY:]}
    rows = select(Place.id, Place.name, Place.kind).where(Place.id.in_(ids))
    known = {id: (name, kind) for id, name, kind in db.session.execute(seen(rows))}
    return {place.id: " ".join(named(place, known)) or place.name for place in places}


def named(place: Place, known) -> list[str]:
    """The names from the community down to the place; grids are left out, but for a place that is one."""
    chain = [(id, *known[id]) for id in place.ancestor_ids[COMMUNITY:] if id in known]
    return [name for id, name, kind in chain if kind in SAID or id == place.id]


def community_of(place: Place) -> int:
    """The id of the community that a place lies in; a wider place is itself."""
    return place.ancestor_ids[COMMUNITY] if len(place.ancestor_ids) > COMMUNITY else place.id
