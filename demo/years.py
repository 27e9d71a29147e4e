"""The years for which the partners of the demo data are verified: most run, some end soon, a few are over."""

from datetime import date, datetime, timedelta
from random import Random

from kernel import clock
from partners.lapsing import ASKED_BEFORE, a_year_after
from partners.partner import Stage
from partners.renewal import Outcome, Renewal
from partners.verification import Verification

from .town import Town

KNOWN = (Stage.ACTIVE, Stage.SUSPENDED, Stage.LAPSED)
WANTS_IT = 0.4  # of those whose year ends soon, so many have asked for the next


def until(town: Town, stage: Stage, verified: datetime, term: date | None) -> date | None:
    """Until when it counts: renewed each year since it was verified, no longer than a term; past for the lapsed."""
    if stage not in KNOWN:
        return None
    day = a_year_after(clock.local(verified).date())
    while day < town.today:
        day = a_year_after(day)
    if stage is Stage.LAPSED:
        return town.today - timedelta(days=1 + day.day)
    return min(day, term) if term else day


def facts(town: Town, stage: Stage, verified: datetime, term: date | None) -> dict:
    """What the partner's own row says of its year."""
    end = until(town, stage, verified, term)
    told = end if end is not None and end - ASKED_BEFORE <= town.today else None
    return {"verified_until": end, "reminded_for": told}


def write(town: Town, id: int, place: int, manager: int, stage: Stage, verified: datetime, end: date | None) -> None:
    """Who looked at it last; where the year ends soon, what was said and asked."""
    if end is None:
        return
    rng = Random(f"{town.seed}:years {id}")
    first = clock.local(verified).date()
    last = max(first, min(end - timedelta(days=365), town.today))
    town.rows.add(Verification, partner_id=id, place_id=place, by_id=town.lead_of(place), since=last, until=end)
    if stage is Stage.LAPSED:
        town.note(clock.at(end + timedelta(days=1)), "partner.lapsed", "partner", id, by=None, place=place, partner=id)
    elif stage is Stage.ACTIVE and end - ASKED_BEFORE <= town.today:
        remind(town, id, place, manager, end, rng)


def remind(town: Town, id: int, place: int, manager: int, end: date, rng: Random) -> None:
    """30 days before, and some answered yesterday."""
    told = max(clock.at(end - ASKED_BEFORE), town.now - timedelta(days=29))
    town.note(told, "partner.expiring", "partner", id, by=None, place=place, tell=[manager], partner=id)
    if rng.random() > WANTS_IT:
        return
    asked = town.now - timedelta(hours=rng.uniform(1, 20))
    due = town.due(clock.local(asked).date())
    facts = {"asked_by_id": manager, "asked_at": asked, "answer_due": due, "outcome": Outcome.OPEN, "changes": {}}
    town.rows.add(Renewal, partner_id=id, **facts)
    town.note(asked, "partner.renewal_asked", "partner", id, by=manager, place=place, partner=id)
