"""A month or a week of a calendar as a page shows it: the days in weeks, and on each what begins on it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kernel import agenda, clock
from kernel.agenda import Window
from kernel.calendar import Event
from kernel.recurrence import expanded

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True)
class Square:
    """One day: what begins on it, in order; `is_inside` is false for the days around a month."""

    day: date
    is_inside: bool
    events: list[Event]


@dataclass(frozen=True)
class Board:
    """The days from `first` to `last`, both counted, in whole weeks from Monday on."""

    first: date
    last: date
    squares: list[Square]

    @property
    def weeks(self) -> list[list[Square]]:
        """The squares, seven a row."""
        return [self.squares[number : number + 7] for number in range(0, len(self.squares), 7)]

    @property
    def count(self) -> int:
        """How many events begin between the first and the last day."""
        return sum(len(square.events) for square in self.squares if square.is_inside)

    @property
    def before(self) -> date:
        """A day of the board before this one."""
        return self.first - DAY

    @property
    def after(self) -> date:
        """A day of the board after this one."""
        return self.last + DAY


def span(view: str, on: date) -> tuple[date, date]:
    """First and last day of the week, or of the month, in which a day lies."""
    if view == "week":
        monday = on - on.weekday() * DAY
        return monday, monday + WEEK - DAY
    first = on.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1) - DAY


def board(of: str, owner, view: str, on: date, kinds: Collection[str] | None = None) -> Board:
    """The week or the month around a day of somebody's calendar."""
    first, last = span(view, on)
    since, until = first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY
    events = agenda.events(of, owner, Window(since, until), kinds)
    by_day: dict[date, list[Event]] = {}
    for event in expanded(events, clock.at(since), clock.at(until + DAY)):
        by_day.setdefault(begins_on(event, since), []).append(event)
    days = [since + number * DAY for number in range((until - since).days + 1)]
    return Board(first, last, [Square(day, first <= day <= last, by_day.get(day, [])) for day in days])


def begins_on(event: Event, since: date) -> date:
    """The day on which it is shown: its first one, but not before the board begins."""
    start = event.starts
    return max(clock.local(start).date() if isinstance(start, datetime) else start, since)
