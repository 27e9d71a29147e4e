"""What waits for somebody: adoptions to answer, projects to close, papers to issue, promises past their day."""

from sqlalchemy import Select, func, or_, select

from communities.journal import Line
from communities.permits import decides
from communities.place import Place
from communities.post import DECIDERS, Office
from kernel import clock
from kernel.waiting import no_due
from partners.partner import Partner

from .adoption import Adoption
from .certificate_state import State as Asked
from .participation import Participation
from .project import Project
from .stage import Stage
from .standing import State


def decided_here(asker):
    """A condition on a project: this person is the first who decides. Offices above see it in their figures.

    A committee answers for all of its community, an office above it for what stands at its own level.
    """
    posts = [post for post in asker.posts if post.office in DECIDERS]
    communities = [post.place for post in posts if post.office is Office.COMMITTEE]
    own = [post.place_id for post in posts]
    return or_(Project.place_id.in_(own), Project.place_id.in_(select(Place.id).where(Place.within(*communities))))


def to_answer(asker) -> Select | None:
    """Adoptions that were asked for, to be answered within 2 working days."""
    if not decides(asker):
        return None
    subject = Partner.name + " · " + Project.title
    asked = select(Adoption.id, subject, Adoption.asked_at, Adoption.answer_due).join(Adoption.partner)
    return asked.join(Adoption.project).where(Adoption.state == State.ASKED, decided_here(asker))


def to_review(asker) -> Select | None:
    """Drafts that were handed in, to be published or given back within 2 working days."""
    if not decides(asker):
        return None
    since = func.coalesce(last_line("project.handed_in"), Project.written_at)
    return select(Project.id, Project.title, since, no_due()).where(Project.stage == Stage.REVIEW, decided_here(asker))


def given_back(asker) -> Select | None:
    """My drafts that came back, with what is still missing."""
    if not asker.posts:
        return None
    since = func.coalesce(last_line("project.given_back"), Project.written_at)
    mine = select(Project.id, Project.title, since, no_due()).where(Project.posted_by_id == asker.id)
    return mine.where(Project.stage == Stage.DRAFT, Project.returned != "")


def last_line(verb: str):
    """When this was last written about the project."""
    said = (Line.subject == "project") & (Line.subject_id == Project.id) & (Line.verb == verb)
    return select(func.max(Line.at)).where(said).correlate(Project).scalar_subquery()


def to_close(asker) -> Select | None:
    """Projects of which everything is delivered."""
    if not decides(asker):
        return None
    since = func.coalesce(last_line("project.delivered"), Project.written_at)
    done = select(Project.id, Project.title, since, no_due())
    return done.where(Project.stage == Stage.DELIVERED, decided_here(asker))


def to_certify(asker) -> Select | None:
    """Certificates that partners asked for, to be answered within 2 working days by the place they were asked of."""
    if not decides(asker):
        return None
    own = [post.place_id for post in asker.posts if post.office in DECIDERS]
    asked = select(Participation.id, Partner.name, Participation.asked_at, Participation.answer_due)
    here = Participation.place_id.in_(own)
    return asked.join(Participation.partner).where(Participation.state == Asked.ASKED, here)


def overdue(asker) -> Select | None:
    """What my partners took on and have not delivered although the last day of the project is over."""
    mine = asker.partners
    if not mine:
        return None
    late = select(Adoption.id, Project.title, Adoption.asked_at, Project.ends_on).join(Adoption.project)
    running = (Adoption.state == State.RUNNING) & Adoption.partner_id.in_(mine)
    going_on = or_(Adoption.paused_until.is_(None), Adoption.paused_until < clock.today())
    return late.where(running, Project.ends_on < clock.today(), going_on)
