"""Alternatives: several shifts of which one will do; whoever gets a seat in one leaves the queues of the others."""

from sqlalchemy import select

from kernel.db import db, seen

from .signup import Signup, State

STILL_ASKING = (State.WAITING, State.OFFERED)


def tie(signups: list[Signup]) -> None:
    """One of these will do."""
    db.session.flush()
    for signup in signups:
        signup.choice_id = signups[0].id


def others(signup: Signup) -> list[Signup]:
    """The queues in which the same person waits for the same wish, by shift."""
    if signup.choice_id is None:
        return []
    same = (Signup.choice_id == signup.choice_id) & (Signup.id != signup.id) & Signup.state.in_(STILL_ASKING)
    return list(db.session.scalars(seen(select(Signup).where(same).order_by(Signup.shift_id))))


def shifts_of(shift_id: int, person_id: int) -> set[int]:
    """The shift and those of the same wish, by id: what has to be locked before a seat in it is given."""
    wish = select(Signup.choice_id).where(Signup.shift_id == shift_id, Signup.person_id == person_id)
    same = Signup.choice_id.in_(wish) & Signup.state.in_(STILL_ASKING)
    return {shift_id, *db.session.scalars(seen(select(Signup.shift_id).where(same)))}


def leave_others(signup: Signup, *, by) -> None:
    """The wish is fulfilled. Called with all shifts of the wish locked, the lowest id first."""
    for other in others(signup):
        other.shift.withdraw(other.person, by=by)
