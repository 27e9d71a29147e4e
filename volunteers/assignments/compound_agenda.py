"""What a compound puts into the calendars of its people: notices, and for who looks after it what takes place there.

Nobody is named in it, and it takes nobody's time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, func, or_, select

from communities.place import Place
from kernel.agenda import OWNER, SINCE, Source, Window
from kernel.calendar import Event
from kernel.i18n import _
from partners.announced import announced
from partners.announcement import Announcement

from ..agenda import programme
from ..shift import Shift
from ..signup import LIVING, Signup
from .around import concerned, keeps, kept, led, served


def notices(person, window: Window) -> list[Event]:
    """小区通知 of the building where he lives or which he looks after, of its compound, of what his firm manages."""
    return announced(concerned(person.id), window)


def changes_of_notices() -> Sequence[Select]:
    """When one of them changed."""
    rows = select(func.count(Announcement.id), func.max(Announcement.changed_at)).join(Announcement.place)
    return (rows.where(concerned(OWNER), Announcement.until > SINCE),)


def shifts(person, window: Window) -> Iterator[Event]:
    """What takes place in the compounds that he looks after, but what he goes to himself: that is there already."""
    compounds = keeps(person)
    if not compounds:
        return
    here = select(Place.id).where(Place.id.in_(compounds) | Place.parent_id.in_(compounds))
    own = select(Signup.shift_id).where(Signup.person_id == person.id, Signup.state.in_(LIVING))
    for event in programme(Shift.place_id.in_(here) & Shift.id.not_in(own), window):
        yield replace(event, busy=False, alarm_minutes=None)


def changes_of_shifts() -> Sequence[Select]:
    """When one of these changed, or what he goes to himself."""
    here = select(Place.id).where(Place.id.in_(kept(OWNER)) | Place.parent_id.in_(kept(OWNER)))
    rows = select(func.count(Shift.id), func.max(Shift.changed_at)).where(Shift.place_id.in_(here))
    own = select(func.count(Signup.id), func.max(Signup.changed_at)).where(Signup.person_id == OWNER)
    return rows.where(Shift.ends_at > SINCE), own


def has_notices() -> ColumnElement[bool]:
    """A condition: there are any for the owner of a calendar."""
    rows = select(Announcement.id).join(Announcement.place)
    return rows.where(concerned(OWNER), Announcement.until > SINCE).exists()


def looks_after_some() -> ColumnElement[bool]:
    """A condition: he looks after a compound."""
    return or_(led(OWNER).exists(), served(OWNER).exists())


def keeps_any(person) -> bool:
    """Whether a person looks after a compound, for a page."""
    return bool(keeps(person))


SOURCES = (
    Source("person", "notice", _("小区通知"), notices, changes_of_notices, only=has_notices),
    Source("person", "compound", _("我小区的活动"), shifts, changes_of_shifts, only=looks_after_some, suits=keeps_any),
)
