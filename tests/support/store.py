"""Put a test's database back as it was, in a few milliseconds, under a site that keeps running."""

import sqlite3
from contextlib import contextmanager

from sqlalchemy import Engine, text

from kernel.db import WRITE


@contextmanager
def writing(engine: Engine):
    """A connection that may write, committed at the end."""
    with engine.connect().execution_options(**WRITE) as connection:
        yield connection
        connection.commit()


class SqliteStore:
    """Copies of the whole file, kept in memory."""

    def __init__(self, engine: Engine):
        self.path = engine.url.database
        self.kept: dict[str, sqlite3.Connection] = {}

    def keep(self, name: str) -> None:
        """Remember all that is stored now."""
        self.kept[name] = sqlite3.connect(":memory:")
        self.copy(name, into_memory=True)

    def restore(self, name: str) -> None:
        """Store what was remembered, and nothing else."""
        self.copy(name, into_memory=False)

    def copy(self, name: str, into_memory: bool) -> None:
        file = sqlite3.connect(self.path)
        source, target = (file, self.kept[name]) if into_memory else (self.kept[name], file)
        source.backup(target)
        file.close()

    def close(self) -> None:
        """Let the copies go."""
        for memory in self.kept.values():
            memory.close()


class PostgresStore:
    """Copies of every table in a schema of their own; triggers and foreign keys rest while rows are put back."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.scripts: dict[str, str] = {}

    def keep(self, name: str) -> None:
        """Remember all that is stored now."""
        with writing(self.engine) as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
            tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
            script = ["SET LOCAL session_replication_role = replica"]
            script += [f'DELETE FROM public."{table}"' for table in tables]
            for table in tables:
                if connection.scalar(text(f'SELECT EXISTS (SELECT FROM public."{table}")')):
                    connection.execute(text(f'CREATE TABLE {name}."{table}" AS TABLE public."{table}"'))
                    script.append(f'INSERT INTO public."{table}" TABLE {name}."{table}"')
            next_ids = text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
            for sequence, last in connection.execute(next_ids):
                script.append(f"""SELECT setval('public."{sequence}"', {last or 1}, {last is not None})""")
            self.scripts[name] = ";".join(script)

    def restore(self, name: str) -> None:
        """Store what was remembered, and nothing else."""
        with writing(self.engine) as connection:
            connection.exec_driver_sql(self.scripts[name])

    def close(self) -> None:
        """The copies go with the server."""


def store_of(engine: Engine) -> SqliteStore | PostgresStore:
    """The store for this kind of database."""
    return {"sqlite": SqliteStore, "postgresql": PostgresStore}[engine.dialect.name](engine)
