"""Many rows at once, in one statement with one parameter: others wait for the database, not for our round trips."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, Table, func, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB

from .db import db


def new_ids(table: Table, count: int) -> list[int]:
    """Ids that no other row has or will get, taken inside `work()`: what points at a row can be written with it."""
    if is_postgresql():
        taken = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
        return list(db.session.scalars(taken, {"table": quoted(table.name), "count": count}))
    last = db.session.scalar(select(func.max(table.c.id))) or 0  # the one who writes is alone
    return list(range(last + 1, last + 1 + count))


def insert_all(table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows that name the same columns, inside `work()`; no default is filled in, no object refreshed."""
    if rows:
        names = list(rows[0])
        into = f"INSERT INTO {quoted(table.name)} ({', '.join(map(quoted, names))})"
        say(f"{into} SELECT {values(names)} FROM {given(table)}", rows)


def update_all(table: Table, rows: list[dict[str, Any]]) -> None:
    """Update rows by their `id`, each in the same columns, inside `work()`; what the session holds of them is stale."""
    if rows:
        names = [name for name in rows[0] if name != "id"]
        facts = ", ".join(f"{quoted(name)} = {value(name)}" for name in names)
        of = quoted(table.name)
        say(f"UPDATE {of} SET {facts} FROM {given(table)} WHERE {of}.id = {value('id')}", rows)


def among(words: Iterable[str]) -> Select:
    """These texts as a subselect for `in_()`, however many they are."""
    listed = sorted(words)
    if is_postgresql():
        return select(func.jsonb_array_elements_text(literal(listed, JSONB)).column_valued("word"))
    return select(func.json_each(json.dumps(listed)).table_valued("value").c.value)


def is_postgresql() -> bool:
    """The other one is SQLite."""
    return db.engine.dialect.name == "postgresql"


def say(statement: str, rows: list[dict[str, Any]]) -> None:
    """Run a statement on these rows."""
    told = json.dumps(rows, ensure_ascii=False, default=plain)
    db.session.connection().execute(text(statement), {"rows": told})


def given(table: Table) -> str:
    """The parameter `rows` as rows of the table."""
    if is_postgresql():
        schema = db.engine.dialect.default_schema_name or "public"  # `line` alone is a type of PostgreSQL's own
        kind = f"{quoted(schema)}.{quoted(table.name)}"
        return f"jsonb_populate_recordset(null::{kind}, CAST(:rows AS jsonb)) AS given"
    return "json_each(:rows) AS given"


def values(names: list[str]) -> str:
    """The columns of the given rows."""
    return ", ".join(map(value, names))


def value(name: str) -> str:
    """A column of the given rows."""
    return f"given.{quoted(name)}" if is_postgresql() else f"json_extract(given.value, '$.{name}')"


def quoted(name: str) -> str:
    """A name as it stands in SQL."""
    return db.engine.dialect.identifier_preparer.quote(name)


def plain(value: Any) -> str:
    """What JSON does not know (days, moments) as this database stores it."""
    if isinstance(value, datetime) and not is_postgresql():
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
    return str(value)
