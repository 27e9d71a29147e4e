"""已解决: closed projects with what came of them, the latest first."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, Select, String, and_, bindparam, func, or_, select

from communities.catalogue import Category
from communities.place import Place, above
from governance.need import Need
from governance.need_state import State as NeedState
from kernel.cursor import PAGE
from kernel.db import db, seen
from partners.partner import Partner

from .adoption import Adoption
from .counting import hours
from .giveback import minutes
from .in_kind import InKind
from .origin import Origin
from .photo import Photo
from .project import Project
from .stage import Stage
from .standing import State

COUNTED = 1000  # a count stops here


class Shape(NamedTuple):
    """Which filters are asked for; their values are bound when the statement is run."""

    place: bool
    category: bool
    cursor: bool = False


class Row(NamedTuple):
    """One closed project as the list shows it; of its first photo the id (None: there is none), words and sides."""

    id: int
    title: str
    place: str
    category: Category
    closed_on: date
    outcome: str
    people_served: int | None
    minutes: int
    yuan: int
    needs: int
    confirmed: int
    photo: int | None
    alt: str | None
    width: int | None
    height: int | None
    partners: tuple[str, ...] = ()

    @property
    def hours(self) -> str:
        """Person-hours, "" for none that anybody wrote down."""
        return hours(self.minutes) if self.minutes else ""


def worked():
    """The person-minutes of what was delivered of a project."""
    done = (Adoption.project_id == Project.id) & (Adoption.state == State.DELIVERED)
    found = select(func.coalesce(func.sum(minutes()), 0)).select_from(Adoption).join(Adoption.part)
    return found.where(done).correlate(Project).scalar_subquery()


def given():
    """The yuan in kind that came with it."""
    counts = InKind.struck_at.is_(None) & (Adoption.state == State.DELIVERED)
    found = select(func.coalesce(func.sum(InKind.yuan), 0)).join(InKind.adoption)
    return found.where(counts, Adoption.project_id == Project.id).correlate(Project).scalar_subquery()


def grounds() -> list:
    """Columns: how many needs it answers, and how many of those who said them say that it is solved."""
    mine = (Origin.project_id == Project.id) & Origin.until.is_(None)
    said = select(func.count()).select_from(Origin).where(mine)
    confirmed = said.join(Need, Need.id == Origin.need_id).where(Need.state == NeedState.CONFIRMED)
    return [one.correlate(Project).scalar_subquery() for one in (said, confirmed)]


def first_photo():
    """The id of the first photo that everybody sees."""
    found = select(func.min(Photo.id)).where(Photo.project_id == Project.id, Photo.shown)
    return found.correlate(Project).scalar_subquery()


def closed(shape: Shape) -> Select:
    """The ids of closed projects with these filters."""
    found = select(Project.id).where(Project.stage == Stage.CLOSED)
    if shape.place:
        low, high = bindparam("place", type_=String), bindparam("place_end", type_=String)
        inside = select(Place.id).where(Place.path >= low, Place.path < high)
        found = found.where(Project.place_id.in_(inside))
    if shape.category:
        found = found.where(Project.category_id == bindparam("category", type_=Integer))
    return found


@cache
def page(shape: Shape) -> Select:
    """The statement for a page of them, and at most 1,001 for the count."""
    counted = closed(shape).limit(COUNTED + 1).subquery()
    total = select(func.count()).select_from(counted).scalar_subquery()
    columns = (Project.id, Project.title, Place.name, Category, Project.closed_on, Project.outcome)
    pictured = (Photo.id, Photo.alt, Photo.width, Photo.height)
    found = select(*columns, Project.people_served, worked(), given(), *grounds(), *pictured, total)
    found = found.join(Place, Place.id == Project.place_id).join(Category, Category.id == Project.category_id)
    found = found.outerjoin(Photo, Photo.id == first_photo()).where(Project.id.in_(closed(shape)))
    if shape.cursor:
        day, id = bindparam("day", type_=Date), bindparam("before", type_=Integer)
        found = found.where(or_(Project.closed_on < day, and_(Project.closed_on == day, Project.id < id)))
    return seen(found.order_by(Project.closed_on.desc(), Project.id.desc()).limit(PAGE + 1))


@cache
def doers() -> Select:
    """The statement for the names of the partners that did them, by the ids of the `projects`."""
    ids = bindparam("projects", type_=Integer, expanding=True)
    done = Adoption.project_id.in_(ids) & (Adoption.state == State.DELIVERED)
    found = select(Adoption.project_id, Partner.name, func.min(Adoption.id)).join(Adoption.partner).where(done)
    return seen(found.group_by(Adoption.project_id, Partner.id, Partner.name).order_by(func.min(Adoption.id)))


@dataclass(frozen=True)
class Solved:
    """The closed projects of a place and what lies in it, of one category."""

    place: Any = None  # whatever has a path
    category_id: int | None = None

    def page(self, last: tuple[date, int] | None = None) -> tuple[list[Row], int]:
        """Up to 26 closed before this one (day, id), and how many there are in all, at most 1,001."""
        path = self.place.path if self.place else ""
        values = {"place": path, "place_end": above(path), "category": self.category_id}
        shape = Shape(self.place is not None, self.category_id is not None, last is not None)
        values |= {"day": last[0], "before": last[1]} if last else {}
        found = db.session.execute(page(shape), values).all()
        names: dict[int, list[str]] = {}
        if found:
            for id, name, _first in db.session.execute(doers(), {"projects": [row[0] for row in found]}):
                names.setdefault(id, []).append(name)
        rows = [Row(*row[:-1])._replace(partners=tuple(names.get(row[0], ()))) for row in found]
        return rows, found[0][-1] if found else 0
