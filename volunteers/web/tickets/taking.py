"""The residents' door on the page of a shift: take a number in one tap, say yes to an offer, give a number back."""

from dataclasses import dataclass
from typing import Any

from flask import abort, g, redirect, url_for
from sqlalchemy import select

from communities.place_names import community_of
from kernel.db import db, seen
from kernel.fields import Form
from kernel.i18n import _, hour, n_
from kernel.permits import may
from kernel.receipt import owner, sent_key
from kernel.request import Back, Page, form_for, permit, say
from kernel.site import limiter
from kernel.tokens import keyed, new_token, token_hash

from ...shift import Shift
from ...tickets.handout import Handout
from ...tickets.slot import Slot
from ...tickets.ticket import Holder, State, Ticket
from .forms import GuestForm, TakeForm

FLOOD = "30 per 5 minutes"  # from one address; a community's front desk is one address
LENGTH = 48  # signs of a token: 192 bits


@dataclass(frozen=True)
class Door:
    """What the page of a shift says to residents: nobody's name but one's own."""

    shift: Shift
    handout: Handout
    mine: Ticket | None
    ahead: int
    gives: bool
    form: TakeForm
    plain: Form

    @property
    def label(self) -> str:
        """What stands on the button."""
        return self.handout.counter.label

    @property
    def can_accept(self) -> bool:
        """Whether one's own number is to be had now: offered, or all are asked and there is room."""
        if self.mine is None or self.mine.has_lapsed:
            return False
        rushed = self.mine.state is State.WAITING and self.shift.is_rushed and bool(self.handout.room(self.mine.size))
        return self.mine.state is State.OFFERED or rushed

    @property
    def is_timed(self) -> bool:
        """Whether numbers are for a time."""
        return self.handout.slots[0].is_timed

    @property
    def asks_local(self) -> bool:
        """Whether somebody has to say that he lives here: the site does not know it of him."""
        return self.handout.counter.local and not lives_here(self.shift)


def door_of(shift: Shift) -> Door | None:
    """The residents' door of a shift, where its duty has one."""
    if shift.duty.counter is None:
        return None
    handout, rows = Handout(shift), own_and_waiting(shift)
    mine = next((row for row in reversed(rows) if g.person.id and row.person_id == g.person.id), None)
    line = [row for row in rows if row.state is State.WAITING and not handout.is_over]
    since = mine.queued_at if mine is not None and mine.state is State.WAITING else None
    ahead = sum(since is None or row.queued_at < since for row in line)
    free = shift.is_rushed or not any(handout.room(row.size) for row in line)
    form = filled(form_for(form_class(), size=1), shift, handout)
    return Door(shift, handout, mine, ahead, free and handout.left > 0, form, form_for(Form))


def own_and_waiting(shift: Shift) -> list[Ticket]:
    """One's own tickets and those that wait, in the order of their numbers; one statement."""
    wanted = Ticket.state == State.WAITING
    if g.person.id:
        wanted |= Ticket.person_id == g.person.id
    of_shift = select(Ticket).where(Ticket.shift_id == shift.id, wanted).order_by(Ticket.number)
    return list(db.session.scalars(seen(of_shift)))


def form_class() -> type[TakeForm]:
    """Whoever has no account says how to call him, and a number to ring."""
    return TakeForm if g.person.id else GuestForm


def sent_form() -> TakeForm:
    """The form as it was sent."""
    return form_class()()


def filled(form: Any, shift: Shift, handout: Handout) -> Any:
    """The form with the slots that have room."""
    free = [(slot.number, words(slot, shift)) for slot in handout.slots if slot.left > 0]
    form.slot.choices = [("", _("最早的那个时段")), *free]
    return form


def words(slot: Slot, shift: Shift) -> str:
    """“09:30–10:00，还有 3 个号”."""
    return f"{slot_time(slot, shift)}，{n_('还有 %(num)s 个号', '还有 %(num)s 个号', slot.left)}"


