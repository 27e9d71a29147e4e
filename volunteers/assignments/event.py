"""Ends of terms, days away and questions to answer as calendar events, in the language that is in force."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kernel import clock
from kernel.calendar import Event, turn
from kernel.i18n import _

from .state import State

if TYPE_CHECKING:
    from .assignment import Assignment
    from .pause import Pause

DAY = timedelta(days=1)
A_DAY, NOTICE = 24 * 60, 14 * 24 * 60  # minutes before
CARE = "seagreen"


def event_of_term(assignment: "Assignment", last: date, site_url: str) -> Event:
    """The last day in post; whoever ended before it was over has it called off. Nobody is named."""
    ended = clock.local(assignment.ended_at).date() if assignment.ended_at else None
    return Event(
        uid=f"assignment-{assignment.id}@hehuo",
        sequence=assignment.sequence or 0,
        changed=assignment.changed_at,
        summary=str(_("%(role)s到期：%(building)s", **named(assignment))),
        description=str(_("到这天为止。想接着照看，请提前在页面上续一期。")),
        cancelled=ended is not None and ended <= last,
        alarm_minutes=None if ended else NOTICE,
        **on(last, assignment, site_url),
    )


def event_of_pause(pause: "Pause", site_url: str) -> Event:
    """The last day away; why, nobody reads."""
    assignment = pause.assignment
    return Event(
        uid=f"assignment-pause-{pause.id}@hehuo",
        sequence=turn(assignment.changed_at),
        changed=assignment.changed_at,
        summary=str(_("%(role)s暂停到今天：%(building)s", **named(assignment))),
        **on(pause.last, assignment, site_url),
    )


def event_of_question(assignment: "Assignment", due: date, site_url: str) -> Event:
    """The last day to say yes or no to an offer; it goes with the answer."""
    return Event(
        uid=f"assignment-{assignment.id}-answer@hehuo",
        sequence=0,
        changed=assignment.changed_at,
        summary=str(_("请您答复：%(building)s的%(role)s", **named(assignment))),
        alarm_minutes=A_DAY,
        **on(due, assignment, site_url),
    )


def named(assignment: "Assignment") -> dict[str, str]:
    """What the titles say."""
    return {"role": assignment.title, "building": assignment.building.whole_name}


def on(day: date, assignment: "Assignment", site_url: str) -> dict:
    """A whole day that takes no time, and the page."""
    return {
        "starts": day,
        "ends": day + DAY,
        "url": f"{site_url}/assignments/{assignment.id}",
        "categories": (str(_("包联楼栋")),),
        "busy": False,
        "private": True,
        "color": CARE,
    }


def is_told(assignment: "Assignment") -> bool:
    """Whether its days stand in calendars: in post, or was when its last day was known."""
    ended = assignment.state is State.ENDED and assignment.sequence is not None
    return assignment.state is State.SERVING or ended
