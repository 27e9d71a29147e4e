"""Without an account: the page of a number, known by its secret link, where one answers, gives back and prints."""

from flask import abort, url_for
from sqlalchemy import select

from kernel.db import db, seen
from kernel.fields import Form
from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.request import Back, Page, form_for, locked, permit, say
from kernel.site import limiter
from kernel.tokens import token_hash

from ...shift import Shift
from ...tickets.handout import Handout
from ...tickets.ticket import State, Ticket
from .taking import slot_time

GUESSES = "60 per hour"  # wrong links from one address; right ones are not counted
slowed = limiter.limit(GUESSES, deduct_when=lambda answer: answer.status_code == 404)
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def ticket_of(token: str) -> Ticket:
    """The ticket of a link; 404 for a word that was never given out, or whose ticket is forgotten."""
    known = select(Ticket).where(Ticket.token_hash == token_hash(token))
    return db.session.scalar(seen(known)) or abort(404)


def held(token: str) -> Ticket:
    """The same, its shift and itself locked and read as they are now."""
    ticket = ticket_of(token)
    locked(Shift, ticket.shift_id)
    return locked(Ticket, ticket.id)


def page(template: str, token: str) -> Page:
    """What whoever holds the link may know."""
    ticket = ticket_of(token)
    shift = db.session.scalars(Shift.whole(ticket.shift_id)).one()
    handout, address = Handout(shift), whole_url("ticket_links.follow", token=token)
    asks = ticket.state is State.WAITING
    ahead = sum(at < ticket.queued_at for at, _size in handout.line()) if asks else 0
    rushed = asks and shift.is_rushed and bool(handout.room(ticket.size))
    shown = Page(
        template,
        ticket=ticket,
        shift=shift,
        duty=shift.duty,
        token=token,
        ahead=ahead,
        can_accept=rushed or (ticket.state is State.OFFERED and not ticket.has_lapsed),
        slot_time=slot_time,
        address=address,
        code=qr(address),
        form=form_for(Form),
        back_url=url_for("ticket_links.follow", token=token),
    )
    shown.headers |= PRIVATE
    return shown


@slowed
@permit("ticket:follow")
def follow(token) -> Page:
    """The number, when to come, and what to do when one cannot."""
    return page("tickets/follow.html", token)


@slowed
@permit("ticket:follow")
def slip(token) -> Page:
    """The same to take along."""
    return page("tickets/slip.html", token)


@permit("ticket:follow", form=Form, back=lambda token: Back("ticket_links.follow", "ticket", token=token))
def accept(_form, token):
    """我来."""
    ticket = held(token)
    Handout(ticket.shift).accept(ticket, by=None)
    say(_("好的，%(number)s 号留好了。", number=ticket.number))


@permit("ticket:follow", form=Form, back=lambda token: Back("ticket_links.follow", "ticket", token=token))
def give_back(_form, token):
    """我来不了."""
    ticket = held(token)
    Handout(ticket.shift).give_back(ticket, by=None)
    say(_("%(number)s 号退好了，谢谢您说一声。", number=ticket.number))
