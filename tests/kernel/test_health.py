"""The operator learns whether it is alive, whether it is ready, and how much it does; nobody else learns the latter."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from kernel import clock, health
from kernel.db import db
from kernel.jobs import Heartbeat
from kernel.work import work
from tests.support.store import writing

from .conftest import client_of


@contextmanager
def migrated(app):
    """The database says that it is at the newest migration."""
    with writing(db.engine) as connection:
        script = ScriptDirectory(app.extensions["migrate"].directory)
        MigrationContext.configure(connection).stamp(script, "head")
    yield
    db.session.rollback()
    with writing(db.engine) as connection:
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def beat(ago: timedelta):
    with work() as session:
        session.merge(Heartbeat(name="jobs", at=clock.now() - ago))


def test_it_is_alive(client):
    answer = client().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_it_is_alive_without_its_database(another):
    assert client_of(another(DATABASE_URL="sqlite:////nowhere/at.all")).get("/healthz").status_code == 200


def test_a_database_that_was_not_migrated_is_not_ready(client):
    answer = client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"database": True, "migrated": False, "jobs": False}


def test_it_is_ready_once_migrated_and_says_whether_the_jobs_are_alive(kiosk, client):
    with migrated(kiosk):
        assert client().get("/readyz").json == {"database": True, "migrated": True, "jobs": False}
        beat(timedelta(minutes=1))
        answer = client().get("/readyz")
        assert (answer.status_code, answer.json["jobs"]) == (200, True)
        beat(timedelta(minutes=3))
        assert client().get("/readyz").json["jobs"] is False


def test_a_database_that_does_not_answer_is_not_ready(client, monkeypatch):
    def away():
        raise OperationalError("SELECT 1", {}, Exception("no connection"))

    monkeypatch.setattr(health, "is_asleep", away)
    answer = client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"database": False, "migrated": False, "jobs": False}


def test_the_counters_are_for_this_machine(client):
    one = client()
    one.get("/drafts/7?q=secret")
    text = one.get("/metrics").text
    assert 'hehuo_requests_total{method="GET",route="/drafts/<int:id>",status="404"}' in text
    assert "secret" not in text
    assert one.get("/metrics", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200
    assert one.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [(None, 404), ("", 404), ("Bearer ", 404), ("Bearer wrong", 404), ("Bearer 密", 404), ("Bearer a-token", 200)],
)
def test_or_for_whoever_has_the_token(another, sent, status):
    client = client_of(another(METRICS_TOKEN="a-token"))
    headers = {"Authorization": sent} if sent is not None else {}
    assert client.get("/metrics", headers=headers).status_code == status


def test_none_of_the_three_asks_who_is_there(client):
    for path in ("/healthz", "/readyz", "/metrics"):
        assert "Set-Cookie" not in client().get(path).headers
