"""Places: one tree from the district down to the building, and sites (shops, schools) under dedicated grids."""

from math import cos, hypot, radians
from typing import Optional

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Select, String, cast, false, func, or_, select, update
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from kernel.choice import Choice, stored
from kernel.db import Id, Model, Name, Note, db
from kernel.i18n import _

from . import natural_order

PATH = String(120).with_variant(String(120, collation="C"), "postgresql")  # other collations skip the “/” in ranges
METRES_A_DEGREE = 111_320
DETOUR = 1.3  # a walk is longer than the straight line
METRES_A_MINUTE = 65


class Kind(Choice):
    """What a place is; what others lie in comes before them."""

    DISTRICT = "district", _("区")
    SUBDISTRICT = "subdistrict", _("街道")
    COMMUNITY = "community", _("社区")
    GRID = "grid", _("基础网格")
    DEDICATED_GRID = "dedicated", _("专属网格")
    COMPOUND = "compound", _("小区、院落")
    BUILDING = "building", _("楼栋")
    SITE = "site", _("场所")


UNDER: dict[Kind, set[Kind | None]] = {
    Kind.DISTRICT: {None},
    Kind.SUBDISTRICT: {Kind.DISTRICT},
    Kind.COMMUNITY: {Kind.SUBDISTRICT},
    Kind.GRID: {Kind.COMMUNITY},
    Kind.DEDICATED_GRID: {Kind.COMMUNITY},
    Kind.COMPOUND: {Kind.GRID, Kind.COMMUNITY},
    Kind.BUILDING: {Kind.COMPOUND},
    Kind.SITE: {Kind.DEDICATED_GRID},
}


class Place(Model):
    """One place. `path` holds the ids from the root to here (`/1/14/203/`), so a subtree is a range of it."""

    __tablename__ = "place"
    __table_args__ = (Index("ix_place_parent_order", "parent_id", "position"),)

    id: Mapped[Id]
    kind: Mapped[Kind] = mapped_column(stored(Kind))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Name]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    path: Mapped[str] = mapped_column(PATH, index=True)
    position: Mapped[int] = mapped_column(BigInteger, default=0)
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    households: Mapped[int | None]
    about: Mapped[Note] = mapped_column(default="")

    parent: Mapped[Optional["Place"]] = relationship(remote_side="Place.id", back_populates="children")
    children: Mapped[list["Place"]] = relationship(
        back_populates="parent", order_by="(Place.position, Place.id)", passive_deletes="all"
    )

    @classmethod
    def seen_by(cls, person) -> Select:
        """Everybody may know where places are."""
        return select(cls)

    @classmethod
    def at(cls, code: str) -> Optional["Place"]:
        """The place with this code."""
        return db.session.scalar(select(cls).where(cls.code == code))

    @classmethod
    def within(cls, *places):
        """A condition: lies in (or is) one of these places. Ranges of paths are what both databases index."""
        return in_ranges(cls.path, [place.path for place in places])

    @classmethod
    def of_kind(cls, kind: Kind, under: "Place | None" = None) -> Select:
        """All places of a kind, in their order, below another one if given."""
        found = select(cls).where(cls.kind == kind).order_by(cls.path)
        return found.where(cls.within(under)) if under else found

    @classmethod
    def below(cls, places) -> Select:
        """What lies in each place that the condition `places(top)` chooses: its id, a kind, how many, households."""
        top = aliased(cls)
        end = func.substr(top.path, 1, func.length(top.path) - 1).concat("0")
        inside = (cls.path > top.path) & (cls.path < end)
        found = select(top.id, cls.kind, func.count(), func.sum(cls.households)).join(cls, inside)
        return found.where(places(top)).group_by(top.id, cls.kind)

    @property
    def line(self) -> Select:
        """From the root to here."""
        return select(Place).where(Place.id.in_(self.ancestor_ids)).order_by(Place.path)

    @property
    def ancestor_ids(self) -> list[int]:
        """The ids from the root to here, this one included."""
        return [int(id) for id in self.path.split("/") if id]

    @property
    def whole_name(self) -> str:
        """Its name; of a building with that of its compound."""
        return f"{self.parent.name}{self.name}" if self.kind is Kind.BUILDING and self.parent else self.name

    def covers(self, place: "Place") -> bool:
        """Whether the other place is this one or lies in it."""
        return place.path.startswith(self.path)

    def add(self, kind: Kind, code: str, name: str, **facts) -> "Place":
        """A new place below this one, in the session and with its path; in natural order unless told its position."""
        facts.setdefault("position", natural_order.position(name))
        return plant(Place(kind=kind, code=code, name=name, parent=self, **facts))


def in_ranges(column, paths):
    """Whether a path lies below one of these paths: a range for each, false for none."""
    return or_(false(), *((column >= path) & (column < above(path)) for path in paths))


def above(path: str) -> str:
    """The first path behind a subtree: `/1/14/` → `/1/140`."""
    return path[:-1] + "0"


def plant(place: Place) -> Place:
    """Give a new place its id and path; its parent has both already."""
    place.path = ""
    db.session.add(place)
    db.session.flush()
    place.path = f"{place.parent.path if place.parent else '/'}{place.id}/"
    return place


def replant() -> None:
    """Write the paths anew, from the root down, where ids and parents say something else."""
    parent = aliased(Place)
    above_it = select(parent.path).where(parent.id == Place.parent_id).scalar_subquery()
    right = func.coalesce(above_it, "/").concat(cast(Place.id, String)).concat("/")
    for kind in Kind:
        wrong = update(Place).where(Place.kind == kind, Place.path != right)
        db.session.execute(wrong.values(path=right).execution_options(synchronize_session=False))
    db.session.expire_all()


def metres(one, other) -> int | None:
    """The walk between two points with `lat` and `lon` (WGS-84), in metres: straight line × 1.3; None without both."""
    if None in (one.lat, one.lon, other.lat, other.lon):
        return None
    north = (one.lat - other.lat) * METRES_A_DEGREE
    east = (one.lon - other.lon) * METRES_A_DEGREE * cos(radians(one.lat))
    return round(hypot(north, east) * DETOUR)


def minutes(walk: int) -> int:
    """The walk in minutes on foot, at least one."""
    return max(1, round(walk / METRES_A_MINUTE))


def walk(home: Place | None, point) -> tuple[int, int] | None:
    """(minutes, metres) on foot from home to a point; None where one of the two has no coordinates."""
    far = metres(home, point) if home is not None else None
    return None if far is None else (minutes(far), far)
