"""The clock of attendance: whoever did not say when he left, left at the planned end."""

from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.jobs import every_minute
from kernel.work import work

from ..shift import Shift
from ..signup import Signup, State
from .attendance import Attendance


@every_minute
def close_attendances() -> None:
    """Each shift in a transaction of its own; a second process finds nothing left."""
    over = select(Signup.shift_id).join(Signup.shift).where(Signup.state == State.PRESENT)
    ended = over.where(Shift.ends_at <= clock.now()).distinct().order_by(Signup.shift_id)
    for id in db.session.scalars(seen(ended)).all():
        with work() as session:
            shift = select(Shift).where(Shift.id == id).with_for_update(key_share=True)
            of_shift = Attendance.of_shift(session.scalars(shift.execution_options(populate_existing=True)).one())
            for attendance in session.scalars(of_shift):
                attendance.close()
