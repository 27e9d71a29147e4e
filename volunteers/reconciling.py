"""What becomes of the dates of a standing duty when its rule wants others: pure, from values to values.

A date on which somebody is expected, or about which the organiser decided by itself, stays as it is and stands for the
date that the rule has in its week; every other one follows the rule. No date is deleted: one that no rule wants any
more is called off, because it was in public calendars.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from .pattern import Pattern


@dataclass(frozen=True)
class Occurrence:
    """A date as it stands: `on` is its date by the rule, whenever it takes place.

    `occupied`: somebody signed up or a seat is kept. `decided`: moved, called off or begun, so that no rule changes it.
    """

    id: int
    on: date
    starts_at: datetime
    ends_at: datetime
    seats: int
    least: int
    sequence: int
    cancelled: bool
    occupied: bool = False
    decided: bool = False

    @property
    def stays(self) -> bool:
        """Whether the rule leaves it alone."""
        return self.occupied or self.decided


@dataclass
class Changes:
    """What is to be done; `kept` holds what stays though the rule says otherwise, with its date by the new rule."""

    created: list[date] = field(default_factory=list)
    moved: list[tuple[Occurrence, date]] = field(default_factory=list)
    restored: list[tuple[Occurrence, date]] = field(default_factory=list)
    dropped: list[Occurrence] = field(default_factory=list)
    kept: list[tuple[Occurrence, date | None]] = field(default_factory=list)

    @property
    def following(self) -> int:
        """How many dates follow the rule."""
        return len(self.created) + len(self.moved) + len(self.restored) + len(self.dropped)

    @property
    def occupied(self) -> list[int]:
        """The shifts that stay because people signed up."""
        return [occurrence.id for occurrence, _day in self.kept if occurrence.occupied]


def reconcile(
    wanted: Collection[date],
    standing: Iterable[Occurrence],
    pattern: Pattern,
    seats: int,
    busy: Collection[datetime] = (),
    least: int = 0,
) -> Changes:
    """Bring the dates that stand to the days that the rule wants; `busy` are starts of other shifts of the duty."""
    standing = sorted(standing, key=lambda occurrence: occurrence.on)
    pairs, spare = pair(wanted, standing)
    held = {*busy, *(occurrence.starts_at for occurrence in standing if occurrence.stays)}
    changes = Changes()
    for occurrence in spare:
        if occurrence.occupied:
            changes.kept.append((occurrence, None))
        elif not occurrence.stays and not occurrence.cancelled:
            changes.dropped.append(occurrence)
    for occurrence, day in pairs.items():
        settle(changes, occurrence, day, pattern, (seats, least), held)
    free = sorted(set(wanted) - set(pairs.values()))
    changes.created = [day for day in free if pattern.span(day)[0] not in held]
    return changes


def settle(
    changes: Changes, occurrence: Occurrence, day: date, pattern: Pattern, people: tuple[int, int], held: set
) -> None:
    """Sort in a date that the rule wants; `people` are its seats and its minimum."""
    span = pattern.span(day)
    as_ruled = (occurrence.starts_at, occurrence.ends_at) == span and (occurrence.seats, occurrence.least) == people
    if occurrence.stays:
        if occurrence.on != day or (occurrence.occupied and not as_ruled):
            changes.kept.append((occurrence, day))
    elif span[0] in held:  # another shift of the duty is there already
        if not occurrence.cancelled:
            changes.dropped.append(occurrence)
    elif occurrence.cancelled:
        changes.restored.append((occurrence, day))
    elif occurrence.on != day or not as_ruled:
        changes.moved.append((occurrence, day))


def pair(wanted: Collection[date], standing: list[Occurrence]) -> tuple[dict[Occurrence, date], list[Occurrence]]:
    """Which date stands for which day: its own, else one of its week, those that stay first; and those for none."""
    days = set(wanted)
    pairs = {occurrence: occurrence.on for occurrence in standing if occurrence.on in days}
    free = defaultdict(list)
    for day in sorted(days - set(pairs.values()), reverse=True):
        free[monday(day)].append(day)
    spare = []
    rest = [occurrence for occurrence in standing if occurrence not in pairs]
    for occurrence in sorted(rest, key=lambda one: (not one.stays, one.cancelled, one.on)):
        if free[monday(occurrence.on)]:
            pairs[occurrence] = free[monday(occurrence.on)].pop()
        else:
            spare.append(occurrence)
    return pairs, spare


def monday(day: date) -> date:
    """The week of a day."""
    return day - timedelta(days=day.weekday())
