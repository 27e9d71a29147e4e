"""A copy of one's own data (PIPL art. 45): all rows of all tables that are about a person, other people masked."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, select

from kernel import clock
from kernel.choice import Choice
from kernel.db import db, seen
from kernel.i18n import _
from kernel.i18n import day as day_words
from kernel.i18n import moment as moment_words
from kernel.personal import HELD, WORDS, Held, is_file, is_of

from .journal import NAMES
from .person import Person

MOST = 5000  # rows of a table: the newest; nobody has so many, and a copy stays small
SAME_AS = {"home": "place"}


@dataclass(frozen=True)
class Section:
    """One table of the copy, its rows as they are stored."""

    held: Held
    rows: list[RowMapping]


class Copy:
    """All that is kept about one person, read at once; the statements are one a table and one a kind of name."""

    def __init__(self, person):
        self.person = person
        self.at = clock.now()
        found = [Section(held, rows_of(held, person.id)) for held in HELD.values()]
        self.sections = [section for section in found if section.rows]
        self.names = self._names()

    def _names(self) -> dict[str, dict]:
        """The words of what the rows point at, by the key of the journal; of people their masked names."""
        wanted: dict[str, set] = defaultdict(set)
        for section in self.sections:
            for column in section.held.columns:
                if key := key_of(column):
                    wanted[key] |= {row[column.name] for row in section.rows if row[column.name] is not None}
        found = {key: NAMES[key](ids) for key, ids in wanted.items() if key != "person" and key in NAMES and ids}
        return found | {"person": self._people(wanted["person"])}

    def _people(self, ids: set[int]) -> dict[int, str]:
        asked = seen(select(Person.id, Person.called).where(Person.id.in_(ids - {self.person.id})))
        others = {id: masked(name) for id, name in db.session.execute(asked)} if ids - {self.person.id} else {}
        return others | {self.person.id: str(_("您本人"))}

    def read(self) -> list[tuple[Held, list[list[tuple[Any, str]]]]]:
        """For people: of each table its rows as (word, text), what is empty left out."""
        return [(section.held, [self._told(section.held, row) for row in section.rows]) for section in self.sections]

    def _told(self, held: Held, row) -> list[tuple[Any, str]]:
        shown = [column for column in held.columns if column.name in WORDS and row[column.name] not in (None, "")]
        return [(WORDS[column.name], self._words(held, column, row[column.name])) for column in shown]

    def _words(self, held: Held, column, value) -> str:
        if column.name in held.others:
            return masked(value)
        key = key_of(column)
        return str(self.names.get(key, {}).get(value, value)) if key else plain(value)

    def said(self) -> str:
        """For machines: each table with what it is for, each column with why it is kept and how long, and the rows."""
        tables = [self._table(section) for section in self.sections]
        said = {"copied_at": self.at.isoformat(), "person": self.person.id, "tables": tables}
        return json.dumps(said, ensure_ascii=False, indent=1, default=coded)

    def _table(self, section: Section) -> dict[str, Any]:
        held = section.held
        columns = {
            column.name: {"purpose": column.info.get("purpose", ""), "days": column.info.get("retention_days")}
            for column in held.columns
        }
        facts = {"name": held.name, "what": str(held.label), "purpose": str(held.purpose), "columns": columns}
        return facts | {"rows": [self._coded(held, row) for row in section.rows]}

    def _coded(self, held: Held, row) -> dict[str, Any]:
        """A row without anybody's number: people are masked names."""
        coded = {}
        for column in held.columns:
            value = row[column.name]
            if value is not None and key_of(column) == "person":
                value = self.names["person"].get(value)
            coded[column.name] = masked(value) if column.name in held.others else value
        return coded

    def files(self) -> list[tuple[str, bytes]]:
        """The files that are this person's own: name and content."""
        return [file for held in HELD.values() for file in files_of(held, self.person.id)]


def rows_of(held: Held, person: int) -> list[RowMapping]:
    """The rows about this person without what is withheld, oldest first."""
    newest = select(*held.columns).where(is_of(held, person)).limit(MOST)
    newest = newest.order_by(*(key.desc() for key in held.table.primary_key))
    return [row._mapping for row in db.session.execute(seen(newest))][::-1]


def files_of(held: Held, person: int) -> list[tuple[str, bytes]]:
    """What is stored as bytes and is not withheld, by id and name."""
    bytes_ = [column for column in held.table.columns if is_file(column) and column.name not in held.withheld]
    if not bytes_:
        return []
    columns = held.table.c
    wanted = select(columns.id, columns.name, *bytes_).where(is_of(held, person)).order_by(columns.id)
    return [(f"{id}-{name}", payload) for id, name, payload in db.session.execute(seen(wanted))]


def key_of(column) -> str | None:
    """Under which key the journal knows what a column points at; None where it points at nothing with a name."""
    key = next(iter(column.foreign_keys), None)
    if key is not None and key.column.table.name == "person":
        return "person"
    name = column.name.removesuffix("_id")
    name = SAME_AS.get(name, name)
    return name if key is not None and name in NAMES else None


def masked(name: str) -> str:
    """“吴阿姨（示例）” → “吴**”."""
    return f"{name[:1]}**" if name else ""


def plain(value) -> str:
    """A stored value as people read it."""
    if isinstance(value, Choice):
        return str(value.label)
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return day_words(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def coded(value) -> str:
    """A stored value as machines read it."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
