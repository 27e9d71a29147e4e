"""Somebody leaves for good: what he has running ends by the ordinary verbs, so that queues move on."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import Select, or_, select

from communities.account_closure import MINORS
from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.leaving import LEAVING
from kernel.work import Refusal, work

from . import alternatives
from .assignments.assignment import Assignment
from .assignments.state import LIVING as LIVING_ASSIGNMENTS
from .assignments.state import State as Serving
from .gathering import Companion, Gathering, Together
from .guardian import is_minor
from .hours.correction import Correction
from .hours.correction_state import State as Wish
from .pledged_seat import Manning, PledgedSeat
from .shift import Shift
from .signup import LIVING, Signup, State
from .standing_place import StandingPlace
from .standing_state import LIVING as LIVING_PLACES
from .swap import Swap
from .swap_state import LIVING as LIVING_SWAPS
from .swap_state import Swapping
from .swapping import hold, swap_held
from .tickets.handout import Handout
from .tickets.ticket import LIVING as LIVING_TICKETS
from .tickets.ticket import Ticket
from .volunteer import Volunteer

AHEAD = tuple(state for state in LIVING if state is not State.PRESENT)


def is_under_age(person) -> bool:
    """Whether a guardian asks for this person."""
    volunteer = Volunteer.of(person)
    return volunteer is not None and is_minor(volunteer)


def set_up() -> None:
    """Register how somebody leaves, and who asks for whom."""
    if leave not in LEAVING:
        LEAVING.append(leave)
        MINORS.append(is_under_age)


def leave(person: int) -> None:
    """End all that he has running, each thing in a transaction of its own; twice does no more."""
    for end, wanted in STEPS:
        for id in db.session.scalars(seen(wanted(person))).all():
            with suppress(Refusal), work() as session:  # over, or answered meanwhile: there is nothing to end
                end(id, session.get_one(Person, person))


def end_swap(id: int, person) -> None:
    """His own is withdrawn, what he was asked is declined, what he agreed to comes to nothing."""
    swap = swap_held(id)
    if swap.giver.id == person.id:
        swap.withdraw(by=person)
    elif swap.state is Swapping.AGREED:
        swap.give_up(str(_("说好替班的人不再参加了")))
    else:
        swap.decline(person, by=person)


def end_gathering(id: int, person) -> None:
    """The others decide anew."""
    gathering = db.session.get_one(Gathering, id, with_for_update={"of": Gathering, "key_share": True})
    if gathering.asker_id == person.id:
        gathering.call_off(by=person)
    else:
        gathering.decline(person, by=person)


def end_asked(id: int, person) -> None:
    """The partner asks somebody else."""
    PledgedSeat.lock_owner(id)
    db.session.get_one(PledgedSeat, id, populate_existing=True).decline(by=person)


def end_standing(id: int, person) -> None:
    """He comes no more every week."""
    StandingPlace.lock_owner(id)
    db.session.get_one(StandingPlace, id, populate_existing=True).end(by=person)


def end_signup(id: int, person) -> None:
    """The seat goes to the next in line."""
    hold(Person, {person.id})
    hold(Shift, alternatives.shifts_of(id, person.id))
    db.session.get_one(Shift, id, populate_existing=True).withdraw(person, by=person)


def end_ticket(id: int, person) -> None:
    """The places go to the next in line."""
    Ticket.lock_owner(id)
    ticket = db.session.get_one(Ticket, id, populate_existing=True)
    Handout(ticket.shift).give_back(ticket, by=person)


def end_correction(id: int, person) -> None:
    """Nobody answers a wish of nobody."""
    Correction.lock_owner(id)
    db.session.get_one(Correction, id, populate_existing=True).drop(by=person)


def end_assignment(id: int, person) -> None:
    """A claim is taken back, an offer is declined; who serves is asked to hand over first."""
    Assignment.lock_owner(id)
    row = db.session.get_one(Assignment, id, populate_existing=True)
    if row.state is Serving.APPLIED:
        row.withdraw(by=person)
    else:
        row.refuse(by=person)


def swaps(person: int) -> Select:
    """The swaps in which he is."""
    his = or_(Signup.person_id == person, Swap.to_id == person, Swap.taker_id == person)
    return select(Swap.id).join(Swap.signup).where(his, Swap.state.in_(LIVING_SWAPS)).order_by(Swap.id)


def gatherings(person: int) -> Select:
    """Those that wait for him or for others."""
    asked = Gathering.companions.any((Companion.person_id == person) & Companion.agreed.is_(None))
    mine = or_(Gathering.asker_id == person, asked)
    return select(Gathering.id).where(mine, Gathering.state == Together.GATHERING).order_by(Gathering.id)


def asked(person: int) -> Select:
    """The kept seats that wait for his answer."""
    mine = (PledgedSeat.person_id == person) & (PledgedSeat.state == Manning.ASKED)
    return select(PledgedSeat.id).where(mine).order_by(PledgedSeat.id)


def standing(person: int) -> Select:
    """Where he comes every week."""
    mine = (StandingPlace.person_id == person) & StandingPlace.state.in_(LIVING_PLACES)
    return select(StandingPlace.id).where(mine).order_by(StandingPlace.id)


def tickets(person: int) -> Select:
    """The numbers he has, or waits for."""
    mine = (Ticket.person_id == person) & Ticket.state.in_(LIVING_TICKETS)
    return select(Ticket.id).where(mine).order_by(Ticket.id)


def shifts(person: int) -> Select:
    """Where he has a seat or waits for one."""
    mine = (Signup.person_id == person) & Signup.state.in_(AHEAD) & (Shift.ends_at > clock.now())
    return select(Signup.shift_id).join(Signup.shift).where(mine).order_by(Signup.shift_id)


def corrections(person: int) -> Select:
    """What he asked to be put right."""
    return select(Correction.id).where(Correction.person_id == person, Correction.state == Wish.ASKED)


def assignments(person: int) -> Select:
    """The buildings that he asked for or was asked to look after."""
    waiting = [state for state in LIVING_ASSIGNMENTS if state is not Serving.SERVING]
    return select(Assignment.id).where(Assignment.person_id == person, Assignment.state.in_(waiting))


STEPS: list[tuple[Callable[[int, Any], None], Callable[[int], Select]]] = [
    (end_swap, swaps),
    (end_gathering, gatherings),
    (end_asked, asked),
    (end_standing, standing),
    (end_signup, shifts),
    (end_ticket, tickets),
    (end_correction, corrections),
    (end_assignment, assignments),
]
