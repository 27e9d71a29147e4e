"""What waits for somebody and has a day, as events of his calendar: the lines of 今天要办."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Select, or_, select

from communities.post import Post
from kernel import waiting
from kernel.agenda import OWNER, Source, Window
from kernel.calendar import Event
from kernel.due import event_of_day
from kernel.i18n import _
from kernel.paper import site_url
from partners.agenda import own_partners, speaks
from partners.incubations.agenda import founded
from partners.incubations.incubation import Incubation
from volunteers.attendances.leading import leads
from volunteers.duty import Duty

MOST = 100
# These stand in the calendar as what they are, earlier than a line says it.
OWN = (
    "milestone.late",
    "agreement.ending",
    "shift.gaps",
    "adoption.late",
    "incubation.milestone",
)
OF_MANAGERS = "need."  # what residents said is for those who speak for a partner, its calendar is for all members


def of_person(person, window: Window) -> Iterator[Event]:
    """A day for each line that is to be dealt with by then; it goes when it is dealt with."""
    return events(waiting.lines(person, MOST), window)


def of_partner(partner, window: Window) -> Iterator[Event]:
    """The same for a partner, as far as all of its members may know it."""
    return events(lines_of_partner(partner), window)


def lines_of_partner(partner) -> list[waiting.Waiting]:
    """What waits for a partner, whoever speaks for it."""
    lines = waiting.lines_for({"partners": (partner.id,)}, MOST)
    return [line for line in lines if not line.desk.kind.startswith(OF_MANAGERS)]


def events(lines: Iterable[waiting.Waiting], window: Window) -> Iterator[Event]:
    """Those lines that have a day, on it."""
    for line in lines:
        if line.due is not None and line.due >= window.since and line.desk.kind not in OWN:
            words = str(_("%(kind)s：%(subject)s", kind=line.desk.label, subject=line.subject))
            url = site_url() + line.url
            yield event_of_day(line.desk.kind, line.id, line.due, words, url, since=line.since, alarm=None)


def also(person, window: Window) -> tuple:
    """Which lines there are: no aggregate knows what waits."""
    return told(waiting.lines(person, MOST))


def also_of_partner(partner, window: Window) -> tuple:
    """The same for a partner."""
    return told(lines_of_partner(partner))


def told(lines: Iterable[waiting.Waiting]) -> tuple:
    """All that their events are made of."""
    return tuple((line.desk.kind, line.id, line.due, line.subject) for line in lines)


def stamps() -> Sequence[Select]:
    """None: see `also`."""
    return ()


def has_something_to_do() -> ColumnElement[bool]:
    """A condition: the owner of a calendar is one of those for whom lines can wait; most are not."""
    serves = select(Post.id).where(Post.person_id == OWNER, Post.is_now())
    leading = select(Duty.id).where(Duty.lead_id == OWNER)
    founded = select(Incubation.id).where(Incubation.founder_id == OWNER)
    return or_(serves.exists(), own_partners().exists(), leading.exists(), founded.exists())


def suits(person) -> bool:
    """Whether anything can wait for him: he serves, belongs to a partner, leads a duty or founded a firm."""
    return speaks(person) or leads(person) or founded(person)


SOURCES = (
    Source("person", "deadline", _("要办的事"), of_person, stamps, also, has_something_to_do, suits, goes=True),
    Source("partner", "deadline", _("要办的事"), of_partner, stamps, also_of_partner, goes=True),
)
