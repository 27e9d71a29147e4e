"""The clock of the waiting list: offers whose time is over go to the next in line."""

from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.jobs import every_minute
from kernel.work import work

from .shift import Shift
from .signup import Signup, State


@every_minute
def lapse_offers() -> None:
    """Let go what nobody answered, each shift in a transaction of its own; a second process finds nothing left."""
    over = (Signup.state == State.OFFERED) & (Signup.offered_until <= clock.now())
    late = select(Signup.shift_id).where(over).distinct().order_by(Signup.shift_id)
    for id in db.session.scalars(seen(late)).all():
        with work() as session:
            shift = select(Shift).where(Shift.id == id).with_for_update(key_share=True)
            session.scalars(shift.execution_options(populate_existing=True)).one().lapse()
