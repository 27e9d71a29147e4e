"""Erasure: what is kept about a person is deleted or emptied as `kernel.personal` says, in one transaction."""

from sqlalchemy import delete, select, text, tuple_, update

from . import search
from .db import db, seen
from .personal import HELD, Held, in_order, is_of


def erase(person: int) -> None:
    """Delete and empty what is registered, inside `work()`; a second time finds nothing to do.

    One statement a table to find the rows, before anything is changed; at most one more to change or to delete them.
    """
    db.session.flush()
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA secure_delete=ON"))  # what is freed is overwritten
    keys = {held.name: keys_of(held, person) for held in HELD.values()}
    for held in in_order():
        if held.becomes and keys[held.name]:
            change = {name: made(value) for name, value in held.becomes.items()}
            db.session.execute(update(held.table).where(among(held, keys[held.name])).values(change))
        if held.indexed and keys[held.name]:
            search.forget(held.indexed, [key for (key,) in keys[held.name]])
    for held in in_order(children_first=True):
        if held.gone and keys[held.name]:
            db.session.execute(delete(held.table).where(among(held, keys[held.name])))
    db.session.expire_all()


def end(person: int) -> None:
    """The term is over: what was kept with a reason goes too, inside `work()`; a second time finds nothing to do."""
    for held in in_order(children_first=True):
        if held.ends is not None and (keys := keys_of(held, person)):
            where = among(held, keys)
            change = update(held.table).values(held.ends) if held.ends else delete(held.table)
            db.session.execute(change.where(where))
    db.session.expire_all()


def keys_of(held: Held, person: int) -> list[tuple]:
    """The primary keys of the rows about this person."""
    return [tuple(row) for row in db.session.execute(seen(select(*held.table.primary_key).where(is_of(held, person))))]


def among(held: Held, keys: list[tuple]):
    """A condition: the row has one of these keys."""
    columns = list(held.table.primary_key)
    if len(columns) == 1:
        return columns[0].in_([key for (key,) in keys])
    return tuple_(*columns).in_(keys)


def made(value):
    """What a column becomes: a value, or what a function says now."""
    return value() if callable(value) else value


def wipe() -> None:
    """Let nothing of it lie in the pages of the file that SQLite does not use any more, nor in its log; outside work().

    PostgreSQL's vacuum does that by itself.
    """
    if db.engine.dialect.name != "sqlite":
        return
    db.session.rollback()
    raw = db.engine.raw_connection()
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
