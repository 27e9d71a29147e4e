"""Whether and when a calendar rings: as its reader chose it, and never in a calendar for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from communities.alarm import Alarm
from kernel.calendar import Event


@dataclass(frozen=True)
class Ringing:
    """The choice of a reader and when he made it; a choice of None leaves what each kind of event suggests."""

    alarm: Alarm | None = None
    since: datetime | None = None

    @classmethod
    def of(cls, person) -> "Ringing":
        """Somebody's; nobody has chosen anything."""
        return cls() if person.id is None else cls(person.alarm, person.alarm_at)

    def rung(self, events: Iterable[Event]) -> list[Event]:
        """The events with these alarms: those that would ring are other events since the choice (DTSTAMP), but are
        neither elsewhere nor at another time (SEQUENCE).
        """
        return [event if event.alarm_minutes is None else self.change(event, event.alarm_minutes) for event in events]

    def change(self, event: Event, usual: int) -> Event:
        """One event that would ring as long before as is `usual`."""
        minutes = usual if self.alarm is None else self.alarm.minutes(event.starts, usual)
        return replace(event, alarm_minutes=minutes, changed=max(filter(None, (event.changed, self.since))))


SILENT = Ringing(Alarm.NONE)
