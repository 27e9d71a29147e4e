"""What building assignments put into calendars: when a term ends, when somebody is back, by when he answers."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from communities.person import Person
from communities.place import Place
from communities.sign_in import ask_along
from kernel.agenda import OWNER, Source, Window
from kernel.calendar import Event
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import site_url

from .assignment import Assignment
from .event import event_of_pause, event_of_question, event_of_term, is_told
from .pause import Pause
from .state import State


def of_person(person, window: Window) -> Iterator[Event]:
    """His own terms and days away, and what he is asked; most people look after no building."""
    if not was_asked(person):
        return
    for row in rows(Assignment.person_id == person.id, window):
        if row.state is State.INVITED:
            yield event_of_question(row, row.answer_due, site_url())  # type: ignore[arg-type]
        yield from days_of(row, window)


def was_asked(person) -> bool:
    """Whether a person was ever asked to look after a building, or asked for one; true where nobody looked."""
    return person.remember("asked_to_care", lambda _somebody: True)


def of_partner(partner, window: Window) -> Iterator[Event]:
    """Those of the people who come for a partner; nobody is named."""
    for row in rows(Assignment.partner_id == partner.id, window):
        yield from days_of(row, window)


def days_of(row: Assignment, window: Window) -> Iterator[Event]:
    """The last day of a term, and those of days away."""
    if row.until is not None and is_told(row) and window.since <= row.until <= window.until:
        yield event_of_term(row, row.until, site_url())
    for pause in row.pauses:
        if row.state is State.SERVING and window.since <= pause.last <= window.until:
            yield event_of_pause(pause, site_url())


def rows(where: ColumnElement[bool], window: Window) -> list[Assignment]:
    """The assignments with a day in the window, with building, compound and days away."""
    known, asked = Assignment.state.in_((State.SERVING, State.ENDED)), Assignment.state == State.INVITED
    away = select(Pause.id).where(Pause.assignment_id == Assignment.id, Pause.last.between(window.since, window.until))
    near = Assignment.until.between(window.since, window.until) | away.exists()
    due = Assignment.answer_due.between(window.since, window.until)
    place = contains_eager(Assignment.building).joinedload(Place.parent)
    found = select(Assignment).join(Assignment.building).where(where, or_(known & near, asked & due))
    found = found.options(place, selectinload(Assignment.pauses)).order_by(Assignment.id)
    return list(db.session.scalars(seen(found)))


def changes(where: ColumnElement[bool]) -> Sequence[Select]:
    """How many there are, and when one last changed."""
    facts = func.count(Assignment.id), func.sum(Assignment.sequence), func.max(Assignment.changed_at)
    return (seen(select(*facts).where(where)),)


def stamps_of_person() -> Sequence[Select]:
    """When one of his assignments changed."""
    return changes(Assignment.person_id == OWNER)


def stamps_of_partner() -> Sequence[Select]:
    """When one of those who come for a partner changed."""
    return changes(Assignment.partner_id == OWNER)


def has_buildings() -> ColumnElement[bool]:
    """A condition: the owner of a calendar was ever asked to look after a building."""
    return seen(select(Assignment.id).where(Assignment.person_id == OWNER)).exists()


ask_along("asked_to_care", seen(select(Assignment.id).where(Assignment.person_id == Person.id)).exists())
SOURCES = (
    Source(
        "person", "term", _("包联到期"), of_person, stamps_of_person, only=has_buildings, suits=was_asked, goes=True
    ),
    Source("partner", "term", _("包联到期"), of_partner, stamps_of_partner, goes=True),
)
