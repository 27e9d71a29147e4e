"""A project as a line of a list: plain values from one statement, built once for each shape of the question."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, or_, select

from communities.catalogue import Category
from communities.person import Nobody
from communities.place import Place
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
    return found


def page(found: Select, cursor: bool) -> Select:
    """The newest `limit` of these projects, `before` the one with this id if there is a cursor, a line for a part."""
    some = found.with_only_columns(Project.id).limit(COUNTED + 1).subquery()
    total = select(func.count()).select_from(some).scalar_subquery()
    older = found.where(Project.id < bindparam("before", type_=Integer)) if cursor else found
    newest = older.with_only_columns(Project.id).order_by(Project.id.desc()).limit(bindparam("limit", type_=Integer))
    of_page = newest.subquery("page")
    facts = (Project.id, Project.title, Project.stage, Project.starts_on, Project.ends_on)
    words = (Place.name, Category.name, Category.name_en, total)
    query = select(*facts, *words, Part.title, Part.unit, Part.quantity, Part.given).select_from(of_page)
    query = query.join(Project, Project.id == of_page.c.id).join(Place, Place.id == Project.place_id)
    query = query.join(Category, Category.id == Project.category_id)
    query = query.join(Part, Part.project_id == Project.id, isouter=True)
    return seen(query.order_by(Project.id.desc(), Part.id))


@cache
def published(shape: Shape) -> Select:
    """The statement of a page of what is published, which everybody sees alike."""
    return page(asked(Project.seen_by(Nobody()), shape), shape.cursor)


def rows(lines: Iterable[Any]) -> list[Row]:
    """The projects of these lines, each with its parts."""
    found = []
    for _id, of_one in groupby(lines, itemgetter(0)):
        parts = list(of_one)
        known = [RowPart(*line[9:]) for line in parts if line[9] is not None]
        found.append(Row._make((*parts[0][:9], known)))
    return found
