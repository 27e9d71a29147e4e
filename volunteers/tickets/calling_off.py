"""What becomes of the tickets of shifts that are called off, take place after all, or move; in few statements."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from communities.noted import note_all
from communities.person import Person
from kernel import clock
from kernel.db import db, seen

from ..queue import READY_BEFORE
from .handout import Handout
from .slot import Slot, squeeze
from .ticket import LIVING, State, Ticket, with_people


def call_off(shifts: Sequence[Any], *, by) -> None:
    """They do not take place: every living ticket is cancelled, and whoever has no account is rung."""
    tickets = of_shifts(shifts, *LIVING)
    if not tickets:
        return
    for ticket in tickets:
        ticket.move(State.CANCELLED, with_shift=True)
        ticket.ring()
    empty = update(Slot).where(Slot.shift_id.in_([shift.id for shift in shifts])).values(taken=0)
    db.session.execute(empty.execution_options(synchronize_session="fetch"))
    tell_all("ticket.cancelled", tickets, by)


def restore(shifts: Sequence[Any], *, by) -> None:
    """They take place after all: who had a number has it again, who waited waits at his old place."""
    tickets = [ticket for ticket in of_shifts(shifts, State.CANCELLED) if ticket.was is not None]
    for ticket in tickets:
        slot = ticket.slot if ticket.was is State.TAKEN else None
        if slot is not None and slot.left >= ticket.size:
            slot.taken += ticket.size  # the shift is locked, and nobody could take one meanwhile
        else:
            slot = None
        ticket.slot = slot
        ticket.move(State.TAKEN if slot else State.WAITING, with_shift=True)
        ticket.ring()
    tell_all("ticket.restored", tickets, by)
    waits = {ticket.shift_id for ticket in tickets if ticket.state is State.WAITING}
    for shift in shifts:
        if shift.id in waits:
            Handout(shift).promote()


def move(shift: Any, *, by) -> None:
    """It has another time: tickets keep their places in the timetable, which moves along; an offer ends before it."""
    tickets = of_shifts([shift], *LIVING)
    if not tickets:
        return
    squeeze(shift, Handout(shift).slots)
    for ticket in tickets:
        if ticket.offered_until is not None:
            ticket.offered_until = min(ticket.offered_until, shift.starts_at - READY_BEFORE)
        ticket.ring()
    tell_all("ticket.moved", tickets, by)


def ring_about_place(duty: Any) -> None:
    """The meeting point of a duty moved: whoever has no account is rung."""
    coming = select(shift_class().id).where(shift_class().duty_id == duty.id, shift_class().ends_at > clock.now())
    theirs = Ticket.shift_id.in_(coming) & Ticket.state.in_(LIVING) & Ticket.person_id.is_(None) & (Ticket.phone != "")
    db.session.execute(update(Ticket).where(theirs).values(call_since=clock.now()))


def holders(shifts) -> Any:
    """A condition on people: holds a living ticket of one of these shifts."""
    mine = select(Ticket.person_id).where(Ticket.shift_id.in_(shifts), Ticket.state.in_(LIVING))
    return Person.id.in_(mine.where(Ticket.person_id.is_not(None)))


def is_awaited(shift_id) -> Any:
    """A condition on shifts: somebody has a living ticket for it."""
    return select(Ticket.id).where(Ticket.shift_id == shift_id, Ticket.state.in_(LIVING)).exists()


def shift_class() -> Any:
    """The model of the shifts, which is built upon this package."""
    return Ticket.shift.property.entity.class_


def of_shifts(shifts: Sequence[Any], *states: State) -> list[Ticket]:
    """The tickets of these shifts in these states with their people, in the order of the queues."""
    mine = select(Ticket).where(Ticket.shift_id.in_([shift.id for shift in shifts]), Ticket.state.in_(states))
    return list(db.session.scalars(seen(with_people(mine.order_by(Ticket.queued_at, Ticket.id)))))


def tell_all(verb: str, tickets: list[Ticket], by) -> None:
    """A line for each of them; whoever has an account is told."""
    note_all(verb, tickets, by, tell=lambda one: [one.person] if one.person else [], ids=of_number)


def of_number(ticket: Ticket) -> dict:
    """What a line about a ticket names."""
    return {"shift": ticket.shift_id, "number": ticket.number}
