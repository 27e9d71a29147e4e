"""What projects put into calendars: the milestones that partners have promised."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager, selectinload

from kernel.agenda import OWNER, Source, Window
from kernel.calendar import Event
from kernel.db import db
from kernel.i18n import _
from kernel.paper import site_url
from partners.agenda import has_partner, own_partners, partners_of

from .adoption import Adoption
from .event import event_of_milestone
from .milestone import Milestone, Postponement
from .standing import State


def of_person(person, window: Window) -> Iterator[Event]:
    """What his partners have promised."""
    mine = partners_of(person)
    return milestones(Adoption.partner_id.in_(mine), window) if mine else iter(())


def of_partner(partner, window: Window) -> Iterator[Event]:
    """What a partner has promised."""
    return milestones(Adoption.partner_id == partner.id, window)


def milestones(where: ColumnElement[bool], window: Window) -> Iterator[Event]:
    """Milestones whose day lies in the window, with all that they say."""
    near = select(Milestone).join(Milestone.adoption).where(where, Milestone.due.between(window.since, window.until))
    adoption = contains_eager(Milestone.adoption)
    names = adoption.joinedload(Adoption.partner, innerjoin=True), adoption.joinedload(Adoption.project, innerjoin=True)
    rows = db.session.scalars(near.options(*names, selectinload(Milestone.postponements)).order_by(Milestone.id))
    return (event_of_milestone(row, site_url()) for row in rows)


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


SOURCES = (
    Source("person", "milestone", _("进度节点"), of_person, stamps_of_person, only=has_partner),
    Source("partner", "milestone", _("进度节点"), of_partner, stamps_of_partner),
)
