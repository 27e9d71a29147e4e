"""A resident's number as a file for any calendar: with an account, or by the secret link of whoever has none."""

from flask import make_response, request

from kernel.calendar import etag, feed_bytes, last_modified
from kernel.db import db
from kernel.i18n import language
from kernel.paper import site_url, whole_url
from kernel.request import permit

from ...shift import Shift
from ...tickets.event import event_of_ticket
from ...tickets.ticket import Ticket
from .links import PRIVATE, slowed, ticket_of


@permit("ticket:see", of=Ticket)
def ics(ticket):
    """One's own number; the lead may hand it on."""
    return sent(ticket)


@slowed
@permit("ticket:follow")
def held(token):
    """The same for whoever holds the link, which leads back to its page."""
    return sent(ticket_of(token), page=whole_url("ticket_links.follow", token=token))


def sent(ticket: Ticket, *, page: str = ""):
    """The file of one number; no cache keeps it."""
    db.session.scalar(Shift.whole(ticket.shift_id))
    event = event_of_ticket(ticket, site_url(), page=page)
    data = feed_bytes([event], name=event.summary, language=language())
    answer = make_response(data, PRIVATE)
    answer.content_type = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="ticket-{ticket.number}.ics"'
    answer.set_etag(etag(data))
    answer.last_modified = last_modified([event])
    return answer.make_conditional(request)
