"""A reader of calendars as RFC 5546 wants it: of one event it keeps what is newest, in whatever order it comes."""

from typing import Any

from icalendar import Calendar


class Reader:
    """What somebody's phone knows: by UID and date of a series, the event with the highest SEQUENCE, then DTSTAMP."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, Any], Any] = {}

    def take(self, *events: Any) -> None:
        """Read some events, known or not."""
        for event in events:
            on = event.get("RECURRENCE-ID")
            key = str(event["UID"]), on and on.dt
            if key not in self.known or age(self.known[key]) <= age(event):
                self.known[key] = event

    @property
    def told(self) -> list[tuple]:
        """(UID, start, end, status, where, what) of all that it knows, in order."""
        return sorted(map(words, self.known.values()), key=repr)


def age(event: Any) -> tuple:
    """The larger it is the newer is the event."""
    return event["SEQUENCE"], event["DTSTAMP"].dt


def words(event: Any) -> tuple:
    """What a person sees of an event."""
    text = (str(event.get(name, "")) for name in ("STATUS", "LOCATION", "SUMMARY"))
    return str(event["UID"]), event.start, event.end, *text


def events_of(data: bytes) -> list[Any]:
    """The events of a file."""
    return list(Calendar.from_ical(data).events)
