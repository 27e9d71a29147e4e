"""My own page: what I signed up for, and the address of my calendar."""

from flask import g, url_for

from kernel import clock
from kernel.db import db
from kernel.fields import Form
from kernel.receipt import new_key
from kernel.request import Page, form_for, permit
from volunteers.attendances.leading import leads, led_by
from volunteers.pledged_seat import PledgedSeat
from volunteers.signup import LIVING, Signup
from volunteers.standing_place import StandingPlace, comes_regularly
from volunteers.tickets.ticket import Ticket, holds_tickets
from volunteers.volunteer import has_joined

from . import subscribing


@permit("portal:me")
def me():
    """Agenda, calendar address with its QR code, and the way to everything that is kept about me."""
    agenda = list(db.session.scalars(Signup.agenda(g.person, since=clock.now())))
    return Page(
        "portal/me.html",
        agenda=[signup for signup in agenda if signup.state in LIVING],
        gone=[signup for signup in agenda if signup.state not in LIVING][:5],
        led=list(db.session.scalars(led_by(g.person))) if leads(g.person) else [],
        volunteer=has_joined(g.person),
        box=subscribing.of_person(url_for("portal.me")),
        asked=list(db.session.scalars(PledgedSeat.asking(g.person))),
        standing=list(db.session.scalars(StandingPlace.of_person(g.person))) if comes_regularly(g.person) else [],
        tickets=list(db.session.scalars(Ticket.agenda(g.person, since=clock.now()))) if holds_tickets(g.person) else [],
        form=form_for(Form),
        key=new_key(),
    )
