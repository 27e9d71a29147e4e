"""The database: every transaction is read-only unless `work()` opened it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

from flask import has_request_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Executable, MetaData, String, Text, event
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.types import TypeDecorator

READ = {"writing": False, "postgresql_readonly": True}
Statement = TypeVar("Statement", bound=Executable)
WRITE = {"writing": True, "postgresql_readonly": False}
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator):
    """An aware moment, kept in UTC. A naive value is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(Instant)]
Word = Annotated[str, mapped_column(String(40))]
Name = Annotated[str, mapped_column(String(80))]
Title = Annotated[str, mapped_column(String(120))]
Note = Annotated[str, mapped_column(Text)]


STATEMENTS = 2000  # that the site may know by heart; all its pages and their filters have several hundred


class Base(DeclarativeBase):
    """The one metadata."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, engine_options={"execution_options": READ, "query_cache_size": STATEMENTS})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class OutOfReach(RuntimeError):
    """A page selected a private table without going through its `seen_by()`."""


def seen(select: Statement) -> Statement:
    """Mark a select as one that was limited to what its reader may know."""
    return select.execution_options(seen=True)


@event.listens_for(Session, "do_orm_execute")
def guard_private(state):
    """Private tables (`__private__ = True`) are read in a request only through `seen_by()`; verbs judge all rows."""
    if not (has_request_context() and state.is_select) or state.session.info.get("working"):
        return
    if state.is_column_load or state.is_relationship_load or state.execution_options.get("seen"):
        return
    private = [m.class_.__name__ for m in state.all_mappers if getattr(m.class_, "__private__", False)]
    if private:
        raise OutOfReach(f"{', '.join(private)} selected without seen_by()")


def speak_sqlite(engine):
    """Say BEGIN ourselves: IMMEDIATE for work; a reader's connection refuses to write."""

    @event.listens_for(engine, "connect")
    def connect(raw, _):
        raw.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=FULL"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection):
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql(f"PRAGMA query_only={not writing}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
