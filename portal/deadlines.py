"""What waits for somebody and has a day, as events of his calendar: the lines of 今天要办."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, or_, select

from communities.post import Post
from kernel import waiting
from kernel.agenda import OWNER, Source, Window
from kernel.calendar import Event, turn
from kernel.i18n import _
from kernel.paper import site_url
from partners.agenda import own_partners
from partners.incubations.incubation import Incubation
from volunteers.duty import Duty

DAY = timedelta(days=1)
MOST = 100
OWN = ("milestone.late", "agreement.ending", "shift.gaps")  # these stand in the calendar as what they are
DUE = "crimson"


def of_person(person, window: Window) -> Iterator[Event]:
    """A day for each line that is to be dealt with by then; it goes when it is dealt with."""
    for line in waiting.lines(person, MOST):
        if line.due is not None and line.due >= window.since and line.desk.kind not in OWN:
            yield event_of(line, line.due)


def also(person, window: Window) -> tuple:
    """Which lines there are: no aggregate knows what waits."""
    return tuple((line.desk.kind, line.id, line.due, line.subject) for line in waiting.lines(person, MOST))


def stamps() -> Sequence[Select]:
    """None: see `also`."""
    return ()


def event_of(line: waiting.Waiting, due: date) -> Event:
    """One line on its day."""
    return Event(
        uid=f"due-{line.desk.kind}-{line.id}@hehuo",
        sequence=turn(line.since),
        changed=line.since,
        starts=due,
        ends=due + DAY,
        summary=str(_("%(kind)s：%(subject)s", kind=line.desk.label, subject=line.subject)),
        url=site_url() + line.url,
        categories=(str(_("今天要办")),),
        busy=False,
        private=True,
        color=DUE,
    )


def has_something_to_do() -> ColumnElement[bool]:
    """A condition: the owner of a calendar is one of those for whom lines can wait; most are not."""
    serves = select(Post.id).where(Post.person_id == OWNER, Post.is_now())
    leads = select(Duty.id).where(Duty.lead_id == OWNER)
    founded = select(Incubation.id).where(Incubation.founder_id == OWNER)
    return or_(serves.exists(), own_partners().exists(), leads.exists(), founded.exists())


SOURCES = (Source("person", "deadline", _("要办的事"), of_person, stamps, also, has_something_to_do),)
