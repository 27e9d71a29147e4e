"""The desk of a committee: which of its projects want a move, and why; one statement for all of them."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Date, Select, String, cast, exists, literal, null, select, union_all

from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel import clock
from kernel.choice import Choice
from kernel.db import db, seen
from kernel.i18n import _
from partners.partner import Partner

from .adoption import Adoption
from .part import Part
from .project import Project
from .stage import Stage
from .standing import State

LONG_OPEN = timedelta(days=14)
MOST = 50  # lines of one sort


class Sort(Choice):
    """Why a project stands on the desk, the most urgent first."""

    ASKED = "asked", _("有人认领，等您答复")
    REVIEW = "review", _("草稿等您复核")
    LATE = "late", _("过了约定的日子还没交付")
    UNTOUCHED = "untouched", _("发布两周了，还没人认领")
    DELIVERED = "delivered", _("都交付了，等您结项")


class Matter(NamedTuple):
    """One line: the project, where it is, which partner it is about (or none), and the day it counts from or to."""

    project_id: int
    title: str
    place: str
    partner: str | None
    day: date | None


def on_desk(person, place=None) -> dict[Sort, list[Matter]]:
    """What wants a move where this person decides, or only in `place`; at most 50 of each sort, most urgent first."""
    paths = [post.place.path for post in person.posts if post.office in DECIDERS]
    here = in_ranges(Place.path, paths)
    if place is not None:
        here &= in_ranges(Place.path, [place.path])
    found: dict[Sort, list[Matter]] = {sort: [] for sort in Sort}
    for sort, *facts in db.session.execute(seen(union_all(*(first(part, here) for part in (*alone(), *adopted()))))):
        found[Sort(sort)].append(Matter(*facts))
    return found


def alone() -> list[Select]:
    """What is about a project by itself."""
    day, nobody = clock.today() - LONG_OPEN, cast(null(), String)
    nobody_yet = ~exists().where(Part.project_id == Project.id, Part.given > 0)
    long_open = (Project.stage == Stage.OPEN) & (Project.posted_at < clock.at(day)) & nobody_yet
    return [
        line(Sort.REVIEW, nobody, cast(null(), Date)).where(Project.stage == Stage.REVIEW),
        line(Sort.UNTOUCHED, nobody, Project.starts_on).where(long_open),
        line(Sort.DELIVERED, nobody, Project.delivered_on).where(Project.stage == Stage.DELIVERED),
    ]


def adopted() -> list[Select]:
    """What is about an adoption."""
    late = (Adoption.state == State.RUNNING) & (Project.ends_on < clock.today())
    asked = line(Sort.ASKED, Partner.name, Adoption.answer_due).where(Adoption.state == State.ASKED)
    return [of_partner(asked), of_partner(line(Sort.LATE, Partner.name, Project.ends_on).where(late))]


def line(sort: Sort, partner, day) -> Select:
    """The select of one sort, in no order."""
    found = select(literal(sort.value), Project.id, Project.title, Place.name, partner, day.label("day"))
    return found.select_from(Project).join(Place, Place.id == Project.place_id)


def of_partner(found: Select) -> Select:
    """The same, one line for each adoption."""
    return found.join(Adoption, Adoption.project_id == Project.id).join(Partner, Partner.id == Adoption.partner_id)


def first(found: Select, here) -> Select:
    """The first of them in these places; a union takes no ORDER BY in its parts, so it stands one level below."""
    return select(found.where(here).order_by("day", Project.id).limit(MOST).subquery())
