"""Rows on their way to the database: numbered here, written by the thousand."""

from typing import Any

from sqlalchemy import Table, delete, func, insert, select

from kernel.db import Model, db
from kernel.work import work

EACH = 5_000  # rows a transaction: a writer beside us waits for a fraction of a second


class Rows:
    """What is added is written in the order of the tables; a row may name only rows that were added before it."""

    def __init__(self):
        self.waiting: dict[Table, list[dict]] = {}
        self.count = 0
        self.first: dict[Table, int] = {}
        self.last: dict[Table, int] = {}
        self.blank: dict[Table, dict[str, Any]] = {}

    def add(self, model, **facts) -> int:
        """One row of a model or of a table between two models, the rest of its columns as by default; its id."""
        table = model if isinstance(model, Table) else model.__table__
        self.know(table)
        self.last[table] += 1
        row = self.blank[table] | facts
        if "id" in row:
            row["id"] = self.last[table]
        self.waiting.setdefault(table, []).append(row)
        self.count += 1
        if self.count >= EACH:
            self.flush()
        return self.last[table]

    def next(self, model) -> int:
        """The id of the row of this model that comes next."""
        self.know(model.__table__)
        return self.last[model.__table__] + 1

    def know(self, table: Table) -> None:
        """Look once at what a table holds and what its columns are by default."""
        if table not in self.blank:
            self.blank[table] = {column.key: default(column) for column in table.columns}
            self.first[table] = self.last[table] = highest(table)

    def flush(self) -> None:
        """Write and commit what waits."""
        with work() as session:
            for table in Model.metadata.sorted_tables:
                if table in self.waiting:
                    session.execute(insert(table), self.waiting[table])
        self.waiting, self.count = {}, 0

    def close(self) -> None:
        """Write the rest, and let PostgreSQL number on from here."""
        self.flush()
        if db.engine.dialect.name == "postgresql":
            with work() as session:
                for table in self.last:
                    if "id" in table.columns:
                        sequence = func.pg_get_serial_sequence(table.name, "id")
                        session.execute(select(func.setval(sequence, self.last[table])))

    def undo(self) -> None:
        """Take away what was written, so that an interrupted load can begin again."""
        with work() as session:
            for table in reversed(Model.metadata.sorted_tables):
                if table in self.last:
                    gone = delete(table)
                    session.execute(gone.where(table.c.id > self.first[table]) if "id" in table.columns else gone)


def highest(table: Table) -> int:
    """The last id that is taken."""
    return (db.session.scalar(select(func.max(table.c.id))) or 0) if "id" in table.columns else 0


def default(column):
    """What a column holds when nothing is said; a moment is that of the load."""
    if column.default is None:
        is_version = any(mapper.version_id_col is column for mapper in Model.registry.mappers)
        return 1 if is_version else None
    return column.default.arg(None) if column.default.is_callable else column.default.arg
