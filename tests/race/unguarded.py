"""Take the guards of a seat away, in the processes of a server under test: the test of the test."""

from contextlib import nullcontext

from sqlalchemy import Select, event

from kernel import site, work
from kernel.db import db
from volunteers.seats import Seats


def strip() -> None:
    """No turn for writers, no lock at BEGIN, no row locks, no conditional UPDATE: read the count, then write it."""
    work.turn = nullcontext
    site.speak_sqlite = speak_plainly
    Select.with_for_update = lambda self, **_options: self
    Seats._take = take


def speak_plainly(engine) -> None:
    """SQLite as it comes: a writer is known only when it writes."""

    @event.listens_for(engine, "connect")
    def connect(raw, _):
        raw.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN")


def take(shift) -> bool:
    """What most sites do."""
    db.session.refresh(shift, ["taken"])
    if shift.taken >= shift.seats:
        return False
    shift.taken += 1
    db.session.flush()
    return True
