"""What keeps somebody here until he ends it, and how what he has running ends by itself when he leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, String, cast, literal, select, union_all

from .db import db, seen


@dataclass(frozen=True)
class Stopper:
    """One kind of thing that somebody has to end before he leaves.

    `query(person id)` gives a Select of (id, name) of what stands in the way, `sentence` names it as %(what)s, and
    `endpoint` is the page of the id, where it can be ended.
    """

    kind: str
    query: Callable[[int], Select]
    sentence: Any
    endpoint: str


class Stop(NamedTuple):
    """What keeps somebody from leaving, and where he ends it."""

    sentence: str
    endpoint: str
    id: int


STOPPERS: dict[str, Stopper] = {}
LEAVING: list[Callable[[int], None]] = []  # the id of a person → what he has running is ended by the ordinary verbs


def stops(person: int) -> list[Stop]:
    """What keeps this person from leaving, in one statement."""
    parts = []
    for stopper in STOPPERS.values():
        id, what = stopper.query(person).subquery().c
        parts.append(select(literal(stopper.kind).label("kind"), id.label("id"), cast(what, String).label("what")))
    found = union_all(*parts).subquery()
    rows = db.session.execute(seen(select(found).order_by(found.c.kind, found.c.id)))
    return [Stop(str(STOPPERS[kind].sentence) % {"what": what}, STOPPERS[kind].endpoint, id) for kind, id, what in rows]


def stopper(kind: str, query, sentence, endpoint: str) -> None:
    """Add a kind of thing that keeps people here. Adding it again replaces it."""
    STOPPERS[kind] = Stopper(kind, query, sentence, endpoint)
