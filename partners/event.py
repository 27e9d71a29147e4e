"""Bookings and agreements as calendar events, in the language that is in force."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kernel.calendar import Event, turn
from kernel.i18n import _

from .resources.booking_words import HOLDING, OPEN

if TYPE_CHECKING:
    from .agreements.agreement import Agreement
    from .announcement import Announcement
    from .resources.booking import Booking
    from .resources.resource import Resource
    from .resources.series import Series

DAY = timedelta(days=1)
ALARM = 120  # minutes before the time
LENT, SIGNED, TOLD = "steelblue", "slategray", "teal"


def event_of_booking(booking: "Booking", site_url: str) -> Event:
    """A time that was booked, for whoever booked and whoever lends; tentative until it is granted."""
    return Event(
        uid=f"booking-{booking.id}@hehuo",
        sequence=booking.sequence,
        changed=booking.changed_at,
        starts=booking.starts_at,
        ends=booking.ends_at,
        description=words(booking, f"{site_url}/bookings/{booking.id}"),
        cancelled=booking.state not in (*HOLDING, *OPEN),
        tentative=booking.state in OPEN,
        alarm_minutes=ALARM if booking.state in HOLDING else None,
        **what(booking),
        **where(booking.resource, f"{site_url}/bookings/{booking.id}"),
    )


def event_of_booked_series(series: "Series", dates: "list[Booking]", site_url: str) -> Event:
    """What all dates of a series have in common."""
    changed = max([series.asked_at, *(booking.changed_at for booking in dates)])
    page = f"{site_url}/series/{series.id}"
    return Event(
        uid=f"booking-series-{series.id}@hehuo",
        sequence=turn(changed),
        changed=changed,
        starts=changed,
        ends=changed,
        description=words(series, page),
        alarm_minutes=ALARM,
        **what(series),
        **where(series.resource, page),
    )


def event_of_taken_time(booking: "Booking", site_url: str) -> Event:
    """A time that is taken, for everybody: nobody is named."""
    resource = booking.resource
    return replace(
        event_of_booking(booking, site_url),
        uid=f"resource-{resource.id}-booking-{booking.id}@hehuo",
        summary=str(_("%(resource)s（已约）", resource=resource.name)),
        description="",
        url=f"{site_url}/resources/{resource.id}",
        private=False,
        alarm_minutes=None,
    )


def event_of_agreement(agreement: "Agreement", until: date, site_url: str) -> Event:
    """The last day of an agreement, so that somebody thinks of it in time."""
    return Event(
        uid=f"agreement-{agreement.id}@hehuo",
        sequence=agreement.version,
        changed=max(filter(None, (agreement.recorded_at, agreement.reminded_at))),
        starts=until,
        ends=until + DAY,
        summary=str(_("协议到期：%(title)s", title=agreement.title)),
        description=agreement.scope,
        url=f"{site_url}/agreements/{agreement.id}",
        categories=(str(_("协议")),),
        cancelled=agreement.ended_on is not None,
        busy=False,
        private=True,
        color=SIGNED,
        alarm_minutes=14 * 24 * 60,
    )


def event_of_announcement(announcement: "Announcement", site_url: str) -> Event:
    """What is cut or serviced, for everybody: it takes no time of anybody, and no person is in it."""
    place = announcement.place
    page = f"{site_url}/announcements/{announcement.id}"
    lines = [announcement.words, _("谁通知的：%(who)s", who=announcement.by_whom)]
    return Event(
        uid=f"notice-{announcement.id}@hehuo",
        sequence=announcement.sequence,
        changed=announcement.changed_at,
        starts=announcement.starts_at,
        ends=announcement.until,
        summary=str(announcement),
        description="\n".join(filter(None, map(str, lines))),
        location=place.whole_name,
        geo=(place.lat, place.lon) if place.lat is not None and place.lon is not None else None,
        url=page,
        categories=(str(_("小区通知")),),
        cancelled=announcement.is_called_off,
        busy=False,
        color=TOLD,
    )


def what(booked: "Booking | Series") -> dict:
    """What it is for."""
    resource = booked.resource
    title = _("%(resource)s · %(purpose)s", resource=resource.name, purpose=booked.purpose)
    return {"summary": str(title) if booked.purpose else resource.name, "private": True, "color": LENT}


def where(resource: "Resource", page: str) -> dict:
    """Where it is, and the page that knows more."""
    point = resource if resource.lat is not None else resource.place
    return {
        "location": "，".join(filter(None, (resource.spot, resource.place.whole_name))),
        "geo": (point.lat, point.lon) if point.lat is not None and point.lon is not None else None,
        "categories": (str(resource.sort.label),),
        "url": page,
    }


def words(booked: "Booking | Series", page: str) -> str:
    """Who booked, who lends, and the way out; who is rung stands on the page, for a calendar is passed on."""
    lines = [
        _("谁约的：%(name)s", name=booked.booker_name),
        _("谁提供：%(name)s", name=booked.resource.owner_name),
        _("不去了，请在这里说一声：%(url)s", url=page),
    ]
    return "\n".join(map(str, lines))
