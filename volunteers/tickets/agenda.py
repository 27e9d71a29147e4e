"""What residents' numbers put into calendars: one's own, at the time of its slot."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager

from communities.person import Person
from communities.place import Place
from communities.sign_in import ask_along
from kernel.agenda import OWNER, SINCE, Source, Window
from kernel.calendar import Event
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import site_url

from ..duty import Duty
from ..shift import Shift
from .event import event_of_ticket
from .ticket import Ticket


def of_person(person, window: Window) -> Iterator[Event]:
    """All numbers that a person took: what ended stays, so that calendars take it down."""
    if not takes_numbers(person):
        return iter(())
    mine = select(Ticket).join(Ticket.shift).where(Ticket.person_id == person.id, Shift.ends_at > window.begins)
    shift = contains_eager(Ticket.shift)
    place = shift.joinedload(Shift.place, innerjoin=True).joinedload(Place.parent)
    duty = shift.joinedload(Shift.duty, innerjoin=True).joinedload(Duty.category, innerjoin=True)
    rows = db.session.scalars(seen(mine.options(place, duty).order_by(Shift.starts_at, Ticket.id)))
    return (event_of_ticket(ticket, site_url()) for ticket in rows)


def takes_numbers(person) -> bool:
    """Whether a person ever took one; answered with the sign-in, and taken for true where nobody asked."""
    return person.remember("takes_numbers", lambda _somebody: True)


def stamps_of_person() -> Sequence[Select]:
    """When a number of his changed, or its shift."""
    own = func.count(Ticket.id), func.sum(Ticket.sequence), func.max(Ticket.changed_at)
    mine = select(*own, func.sum(Shift.sequence), func.max(Shift.changed_at)).join(Ticket.shift)
    return (mine.where(Ticket.person_id == OWNER, Shift.ends_at > SINCE),)


def has_numbers() -> ColumnElement[bool]:
    """A condition: the owner of a calendar ever took one."""
    return select(Ticket.id).where(Ticket.person_id == OWNER).exists()


ask_along("takes_numbers", select(Ticket.id).where(Ticket.person_id == Person.id).exists())
SOURCES = (
    Source("person", "ticket", _("我取的号"), of_person, stamps_of_person, only=has_numbers, suits=takes_numbers),
)
