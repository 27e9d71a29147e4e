"""Jobs: huey in a process of its own (`flask jobs run`); the record of what is to be done stays in our database.

huey loses a job that was running when its process was killed, so nothing depends on it: a job is a nudge with an id,
every sweep looks for rows that are still open, and doing one twice is harmless.
"""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import Context
from datetime import timedelta
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from huey import RedisHuey, SqliteHuey, crontab
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Model, Moment, db
from .logs import log
from .work import work

SILENT = timedelta(minutes=2)
SWEEPS: dict[str, Callable[[], object]] = {}
ERRANDS: dict[str, Callable[[int], object]] = {}


class Heartbeat(Model):
    """When the process that keeps time was last alive."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[Moment]


def every_minute(function: Callable[[], object]):
    """Run this once a minute; it finds its own work and may run again at any time."""
    SWEEPS[function.__name__] = function
    return function


def errand(function: Callable[[int], object]):
    """A job for one row, by its id; safe to run twice."""
    ERRANDS[function.__name__] = function
    return function


def engine(app: Flask):
    """The queue: on Redis where there is one, else a file in the instance folder, written through to disk."""
    if app.config["REDIS_URL"]:
        return RedisHuey("hehuo", url=app.config["REDIS_URL"])
    return SqliteHuey("hehuo", filename=str(Path(app.instance_path) / "jobs.sqlite"), fsync=True)


def set_up(app: Flask) -> None:
    """Make the queue and its two tasks."""
    queue = engine(app)
    queue.immediate = app.testing
    app.extensions["jobs"] = queue

    @queue.task(name="run_errand")
    def run_errand(name, id):
        Context().run(alone_with, app, ERRANDS[name], id)

    @queue.periodic_task(crontab(minute="*"), name="sweep")
    def minute():
        with app.app_context():
            sweep()

    app.extensions["run_errand"] = run_errand
    app.cli.add_command(cli)


def alone_with(app: Flask, function: Callable[[int], object], id: int) -> None:
    """Run it in a context of its own: it knows nothing of the request that asked for it, be it in the same process."""
    with app.app_context():
        function(id)


def nudge(function: Callable[[int], object], id: int) -> None:
    """Ask for this errand soon. When the queue is away the sweep will find the row."""
    try:
        current_app.extensions["run_errand"](function.__name__, id)
    except Exception:  # the queue is a convenience, the row is the record
        log.warning("queue away", errand=function.__name__, exc_info=True)


def sweep() -> None:
    """Run every sweep once; one that fails does not keep the others from running."""
    with work() as session:
        session.merge(Heartbeat(name="jobs", at=clock.now()))
    for name, function in SWEEPS.items():
        try:
            function()
        except Exception:
            log.error("sweep failed", sweep=name, exc_info=True)
        finally:
            db.session.rollback()


def is_asleep() -> bool:
    """Whether the jobs process was not alive within two minutes, so that nothing is done for now."""
    beat = last_heartbeat()
    return beat is None or clock.now() - beat > SILENT


def last_heartbeat():
    """When the jobs process was last alive, or None."""
    return db.session.scalar(select(Heartbeat.at).where(Heartbeat.name == "jobs"))


@contextmanager
def alone(path: Path):
    """One process on this machine keeps time; a second one is told so."""
    with open(path, "ab") as gate:
        try:
            flock(gate, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise click.ClickException("Another jobs process is already running on this instance folder.") from None
        yield


cli = AppGroup("jobs", help="Background work: reminders, the waiting list's clock, messages.")


@cli.command("run")
def run():
    """Do background work until stopped."""
    with alone(Path(current_app.instance_path) / "jobs.lock"):
        current_app.extensions["jobs"].create_consumer(workers=1, periodic=True, check_worker_health=True).run()


@cli.command("sweep")
def once():
    """Run every sweep once, now."""
    sweep()
