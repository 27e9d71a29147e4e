"""The unit of work: the only thing that writes, the only thing that commits."""

from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from threading import Lock
from time import monotonic, sleep

from sqlalchemy.exc import DBAPIError

from .db import WRITE, db
from .i18n import _

_turn = Lock()
PATIENCE = 5  # seconds
LOCKED = {"40001", "40P01", "55P03", "57014"}  # serialization, deadlock, lock not available, statement timeout


class Refusal(Exception):
    """A rule of the trade said no; `message` is for the person, `field` names the input it is about."""

    message = _("这一步现在做不了。")
    field: str | None = None

    def __init__(self, **words):
        super().__init__(type(self).__name__)
        self.words = words

    def __str__(self):
        return str(self.message) % self.words if self.words else str(self.message)


class Busy(Exception):
    """The database had no time for this within five seconds: 503, try again."""


@contextmanager
def turn():
    """Let SQLite's writers in one by one: its own busy handler lets some of them wait for seconds."""
    if db.engine.dialect.name != "sqlite":
        yield
        return
    until = monotonic() + PATIENCE
    if not _turn.acquire(timeout=PATIENCE):  # the threads of this process, in order
        raise Busy
    try:
        with open(f"{db.engine.url.database}.turn", "ab") as gate:
            while True:  # one waiter a process
                try:
                    flock(gate, LOCK_EX | LOCK_NB)
                    break
                except BlockingIOError:
                    if monotonic() > until:
                        raise Busy from None
                    sleep(0.001)
            yield
    finally:
        _turn.release()


@contextmanager
def work():
    """Open a write transaction and commit it; on any exception roll everything back.

    What was read before is let go: a snapshot cannot become a writer, and rights count as they are now.
    Raises `Busy` when the database is locked, deadlocked or out of patience; nothing is retried silently.
    """
    session = db.session()
    if session.info.get("working"):
        raise RuntimeError("work() inside work()")
    session.rollback()
    with turn():
        try:
            session.info["working"] = True
            connection = session.connection(execution_options=WRITE)
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            yield session
            session.commit()
        except DBAPIError as error:
            session.rollback()
            if is_busy(error):
                raise Busy from error
            raise
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["working"] = False


def is_busy(error: DBAPIError) -> bool:
    """Whether the database was too busy, as opposed to wrong."""
    code = getattr(error.orig, "sqlstate", None)
    return code in LOCKED or "database is locked" in str(error.orig)
