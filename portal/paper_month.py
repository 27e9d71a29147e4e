"""A month of duties on paper: the events of the calendar, those that were promised and those that wait for an answer.

What is called off is left out, and of this month what is over: a paper hangs on the wall for what is to come.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kernel import agenda, clock
from kernel.agenda import Window
from kernel.calendar import Event
from kernel.recurrence import begin, expanded
from volunteers.whom_to_ring import Lead, leads_of

from .month import span

DAY = timedelta(days=1)
KINDS = ("shift", "offer", "ticket")  # where somebody has to be; days by which something is due are not for the wall
LATE = 20  # the day of a month from which on people plan the next one


@dataclass(frozen=True)
class PaperMonth:
    """What one person has from `since` to `last`, in time; `ring` has the leads by the uid of the event."""

    first: date
    last: date
    since: date
    duties: list[Event]
    offers: list[Event]
    ring: dict[str, Lead]

    @classmethod
    def of(cls, person, day: date) -> "PaperMonth":
        """The month around a day."""
        first, last = span("month", day)
        since = clock.today() if first <= clock.today() <= last else first
        events = agenda.events("person", person, Window(since, last), KINDS)
        found = [event for event in expanded(events, clock.at(since), clock.at(last + DAY)) if is_printed(event, since)]
        duties = [event for event in found if not event.tentative]
        return cls(first, last, since, duties, [event for event in found if event.tentative], leads_of(duties))

    @property
    def next(self) -> date:
        """The first of the next month."""
        return self.last + DAY

    @property
    def is_now(self) -> bool:
        """Whether it is this month."""
        return self.first <= clock.today() <= self.last

    @property
    def is_late(self) -> bool:
        """Whether the next month is wanted rather than this one: it is nearly over, or has nothing."""
        return self.is_now and (clock.today().day >= LATE or not self.duties)


def is_printed(event: Event, since: date) -> bool:
    """Whether somebody has to be there still; of a month that is over, was to be there."""
    ahead = since < clock.today() or begin(event.ends) > clock.now()
    return ahead and not event.cancelled and isinstance(event.starts, datetime)
