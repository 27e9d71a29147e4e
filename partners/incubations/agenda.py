"""What a firm that is raised has to reach, in the calendars of its founder and of the committee that raises it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import contains_eager

from communities.office import Office
from communities.person import Person
from communities.post import Post
from communities.sign_in import ask_along
from kernel import clock
from kernel.agenda import OWNER, Source, Window
from kernel.calendar import Event
from kernel.db import db, seen
from kernel.due import event_of_day
from kernel.i18n import _
from kernel.paper import site_url

from .incubating import Stage
from .incubation import Incubation
from .milestone import Milestone

ALARM = 7 * 24 * 60  # minutes


def of_person(person, window: Window) -> Iterator[Event]:
    """What is still to be reached by what he founded, or raises; it goes when it is reached or dropped."""
    if not raises(person):
        return
    committees = committees_of(person)
    mine = or_(Incubation.founder_id == person.id, Incubation.place_id.in_(committees))
    near = Milestone.due.between(window.since, window.until)
    rows = select(Milestone).join(Milestone.incubation).where(mine, still_open(), near)
    for one in db.session.scalars(seen(rows.options(contains_eager(Milestone.incubation)).order_by(Milestone.id))):
        firm = one.incubation
        words = str(_("里程碑：%(what)s（%(firm)s）", what=one.what, firm=firm.name))
        url, since = f"{site_url()}/incubations/{firm.id}", clock.at(firm.since or firm.applied_on)
        yield event_of_day("incubation", one.id, one.due, words, url, since=since, alarm=ALARM)


def founded(person) -> bool:
    """Whether a person founded something that is or was raised; true where nobody looked."""
    return person.remember("founder", lambda _somebody: True)


def committees_of(person) -> list[int]:
    """The places in whose Party committee he is."""
    return [post.place_id for post in person.posts if post.office is Office.COMMITTEE]


def raises(person) -> bool:
    """Whether any of them can be his, for a page."""
    return founded(person) or bool(committees_of(person))


def still_open() -> ColumnElement[bool]:
    """A condition: to be reached by a firm that is raised."""
    left = Milestone.reached_on.is_(None) & Milestone.dropped_on.is_(None)
    return left & (Incubation.stage == Stage.INCUBATING)


def of_owner() -> ColumnElement[bool]:
    """A condition on incubations: the owner of a calendar founded it, or sits in the committee that raises it."""
    here = select(Post.place_id).where(Post.person_id == OWNER, Post.office == Office.COMMITTEE, Post.is_now())
    return or_(Incubation.founder_id == OWNER, Incubation.place_id.in_(here))


def stamps() -> Sequence[Select]:
    """All that the events are made of."""
    facts = (cast(Milestone.id, String), cast(Milestone.due, String), Milestone.what, Incubation.name)
    words = facts[0] + " " + facts[1] + " " + facts[2] + " " + facts[3]
    rows = select(func.aggregate_strings(words, ";")).select_from(Milestone).join(Milestone.incubation)
    return (seen(rows.where(of_owner(), still_open())),)


def raises_some() -> ColumnElement[bool]:
    """A condition: there is one of his."""
    return seen(select(Incubation.id).where(of_owner())).exists()


ask_along("founder", seen(select(Incubation.id).where(Incubation.founder_id == Person.id)).exists())
SOURCES = (
    Source("person", "incubation", _("孵化里程碑"), of_person, stamps, only=raises_some, suits=raises, goes=True),
)
