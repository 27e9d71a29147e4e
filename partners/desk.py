"""What waits for somebody: applications to verify."""

from sqlalchemy import Select, or_, select

from communities.place import Place
from communities.post import DECIDERS, Office

from .partner import Partner
from .standing import Stage


def to_verify(person) -> Select | None:
    """Applications, to be answered within 2 working days.

    A committee answers for all of its community, an office above it for what applied at its own level.
    """
    posts = [post for post in person.posts if post.office in DECIDERS]
    if not posts:
        return None
    communities = [post.place for post in posts if post.office is Office.COMMITTEE]
    inside = Partner.place_id.in_(select(Place.id).where(Place.within(*communities)))
    own = Partner.place_id.in_([post.place_id for post in posts])
    applied = select(Partner.id, Partner.name, Partner.applied_at, Partner.answer_due)
    return applied.where(Partner.stage == Stage.APPLIED, or_(own, inside))
