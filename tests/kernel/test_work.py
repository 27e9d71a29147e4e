"""Only `work()` writes, one at a time, all or nothing, and nobody waits longer than he was promised."""

from contextlib import closing
from fcntl import LOCK_EX, flock
from sqlite3 import connect
from threading import Thread
from time import monotonic

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from kernel import clock
from kernel import work as kernel_work
from kernel.db import WRITE, db
from kernel.jobs import Heartbeat
from kernel.work import Busy, work

from .conftest import client_of

BEAT = {"name": "jobs", "at": clock.now()}


def beats():
    return db.session.scalar(select(func.count()).select_from(Heartbeat))


def flush_an_object():
    db.session.add(Heartbeat(**BEAT))
    db.session.flush()


def commit_an_object():
    db.session.add(Heartbeat(**BEAT))
    db.session.commit()


def execute_a_statement():
    db.session.execute(insert(Heartbeat).values(BEAT))


def go_past_the_session():
    with db.engine.connect() as connection:
        connection.execute(text("INSERT INTO heartbeat VALUES ('jobs', '2026-01-01')"))


@pytest.mark.parametrize("write", [flush_an_object, commit_an_object, execute_a_statement, go_past_the_session])
def test_the_database_refuses_to_write_outside_work(kiosk, write):
    with pytest.raises(DBAPIError, match="read-?only"):
        write()
    db.session.rollback()
    assert beats() == 0


def test_a_view_of_a_get_cannot_write(client):
    with pytest.raises(DBAPIError, match="read-?only"):
        client().get("/scribbles")


def test_work_writes_and_after_it_the_database_refuses_again(kiosk):
    with work() as session:
        session.add(Heartbeat(**BEAT))
    assert beats() == 1
    with pytest.raises(DBAPIError, match="read-?only"):
        execute_a_statement()
    db.session.rollback()


def test_work_inside_work_is_a_bug(kiosk):
    with pytest.raises(RuntimeError, match=r"work\(\) inside work\(\)"), work(), work():
        pass
    with work():
        assert beats() == 0


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, Busy])
def test_an_exception_takes_everything_back(kiosk, failure):
    def fail():
        with work() as session:
            session.add(Heartbeat(**BEAT))
            session.flush()
            raise failure

    with pytest.raises(failure):
        fail()
    assert beats() == 0


def test_what_was_read_before_is_read_again(kiosk):
    with work() as session:
        session.add(Heartbeat(**BEAT))
    seen = db.session.get_one(Heartbeat, "jobs")
    later = clock.at(clock.today())
    other_thread_writes(kiosk, later)
    with work():
        assert seen.at == later


def other_thread_writes(app, at):
    def write():
        with app.app_context(), work() as session:
            session.get_one(Heartbeat, "jobs").at = at

    thread = Thread(target=write)
    thread.start()
    thread.join()


@pytest.mark.databases("sqlite")
def test_who_does_not_get_his_turn_is_told_that_it_is_busy(kiosk, monkeypatch):
    monkeypatch.setattr(kernel_work, "PATIENCE", 0.2)
    with open(f"{db.engine.url.database}.turn", "ab") as gate:  # another process is at it
        flock(gate, LOCK_EX)
        assert busy_after() < 1
    with work():
        assert beats() == 0


@pytest.mark.databases("sqlite")
def test_the_threads_of_a_process_wait_for_each_other_no_longer(kiosk, monkeypatch):
    monkeypatch.setattr(kernel_work, "PATIENCE", 0.2)
    with kernel_work._turn:
        assert busy_after() < 1


@pytest.mark.databases("sqlite")
def test_a_file_that_somebody_else_has_locked_is_busy_and_can_be_read(kiosk):
    db.engine.dispose()  # the next connection is the only one, and less patient
    db.session.connection().exec_driver_sql("PRAGMA busy_timeout = 200")
    with closing(connect(db.engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert busy_after() < 1
        assert beats() == 0
    db.session.rollback()
    db.engine.dispose()


@pytest.mark.databases("postgresql")
def test_a_row_that_somebody_holds_is_busy_and_can_be_read(kiosk, monkeypatch):
    monkeypatch.setattr(kernel_work, "PATIENCE", 0.2)
    with work() as session:
        session.add(Heartbeat(**BEAT))
    with db.engine.connect().execution_options(**WRITE) as other:
        other.execute(select(Heartbeat.name).with_for_update())
        assert busy_after(lambda session: session.execute(select(Heartbeat).with_for_update())) < 1
        assert beats() == 1


def busy_after(step=lambda session: None):
    began = monotonic()
    with pytest.raises(Busy), work() as session:
        step(session)
    return monotonic() - began


def test_busy_is_a_503_that_says_when_to_come_again(kiosk, draft, monkeypatch):
    monkeypatch.setattr(kernel_work, "PATIENCE", 0.2)
    with occupied():
        answer = client_of(kiosk, 1).post(f"/drafts/{draft}/stamps", data={"title": "新名"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "现在人多" in answer.text


def occupied():
    """Somebody writes and does not come to an end."""
    if db.engine.dialect.name == "sqlite":
        return kernel_work._turn
    connection = db.engine.connect().execution_options(**WRITE)
    connection.execute(text("SELECT id FROM draft FOR UPDATE"))
    return connection
