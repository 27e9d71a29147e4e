"""The clock of the tickets: offers whose time is over go to who is next, names and numbers are let go after 30 days."""

from datetime import timedelta

from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.jobs import Heartbeat, every_minute
from kernel.work import work

from ..shift import Shift
from ..sweep import held
from .handout import Handout
from .ticket import KEPT, State, Ticket

DAY = timedelta(days=1)
AT_ONCE = 500


@every_minute
def lapse_tickets() -> None:
    """Each shift in a transaction of its own; a second process, or a second round, finds nothing left."""
    over = (Ticket.state == State.OFFERED) & (Ticket.offered_until <= clock.now())
    late = select(Ticket.shift_id).where(over).distinct().order_by(Ticket.shift_id)
    for id in db.session.scalars(seen(late)).all():
        with work():
            Handout(held(id)).lapse()


@every_minute
def forget_holders() -> None:
    """Once a day: whose the tickets were is let go 30 days after the shift."""
    last = db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == "tickets"))
    if last and clock.now() - last < DAY:
        return
    with work() as session:
        old = select(Ticket).join(Ticket.shift).where(Shift.ends_at < clock.now() - KEPT * DAY)
        some = session.scalars(old.where(Ticket.emptied_at.is_(None)).limit(AT_ONCE)).all()
        for ticket in some:
            ticket.empty(clock.now())
        if len(some) < AT_ONCE:  # else the next minute goes on
            session.merge(Heartbeat(name="tickets", at=clock.now()))
