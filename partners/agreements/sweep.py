"""The clock of agreements: reminders before they end, sent when people are awake."""

from sqlalchemy import select

from kernel import clock
from kernel.db import db
from kernel.jobs import every_minute
from kernel.work import work

from .agreement import Agreement

AWAKE = range(8, 21)  # hours of the day in Asia/Shanghai


@every_minute
def remind_of_agreements() -> None:
    """Each agreement in a transaction of its own; a second process, or a second round, finds nothing left."""
    if clock.local(clock.now()).hour not in AWAKE:
        return
    for id in db.session.scalars(select(Agreement.id).where(Agreement.to_be_reminded()).order_by(Agreement.id)).all():
        with work() as session:
            agreement = select(Agreement).where(Agreement.id == id).with_for_update(key_share=True)
            session.scalars(agreement.execution_options(populate_existing=True)).one().remind()
