"""The clock of needs: what is late is said once, four weeks later somebody is asked again, old words are let go."""

from datetime import timedelta

from sqlalchemy import Select, select

from kernel import clock
from kernel.db import db
from kernel.jobs import Heartbeat, every_minute
from kernel.work import work

from .need import Need
from .need_state import OVER, State
from .voice import KEPT, Voice

AWAKE = range(8, 21)  # hours of the day in Asia/Shanghai
DAY = timedelta(days=1)
AT_ONCE = 500


def to_escalate() -> Select:
    """Needs past their day of which the record does not say so."""
    return select(Need.id).where(Need.to_escalate())


def to_ask_again() -> Select:
    """Needs that were solved four weeks ago."""
    return select(Need.id).where(Need.recheck_on <= clock.today())


@every_minute
def watch_needs() -> None:
    """Each in a transaction of its own; a second process, or a second round, finds nothing left."""
    if clock.local(clock.now()).hour not in AWAKE:
        return
    for query, verb in ((to_escalate, Need.escalate), (to_ask_again, Need.ask_again)):
        for id in db.session.scalars(query().order_by(Need.id).limit(AT_ONCE)).all():
            with work() as session:
                held = select(Need).where(Need.id == id).with_for_update(of=Need, key_share=True)
                verb(session.scalars(held.execution_options(populate_existing=True)).one())


@every_minute
def forget_voices() -> None:
    """Once a day: who said what is let go two years after it was said, where it is over."""
    last = db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == "needs"))
    if last and clock.now() - last < DAY:
        return
    with work() as session:
        old = select(Voice).join(Voice.need).where(Need.said_at < clock.now() - timedelta(days=KEPT))
        over = Need.state.in_((*OVER, State.SOLVED))
        for voice in session.scalars(old.where(over, Voice.emptied_at.is_(None)).limit(AT_ONCE)):
            voice.empty(clock.now())
        session.merge(Heartbeat(name="needs", at=clock.now()))
