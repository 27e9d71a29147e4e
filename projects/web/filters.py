"""What the list of projects can be narrowed down by: places and categories, as plain values."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Integer, Select, bindparam, case, func, or_

from communities.catalogue import Category
from communities.person import Nobody
from communities.place import Kind, Place
from kernel.db import db, seen

from ..project_row import in_language

MOST = 300  # places of a list


class Spot(NamedTuple):
    """A place as the filter offers it."""

    id: int
    code: str
    name: str
    path: str

    @property
    def line(self) -> list[int]:
        """The ids from the root to here."""
        return [int(id) for id in self.path.split("/") if id]


def spots() -> Select:
    """Places, in no order; everybody may know where they are."""
    return seen(Place.seen_by(Nobody()).with_only_columns(Place.id, Place.code, Place.name, Place.path))


@cache
def coded() -> Select:
    """The statement for the place with a `code`."""
    return spots().where(Place.code == bindparam("code"))


@cache
def widest() -> Select:
    """The statement for the districts and subdistricts."""
    return spots().where(Place.kind.in_((Kind.DISTRICT, Kind.SUBDISTRICT))).order_by(Place.path).limit(MOST)


@cache
def around() -> Select:
    """The statement for the `line` of ids down to a place, and what lies directly below this `id`, in order."""
    below = Place.parent_id == bindparam("id", type_=Integer)
    order = case((below, 1), else_=0), case((below, Place.position), else_=func.length(Place.path)), Place.id
    return spots().where(or_(Place.id.in_(bindparam("line", expanding=True)), below)).order_by(*order)


def place_at(code: str) -> Spot | None:
    """The place with this code."""
    found = db.session.execute(coded(), {"code": code}).first()
    return Spot(*found) if found else None


def places_near(place: Spot | None) -> list[Spot]:
    """What the filter of places offers: the way up, the place, and what lies directly below it; districts at first."""
    values = {"id": place.id, "line": place.line} if place else {}
    return [Spot(*row) for row in db.session.execute(around() if place else widest(), values)]


@cache
def catalogue() -> Select:
    """The statement for the categories, in order."""
    facts = Category.id, Category.name, Category.name_en, Category.parent_id
    return seen(Category.seen_by(Nobody()).with_only_columns(*facts))


def categories() -> list[tuple[int, str]]:
    """Id and label of each category; what stands below another one is set in."""
    rows = db.session.execute(catalogue())
    return [(id, ("　" if above else "") + in_language(name, name_en)) for id, name, name_en, above in rows]
