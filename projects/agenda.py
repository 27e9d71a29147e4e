"""What projects put into calendars: the milestones that partners have promised, and by when they deliver."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Select, String, case, cast, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from kernel.agenda import OWNER, Source, Window
from kernel.calendar import Event
from kernel.db import db
from kernel.i18n import _
from kernel.paper import site_url
from partners.agenda import has_partner, managed_partners, manages_some, own_partners, partners_of
from partners.member import managed_by

from .adoption import Adoption
from .event import event_of_delivery, event_of_milestone
from .milestone import Milestone, Postponement
from .project import Project
from .standing import State

Row = tuple[Adoption, Milestone | None]


def of_person(person, window: Window) -> Iterator[Event]:
    """What his partners have promised."""
    return milestones(rows_of(person, window))


def of_partner(partner, window: Window) -> Iterator[Event]:
    """What a partner has promised."""
    return milestones(rows_of_partner(partner, window))


def promises(person) -> bool:
    """Whether anybody can have promised something in whose name he speaks."""
    return bool(partners_of(person))


def deliveries_of_person(person, window: Window) -> Iterator[Event]:
    """By when the partners for which he answers are to have delivered."""
    mine = {partner.id for partner in managed_by(person)}
    return deliveries([row for row in rows_of(person, window) if row[0].partner_id in mine], window)


def deliveries_of_partner(partner, window: Window) -> Iterator[Event]:
    """By when a partner is to have delivered."""
    return deliveries(rows_of_partner(partner, window), window)


def rows_of(person, window: Window) -> list[Row]:
    """The adoptions of his partners, looked up once for all kinds."""
    if not (mine := partners_of(person)):
        return []

    def found(_person) -> list[Row]:
        return rows(Adoption.partner_id.in_(mine), window)

    return person.remember(f"adoptions of {window}", found)


def rows_of_partner(partner, window: Window) -> list[Row]:
    """The adoptions of a partner, looked up once for all kinds."""
    return partner.remember(f"adoptions of {window}", lambda _partner: rows(Adoption.partner_id == partner.id, window))


def rows(where: ColumnElement[bool], window: Window) -> list[Row]:
    """Adoptions that end in the window, and those with each milestone whose day lies in it."""
    near = (Milestone.adoption_id == Adoption.id) & Milestone.due.between(window.since, window.until)
    ends = (Adoption.state == State.RUNNING) & Project.ends_on.between(window.since, window.until)
    found = select(Adoption, Milestone).join(Adoption.project).join(Adoption.partner).outerjoin(Milestone, near)
    found = found.where(where, or_(Milestone.id.is_not(None), ends)).order_by(Adoption.id, Milestone.id)
    names = contains_eager(Adoption.project), contains_eager(Adoption.partner)
    found = found.options(*names, selectinload(Milestone.postponements))
    return [(adoption, milestone) for adoption, milestone in db.session.execute(found)]


def milestones(rows: Iterable[Row]) -> Iterator[Event]:
    """What was promised, with all that it says."""
    return (event_of_milestone(milestone, site_url()) for _adoption, milestone in rows if milestone is not None)


def deliveries(rows: Iterable[Row], window: Window) -> Iterator[Event]:
    """The last day of a project for each adoption that runs; it goes when it is delivered."""
    for adoption in dict.fromkeys(adoption for adoption, _milestone in rows):
        if adoption.is_running and window.since <= adoption.project.ends_on <= window.until:
            yield event_of_delivery(adoption, site_url())


def changes(where: ColumnElement[bool]) -> Sequence[Select]:
    """How many there are, are reached, dropped, of an adoption that runs, and moved."""
    running = func.count(case((Adoption.state == State.RUNNING, 1)))
    rows = select(func.count(Milestone.id), func.count(Milestone.reached_on), func.count(Milestone.dropped_on), running)
    moves = select(func.count(Postponement.id)).join(Postponement.milestone).join(Milestone.adoption)
    return rows.join(Milestone.adoption).where(where), moves.where(where)


def stamps_of_person() -> Sequence[Select]:
    """When a milestone of his partners changed."""
    return changes(Adoption.partner_id.in_(own_partners()))


def stamps_of_partner() -> Sequence[Select]:
    """When a milestone of a partner changed."""
    return changes(Adoption.partner_id == OWNER)


def changes_of_deliveries(where: ColumnElement[bool]) -> Sequence[Select]:
    """Which run, until when, under which title."""
    words = cast(Adoption.id, String) + " " + cast(Project.ends_on, String) + " " + Project.title
    rows = select(func.aggregate_strings(words, ";")).select_from(Adoption).join(Adoption.project)
    return (rows.where(where, Adoption.state == State.RUNNING),)


def stamps_of_own_deliveries() -> Sequence[Select]:
    """When what they are to deliver changed."""
    return changes_of_deliveries(Adoption.partner_id.in_(managed_partners()))


def stamps_of_deliveries() -> Sequence[Select]:
    """When what a partner is to deliver changed."""
    return changes_of_deliveries(Adoption.partner_id == OWNER)


SOURCES = (
    Source(
        "person",
        "milestone",
        _("进度节点"),
        of_person,
        stamps_of_person,
        only=has_partner,
        suits=promises,
        goes=True,
    ),
    Source("partner", "milestone", _("进度节点"), of_partner, stamps_of_partner, goes=True),
    Source(
        "person",
        "delivery",
        _("要交付的项目"),
        deliveries_of_person,
        stamps_of_own_deliveries,
        only=manages_some,
        suits=managed_by,
        goes=True,
    ),
    Source("partner", "delivery", _("要交付的项目"), deliveries_of_partner, stamps_of_deliveries, goes=True),
)
