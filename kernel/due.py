"""A day by which something is to be done, as an event of a calendar."""

from datetime import date, datetime, timedelta

from .calendar import Event
from .i18n import _

DAY = timedelta(days=1)
A_DAY = 24 * 60  # minutes
DUE = "crimson"


def event_of_day(
    what: str, id: int, day: date, summary: str, url: str, *, since: datetime, alarm: int | None = A_DAY
) -> Event:
    """A whole day that takes no time; it goes when it is done, and moved to another day it is another event.

    So nothing has to count its changes. `since` is when it began to be asked, never “now”; `alarm` is in minutes.
    """
    return Event(
        uid=f"due-{what}-{id}-{day:%Y%m%d}@hehuo",
        sequence=0,
        changed=since,
        starts=day,
        ends=day + DAY,
        summary=summary,
        url=url,
        categories=(str(_("今天要办")),),
        busy=False,
        private=True,
        color=DUE,
        alarm_minutes=alarm,
    )
