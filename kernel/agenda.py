"""What stands in whose calendar: every package says its part; feeds, pages and paper are made of the same events."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, Subquery, bindparam, literal, select, true

from . import clock
from .calendar import Event
from .db import Instant, db, seen

KEPT = 100  # statements
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
    built once; the same Select from two sources is asked once. `also` says what no aggregate sees. `only()` is a
    condition without which this owner can have no such events; most people have no part in most kinds. `suits(owner)`
    says for a page whether there can ever be any; it asks for nothing that a page does not know anyway. What `goes` is
    not there any more when it is done, or changes, without a trace that could say when.
    """

    of: str
    kind: str
    label: Any
    events: Callable[[Any, Window], Iterable[Event]]
    stamps: Callable[[], Sequence[Select]]
    also: Callable[[Any, Window], Hashable] | None = None
    only: Callable[[], ColumnElement[bool]] | None = None
    suits: Callable[[Any], Any] = lambda _owner: True
    goes: bool = False


@dataclass(frozen=True)
class Known:
    """What a cheap statement says of an owner's calendar.

    `facts` has the columns of `owned_by`, `kinds` those that can be in it, `stamp` is equal as long as the events are.
    """

    of: str
    id: int
    window: Window
    facts: Row
    kinds: frozenset[str]
    stamp: tuple

    def also(self, owner: Callable[[], Any]) -> tuple:
        """What of the events no aggregate sees; `owner` is loaded only when there can be some."""
        asking = [source.also for source in sources(self.of, self.kinds) if source.also]
        return tuple(also(owner(), self.window) for also in asking)


OWNER: BindParameter[int] = bindparam("owner")
SINCE: BindParameter[datetime] = bindparam("since", type_=Instant)
SOURCES: dict[tuple[str, str], Source] = {}
FACTS: dict[str, Callable[[], Select]] = {}


def register(source: Source) -> None:
    """Add a kind of events. Registering it again replaces it."""
    SOURCES[source.of, source.kind] = source
    question.cache_clear()
    stamps.cache_clear()


def owned_by(of: str, facts: Callable[[], Select]) -> None:
    """Say what has to be known of an owner (`OWNER`) before his calendar is given out."""
    FACTS[of] = facts
    question.cache_clear()


def sources(of: str, kinds: Collection[str] | None = None) -> Iterator[Source]:
    """Those of one kind of owner, in the order in which they were registered; without `kinds` all of them."""
    return (source for source in SOURCES.values() if source.of == of and (kinds is None or source.kind in kinds))


def events(of: str, owner, window: Window, kinds: Collection[str] | None = None) -> list[Event]:
    """What stands in the calendar of this owner, by kind."""
    return [event for source in sources(of, kinds) for event in source.events(owner, window)]


def known(of: str, id: int, window: Window, kinds: frozenset[str] | None = None) -> Known | None:
    """What there is to know of the calendar of an owner, of all kinds or of these; None when there is no such owner.

    One statement for most people; a second one for those who can have what is not for everybody.
    """
    asked = {"owner": id, "since": window.begins}
    facts = db.session.execute(question(of, kinds), asked).one_or_none()
    if facts is None:
        return None
    everybody, some = divided(of, kinds)
    true_of = frozenset(source.kind for source in some if facts._mapping[only_name(source)])
    more = db.session.execute(stamps(of, true_of), asked).one() if true_of else ()
    can = true_of | {source.kind for source in everybody}
    return Known(of, id, window, facts, can, (can, *facts, *more))


def divided(of: str, kinds: frozenset[str] | None) -> tuple[list[Source], list[Source]]:
    """The sources that concern everybody, and those that have a condition."""
    asked = list(sources(of, kinds))
    return [source for source in asked if source.only is None], [source for source in asked if source.only is not None]


def only_name(source: Source) -> str:
    """How the condition of a source is called in the statement; several have the same one."""
    return f"only_{source.only.__module__}_{source.only.__name__}" if source.only else ""


@lru_cache(KEPT)
def question(of: str, kinds: frozenset[str] | None) -> Select:
    """The first statement: facts of the owner, what is true of him, and the stamps of what concerns everybody."""
    facts = FACTS[of]().subquery() if of in FACTS else select(literal(0)).subquery()
    everybody, some = divided(of, kinds)
    conditions = {only_name(source): source.only().label(only_name(source)) for source in some if source.only}
    return beside(facts, [*conditions.values()], everybody)


@lru_cache(KEPT)
def stamps(of: str, kinds: frozenset[str]) -> Select:
    """The second one: the stamps of the kinds whose conditions are true."""
    return beside(select(literal(0)).subquery(), [], list(sources(of, kinds)))


def beside(first: Subquery, conditions: list[ColumnElement], asked: list[Source]) -> Select:
    """One row of these columns and of the stamps of these sources."""
    parts = [one.subquery() for one in dict.fromkeys(stamp for source in asked for stamp in source.stamps())]
    found = select(*first.c, *conditions, *(column for part in parts for column in part.c)).select_from(first)
    for part in parts:
        found = found.join(part, true())
    return seen(found)
