"""How Alembic reaches the database: a writing connection, one transaction, constraint names in batches on SQLite."""

from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Enum

from kernel.db import WRITE, Instant, Model, db


def render_item(kind, thing, _autogenerate):
    """A migration knows plain types only: what our own types do may change, what was stored does not."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Enum):
        return f"sa.String(length={thing.length})"
    return False


OPTIONS = {
    "target_metadata": Model.metadata,
    "render_as_batch": True,
    "compare_type": True,
    "render_item": render_item,
}


def run_offline() -> None:
    """Print the SQL (`flask db upgrade --sql`)."""
    url = current_app.config["SQLALCHEMY_DATABASE_URI"]
    context.configure(url=url, literal_binds=True, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """All pending migrations in one transaction: one that is killed half-way leaves nothing and runs again."""
    with db.engine.connect().execution_options(**WRITE) as connection, keys_at_the_end(connection):
        context.configure(connection=connection, transactional_ddl=True, **OPTIONS)
        with context.begin_transaction():
            context.run_migrations()
            check_keys(connection)


@contextmanager
def keys_at_the_end(connection):
    """SQLite changes a table by making it anew, and would not drop the old one while others refer to it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def check_keys(connection) -> None:
    """Before the commit: no row refers to one that is gone."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"{len(broken)} rows refer to nothing, the first: {broken[0]}")


if context.is_offline_mode():
    run_offline()
else:
    run_online()
