"""Shifts and sign-ups as calendar events, in the language that is in force (decisions.md, Calendar identity)."""

from datetime import datetime
from typing import TYPE_CHECKING

from kernel.calendar import Event, turn
from kernel.i18n import _, moment

from .signup import ASKED

if TYPE_CHECKING:
    from communities.place import Place

    from .duty import Duty
    from .pledged_seat import PledgedSeat
    from .series import DutySeries
    from .shift import Shift
    from .signup import Signup

ALARM = 60  # minutes before the start
COLOR = "firebrick"


def event_of_signup(signup: "Signup", site_url: str) -> Event:
    """The event of one person: its UID stays for ever, its sequence grows with the shift's moves and the person's own.

    A confirmed sign-up is an appointment, and stays one when it is over; what waits for an answer is tentative; other
    states take it out of the calendar.
    """
    shift = signup.shift
    return Event(
        uid=f"shift-{shift.id}-person-{signup.person_id}@hehuo",
        sequence=shift.sequence + signup.sequence,
        changed=max(shift.changed_at, signup.changed_at),
        description=description(shift, site_url, own=True, until=signup.offered_until),
        cancelled=not (signup.is_appointed or signup.state in ASKED),
        tentative=signup.state in ASKED,
        alarm_minutes=ALARM if signup.is_appointed else None,
        **facts(shift, site_url),
    )


def event_of_seat(seat: "PledgedSeat", site_url: str) -> Event:
    """A seat that a partner keeps for a person, until he answers; his yes makes it the event of his sign-up."""
    shift = seat.shift
    return Event(
        uid=f"shift-{shift.id}-person-{seat.person_id}@hehuo",
        sequence=shift.sequence,
        changed=max(shift.changed_at, seat.changed_at),
        description=description(shift, site_url, own=True, until=seat.closes_at),
        cancelled=shift.is_cancelled,
        tentative=True,
        **facts(shift, site_url),
    )


def event_of_series(series: "DutySeries", site_url: str, *, changed: datetime, person_id: int | None = None) -> Event:
    """What all dates of a series have in common, for everybody or for a person who comes each time."""
    duty, owner = series.duty, "" if person_id is None else f"-person-{person_id}"
    page = f"{site_url}/standing/{series.id}"
    paragraphs = [duty.about, risks(duty)]
    if person_id is not None:
        paragraphs.append(str(_("这次去不了：%(url)s", url=page)))
    return Event(
        uid=f"series-{series.id}{owner}@hehuo",
        sequence=turn(changed),
        changed=changed,
        starts=changed,
        ends=changed,
        description="\n\n".join(filter(None, paragraphs)),
        alarm_minutes=ALARM,
        **common(duty, duty.place, page),
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
    """What all events of a shift say of it."""
    hours = {"starts": shift.starts_at, "ends": shift.ends_at}
    return hours | common(shift.duty, shift.place, address(shift, site_url))


def common(duty: "Duty", place: "Place", page: str) -> dict:
    """What is the same on each date: name, place, page."""
    has_point = place.lat is not None and place.lon is not None
    return {
        "summary": duty.title,
        "location": "，".join(filter(None, (duty.meeting_point, place.whole_name))),
        "geo": (place.lat, place.lon) if has_point else None,
        "url": page,
        "categories": (duty.category.label,),
        "color": COLOR,
    }


def risks(duty: "Duty") -> str:
    """What to mind, in a sentence."""
    return str(_("注意事项：%(risks)s", risks=duty.risk_note))


def description(shift: "Shift", site_url: str, *, own: bool, until: datetime | None = None) -> str:
    """What to know before going; for whoever signed up also the way out, for whoever is asked by when to answer."""
    paragraphs = [shift.duty.about, risks(shift.duty)]
    if shift.is_cancelled:
        paragraphs.insert(0, str(_("这一场取消了：%(reason)s", reason=shift.why)))
    elif until is not None:
        paragraphs.insert(
            0, str(_("等您答复，名额留到 %(until)s：%(url)s", until=moment(until), url=address(shift, site_url)))
        )
    elif own:
        paragraphs.append(str(_("这次去不了：%(url)s", url=f"{site_url}/no/{shift.id}")))
    return "\n\n".join(filter(None, paragraphs))


def address(shift: "Shift", site_url: str) -> str:
    """The page of the shift, absolute."""
    return f"{site_url}/shifts/{shift.id}"
