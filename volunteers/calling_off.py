"""Calling shifts off and letting them take place after all: one at a time, or many in the same few statements."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from communities.journal import Audience
from communities.noted import note_all
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

from . import gates, refusals
from .manning import LIVING as SEATED
from .manning import Manning
from .pledged_seat import PledgedSeat
from .signup import LIVING, Signup, State
from .tickets import calling_off as of_residents

if TYPE_CHECKING:
    from .shift import Shift


class WhyCancelled(Refusal):
    """Whoever signed up is told why it does not take place."""

    message = _("请写明取消的原因，报了名的人会看到。")
    field = "reason"


class NotCancelled(Refusal):
    """It takes place anyway."""

    message = _("这一场没有取消，不用恢复。")


def call_off(shifts: Sequence["Shift"], reason: str, *, by, stop=None) -> None:
    """The organiser calls them off: everybody is told, calendars say CANCELLED. Called with their rows locked.

    `stop`: the 停班 that does it, which may be lifted as a whole; without it the organiser decided about this date.
    """
    if not reason.strip():
        raise WhyCancelled
    for shift in shifts:
        if shift.is_cancelled:
            raise refusals.ShiftCancelled
        if shift.starts_at <= clock.now():
            raise refusals.ShiftOver
    told = defaultdict(list)
    for signup in db.session.scalars(people_of(shifts, *LIVING)).all():
        signup.move(State.CANCELLED, with_shift=True)
        told[signup.shift_id].append(signup.person)
    drop_pledged(shifts)
    of_residents.call_off(shifts, by=by)
    for shift in shifts:
        shift.switch(cancelled=True, reason=reason)
        shift.taken = 0  # all that held a seat was let go above
        shift.by_hand = shift.by_hand or stop is None
        shift.stop = stop
    note_all("shift.cancelled", shifts, by, tell=lambda one: told[one.id], audience=Audience.PUBLIC, ids=itself)


def drop_pledged(shifts: Sequence["Shift"]) -> None:
    """What is called off keeps no seats for adopters."""
    with_projects = [shift.id for shift in shifts if shift.duty.project_id is not None]
    if not with_projects:
        return
    mine = select(PledgedSeat).where(PledgedSeat.shift_id.in_(with_projects), PledgedSeat.state.in_(SEATED))
    parts = joinedload(PledgedSeat.person), joinedload(PledgedSeat.by, innerjoin=True)
    kept, told = [], {}
    for seat in db.session.scalars(seen(mine.options(*parts).order_by(PledgedSeat.id))):
        if seat.is_kept:
            kept.append(seat)
            told[seat.id] = [seat.by, *([seat.person] if seat.person else [])]
        seat.move(Manning.RETURNED)
    note_all("seat.opened", kept, None, tell=lambda seat: told[seat.id], ids=of_pledge)


def restore(shifts: Sequence["Shift"], *, by) -> None:
    """They take place after all, and who had signed up has his place again, as far as he still can.

    Who waited waits at his old place, who was asked is asked again; whoever has something else by now is told so and
    may sign up. Called with the rows locked. Refuses what takes place anyway (`NotCancelled`) or should have begun.
    """
    for shift in shifts:
        if not shift.is_cancelled:
            raise NotCancelled
        if shift.starts_at <= clock.now():
            raise refusals.ShiftOver
        shift.switch(cancelled=False, reason="")
        shift.stop = None
    back, lost = defaultdict(list), []
    shift_of = {shift.id: shift for shift in shifts}
    signups = db.session.scalars(people_of(shifts, State.CANCELLED).where(Signup.was.is_not(None))).all()
    for signup, state in [(signup, state_again(signup, shift_of[signup.shift_id])) for signup in signups]:
        if state is None:
            lost.append(signup)
        else:
            back[signup.shift_id].append(signup.person)
            signup.move(state, with_shift=True)
    note_all("shift.restored", shifts, by, tell=lambda one: back[one.id], audience=Audience.PUBLIC, ids=itself)
    note_all("signup.not_restored", lost, by, tell=lambda signup: [signup.person], ids=of_person)
    for shift_id in {signup.shift_id for signup in signups if signup.state is State.WAITING}:
        shift_of[shift_id].promote()
    of_residents.restore(shifts, by=by)


def state_again(signup: Signup, shift: "Shift") -> State | None:
    """What a sign-up becomes: its seat is counted here, for the row is locked and nobody could take one meanwhile."""
    if keep_away(shift, signup.person):
        return None
    if signup.was in (State.WAITING, State.OFFERED) or not shift.left:
        return State.WAITING
    shift.taken += 1
    return State.PENDING if signup.was is State.PENDING else State.CONFIRMED


def keep_away(shift: "Shift", person) -> list[Refusal]:
    """Why somebody who signed up before cannot come; when one may sign up, and how often, was asked then."""
    asked = refusals.SignedUpAlready, refusals.NotYetOpen, refusals.SignUpClosed, refusals.FairShare
    return [one for one in gates.refusals(shift, shift.duty, person) if not isinstance(one, asked)]


def people_of(shifts: Sequence["Shift"], *states: State) -> Select:
    """The sign-ups of these shifts in these states with their people, in the order of the queues."""
    mine = select(Signup).where(Signup.shift_id.in_([shift.id for shift in shifts]), Signup.state.in_(states))
    mine = mine.options(joinedload(Signup.person, innerjoin=True))
    return seen(mine.order_by(Signup.queued_at, Signup.id))


def itself(shift) -> dict:
    """What a line about a shift names."""
    return {"shift": shift.id}


def of_person(signup) -> dict:
    """What a line about a sign-up names."""
    return {"shift": signup.shift_id, "person": signup.person_id}


def of_pledge(seat) -> dict:
    """What a line about a pledged seat names."""
    return {"shift": seat.shift_id, "partner": seat.partner_id}
