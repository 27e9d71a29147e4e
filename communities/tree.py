"""The tree of places as pages show it: branches in their order, and what lies in each of them."""

from dataclasses import dataclass, field

from sqlalchemy import select

from kernel.db import db

from .how_many import said
from .place import Kind, Place, in_ranges

OVERVIEW = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY)
COUNTED = (Kind.SUBDISTRICT, Kind.COMMUNITY, Kind.COMPOUND, Kind.BUILDING, Kind.SITE)


@dataclass
class Branch:
    """A place and what stands directly below it, in order."""

    place: Place
    branches: list["Branch"] = field(default_factory=list)

    def of(self, *kinds: Kind) -> list["Branch"]:
        """The branches of these kinds."""
        return [branch for branch in self.branches if branch.place.kind in kinds]


@dataclass
class Tally:
    """What lies in a place: how many of each kind, and the households that are known."""

    numbers: dict[Kind, int] = field(default_factory=dict)
    known: dict[Kind, int] = field(default_factory=dict)

    def __getitem__(self, kind: Kind) -> int:
        return self.numbers.get(kind, 0)

    @property
    def words(self) -> list:
        """How many there are of each kind, largest places first."""
        return [said(kind, self[kind]) for kind in COUNTED if self[kind]]

    def households(self, own: int | None) -> int | None:
        """The figure of the place itself, else the sum of the largest places in it that have one."""
        return own if own is not None else next((self.known[kind] for kind in Kind if self.known.get(kind)), None)


def branches(places: list[Place]) -> list[Branch]:
    """These places (each with its parent, or a root) as trees; siblings by position, then as they came."""
    by_id = {place.id: Branch(place) for place in sorted(places, key=lambda place: (place.position, place.id))}
    for branch in by_id.values():
        if branch.place.parent_id in by_id:
            by_id[branch.place.parent_id].branches.append(branch)
    return [branch for branch in by_id.values() if branch.place.parent_id not in by_id]


def overview() -> list[Branch]:
    """The districts with their subdistricts and communities."""
    return branches(list(db.session.scalars(select(Place).where(Place.kind.in_(OVERVIEW)))))


def below(place: Place) -> Branch:
    """A place with all that lies in it; of a district or subdistrict only the next level."""
    shallow = place.kind in (Kind.DISTRICT, Kind.SUBDISTRICT)
    inside = Place.parent_id == place.id if shallow else in_ranges(Place.path, [place.path])
    found = db.session.scalars(select(Place).where(inside, Place.id != place.id))
    return branches([place, *found])[0]


def tallies(places) -> dict[int, Tally]:
    """What lies in each of the places that the condition chooses, by id; one query."""
    found: dict[int, Tally] = {}
    for id, kind, number, households in db.session.execute(Place.below(places)):
        tally = found.setdefault(id, Tally())
        tally.numbers[kind] = number
        tally.known[kind] = int(households or 0)
    return found
