"""Where a partner has done something that a committee confirmed: who can certify it."""

from sqlalchemy import select

from communities.place import Place
from kernel.db import db, seen
from partners.partner import COMMUNITY

from .adoption import Adoption
from .project import Project
from .stage import Stage
from .standing import State


def places_worked(partner) -> list[Place]:
    """The communities (or wider places) of its closed projects, and where there are several the district too."""
    done = (Adoption.partner_id == partner.id) & (Adoption.state == State.DELIVERED) & (Project.stage == Stage.CLOSED)
    paths = select(Place.path).join(Project, Project.place_id == Place.id).join(Adoption).where(done).distinct()
    lines = [[int(id) for id in path.split("/") if id] for path in db.session.scalars(seen(paths))]
    ids = {line[min(COMMUNITY, len(line) - 1)] for line in lines}
    above = {line[0] for line in lines} if len(ids) > 1 else set()
    return list(db.session.scalars(seen(select(Place).where(Place.id.in_(ids | above)).order_by(Place.path))))
