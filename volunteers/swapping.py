"""The locks of a swap: both people, both shifts, then the rows; in the order in which everybody locks."""

from sqlalchemy import select

from communities.person import Person
from kernel.db import db, seen

from .shift import Shift
from .signup import Signup
from .swap import Swap


def lock_sides(id: int, *others: int) -> None:
    """Hold the people of a swap (and others who are about to join it) and its shifts, each by id."""
    swap = select(Swap.taker_id, Swap.to_id, Swap.wanted_id, Signup.person_id, Signup.shift_id)
    row = db.session.execute(seen(swap.join(Swap.signup).where(Swap.id == id))).one_or_none()
    if row is None:
        return
    taker, to, wanted, giver, shift = row
    hold(Person, {taker, to, giver, *others})
    hold(Shift, {shift, wanted})


def hold(of, ids: set) -> None:
    """Lock these rows, the lowest id first."""
    wanted = select(of.id).where(of.id.in_([id for id in ids if id is not None])).order_by(of.id)
    db.session.execute(seen(wanted.with_for_update(key_share=True))).all()


def swap_held(id: int) -> Swap:
    """A swap with all that it touches, locked and read as it is now."""
    lock_sides(id)
    wanted = select(Swap).where(Swap.id == id).with_for_update(key_share=True)
    return db.session.scalars(seen(wanted.execution_options(populate_existing=True))).one()
