"""台账 of projects: what is planned and done, who has taken on what, what came of it; of where a person decides."""

from collections.abc import Iterator

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel.db import db, seen
from kernel.i18n import _, joined, p_
from kernel.ledger import Filters, Ledger, register

from .adoption import Adoption
from .counting import hours
from .giveback import minutes
from .imports.sheet import COLUMNS, cells
from .in_kind import InKind
from .project import Project
from .stage import Stage
from .standing import State


def here(person, filters: Filters) -> Select:
    """The projects of a place where this person decides; what was withdrawn is left out."""
    paths = [post.place.path for post in person.posts if post.office in DECIDERS]
    inside = [place.path for place in [Place.at(filters["place"])] if place] if "place" in filters else paths
    found = select(Project).join(Project.place).where(in_ranges(Place.path, paths), in_ranges(Place.path, inside))
    return found.where(Project.stage != Stage.WITHDRAWN).order_by(Place.path, Project.id)


def projects(person, filters: Filters) -> Iterator[list]:
    """One row a project, in the columns that an import reads."""
    beside = contains_eager(Project.place), joinedload(Project.category)
    lists = selectinload(Project.parts), selectinload(Project.capabilities)
    adopters = selectinload(Project.adoptions).joinedload(Adoption.partner)
    for project in db.session.scalars(seen(here(person, filters).options(*beside, *lists, adopters))):
        yield list(cells(project).values())


def adoptions(person, filters: Filters) -> Iterator[list]:
    """One row an adoption, also of those that were declined or left: with the reason."""
    mine = here(person, filters).with_only_columns(Project.id, maintain_column_froms=True).order_by(None)
    found = select(Adoption, minutes()).join(Adoption.part).join(Adoption.project).where(Adoption.project_id.in_(mine))
    beside = (
        contains_eager(Adoption.part),
        contains_eager(Adoption.project).joinedload(Project.place),
        joinedload(Adoption.partner),
    )
    for one, counted in db.session.execute(seen(found.options(*beside).order_by(Adoption.project_id, Adoption.id))):
        what = one.project.place.name, one.part.title, one.quantity, one.part.unit, one.state.label
        worked = float(hours(counted)) if counted is not None and one.state is State.DELIVERED else None
        days = one.asked_at, one.running_since, one.delivered_on
        names = one.id, one.project.title, one.partner.name, one.partner.kind.label
        yield [*names, *what, *days, worked, one.pledge, one.report, one.reason]


def outcomes(person, filters: Filters) -> Iterator[list]:
    """One row a closed project: what came of it, who took part, person-hours, value in kind."""
    done = (Adoption.project_id == Project.id) & (Adoption.state == State.DELIVERED)
    spent = select(func.sum(minutes())).select_from(Adoption).join(Adoption.part).where(done).correlate(Project)
    given = select(func.sum(InKind.yuan)).join(InKind.adoption).where(done, InKind.struck_at.is_(None))
    sums = spent.scalar_subquery(), given.correlate(Project).scalar_subquery()
    found = here(person, filters).where(Project.stage == Stage.CLOSED).add_columns(*sums)
    adopters = selectinload(Project.adoptions).joinedload(Adoption.partner)
    beside = contains_eager(Project.place), joinedload(Project.category), adopters
    for project, worked, yuan in db.session.execute(seen(found.options(*beside))):
        partners = joined(dict.fromkeys(one.partner.name for one in project.living_adoptions))
        facts = project.place.name, project.category.label, project.closed_on, project.outcome, project.people_served
        yield [project.id, project.title, *facts, partners, float(hours(worked)) if worked else None, yuan]


PROJECTS = Ledger("projects", _("公益项目台账"), COLUMNS, projects)
ADOPTIONS = Ledger(
    "adoptions",
    _("认领台账"),
    {
        "id": _("编号"),
        "project": _("项目"),
        "partner": p_("one", "合伙人"),
        "kind": _("类别"),
        "place": _("地点"),
        "part": _("要做的事"),
        "quantity": _("数量"),
        "unit": _("单位"),
        "state": _("状态"),
        "asked_on": _("申请日期"),
        "since": _("开始"),
        "delivered_on": _("交付日期"),
        "hours": _("人时"),
        "pledge": _("承诺"),
        "report": _("交付说明"),
        "reason": _("婉拒或退出的原因"),
    },
    adoptions,
)
OUTCOMES = Ledger(
    "outcomes",
    _("成效台账"),
    {
        "id": _("编号"),
        "project": _("项目"),
        "place": _("地点"),
        "category": _("类别"),
        "closed_on": _("结项日期"),
        "outcome": _("成效"),
        "people_served": _("受益人数"),
        "partners": _("参与的合伙人"),
        "hours": _("人时"),
        "yuan": _("另外投入（元，估算）"),
    },
    outcomes,
)


def set_up() -> None:
    """Put them on the page of the ledgers."""
    for ledger in (PROJECTS, ADOPTIONS, OUTCOMES):
        register(ledger)
