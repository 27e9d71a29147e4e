"""Shifts and sign-ups as calendar events, in the language that is in force (decisions.md, Calendar identity)."""

from typing import TYPE_CHECKING

from kernel.calendar import Event
from kernel.i18n import _

if TYPE_CHECKING:
    from .shift import Shift
    from .signup import Signup

ALARM = 60  # minutes before the start


def event_of_signup(signup: "Signup", site_url: str) -> Event:
    """The event of one person: its UID stays for ever, its sequence grows with the shift's moves and the person's own.

    A confirmed sign-up is an appointment, and stays one when it is over; other states take it out of the calendar.
    """
    shift = signup.shift
    return Event(
        uid=f"shift-{shift.id}-person-{signup.person_id}@hehuo",
        sequence=shift.sequence + signup.sequence,
        changed=max(shift.changed_at, signup.changed_at),
        description=description(shift, site_url, own=True),
        cancelled=not signup.is_appointed,
        alarm_minutes=ALARM,
        **facts(shift, site_url),
    )


def event_of_shift(shift: "Shift", site_url: str) -> Event:
    """The event for everybody, whoever goes: no person is in it."""
    return Event(
        uid=f"shift-{shift.id}@hehuo",
        sequence=shift.sequence,
        changed=shift.changed_at,
        description=description(shift, site_url, own=False),
        cancelled=shift.is_cancelled,
        alarm_minutes=ALARM,
        **facts(shift, site_url),
    )


def facts(shift: "Shift", site_url: str) -> dict:
    """What both events say of the shift."""
    place = shift.place
    has_point = place.lat is not None and place.lon is not None
    return {
        "starts": shift.starts_at,
        "ends": shift.ends_at,
        "summary": shift.duty.title,
        "location": "，".join(filter(None, (shift.duty.meeting_point, shift.where))),
        "geo": (place.lat, place.lon) if has_point else None,
        "url": address(shift, site_url),
        "categories": (shift.duty.category.label,),
    }


def description(shift: "Shift", site_url: str, *, own: bool) -> str:
    """What to know before going; for whoever signed up also the way out."""
    duty = shift.duty
    paragraphs = [duty.about, str(_("注意事项：%(risks)s", risks=duty.risk_note))]
    if shift.is_cancelled:
        paragraphs.insert(0, str(_("这一场取消了：%(reason)s", reason=shift.why)))
    elif own:
        paragraphs.append(str(_("这次去不了：%(url)s", url=f"{address(shift, site_url)}#signup")))
    return "\n\n".join(filter(None, paragraphs))


def address(shift: "Shift", site_url: str) -> str:
    """The page of the shift, absolute."""
    return f"{site_url}/shifts/{shift.id}"
