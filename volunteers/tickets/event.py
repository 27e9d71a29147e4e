"""Residents' numbers as calendar events, in the language that is in force."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kernel.calendar import Event
from kernel.i18n import _, moment

from ..event import ALARM, event_of_shift, risks
from .ticket import ON_THE_LIST, State

if TYPE_CHECKING:
    from .ticket import Ticket

OPEN = (State.WAITING, State.OFFERED)


def event_of_ticket(ticket: "Ticket", site_url: str, *, page: str = "") -> Event:
    """The event of whoever holds it: the time of its slot; its UID stays for ever.

    Who waits, or is asked, keeps the time free; what is given back, was let go or is called off is taken down. `page`
    is the address for whoever has no account: it is secret, and only in the file that he takes from there himself.
    """
    shift, taken = ticket.shift, ticket.state in ON_THE_LIST
    starts, ends = ticket.slot.span(shift) if ticket.slot else shift.hours
    page = page or f"{site_url}/tickets/{ticket.id}"
    return replace(
        event_of_shift(shift, site_url),
        uid=f"ticket-{ticket.id}@hehuo",
        sequence=shift.sequence + ticket.sequence,
        changed=max(shift.changed_at, ticket.changed_at),
        starts=starts,
        ends=ends,
        summary=str(_("%(activity)s，%(number)s 号", activity=shift.duty.activity, number=ticket.number)),
        description=words(ticket, page),
        url=page,
        cancelled=not taken and ticket.state not in OPEN,
        tentative=ticket.state in OPEN,
        alarm_minutes=ALARM if taken else None,
    )


def words(ticket: "Ticket", page: str) -> str:
    """What it is, how many come together, what to mind, and the way out."""
    return "\n\n".join(
        [str(_("取号的人数：%(n)s", n=ticket.size)), *how_it_stands(ticket, page), risks(ticket.shift.duty)]
    )


def how_it_stands(ticket: "Ticket", page: str) -> list[str]:
    """The sentence for its state; none where it is over."""
    if ticket.state is State.CANCELLED:
        return [str(_("这一场取消了：%(reason)s", reason=ticket.shift.why))]
    if ticket.state is State.OFFERED and ticket.offered_until is not None:
        until = moment(ticket.offered_until)
        return [str(_("轮到您了，号给您留到 %(until)s，请在这里答复：%(url)s", until=until, url=page))]
    if ticket.state is State.WAITING:
        return [str(_("还在候补，轮到您才算数。不等了：%(url)s", url=page))]
    return [str(_("来不了，请在这里退号：%(url)s", url=page))] if ticket.state is State.TAKEN else []
