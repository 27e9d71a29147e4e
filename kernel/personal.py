"""What is kept about people, table by table: how a person's rows are found, and what becomes of them when he leaves.

Every package registers its tables here; a house test fails for a private table, a text or a key of a person that nobody
has registered. Copies (PIPL art. 45) and erasure (art. 47) follow from what is registered and from nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Enum,
    LargeBinary,
    String,
    Table,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import func as sql

from .db import Model, db, seen
from .i18n import _

ME = _("只有您自己")
DESK = _("您和您社区的工作人员")
TERM = timedelta(days=3650)
LEADS = _("您、带队的人和当地的工作人员")


@dataclass(frozen=True, eq=False)
class Held:
    """What one table holds about people, in words for them: what it is (`label`), what for, and who sees it.

    `owners`: the columns that say whose row it is, by the id of a person or of a registered row of his; else `find` is
    a condition for the id of a person. `acts`: columns of people who did something to it in an office; that id stays.
    At erasure a `gone` row is deleted. Of others `why` says why they stay, `becomes` what their columns hold then, and
    `stays` which texts remain and why. `withheld`: no part of a copy, for it is a secret or about others; `others`:
    names of other people, masked in a copy. `indexed`: the kind under which the search finds it, until then.
    `ends`: what is done when nobody may ask for a proof any more, `TERM` after erasure: the columns that change then;
    none of them, and the row is deleted.
    """

    table: Table
    label: Any
    purpose: Any
    who: Any
    owners: tuple[str, ...]
    acts: tuple[str, ...] = ()
    gone: bool = False
    why: Any = None
    becomes: Mapping[str, Any] = field(default_factory=dict)
    stays: Mapping[str, Any] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    find: Callable[[int], ColumnElement[bool]] | None = None
    indexed: str = ""
    ends: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        """The table."""
        return self.table.name

    @property
    def columns(self) -> list:
        """What a copy shows of it."""
        return [one for one in self.table.columns if one.name not in self.withheld and not is_file(one)]


HELD: dict[str, Held] = {}
ACTS: set[tuple[str, str]] = set()  # (table, column) of people who did something in an office, in public tables
NOBODYS: dict[str, str] = {}  # private tables that name nobody, and why they are private
WORDS: dict[str, Any] = {}  # what the columns are called in a copy for people; the others stand in the JSON only


def register(model, label, purpose, who=DESK, *, owners="person_id", empty="", becomes=None, **facts) -> None:
    """Say what a table holds about people. `empty`: the columns that hold nothing afterwards; lists are words in a row.

    Registering a table again replaces it.
    """
    table = model if isinstance(model, Table) else model.__table__
    after = {name: nothing(table.c[name]) for name in empty.split()} | (becomes or {})
    lists: dict[str, Any] = {name: tuple(facts.pop(name, "").split()) for name in ("acts", "withheld", "others")}
    of = () if "find" in facts else tuple(owners.split())
    HELD[table.name] = Held(table, label, purpose, who, of, becomes=after, **lists, **facts)


def acts(model, *columns: str) -> None:
    """Name the columns of a public table that say who did something in an office: the id stays."""
    ACTS.update((model.__tablename__, column) for column in columns)


def nobodys(model, why: str) -> None:
    """Say that a private table names nobody, and why it is private nevertheless."""
    NOBODYS[model.__tablename__] = why


def nothing(column) -> Any:
    """What an emptied column holds."""
    return None if column.nullable else {} if isinstance(column.type, JSON) else ""


def is_text(column) -> bool:
    """Whether somebody's words may stand in it."""
    kind = getattr(column.type, "impl_instance", column.type)
    return isinstance(kind, String | JSON) and not isinstance(kind, Enum)


def is_file(column) -> bool:
    """Whether it holds bytes."""
    return isinstance(column.type, LargeBinary)


def is_of(held: Held, person: int) -> ColumnElement[bool]:
    """A condition: the row is about this person."""
    if held.find is not None:
        return held.find(person)
    return or_(*(points_at(held.table.c[name], person) for name in held.owners))


def points_at(column, person: int) -> ColumnElement[bool]:
    """A condition: the column holds the id of this person, or of a registered row of his."""
    key = next(iter(column.foreign_keys), None)
    if key is None or key.column.table.name == "person":
        return column == person
    return column.in_(select(key.column).where(is_of(HELD[key.column.table.name], person)))


def counts(person: int) -> dict[str, int]:
    """How many rows each table holds about this person, in one statement."""
    parts = [
        select(literal(held.name), sql.count()).select_from(held.table).where(is_of(held, person))
        for held in HELD.values()
    ]
    return {name: number for name, number in db.session.execute(seen(union_all(*parts))) if number}


def in_order(*, children_first: bool = False) -> list[Held]:
    """All that is registered, in the order in which rows can be written; or in which they can be deleted."""
    found = [HELD[table.name] for table in Model.metadata.sorted_tables if table.name in HELD]
    return found[::-1] if children_first else found
