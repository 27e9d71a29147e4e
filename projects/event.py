"""Milestones and days of delivery as calendar events, in the language that is in force."""

from datetime import timedelta
from typing import TYPE_CHECKING

from kernel import clock
from kernel.calendar import Event
from kernel.due import event_of_day
from kernel.i18n import _

from .milestone import Milestone

if TYPE_CHECKING:
    from .adoption import Adoption

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


def event_of_delivery(adoption: "Adoption", site_url: str) -> Event:
    """The last day of a project that is to be delivered; a week before is time to say that it will be late."""
    project = adoption.project
    words = str(_("项目要交付：%(project)s", project=project.title))
    page, alarm = f"{site_url}/adoptions/{adoption.id}", 7 * DAY // timedelta(minutes=1)
    return event_of_day("adoption", adoption.id, project.ends_on, words, page, since=adoption.asked_at, alarm=alarm)
