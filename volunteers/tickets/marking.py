"""At the door: who came and who did not, in one form, and numbers for those who just come."""

from datetime import datetime, timedelta

from kernel import clock
from kernel.choice import Choice
from kernel.db import db
from kernel.i18n import _, moment
from kernel.work import Refusal

from ..refusals import ShiftCancelled, ShiftOver
from . import refusals
from .handout import Handout
from .ticket import ON_THE_LIST, Holder, State, Ticket

EARLY = timedelta(minutes=60)


class Mark(Choice):
    """What the list says of a ticket."""

    CAME = "came", _("来了")
    ABSENT = "absent", _("没来")


OF_MARK = {Mark.CAME: State.CAME, Mark.ABSENT: State.ABSENT}


class TooEarly(Refusal):
    """Nobody is there yet."""

    message = _("还没到时候：%(from)s起可以点，请到时候再来。")


class NotBegun(Refusal):
    """Whoever is not there yet may still come."""

    message = _("这一场还没开始，现在说没来还早，请等开始以后再点。")


def opens(shift) -> datetime:
    """From when on somebody can be there."""
    return shift.starts_at - EARLY


def check(shift) -> None:
    """Whether anybody can be at the door by now. Raises `ShiftCancelled`, `TooEarly`."""
    if shift.is_cancelled:
        raise ShiftCancelled
    if clock.now() < opens(shift):
        raise TooEarly(**{"from": moment(opens(shift))})


def mark(shift, marks: dict[int, Mark], *, by) -> int:
    """Carry out what was ticked, by the id of the ticket; what the list says already is left. Returns how many moved.

    Whoever did not come gives his places to those at the door; was that wrong, he has his own place again. The shift
    is locked. Refuses before anybody can be there, and 没来 before the start (`NotBegun`).
    """
    check(shift)
    if Mark.ABSENT in marks.values() and clock.now() < shift.starts_at:
        raise NotBegun
    handout, moved = Handout(shift), 0
    for ticket in db.session.scalars(handout.tickets(*ON_THE_LIST)).all():
        state = OF_MARK.get(marks[ticket.id]) if ticket.id in marks else None
        if state is not None and state is not ticket.state:
            put(handout, ticket, state, by=by)
            moved += 1
    return moved


def put(handout: Handout, ticket: Ticket, state: State, *, by) -> None:
    """One of them came, or did not."""
    was = ticket.state
    ticket.move(state)
    if state is State.ABSENT:
        handout.free(ticket)
    elif was is State.ABSENT:
        handout.widen(ticket)
    ticket.say(str(state), by)


def walk_in(shift, name: str, size: int, *, by) -> Ticket:
    """A number for who stands at the door and is there already. Refuses when all are held (`NoPlaceAtDoor`)."""
    check(shift)
    if shift.ends_at <= clock.now():
        raise ShiftOver
    handout = Handout(shift)
    if not handout.is_open:
        raise refusals.NoTickets
    slot = handout.hold_at_door(size)
    if slot is None:
        raise refusals.NoPlaceAtDoor
    ticket = handout.enter(Holder(name=name), size, slot, by=by)
    ticket.move(State.CAME)
    ticket.say("walked_in", by)
    return ticket
