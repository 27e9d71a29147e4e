"""What stands in whose calendar: every package says its part; feeds, pages and paper are made of the same events."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, literal, select, true

from . import clock
from .calendar import Event
from .db import Instant, db, seen

BACK, AHEAD = timedelta(days=90), timedelta(days=366)


@dataclass(frozen=True)
class Window:
    """The days that a calendar shows, both counted."""

    since: date
    until: date

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return clock.at(self.since)


def window(day: date) -> Window:
    """From the first of the month 90 days ago, so that a feed changes by itself once a month only, to a year ahead."""
    return Window((day - BACK).replace(day=1), day + AHEAD)


@dataclass(frozen=True)
class Source:
    """One kind of events for one kind of owner (`of`: Person, Partner, Place …).

    `events(owner, window)` are in the language that is in force. `stamps()` are Selects of one row of aggregates each,
    which is another one as soon as an event is; they name the owner by `OWNER` and the first moment by `SINCE`, and are
    built once. `also` says what no aggregate sees. `suits(owner)`: whether such an owner can ever have such events; it
    asks for nothing that a page does not know anyway.
    """

    of: str
    kind: str
    label: Any
    events: Callable[[Any, Window], Iterable[Event]]
    stamps: Callable[[], Sequence[Select]]
    also: Callable[[Any, Window], Hashable] | None = None
    suits: Callable[[Any], bool] = lambda _owner: True


OWNER: BindParameter[int] = bindparam("owner")
SINCE: BindParameter[datetime] = bindparam("since", type_=Instant)
SOURCES: dict[tuple[str, str], Source] = {}


def register(source: Source) -> None:
    """Add a kind of events. Registering it again replaces it."""
    SOURCES[source.of, source.kind] = source
    stamps.cache_clear()


def sources(of: str, kinds: Collection[str] = ()) -> Iterator[Source]:
    """Those of one kind of owner, in the order in which they were registered; without `kinds` all of them."""
    return (source for source in SOURCES.values() if source.of == of and (not kinds or source.kind in kinds))


def events(of: str, owner, window: Window, kinds: Collection[str] = ()) -> list[Event]:
    """What stands in the calendar of this owner, by kind."""
    return [event for source in sources(of, kinds) for event in source.events(owner, window)]


@lru_cache(100)
def stamps(of: str, kinds: frozenset[str]) -> Select:
    """The one statement that sees whether anything has changed."""
    first, *others = [select(literal(0)).subquery()] + [
        one.subquery() for source in sources(of, kinds) for one in source.stamps()
    ]
    found = select(*(column for part in (first, *others) for column in part.c)).select_from(first)
    for part in others:
        found = found.join(part, true())
    return seen(found)


def stamp(of: str, owner, window: Window, kinds: Collection[str] = ()) -> tuple:
    """What is equal as long as `events` are; one cheap statement, and what sources see `also`."""
    asked = {"owner": owner.id, "since": window.begins}
    counted = db.session.execute(stamps(of, frozenset(kinds)), asked).one()
    return (*counted, *(source.also(owner, window) for source in sources(of, kinds) if source.also))
