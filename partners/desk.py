"""What waits for somebody: for the committee applications, renewals and certificates; for managers their own."""

from sqlalchemy import Select, func, select

from communities.catalogue import Capability
from communities.journal import Line
from communities.permits import decides
from kernel import clock
from kernel.waiting import no_due

from .ability import Ability, Level
from .join_request import Answer, JoinRequest
from .lapsing import ASKED_BEFORE
from .partner import Partner
from .queue import answered_here
from .renewal import Outcome, Renewal
from .standing import Stage


def to_verify(asker) -> Select | None:
    """Applications, to be answered within 2 working days."""
    if not decides(asker):
        return None
    applied = select(Partner.id, Partner.name, Partner.applied_at, Partner.answer_due)
    return applied.where(Partner.stage == Stage.APPLIED, answered_here(asker))


def to_renew(asker) -> Select | None:
    """Renewals that were asked for, to be answered within 2 working days."""
    if not decides(asker):
        return None
    asked = select(Partner.id, Partner.name, Renewal.asked_at, Renewal.answer_due).join(Partner.renewals)
    return asked.where(Renewal.outcome == Outcome.OPEN, answered_here(asker))


def to_certify(asker) -> Select | None:
    """Certificates that nobody has looked at; one line a partner."""
    if not decides(asker):
        return None
    waits = (Ability.level == Level.CERTIFIED) & Ability.certified_on.is_(None) & Ability.until.is_(None)
    what = Partner.name + " · " + func.min(Capability.name)
    first = select(Partner.id, what, func.min(Ability.said_at), no_due()).join(Partner.abilities)
    found = first.join(Ability.capability).where(waits, Partner.active(), answered_here(asker))
    return found.group_by(Partner.id, Partner.name)


def expiring(asker) -> Select | None:
    """My partners whose year ends within 30 days or is over, and for which nothing was asked yet."""
    mine = asker.partners
    if not mine:
        return None
    asked = select(Renewal.partner_id).where(Renewal.outcome == Outcome.OPEN)
    soon = Partner.verified_until <= clock.today() + ASKED_BEFORE
    told = (Line.subject == "partner") & (Line.subject_id == Partner.id) & (Line.verb == "partner.expiring")
    since = func.coalesce(
        select(func.max(Line.at)).where(told).correlate(Partner).scalar_subquery(), Partner.applied_at
    )
    ours = select(Partner.id, Partner.name, since, Partner.verified_until).where(Partner.id.in_(mine))
    return ours.where(Partner.stage.in_((Stage.ACTIVE, Stage.LAPSED)), soon, Partner.id.not_in(asked))


def who_asks_to_join(asker) -> Select | None:
    """Requests to be taken into my partners; one line a partner, since the first."""
    mine = asker.partners
    if not mine:
        return None
    first = select(Partner.id, Partner.name, func.min(JoinRequest.asked_at), no_due())
    asked = first.join(JoinRequest, JoinRequest.partner_id == Partner.id)
    open_ones = asked.where(JoinRequest.answer == Answer.OPEN, Partner.id.in_(mine))
    return open_ones.group_by(Partner.id, Partner.name)
