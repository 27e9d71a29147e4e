"""What notices of compounds put into calendars: into the public ones of a place and a building; nobody is in them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from communities.place import Place
from kernel import clock
from kernel.agenda import OWNER, SINCE, Source, Window
from kernel.calendar import Event
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import site_url
from kernel.recurrence import DAY

from .announcement import Announcement
from .event import event_of_announcement


def of_place(place: Place, window: Window) -> list[Event]:
    """Those of a place and of all that lies in it; of a building those of its compound too."""
    return announced(Announcement.around(place), window)


def announced(where: ColumnElement[bool], window: Window) -> list[Event]:
    """Those that a condition chooses, as events; what was called off is among them."""
    near = (Announcement.until > window.begins) & (Announcement.starts_at < clock.at(window.until + DAY))
    rows = db.session.scalars(seen(Announcement.whole().where(where, near)))
    return [event_of_announcement(row, site_url()) for row in rows]


def changes(where: ColumnElement[bool]) -> Select:
    """How many, and when one last changed."""
    rows = select(func.count(Announcement.id), func.max(Announcement.changed_at))
    return rows.where(where, Announcement.until > SINCE)


def stamps_of_place() -> Sequence[Select]:
    """When one here changed."""
    owner = aliased(Place)
    end = func.substr(owner.path, 1, func.length(owner.path) - 1).concat("0")
    here = select(Place.id).join(owner, (Place.path >= owner.path) & (Place.path < end)).where(owner.id == OWNER)
    return (changes(Announcement.place_id.in_(here)),)


def stamps_of_building() -> Sequence[Select]:
    """When one of the building or of its compound changed."""
    compound = select(Place.parent_id).where(Place.id == OWNER)
    return (changes((Announcement.place_id == OWNER) | Announcement.place_id.in_(compound)),)


SOURCES = (
    Source("place", "notice", _("小区通知"), of_place, stamps_of_place),
    Source("building", "notice", _("小区通知"), of_place, stamps_of_building),
)
