"""One partner with all that its page shows, in three statements whatever there is to show."""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from communities.place import Place
from kernel.db import db, seen

from .ability import Ability
from .kind import ASKED, Fact
from .partner import Partner, partner_area, partner_compound
from .renewal import Outcome, Renewal
from .verification import Verification


@dataclass(frozen=True)
class Portrait:
    """A partner, who looked at it last, and what it asks the committee now."""

    partner: Partner
    verification: Verification | None
    renewal: Renewal | None

    @classmethod
    def of(cls, person, id: int) -> "Portrait | None":
        """The partner with this id, if this person may know of it; its lists hold what is true today."""
        looks = aliased(Verification)
        last = select(func.max(looks.id)).where(looks.partner_id == Partner.id).correlate(Partner).scalar_subquery()
        asked = and_(Renewal.partner_id == Partner.id, Renewal.outcome == Outcome.OPEN)
        wanted = Partner.seen_by(person).where(Partner.id == id).select_from(Partner)
        wanted = wanted.outerjoin(Verification, Verification.id == last).outerjoin(Renewal, asked)
        wanted = wanted.add_columns(Verification, Renewal)
        beside = joinedload(Partner.place, innerjoin=True), joinedload(Partner.consenting)
        row = db.session.execute(seen(wanted.options(*beside, joinedload(Verification.place)))).first()
        if row is None:
            return None
        partner, verification, renewal = row
        set_committed_value(partner, "renewals", [renewal] if renewal else [])
        set_committed_value(partner, "abilities", abilities(partner))
        ground(partner)
        return cls(partner, verification, renewal)


def abilities(partner: Partner) -> list[Ability]:
    """What it can do now."""
    now = select(Ability).where(Ability.partner_id == partner.id, Ability.until.is_(None))
    return list(db.session.scalars(now.order_by(Ability.id).options(joinedload(Ability.certified_at))))


def ground(partner: Partner) -> None:
    """Where it serves and which compounds it manages, each in the order of the tree; one statement for both."""
    serves = and_(partner_area.c.place_id == Place.id, partner_area.c.partner_id == partner.id)
    manages = and_(partner_compound.c.place_id == Place.id, partner_compound.c.partner_id == partner.id)
    marks = partner_area.c.partner_id, partner_compound.c.partner_id
    both = select(Place, *marks).select_from(Place)
    wanted = both.outerjoin(partner_area, serves).outerjoin(partner_compound, manages)
    rows = db.session.execute(wanted.where(or_(*(mark.is_not(None) for mark in marks))).order_by(Place.path)).all()
    set_committed_value(partner, "areas", [place for place, serves, _manages in rows if serves])
    set_committed_value(partner, "compounds", [place for place, _serves, manages in rows if manages])
    if Fact.FUNCTIONS not in ASKED[partner.kind]:
        set_committed_value(partner, "functions", [])
