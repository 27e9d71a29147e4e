"""The lead's list at the door: who has which number, who came, who is rung; numbers for others."""

from flask import g, request, url_for

from kernel import clock
from kernel.db import db
from kernel.fields import Form, row_id
from kernel.i18n import _, n_
from kernel.request import Back, Page, form_for, permit, say
from kernel.tokens import token_hash

from ...shift import Shift
from ...tickets import marking
from ...tickets.handout import Handout
from ...tickets.marking import Mark
from ...tickets.refusals import ToldAlready
from ...tickets.ticket import ON_THE_LIST, Holder, State, Ticket
from .forms import BehalfForm, DoorstepForm, NumberForm
from .taking import filled, shift_of, slot_time, token_of_form

SPARE = 5  # empty lines of the printed list


class MarksForm(Form):
    """The whole list."""

    def marks(self) -> dict[int, Mark]:
        """What was ticked, by the id of the ticket."""
        sent = [(name[5:], value) for name, value in request.form.items() if name.startswith("mark-")]
        return {row_id(id): Mark(value) for id, value in sent if id.isdecimal() and value in set(Mark)}


def listed(shift: Shift) -> dict:
    """Everybody with a number by slot and number, who is asked or waits behind them, and who is to be rung."""
    handout = Handout(shift)
    rows = list(db.session.scalars(handout.tickets(*ON_THE_LIST, State.OFFERED, State.WAITING, State.CANCELLED)))
    coming = [row for row in rows if row.state in ON_THE_LIST]
    waiting = [row for row in rows if row.state in (State.OFFERED, State.WAITING)]
    return {
        "shift": shift,
        "duty": shift.duty,
        "handout": handout,
        "coming": sorted(coming, key=lambda row: (row.slot.number if row.slot else 0, row.number)),
        "waiting": sorted(waiting, key=lambda row: (row.state is State.WAITING, row.queued_at)),
        "to_ring": sorted((row for row in rows if row.call_since), key=lambda row: row.call_since),
        "slot_time": slot_time,
        "marks": list(Mark),
    }


@permit("ticket:keep", of=Shift)
def index(shift) -> Page:
    """The list with everything that is needed at the door."""
    db.session.scalar(Shift.whole(shift.id))
    found = listed(shift)
    return Page(
        "tickets/list.html",
        **found,
        form=form_for(MarksForm),
        helping=filled(form_for(BehalfForm, size=1), shift, found["handout"]),
        doorstep=form_for(DoorstepForm, size=1),
        numbering=form_for(NumberForm, tickets=shift.tickets),
        is_open=marking.opens(shift) <= clock.now() and not shift.is_cancelled,
        is_begun=shift.starts_at <= clock.now(),
        is_over=shift.ends_at <= clock.now(),
        opens=marking.opens(shift),
    )


@permit("ticket:keep", of=Shift)
def sheet(shift) -> Page:
    """The same on paper."""
    db.session.scalar(Shift.whole(shift.id))
    return Page("tickets/sheet.html", **listed(shift), spare=SPARE, back_url=url_for("tickets.index", id=shift.id))


@permit("ticket:keep", of=Shift, form=MarksForm, back=("tickets.index", "list"))
def mark(shift, form):
    """Keep the ticks; sent twice it is the same."""
    moved = marking.mark(shift, form.marks(), by=g.person)
    say(n_("记好了 %(num)s 个号。", "记好了 %(num)s 个号。", moved) if moved else _("名单和刚才一样，没有要改的。"))


def to_slip(id: int) -> Back:
    """The slip with its code; the list while something is wrong."""
    if g.form is not None:
        return Back("tickets.index", "list", id=id)
    return Back("ticket_links.slip", None, token=token_of_form())


@permit("ticket:keep", of=Shift, form=BehalfForm, back=to_slip)
def take_for(shift, form):
    """On behalf of somebody who rang or stands at the desk: he gets a slip."""
    holder = Holder(name=form.name.data, phone=form.phone.data)
    facts = {"behalf": form.reason.data, "token_hash": token_hash(token_of_form()), "slot": form.slot.data}
    ticket = Handout(shift).take(holder, form.size.data or 1, by=g.person, **facts)
    taken, queued = _("替他取好了，%(number)s 号。请把号条给他。"), _("排进了候补，%(number)s 号。请把号条给他。")
    words = taken if ticket.slot else queued
    say(str(words) % {"number": ticket.number})


@permit("ticket:keep", of=Shift, form=DoorstepForm, back=("tickets.index", "list"))
def walk_in(shift, form):
    """A number at the door."""
    ticket = marking.walk_in(shift, form.name.data, form.size.data or 1, by=g.person)
    say(_("给了 %(number)s 号，记成已来。", number=ticket.number))


@permit("ticket:keep", of=Shift, form=NumberForm, back=("tickets.index", "list"))
def resize(shift, form):
    """A number of its own for this date."""
    handout = Handout(shift)
    handout.resize(form.tickets.data, by=g.person)
    say(n_("这一场发 %(num)s 个号。", "这一场发 %(num)s 个号。", handout.total))


def to_list(id: int) -> Back:
    """The list of its shift."""
    return Back("tickets.index", "list", id=shift_of(id))


@permit("ticket:tell", of=Ticket, form=Form, back=to_list)
def told(ticket, _form):
    """已告知: somebody rang."""
    if ticket.call_since is None:
        raise ToldAlready
    ticket.tell(by=g.person)
    say(_("记好了，%(number)s 号已告知。", number=ticket.number))


@permit("ticket:tell", of=Ticket)
def slip(ticket) -> Page:
    """The slip once more; its link is known to its holder only, so it has no code."""
    shift = db.session.scalars(Shift.whole(ticket.shift_id)).one()
    names = {"ticket": ticket, "shift": shift, "duty": shift.duty, "slot_time": slot_time, "code": None}
    return Page("tickets/slip.html", **names, back_url=url_for("tickets.index", id=shift.id))
