"""What waits for staff: claims to answer, places that became empty, names of old lists that nobody has signed."""

from datetime import timedelta

from sqlalchemy import case, exists, or_, select
from sqlalchemy.orm import aliased

from communities.place import Place, in_ranges
from communities.post import STAFF
from kernel import clock, waiting

from .assignment import Assignment
from .serving import REMINDED_BEFORE
from .state import LIVING, Role, Standing, State

SILENT = timedelta(days=14)  # how long an empty place is still worth another try


def lines(asker, due, *conditions):
    """(id, “31小区 3号楼 · 楼栋长”, since, due) of rows where this person is staff; None for nobody's staff."""
    paths = [post.place.path for post in asker.posts if post.office in STAFF]
    if not paths:
        return None
    compound = aliased(Place)
    word = case(*((Assignment.role == role, str(role.label)) for role in Role), else_="")
    subject = compound.name + " " + Place.name + " · " + word
    found = select(Assignment.id, subject, Assignment.asked_at, due)
    found = found.join(Place, Place.id == Assignment.building_id).join(compound, compound.id == Place.parent_id)
    return found.where(in_ranges(Place.path, paths), *conditions)


def claims(asker):
    """Claims, due two working days after they were made."""
    return lines(asker, Assignment.answer_due, Assignment.state == State.APPLIED)


def emptied(asker):
    """Places empty since an offer lapsed or the person said no or left: two weeks, or until somebody is asked."""
    since = clock.at(clock.today() - SILENT)
    own = Assignment.state.in_((State.DECLINED, State.ENDED)) & (Assignment.ended_by_id == Assignment.person_id)
    other = aliased(Assignment)
    same = (other.building_id == Assignment.building_id) & (other.role == Assignment.role)
    empty = ~exists().where(same, other.number == Assignment.number, other.state.in_(LIVING))
    over = or_(Assignment.state == State.LAPSED, own)
    return lines(asker, waiting.no_due(), over, Assignment.ended_at > since, empty)


def unsigned(asker):
    """Names of old lists that wait for a signature."""
    return lines(asker, waiting.no_due(), Assignment.state == State.UNCONFIRMED)


def ending(asker):
    """Terms that end within thirty days; due on their last day."""
    soon = Assignment.until.between(clock.today(), clock.today() + REMINDED_BEFORE)
    holds = (Assignment.state == State.SERVING) & (Assignment.standing == Standing.HOLDER)
    return lines(asker, Assignment.until, holds, soon)
