"""A project as a line of a list: plain values from one statement, built once for each shape of the question."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, Select, bindparam, exists, func, or_, select

from communities.catalogue import Category
from communities.person import Nobody
from communities.place import Place
from kernel import clock
from kernel.cursor import after
from kernel.db import seen
from kernel.i18n import language

from .amounts import Amount, Amounts
from .part import Part
from .project import Project
from .stage import Stage

COUNTED = 1000  # a count stops here


class PartValues(NamedTuple):
    """What a list says of a part."""

    title: str
    unit: str
    quantity: int
    given: int


class RowPart(Amount, PartValues):
    """A part of one of the projects of a list."""

    __slots__ = ()


class Values(NamedTuple):
    """What a list says of a project."""

    id: int
    title: str
    stage: Stage
    starts_on: date
    ends_on: date
    posted_at: datetime | None
    place: str
    name: str
    name_en: str
    total: int
    parts: list[RowPart]


class Row(Amounts, Values):
    """One project of a list; `total` is how many there are in all, up to one more than are counted."""

    __slots__ = ()

    @property
    def address(self) -> str:
        """Its page; part of the public surface, so it needs no look-up for each of 25 rows."""
        return f"/projects/{self.id}"

    @property
    def waits(self) -> int | None:
        """For how many days it has been open without anybody taking on any of it; None once somebody has."""
        if self.stage is not Stage.OPEN or self.posted_at is None or any(part.given for part in self.parts):
            return None
        return (clock.today() - clock.local(self.posted_at).date()).days

    @property
    def category(self) -> str:
        """What it is about, in the reader's language."""
        return in_language(self.name, self.name_en)


def in_language(name: str, name_en: str) -> str:
    """One of the two names of an entry of a catalogue."""
    return name_en if language() == "en" and name_en else name


class Shape(NamedTuple):
    """What a question consists of; two questions of one shape differ in values only."""

    stages: tuple[Stage, ...]
    place: bool = False
    category: bool = False
    cursor: bool = False
    untouched: bool = False
    soonest: bool = False


def asked(found: Select, shape: Shape) -> Select:
    """The projects in these stages, as far as the shape narrows them down."""
    found = found.where(Project.stage.in_(shape.stages))
    if shape.place:
        inside = (Place.path >= bindparam("place"), Place.path < bindparam("place_end"))
        found = found.where(Project.place_id.in_(select(Place.id).where(*inside)))
    if shape.category:
        own = bindparam("category", type_=Integer)
        below = select(Category.id).where(Category.parent_id == own)
        found = found.where(or_(Project.category_id == own, Project.category_id.in_(below)))
    if shape.untouched:
        found = found.where(~exists().where(Part.project_id == Project.id, Part.given > 0))
    return found


def further(shape: Shape):
    """A condition: comes behind the row that the cursor names."""
    id = bindparam("before", type_=Integer)
    if not shape.soonest:
        return Project.id < id
    return after((Project.starts_on, Project.id), (bindparam("begins", type_=Date), id))


def page(found: Select, shape: Shape) -> Select:
    """The first `limit` of these projects, `before` the one with this id if there is a cursor, a line for a part.

    The newest come first, or, where the shape says so, those that begin `soonest`.
    """
    order = (Project.starts_on, Project.id) if shape.soonest else (Project.id.desc(),)
    some = found.with_only_columns(Project.id).limit(COUNTED + 1).subquery()
    total = select(func.count()).select_from(some).scalar_subquery()
    rest = found.where(further(shape)) if shape.cursor else found
    first = rest.with_only_columns(Project.id).order_by(*order).limit(bindparam("limit", type_=Integer))
    of_page = first.subquery("page")
    facts = (Project.id, Project.title, Project.stage, Project.starts_on, Project.ends_on, Project.posted_at)
    words = (Place.name, Category.name, Category.name_en, total)
    query = select(*facts, *words, Part.title, Part.unit, Part.quantity, Part.given).select_from(of_page)
    query = query.join(Project, Project.id == of_page.c.id).join(Place, Place.id == Project.place_id)
    query = query.join(Category, Category.id == Project.category_id)
    query = query.join(Part, Part.project_id == Project.id, isouter=True)
    return seen(query.order_by(*order, Part.id))


@cache
def published(shape: Shape) -> Select:
    """The statement of a page of what is published, which everybody sees alike."""
    return page(asked(Project.seen_by(Nobody()), shape), shape)


def rows(lines: Iterable[Any]) -> list[Row]:
    """The projects of these lines, each with its parts."""
    found = []
    for _id, of_one in groupby(lines, itemgetter(0)):
        parts = list(of_one)
        known = [RowPart(*line[10:]) for line in parts if line[10] is not None]
        found.append(Row._make((*parts[0][:10], known)))
    return found
