"""The clock of the register: managers are asked to renew, what nobody renewed lapses, old links are dropped."""

from datetime import timedelta

from sqlalchemy import Select, or_, select

from kernel import clock
from kernel.db import db
from kernel.jobs import Heartbeat, every_minute
from kernel.work import work

from .invitation import Invitation
from .lapsing import ASKED_BEFORE
from .partner import Partner
from .renewal import Outcome, Renewal
from .standing import Stage

DAY = timedelta(days=1)


def run_out() -> Select:
    """Partners whose year is over and that are still called active."""
    return select(Partner.id).where(Partner.stage == Stage.ACTIVE, Partner.verified_until < clock.today())


def to_remind() -> Select:
    """Partners whose year ends within 30 days, of which the managers were not told and ask for nothing yet."""
    soon = Partner.verified_until <= clock.today() + ASKED_BEFORE
    new = or_(Partner.reminded_for.is_(None), Partner.reminded_for != Partner.verified_until)
    asked = select(Renewal.partner_id).where(Renewal.outcome == Outcome.OPEN)
    found = select(Partner.id).where(Partner.stage == Stage.ACTIVE, soon, new, Partner.id.not_in(asked))
    return found.where(Partner.verified_until >= clock.today())


@every_minute
def lapse_partners() -> None:
    """Each in a transaction of its own; a second process finds nothing left, a verb judges again under its lock."""
    for query, verb in ((to_remind, Partner.remind), (run_out, Partner.lapse)):
        for id in db.session.scalars(query().order_by(Partner.id)).all():
            with work() as session:
                held = select(Partner).where(Partner.id == id).with_for_update(of=Partner, key_share=True)
                verb(session.scalars(held.execution_options(populate_existing=True)).one())


@every_minute
def forget_invitations() -> None:
    """Once a day, drop links that are long over."""
    last = db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == "invitations"))
    if last and clock.now() - last < DAY:
        return
    with work() as session:
        Invitation.forget()
        session.merge(Heartbeat(name="invitations", at=clock.now()))
