"""A project with all that its page shows: read in two statements, built once, whatever the number of rows."""

from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import Integer, Select, bindparam, exists, func, select, union_all
from sqlalchemy.orm import aliased, load_only
from sqlalchemy.orm.attributes import set_committed_value

from communities.catalogue import Category
from communities.journal import Line
from communities.person import Nobody
from communities.place import Kind, Place
from governance.need import Need
from governance.need_state import State as NeedState
from kernel.db import db, seen
from partners.partner import Partner

from .adoption import Adoption
from .follower import Follower
from .origin import Origin
from .part import Part
from .project import Project


class Grounds(NamedTuple):
    """The needs that a project answers: how many, of how many households, how many are solved; one theme, one need."""

    needs: int
    households: int
    confirmed: int
    theme: int | None
    need: int


class Around(NamedTuple):
    """The places from the root to its own, whether who asks follows it, what it answers (None: it is nobody's need)."""

    line: list[Place]
    follows: bool
    grounds: Grounds | None


def grounds() -> list:
    """Columns: what is known of the needs of a `project`, in numbers and ids."""
    mine = (Origin.project_id == bindparam("project", type_=Integer)) & Origin.until.is_(None)
    said = select(Need).join(Origin, Origin.need_id == Need.id).where(mine)
    done = func.count().filter(Need.state == NeedState.CONFIRMED)
    facts = func.count(), func.coalesce(func.sum(Need.households), 0), done, func.min(Need.theme_id), func.min(Need.id)
    return [said.with_only_columns(fact).scalar_subquery() for fact in facts]


@cache
def around() -> Select:
    """The statement for the `category` of a `project`, whether a `person` follows it, its `place` and all above."""
    line = [aliased(Place) for _kind in Kind]  # no place lies deeper than there are kinds
    follows = exists().where(
        Follower.project_id == bindparam("project", type_=Integer),
        Follower.person_id == bindparam("person", type_=Integer),
        Follower.until.is_(None),
    )
    found = (
        select(Category, follows, *grounds(), *line)
        .select_from(Category)
        .join(line[0], line[0].id == bindparam("place", type_=Integer))
    )
    for below, above in pairwise(line):
        found = found.outerjoin(above, above.id == below.parent_id)
    return seen(found.where(Category.id == bindparam("category", type_=Integer)))


@cache
def taken() -> Select:
    """The statement for the parts of a `project`, who took on what of each, and the names of those partners."""
    project = bindparam("project", type_=Integer)
    of_part = (Adoption.part_id == Part.id) & (Adoption.project_id == project)  # which is what has an index
    found = select(Part, Adoption, Partner).options(load_only(Partner.name))
    found = found.outerjoin(Adoption, of_part).outerjoin(Partner, Partner.id == Adoption.partner_id)
    return seen(found.where(Part.project_id == project).order_by(Part.id, Adoption.id))


def read(project: Project, person) -> Around:
    """Load what its page shows of this project, and what stands around it."""
    values = {"place": project.place_id, "category": project.category_id, "project": project.id, "person": person.id}
    category, follows, needs, households, confirmed, theme, need, *up = db.session.execute(around(), values).one()
    line = [place for place in reversed(up) if place is not None]
    set_committed_value(project, "category", category)
    set_committed_value(project, "place", line[-1])
    rows = db.session.execute(taken(), {"project": project.id}).all()
    for part, adoption, partner in rows:
        if adoption is not None:
            for name, value in (("project", project), ("part", part), ("partner", partner)):
                set_committed_value(adoption, name, value)
    adoptions = [adoption for _part, adoption, _partner in rows if adoption is not None]
    set_committed_value(project, "parts", list(dict.fromkeys(part for part, *_who in rows)))
    set_committed_value(project, "adoptions", sorted(adoptions, key=attrgetter("id")))
    return Around(line, follows, Grounds(needs, households, confirmed, theme, need) if needs else None)


def about() -> Select:
    """The ids of the lines about a `project` and its adoptions; as a union, since each half has an index of its own."""
    project = bindparam("project", type_=Integer)
    of_it = select(Adoption.id).where(Adoption.project_id == project)
    own = select(Line.id).where(Line.subject == "project", Line.subject_id == project)
    theirs = select(Line.id).where(Line.subject == "adoption", Line.subject_id.in_(of_it))
    return select(union_all(own, theirs).subquery().c.id)


@cache
def told_to_all() -> Select:
    """The statement for those that everybody may read, oldest first."""
    return seen(Line.seen_by(Nobody()).where(Line.id.in_(about())).order_by(Line.id))


def handling(project: Project, person) -> list[Line]:
    """办理经过: the lines about it and its adoptions that this person may read, oldest first."""
    own = seen(Line.seen_by(person).where(Line.id.in_(about())).order_by(Line.id)) if person.id else told_to_all()
    return list(db.session.scalars(own, {"project": project.id}))
