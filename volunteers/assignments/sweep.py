"""The clock of assignments: offers lapse, terms and days of standing in run out, holders are asked to renew."""

from sqlalchemy import Select, or_, select

from kernel import clock
from kernel.db import db, seen
from kernel.jobs import every_minute
from kernel.work import work

from .assignment import Assignment
from .serving import REMINDED_BEFORE
from .state import Standing, State


def unanswered() -> Select:
    """Offers whose day to answer is over."""
    return select(Assignment.id).where(Assignment.state == State.INVITED, Assignment.answer_due < clock.today())


def run_out() -> Select:
    """Whose last day is past and who is still called serving."""
    return select(Assignment.id).where(Assignment.state == State.SERVING, Assignment.until < clock.today())


def ending() -> Select:
    """Whose term ends within thirty days, and who was not told of that end."""
    soon = Assignment.until.between(clock.today(), clock.today() + REMINDED_BEFORE)
    new = or_(Assignment.reminded_for.is_(None), Assignment.reminded_for != Assignment.until)
    holds = (Assignment.state == State.SERVING) & (Assignment.standing == Standing.HOLDER)
    return select(Assignment.id).where(holds, soon, new)


@every_minute
def keep_time() -> None:
    """Each in a transaction of its own; a second process finds nothing left, a verb judges again under its lock."""
    verbs = ((unanswered, Assignment.lapse), (run_out, Assignment.run_out), (ending, Assignment.remind))
    for query, verb in verbs:
        for id in db.session.scalars(seen(query().order_by(Assignment.id))).all():
            with work() as session:
                Assignment.lock_owner(id)
                held = select(Assignment).where(Assignment.id == id).with_for_update(of=Assignment, key_share=True)
                verb(session.scalars(held.execution_options(populate_existing=True)).one())
