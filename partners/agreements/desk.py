"""What waits for somebody: agreements that end soon and that nobody has decided about."""

from sqlalchemy import Select, func, or_, select

from communities.place import Place
from communities.post import DECIDERS, Office
from kernel import clock

from .agreement import Agreement
from .party import Party
from .term import State


def ending(asker) -> Select | None:
    """Those of one's own office and of the partners that one manages; due is their last day.

    A committee sees all of its community, an office above it what is kept at its own level.
    """
    posts = [post for post in asker.posts if post.office in DECIDERS]
    mine = asker.partners
    if not posts and not mine:
        return None
    communities = [post.place for post in posts if post.office is Office.COMMITTEE]
    inside = Agreement.place_id.in_(select(Place.id).where(Place.within(*communities)))
    own = Agreement.place_id.in_([post.place_id for post in posts])
    signed = Agreement.id.in_(select(Party.agreement_id).where(Party.partner_id.in_(mine)))
    since = func.coalesce(Agreement.reminded_at, Agreement.recorded_at)
    open_ = Agreement.runs_out.is_(None) & ~Agreement.renewals.any(ended_on=None)
    found = select(Agreement.id, Agreement.title, since, Agreement.until)
    return found.where(Agreement.stands(State.ENDING, clock.today()), open_, or_(own, inside, signed))
