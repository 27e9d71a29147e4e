"""Count the SQL statements of a request; BEGIN, COMMIT and PRAGMA do not count."""

from contextlib import contextmanager

from sqlalchemy import event

from kernel.db import db

SILENT = ("BEGIN", "PRAGMA", "SET", "COMMIT", "ROLLBACK")


@contextmanager
def counted():
    """A list that grows by every statement until the block ends."""
    said: list[str] = []

    def listen(_connection, _cursor, statement, *_rest):
        if not statement.startswith(SILENT):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
