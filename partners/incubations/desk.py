"""What waits for somebody: firms that ask to be raised, milestones that are near."""

from datetime import timedelta

from sqlalchemy import Select, func, or_, select

from communities.journal import Line
from communities.place import Place
from communities.post import Office
from kernel import clock
from kernel.waiting import now

from .incubating import Stage
from .incubation import Incubation
from .milestone import Milestone

AHEAD = timedelta(days=7)


def raised_by(asker):
    """A condition: this person's committee raises it; None for whoever sits in none."""
    communities = [post.place for post in asker.posts if post.office is Office.COMMITTEE]
    return Incubation.place_id.in_(select(Place.id).where(Place.within(*communities))) if communities else None


def said(verb: str):
    """When this was last said of an incubation."""
    lines = (Line.subject == "incubation") & (Line.subject_id == Incubation.id) & (Line.verb == verb)
    newest = select(Line.at).where(lines).order_by(Line.id.desc()).limit(1).correlate(Incubation).scalar_subquery()
    return func.coalesce(newest, now())


def to_answer(asker) -> Select | None:
    """Applications, to be answered within 5 working days."""
    mine = raised_by(asker)
    if mine is None:
        return None
    asked = select(Incubation.id, Incubation.name, said("incubation.applied"), Incubation.answer_due)
    return asked.where(Incubation.stage == Stage.APPLIED, mine)


def milestones(asker) -> Select | None:
    """What is to be reached within a week, or should have been; for the committee and for the founder."""
    if asker.id is None:
        return None
    theirs, own = raised_by(asker), Incubation.founder_id == asker.id
    near = Milestone.reached_on.is_(None) & Milestone.dropped_on.is_(None)
    near &= Milestone.due <= clock.today() + AHEAD
    subject = Incubation.name + " · " + Milestone.what
    found = select(Incubation.id, subject, said("incubation.accepted"), Milestone.due).join(Milestone.incubation)
    return found.where(near, Incubation.stage == Stage.INCUBATING, own if theirs is None else or_(theirs, own))
