"""A job is a nudge: it may fail, come twice or never come, and the sweep finds what is left."""

from datetime import timedelta

import click
import pytest
from structlog.testing import capture_logs

from kernel import clock, jobs
from kernel.db import db
from kernel.jobs import Heartbeat, alone, errand, every_minute, last_heartbeat, nudge, sweep
from kernel.work import work


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(jobs, "SWEEPS", {})
    monkeypatch.setattr(jobs, "ERRANDS", {})


def test_an_errand_is_run_with_its_id(kiosk):
    done = []

    @errand
    def deliver(id):
        with work() as session:
            session.merge(Heartbeat(name=f"post-{id}", at=clock.now()))
        done.append(id)

    nudge(deliver, 7)
    nudge(deliver, 7)
    assert done == [7, 7]
    db.session.rollback()
    assert db.session.get(Heartbeat, "post-7")


def test_an_errand_that_fails_disturbs_nobody(kiosk, capsys):
    @errand
    def deliver(id):
        raise OSError("no mail today")

    nudge(deliver, 7)


def test_a_queue_that_is_away_disturbs_nobody(kiosk, monkeypatch):
    def away(name, id):
        raise ConnectionError

    monkeypatch.setitem(kiosk.extensions, "run_errand", away)
    nudge(test_a_queue_that_is_away_disturbs_nobody, 7)


def test_the_sweep_runs_everything_though_one_of_them_fails(kiosk):
    ran = []

    @every_minute
    def one():
        ran.append("one")

    @every_minute
    def broken():
        with work() as session:
            session.add(Heartbeat(name="never", at=clock.now()))
            raise ValueError

    @every_minute
    def other():
        with work() as session:
            session.add(Heartbeat(name="other", at=clock.now()))
        ran.append("other")

    with capture_logs() as told:
        sweep()
    assert ran == ["one", "other"]
    assert [(line["event"], line["sweep"]) for line in told] == [("sweep failed", "broken")]
    assert db.session.get(Heartbeat, "other")
    assert db.session.get(Heartbeat, "never") is None


def test_the_sweep_says_that_it_is_alive(kiosk):
    assert last_heartbeat() is None
    sweep()
    assert clock.now() - last_heartbeat() < timedelta(minutes=1)


def test_the_sweep_is_a_command(kiosk):
    ran = []
    every_minute(lambda: ran.append(1))
    result = kiosk.test_cli_runner().invoke(args=["jobs", "sweep"])
    assert (result.exit_code, ran) == (0, [1])


def test_one_process_keeps_time(tmp_path):
    with alone(tmp_path / "jobs.lock"):
        with pytest.raises(click.ClickException, match="already running"), alone(tmp_path / "jobs.lock"):
            pass
        with alone(tmp_path / "another.lock"):
            pass
    with alone(tmp_path / "jobs.lock"):
        pass


def test_the_queue_of_a_site_outlives_its_process(another, tmp_path):
    app = another(TESTING=False, INSTANCE_PATH=str(tmp_path))
    queue = app.extensions["jobs"]
    with app.app_context():
        app.extensions["run_errand"]("anything", 3)
    assert len(queue) == 1
    [task] = queue.pending()
    assert task.args == ("anything", 3)


def test_the_sweep_comes_every_minute(kiosk):
    queue = kiosk.extensions["jobs"]
    [task] = [task for task in queue._registry.periodic_tasks if task.name == "sweep"]
    assert all(task.validate_datetime(clock.local(clock.now()) + timedelta(minutes=n)) for n in range(61))
