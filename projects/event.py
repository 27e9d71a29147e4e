"""Milestones as calendar events, in the language that is in force."""

from datetime import timedelta

from kernel import clock
from kernel.calendar import Event
from kernel.i18n import _

from .milestone import Milestone

DAY = timedelta(days=1)
PROMISED = "darkorange"


def event_of_milestone(milestone: Milestone, site_url: str) -> Event:
    """The day for which something was promised; what is reached stays on its day.

    What is dropped, or of an adoption that runs no more, is called off.
    """
    adoption = milestone.adoption
    moves = milestone.postponements
    over = [clock.at(day) for day in (milestone.reached_on, milestone.dropped_on) if day]
    return Event(
        uid=f"milestone-{milestone.id}@hehuo",
        sequence=len(moves) + (not milestone.is_open),
        changed=max([milestone.promised_at, *(move.at for move in moves), *over]),
        starts=milestone.due,
        ends=milestone.due + DAY,
        summary=str(_("进度节点：%(title)s", title=milestone.title)),
        description=str(_("%(partner)s · %(project)s", partner=adoption.partner.name, project=adoption.project.title)),
        url=f"{site_url}/adoptions/{adoption.id}",
        categories=(str(_("公益项目")),),
        cancelled=milestone.reached_on is None and not milestone.is_open,
        busy=False,
        private=True,
        color=PROMISED,
        alarm_minutes=None if milestone.reached_on else DAY // timedelta(minutes=1),
    )
