"""认领大厅: what a screen in a service centre shows of a place: figures, and what happened last."""

from datetime import timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import Date, Select, bindparam, distinct, func, select

from communities.journal import Audience, Line
from communities.place import Place, above
from kernel import clock
from kernel.db import db, seen

from .adoption import Adoption
from .part import Part
from .project import Project
from .stage import Stage
from .standing import LIVING

YEAR = timedelta(days=365)
LATEST = 6
NEWS = ("project.published", "adoption.accepted", "project.concluded")


class Figures(NamedTuple):
    """What there is in a place: projects that want somebody, under way, closed in a year, who took part, who gained."""

    open: int
    running: int
    closed: int
    partners: int
    people: int


def here():
    """A condition on a place: in the subtree that is asked for."""
    return (Place.path >= bindparam("path")) & (Place.path < bindparam("path_end"))


@cache
def counted() -> Select:
    """The statement for the figures."""
    stage = Project.stage
    mine = Project.place_id.in_(select(Place.id).where(here()))
    lately = (stage == Stage.CLOSED) & (Project.closed_on >= bindparam("since", type_=Date))
    running = stage.in_((Stage.ADOPTED, Stage.DELIVERED))
    partners = select(func.count(distinct(Adoption.partner_id))).join(Adoption.project)
    sums = (
        func.count().filter(stage == Stage.OPEN),
        func.count().filter(running),
        func.count().filter(lately),
        partners.where(mine, Adoption.state.in_(LIVING)).scalar_subquery(),
        func.coalesce(func.sum(Project.people_served).filter(lately), 0),
    )
    return seen(select(*sums).select_from(Project).where(mine))


@cache
def latest() -> Select:
    """The statement for the last things that everybody may read."""
    said = (Line.audience == Audience.PUBLIC) & Line.verb.in_(NEWS)
    lines = select(Line).where(said, Line.place_id.in_(select(Place.id).where(here())))
    return seen(lines.order_by(Line.id.desc()).limit(LATEST))


def values(place) -> dict:
    """What both statements ask of a place."""
    return {"path": place.path, "path_end": above(place.path), "since": clock.today() - YEAR}


def figures(place) -> Figures:
    """The figures of this place and all in it."""
    return Figures(*db.session.execute(counted(), values(place)).one())


def news(place) -> list[Line]:
    """What happened here last, newest first."""
    return list(db.session.scalars(latest(), values(place)))


def named(lines: list[Line]) -> list[Part]:
    """The parts that these lines name, title and unit in one look; whoever tells the lines holds them meanwhile."""
    ids = {line.ids["part"] for line in lines if "part" in line.ids}
    return list(db.session.scalars(seen(select(Part).where(Part.id.in_(ids))))) if ids else []
