"""Once an hour, what is kept for a time only is let go."""

from datetime import timedelta

from sqlalchemy import select

from kernel import clock, receipt
from kernel.db import db
from kernel.draft import Draft
from kernel.jobs import Heartbeat, every_minute
from kernel.task import Task
from kernel.work import work

from .attempt import Attempt
from .card import Card
from .sign_in import SignIn

HOUR = timedelta(hours=1)


@every_minute
def tidy() -> None:
    """Drop old tries, receipts, drafts, tasks, cards and sign-ins, unless that was done within the hour."""
    last = db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == "tidy"))
    if last and clock.now() - last < HOUR:
        return
    with work() as session:
        for kept in (Attempt, Draft, Task, Card, SignIn):
            kept.forget()
        receipt.forget(clock.now())
        session.merge(Heartbeat(name="tidy", at=clock.now()))