def slot_time(slot: Slot, shift: Shift) -> str:
    """“09:30–10:00”."""
    return "–".join(hour(moment) for moment in slot.span(shift))


def lives_here(shift: Shift) -> bool:
    """Whether the home that this person told lies in the community of the shift."""
    home = g.person.home if g.person.id else None
    return home is not None and community_of(home) == community_of(shift.place)


@permit("ticket:take", of=Shift)
def new(shift) -> Page:
    """The form for whoever has no account."""
    door = door_of(shift) or abort(404)
    return Page("tickets/new.html", shift=shift, duty=shift.duty, door=door, slot_time=slot_time)


def token_of_form() -> str:
    """The secret of the link: derived from the key of the form, so that a form sent twice finds the same."""
    if "ticket_token" not in g:
        key = sent_key()
        g.ticket_token = keyed("ticket", owner(), key)[:LENGTH] if key else new_token()
    return g.ticket_token


def after_taking(id: int) -> Back:
    """The page of the shift; without an account the page of the number, or the form while something is wrong."""
    if g.person.id:
        return Back("shifts.show", "tickets", id=id)
    if g.form is not None:
        return Back("tickets.new", "take", id=id)
    return Back("ticket_links.follow", None, token=token_of_form())


@limiter.limit(FLOOD)
@permit("ticket:take", of=Shift, form=sent_form, back=after_taking)
def take(shift, form):
    """我要理发: a number, or a place in the queue."""
    wanted = {"slot": form.slot.data, "local": form.local.data or lives_here(shift)}
    if g.person.id:
        holder, by, secret = Holder(g.person), g.person, None
    else:
        holder, by = Holder(name=form.name.data, phone=form.phone.data), None
        secret = token_hash(token_of_form())
    ticket = Handout(shift).take(holder, form.size.data or 1, by=by, token_hash=secret, **wanted)
    announce(ticket)


def announce(ticket: Ticket) -> None:
    """What came of it."""
    if ticket.state is State.TAKEN:
        say(_("取好了，您是 %(number)s 号。", number=ticket.number))
    else:
        say(_("号发完了，您排进了候补（%(number)s 号）；有空号按先后给您。", number=ticket.number))


def shift_of(id: int) -> int:
    """The shift of a ticket that this person may know of."""
    own = Ticket.seen_by(g.person).where(Ticket.id == id).with_only_columns(Ticket.shift_id)
    return db.session.scalar(seen(own)) or abort(404)


def to_page(id: int) -> Back:
    """Where the button was pressed: the lead's list for somebody else's number, else the page of the shift."""
    shift = shift_of(id)
    own = Ticket.seen_by(g.person).where(Ticket.id == id, Ticket.person_id == g.person.id)
    is_own = db.session.scalar(seen(own.with_only_columns(Ticket.id)))
    return Back("shifts.show", "tickets", id=shift) if is_own else Back("tickets.index", "list", id=shift)


@permit("ticket:see", of=Ticket)
def show(ticket):
    """Where the journal's lines about a ticket lead: the page of the shift, for the lead his list."""
    mine = ticket.person_id == g.person.id
    page = "tickets.index" if not mine and may("ticket:keep", ticket.shift) else "shifts.show"
    return redirect(url_for(page, id=ticket.shift_id))


MINE = {"me": ("portal.me", "tickets")}


@permit("ticket:answer", of=Ticket, form=Form, back=to_page, backs=MINE)
def accept(ticket, _form):
    """我来: yes to an offer, by oneself or after a call."""
    Handout(ticket.shift).accept(ticket, by=g.person)
    say(_("好的，%(number)s 号留好了。", number=ticket.number))


@permit("ticket:answer", of=Ticket, form=Form, back=to_page, backs=MINE)
def give_back(ticket, _form):
    """我来不了: the places go to who is next."""
    Handout(ticket.shift).give_back(ticket, by=g.person)
    say(_("%(number)s 号退好了，谢谢您说一声。", number=ticket.number))
