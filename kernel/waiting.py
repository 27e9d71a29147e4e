"""今天要办: what waits for somebody; every package registers its lines, one query counts and lists them.

The number stands on every page of staff, and building the query takes longer than running it. So the statement is kept
for an `Asker`: what its parts may depend on, and nothing else; the moment is bound when it is run.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Date as DateType
from sqlalchemy import Select, Subquery, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy import String as StringType

from . import clock
from .db import Instant, db, seen
from .i18n import language

KEPT = 100  # statements


@dataclass(frozen=True)
class Desk:
    """One kind of waiting line.

    `query(asker)` gives a Select of (id, subject text, since moment, due day or null), or None when there are no such
    lines for the asker. It may use the day, and `now()` for the moment. `url(id)` is where a line is dealt with,
    `action` the word on its button.
    """

    kind: str
    label: Any
    action: Any
    query: Callable[["Asker"], Select | None]
    url: Callable[[int], str]


@dataclass(frozen=True)
class Waiting:
    """One line: what kind, what about, since when, by when, and where it is dealt with."""

    desk: Desk
    id: int
    subject: str
    since: datetime
    due: date | None

    @property
    def url(self) -> str:
        return self.desk.url(self.id)


class Asker(SimpleNamespace):
    """Who asks, as far as lines may depend on it: the facts that packages have named by `knows`."""


DESKS: dict[str, Desk] = {}
FACTS: dict[str, Callable[[Any], Hashable]] = {"id": lambda person: person.id}


def register(desk: Desk) -> None:
    """Add a kind of line. Registering it again replaces it."""
    DESKS[desk.kind] = desk
    for kept in (queries, number, everything):
        kept.cache_clear()


def knows(name: str, fact: Callable[[Any], Hashable]) -> None:
    """Let desks depend on something that is known of a person: it is `asker.<name>`."""
    FACTS[name] = fact


def facts(person) -> tuple[tuple[str, Hashable], ...]:
    """What is known of a person, by name."""
    return tuple((name, fact(person)) for name, fact in FACTS.items())


def asker(person) -> Asker:
    """A person as an asker."""
    return Asker(**dict(facts(person)))


def now():
    """This moment, when the query is run."""
    return bindparam("now", callable_=clock.now, type_=Instant, unique=True)


def no_due():
    """The due column of a kind without a deadline."""
    return cast(null(), DateType)


def key(person) -> tuple:
    """On what the statements for a person depend."""
    return facts(person), clock.today(), language()


@lru_cache(KEPT)
def queries(known: tuple[tuple[str, Hashable], ...], _day: date, _language: str) -> dict[str, Subquery]:
    """The lines of each kind for whoever these facts are true of, on a day, in a language."""
    who = Asker(**dict(known))
    asked = {kind: desk.query(who) for kind, desk in DESKS.items()}
    return {kind: query.subquery() for kind, query in asked.items() if query is not None}


@lru_cache(KEPT)
def number(*key) -> Select:
    """The statement that counts them; what a line says is not looked up."""
    counts = (select(func.count()).select_from(lines).scalar_subquery() for lines in queries(*key).values())
    return seen(select(sum(counts, literal(0))))


@lru_cache(KEPT)
def everything(*key) -> Select | None:
    """The statement of all lines, soonest due first, then the oldest; None when nothing can wait for this asker."""
    parts = []
    for kind, lines in queries(*key).items():
        id, subject, since, due = lines.c
        parts.append(select(literal(kind).label("kind"), id, cast(subject, StringType), since, due))
    if not parts:
        return None
    found = union_all(*parts).subquery()
    what, id, _subject, since, due = found.c
    return seen(select(found).order_by(due.is_(None), due, since, what, id).limit(bindparam("limit")))


def count(person) -> int:
    """How many lines wait for this person: the number in the navigation."""
    asked = key(person)
    return db.session.scalar(number(*asked)) if queries(*asked) else 0


def lines(person, limit=10) -> list[Waiting]:
    """The most urgent lines."""
    return listed(key(person), limit)


def lines_for(known: dict[str, Hashable], limit=10) -> list[Waiting]:
    """The most urgent lines of somebody of whom only these facts are true, and who is no person: a partner."""
    facts = {"id": None} | {name: known.get(name, ()) for name in FACTS if name != "id"}
    return listed((tuple((name, facts[name]) for name in FACTS), clock.today(), language()), limit)


def listed(asked: tuple, limit: int) -> list[Waiting]:
    """The most urgent lines for a key."""
    found = everything(*asked)
    if found is None:
        return []
    rows = db.session.execute(found, {"limit": limit})
    moment = Instant()
    dialect = db.engine.dialect
    return [Waiting(DESKS[row[0]], row[1], row[2], as_moment(row[3], moment, dialect), as_day(row[4])) for row in rows]


def as_moment(value, moment, dialect) -> datetime:
    """A moment out of a union, whose column type may be lost."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return moment.process_result_value(value, dialect)


def as_day(value) -> date | None:
    """A day out of a union, whose column type may be lost."""
    return date.fromisoformat(value) if isinstance(value, str) else value
