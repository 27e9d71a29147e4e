"""A series as one repeating event: what follows the rule is said once, what does not stands beside it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from .calendar import Event, Weekly
from .clock import at, local

DAY = timedelta(days=1)
SAME = ("starts", "ends", "summary", "location", "geo", "cancelled", "tentative")


@dataclass(frozen=True)
class Rule:
    """Weekdays (0 is Monday) from `first` to `last`, both counted; an end before the start is on the next day."""

    weekdays: frozenset[int]
    starts: time
    ends: time
    first: date
    last: date | None

    def days(self, since: date, until: date) -> Iterator[date]:
        """The days of the rule between two others, both counted."""
        day, end = max(self.first, since), min(self.last or until, until)
        while day <= end:
            if day in self:
                yield day
            day += DAY

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= (self.last or day) and day.weekday() in self.weekdays

    def span(self, day: date) -> tuple[datetime, datetime]:
        """Start and end on this day."""
        return at(day, self.starts), at(day + DAY if self.ends <= self.starts else day, self.ends)


def recurring(
    template: Event, rule: Rule, known: Mapping[date, Event], *, since: date, laid: date, off: Iterable[date] = ()
) -> list[Event]:
    """The events of a series from `since` on, the repeating one first.

    `known` is what stands on a day of the rule, wherever it was moved to. Up to the day `laid` a day of the rule that
    is not known has nothing; after it each day of the rule is as the `template` says, but those that are `off`.
    A known day that says what the rule says is not named again; another stands as that date's own event. What is known
    on days that the rule does not have, and a rule that has no day left, come as events of their own.
    """
    days = set(rule.days(since, laid))
    without = (days - known.keys()) | {day for day in off if day > laid and day in rule}
    end = rule.last or max([rule.first, laid, since, *without]) + 8 * DAY  # a week on it has a day for certain
    first = next((day for day in rule.days(since, end) if day not in without), None)
    if first is None:
        return [event for _day, event in sorted(known.items())]
    starts, ends = rule.span(first)
    weekly = Weekly(rule.weekdays, rule.last, tuple(rule.span(day)[0] for day in sorted(without) if day > first))
    master = replace(template, starts=starts, ends=ends, weekly=weekly)
    return [master, *others(master, rule, known, days)]


def others(master: Event, rule: Rule, known: Mapping[date, Event], days: set[date]) -> Iterator[Event]:
    """The known dates that need words of their own, in their order."""
    for day, event in sorted(known.items()):
        starts, ends = rule.span(day)
        plain = replace(master, starts=starts, ends=ends)
        if day not in days:
            yield event
        elif any(getattr(event, name) != getattr(plain, name) for name in SAME):
            yield replace(event, uid=master.uid, instance=starts)


def expanded(events: Iterable[Event], since: datetime, until: datetime) -> list[Event]:
    """Each date by itself, as a page or a sheet shows it: what overlaps this time, soonest first, whole days before.

    A date that stands for itself takes the place of the one by the rule.
    """
    events = list(events)
    own = {(event.uid, event.instance) for event in events if event.instance is not None}
    found = [one for event in events for one in dates_of(event, own, until)]
    return sorted((one for one in found if begin(one.starts) < until and begin(one.ends) > since), key=in_time)


def dates_of(event: Event, own: Collection[tuple[str, datetime]], until: datetime) -> Iterator[Event]:
    """The dates of an event that begin before a moment, without those that stand for themselves."""
    if event.weekly is None:
        yield event
        return
    first, last = local(begin(event.starts)), local(begin(event.ends))
    rule = Rule(event.weekly.weekdays, first.time(), last.time(), first.date(), event.weekly.until)
    for day in rule.days(rule.first, local(until).date()):
        starts, ends = rule.span(day)
        if starts not in event.weekly.without and (event.uid, starts) not in own:
            yield replace(event, starts=starts, ends=ends, weekly=None)


def begin(moment: datetime | date) -> datetime:
    """The moment itself; of a day its first."""
    return moment if isinstance(moment, datetime) else at(moment)


def in_time(event: Event) -> tuple[datetime, bool, str]:
    """The order of a calendar."""
    return begin(event.starts), isinstance(event.starts, datetime), event.uid
