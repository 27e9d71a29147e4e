"""What waits for staff: claims to answer, offers that nobody answered, names of old lists that nobody has signed."""

from datetime import timedelta

from sqlalchemy import case, exists, select
from sqlalchemy.orm import aliased

from communities.place import Place, in_ranges
from communities.post import STAFF
from kernel import clock, waiting

from .assignment import Assignment
from .serving import REMINDED_BEFORE
from .state import LIVING, Role, Standing, State

SILENT = timedelta(days=14)  # how long an offer that lapsed is still worth another try


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


def unanswered(asker):
    """Offers whose time is over, for two weeks or until somebody else is asked."""
    since = clock.at(clock.today() - SILENT)
    other = aliased(Assignment)
    same = (other.building_id == Assignment.building_id) & (other.role == Assignment.role)
    empty = ~exists().where(same, other.number == Assignment.number, other.state.in_(LIVING))
    return lines(asker, waiting.no_due(), Assignment.state == State.LAPSED, Assignment.ended_at > since, empty)


def unsigned(asker):
    """Names of old lists that wait for a signature."""
    return lines(asker, waiting.no_due(), Assignment.state == State.UNCONFIRMED)


def ending(asker):
    """Terms that end within thirty days; due on their last day."""
    soon = Assignment.until.between(clock.today(), clock.today() + REMINDED_BEFORE)
    holds = (Assignment.state == State.SERVING) & (Assignment.standing == Standing.HOLDER)
    return lines(asker, Assignment.until, holds, soon)
