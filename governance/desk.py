"""What waits for somebody: needs to verify, to route, asked of a partner, late for the office above, and to ring."""

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import aliased

from communities.catalogue import Category
from communities.permits import cares, decides
from communities.place import Kind, Place, in_ranges
from communities.post import CARERS, DECIDERS, Office
from kernel import clock
from kernel.i18n import language
from kernel.waiting import no_due

from .need import Need
from .need_state import RUNNING, TO_ROUTE, TO_VERIFY, State
from .recheck import Recheck
from .voice import Voice

OFFICES_ABOVE = {Office.SUBDISTRICT_OFFICE, Office.DISTRICT_OFFICE}


def here(asker, offices):
    """A condition: this person is the first who deals with it; offices above only with what is at their own level."""
    posts = [post for post in asker.posts if post.office in offices]
    below = [post.place.path for post in posts if post.office not in OFFICES_ABOVE]
    own = [post.place_id for post in posts]
    inside = Need.place_id.in_(select(Place.id).where(in_ranges(Place.path, below)))
    return or_(Need.place_id.in_(own), inside) if below else Need.place_id.in_(own)


def named(due=None) -> Select:
    """Id, “31小区 1号楼 · 维修便民”, since when, by when; no words of anybody."""
    parent = aliased(Place)
    name = case((func.coalesce(Category.name_en, "") == "", Category.name), else_=Category.name_en)
    label = func.coalesce(Category.name if language() == "zh" else name, "")
    what = case((Need.matter != "", Need.matter), (label != "", label), else_=Need.number)
    above = case((Place.kind == Kind.BUILDING, parent.name + " "), else_="")
    subject = above + Place.name + " · " + what
    found = select(Need.id, subject, Need.said_at, Need.due if due is None else due)
    found = found.join(Place, Place.id == Need.place_id).outerjoin(parent, parent.id == Place.parent_id)
    return found.outerjoin(Category, Category.id == Need.category_id)


def to_verify(asker) -> Select | None:
    """What was said and nobody has looked at, for grid workers and staff, within 2 working days."""
    if not cares(asker, None):
        return None
    return named().where(Need.state.in_(TO_VERIFY), here(asker, CARERS))


def to_route(asker) -> Select | None:
    """What is verified, or open again, and has to go to somebody; what came back once or twice has lines of its own."""
    if not decides(asker):
        return None
    return named().where(Need.state.in_(TO_ROUTE), Need.returns == 0, here(asker, DECIDERS))


def returned(asker) -> Select | None:
    """What a partner gave back."""
    if not decides(asker):
        return None
    return named().where(Need.state.in_(TO_ROUTE), Need.returns > 0, here(asker, DECIDERS))


def asked_of_us(asker) -> Select | None:
    """What was routed to my partners, to be taken or returned."""
    if not asker.partners:
        return None
    mine = Need.partner_id.in_(asker.partners)
    return named().where(Need.state.in_((State.ROUTED, State.REOPENED)), mine)


def ours(asker) -> Select | None:
    """What my partners took on."""
    if not asker.partners:
        return None
    return named().where(Need.state == State.TAKEN, Need.partner_id.in_(asker.partners))


def taken_here(asker) -> Select | None:
    """What the community deals with itself."""
    if not decides(asker):
        return None
    return named().where(Need.state == State.TAKEN, Need.partner_id.is_(None), here(asker, DECIDERS))


def late(asker) -> Select | None:
    """What is past its day below a subdistrict: seen there as soon as the day is over."""
    paths = [post.place.path for post in asker.posts if post.office is Office.SUBDISTRICT_OFFICE]
    own = [post.place_id for post in asker.posts]
    if not paths:
        return None
    below = Need.place_id.in_(select(Place.id).where(in_ranges(Place.path, paths), Place.id.not_in(own)))
    return named().where(Need.state.in_(RUNNING), Need.due < clock.today(), below)


def to_call(asker) -> Select | None:
    """Whom to ring and ask whether it is solved: those who left a number and have no account."""
    if not cares(asker, None):
        return None
    asked = Recheck.answered_at.is_(None) & Need.state.in_((State.SOLVED, State.CONFIRMED))
    ring = (Voice.phone != "") & Voice.person_id.is_(None)
    found = named(no_due()).join(Recheck, Recheck.need_id == Need.id).join(Voice, Voice.need_id == Need.id)
    return found.where(asked, ring, here(asker, CARERS))
