"""A resident's number as a file for any calendar: with an account, or by the secret link of whoever has none."""

from flask import url_for

from kernel.db import db
from kernel.paper import site_url
from kernel.request import permit
from volunteers.shift import Shift
from volunteers.tickets.event import event_of_ticket
from volunteers.tickets.ticket import Ticket
from volunteers.web.tickets.links import PRIVATE, slowed, ticket_of

from .feeds import answer, file_of


@permit("ticket:see", of=Ticket)
def ticket_ics(ticket):
    """One's own number; the lead may hand it on."""
    return sent(ticket)


@slowed
@permit("ticket:follow")
def held_ics(token):
    """The same for whoever holds the link, which leads back to its page; no cache keeps it."""
    answer = sent(ticket_of(token), page=site_url() + url_for("ticket_links.follow", token=token))
    answer.headers.update(PRIVATE)
    return answer


def sent(ticket: Ticket, *, page: str = ""):
    """The file of one number."""
    db.session.scalar(Shift.whole(ticket.shift_id))
    event = event_of_ticket(ticket, site_url(), page=page)
    return answer(file_of([event], event.summary), filename=f"ticket-{ticket.number}.ics")
