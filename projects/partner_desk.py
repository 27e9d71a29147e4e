"""The desk of a partner: what it has taken on, and which open projects fit what it can do where it serves."""

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from communities.catalogue import Capability
from communities.place import Place, in_ranges
from kernel.db import db, seen
from partners.ability import Ability
from partners.partner import partner_area

from .adoption import Adoption
from .project import Project
from .project_row import Row, Shape, asked, page, rows
from .stage import Stage
from .standing import LIVING

MOST = 50
FITTING = 6


def taken_on(partner_ids) -> list[Adoption]:
    """What these partners have taken on in projects that have not ended; first what ends first."""
    mine = Adoption.partner_id.in_(partner_ids) & Adoption.state.in_(LIVING)
    found = select(Adoption).join(Adoption.project).where(mine, Project.stage != Stage.CLOSED)
    beside = (
        contains_eager(Adoption.project).joinedload(Project.place),
        joinedload(Adoption.part),
        joinedload(Adoption.partner),
    )
    found = found.options(*beside).order_by(Project.ends_on, Adoption.id).limit(MOST)
    return list(db.session.scalars(seen(found)))


def fitting(partner_ids) -> list[Row]:
    """Open projects that want what these partners can do, where they serve, and in which they have no share."""
    able = select(Ability.capability_id).where(Ability.partner_id.in_(partner_ids), Ability.until.is_(None))
    mine = select(Adoption.project_id).where(Adoption.partner_id.in_(partner_ids), Adoption.state.in_(LIVING))
    shape = Shape((Stage.OPEN,), soonest=True)
    found = asked(select(Project), shape).where(Project.capabilities.any(Capability.id.in_(able)))
    found = found.where(Project.id.not_in(mine), Project.place_id.in_(near(partner_ids)))
    return rows(db.session.execute(page(found, shape), {"limit": FITTING}))


def near(partner_ids):
    """The places that these partners serve, all in them, and what they lie in."""
    areas = select(Place.path).join(partner_area, partner_area.c.place_id == Place.id)
    paths = list(db.session.scalars(seen(areas.where(partner_area.c.partner_id.in_(partner_ids)))))
    wide = {int(id) for path in paths for id in path.split("/") if id}
    return select(Place.id).where(or_(Place.id.in_(wide), in_ranges(Place.path, paths)))
