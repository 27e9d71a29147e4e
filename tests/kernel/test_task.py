"""Tasks: a row says how far the work is; done once, all or nothing, begun again where its worker died."""

from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from sqlalchemy import select, update
from structlog.testing import capture_logs

from kernel import clock, task_run
from kernel.db import db, seen
from kernel.draft import Draft
from kernel.jobs import Heartbeat, is_asleep
from kernel.task import MOVES, State, Task
from kernel.task_run import TRIES, claim, does, resume_tasks, run_task, start
from kernel.work import Busy, Refusal, work

from .kiosk import Guest

ONE = Guest(1)
LATER = timedelta(seconds=61)


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(task_run, "KINDS", {})


def asked(kind="stamp", ref=0, person=ONE) -> int:
    with work():
        return Task.begin(person, kind, ref).id


def row(id: int) -> Task:
    db.session.rollback()
    return db.session.scalar(seen(select(Task).where(Task.id == id)))


def drafts() -> int:
    return len(db.session.scalars(select(Draft.id)).all())


def stamp(run):
    """Stores a draft, and says so in the same transaction."""
    with work():
        Draft.keep(ONE, "stamped", "a", b"")
        run.finish({"sentence": "盖好了"})


def test_what_was_only_found_out_is_its_report(kiosk):
    does("stamp", lambda run: {"ref": run.ref, "owner": run.owner})
    id = asked(ref=7)
    assert row(id).is_open
    run_task(id)
    assert (row(id).state, row(id).report, row(id).is_open) == (State.DONE, {"ref": 7, "owner": 1}, False)
    assert row(id).ended_at is not None


def test_what_is_stored_is_done_in_the_same_moment(kiosk):
    does("stamp", stamp)
    id = asked()
    run_task(id)
    run_task(id)
    resume_tasks()
    assert (row(id).state, row(id).report, drafts()) == (State.DONE, {"sentence": "盖好了"}, 1)


def test_a_refusal_ends_it_with_its_sentence_in_the_language_of_the_asker(kiosk):
    class TooPlain(Refusal):
        message = "不行：%(what)s"

    def refuse(run):
        with work():
            Draft.keep(ONE, "stamped", "a", b"")
            raise TooPlain(what="太普通")

    does("stamp", refuse)
    id = asked()
    run_task(id)
    assert (row(id).state, row(id).report, drafts()) == (State.REFUSED, {"sentence": "不行：太普通"}, 0)


def test_a_mistake_of_ours_ends_it_too_and_is_logged(kiosk):
    def broken(run):
        with work():
            Draft.keep(ONE, "stamped", "a", b"")
            raise ZeroDivisionError

    does("stamp", broken)
    id = asked()
    with capture_logs() as told:
        run_task(id)
    assert (row(id).state, row(id).report, drafts()) == (State.BROKEN, {}, 0)
    assert [line["event"] for line in told] == ["task broken"]


def test_how_far_it_is_can_be_read_meanwhile(kiosk):
    read = []

    def slow(run):
        run.tell("read", 3, 9)
        read.append((row(run.id).step, row(run.id).done, row(run.id).total))
        run.tell("read", 4, 9)  # too soon to say again
        read.append(row(run.id).done)
        run.tell("store")
        read.append((row(run.id).step, row(run.id).total))
        return {}

    does("stamp", slow)
    run_task(asked())
    assert read == [("read", 3, 9), 3, ("store", 0)]


def test_one_thing_is_not_begun_twice(kiosk):
    id = asked()
    assert asked() == id
    assert asked(ref=1) != id
    assert asked(person=Guest(2)) != id
    does("stamp", lambda run: {})
    run_task(id)
    assert asked() != id


def test_two_workers_do_it_once(kiosk):
    id = asked()
    runs = [claim(id), claim(id)]
    assert [run is not None for run in runs] == [True, False]


def test_what_its_worker_left_is_begun_again(kiosk):
    id = asked()
    claim(id)  # and dies
    resume_tasks()
    assert row(id).state is State.RUNNING, "it may be at work still"
    does("stamp", stamp)
    with time_machine.travel(clock.now() + LATER):
        resume_tasks()
    assert (row(id).state, row(id).tries, drafts()) == (State.DONE, 2, 1)


def test_a_worker_that_was_given_up_and_comes_back_stores_nothing(kiosk):
    def sleeps_meanwhile(run):
        if run.tries == 1:
            with work():
                db.session.execute(update(Task).where(Task.id == run.id).values(beat_at=clock.now() - LATER))
            resume_tasks()  # another worker takes it and stores
        stamp(run)

    does("stamp", sleeps_meanwhile)
    id = asked()
    run_task(id)
    assert (row(id).state, row(id).tries, drafts()) == (State.DONE, 2, 1)


def test_what_kills_its_worker_each_time_is_given_up(kiosk):
    id, moment = asked(), clock.now()
    does("stamp", lambda run: {"never": "reached"})
    for number in range(TRIES):
        with time_machine.travel(moment + number * LATER):
            assert claim(id).tries == number + 1
            with work():
                Task.move(State.WAITING, Task.id == id)
    with time_machine.travel(moment + TRIES * LATER):
        resume_tasks()
    assert (row(id).state, row(id).report) == (State.BROKEN, {})


def test_a_busy_database_is_tried_again(kiosk):
    tries = []

    def busy_once(run):
        tries.append(run.tries)
        if len(tries) == 1:
            raise Busy
        return {}

    does("stamp", busy_once)
    id = asked()
    run_task(id)
    assert row(id).state is State.WAITING
    resume_tasks()
    assert (row(id).state, tries) == (State.DONE, [1, 2])


def test_a_task_that_nobody_was_told_of_is_found(kiosk):
    does("stamp", stamp)
    id = asked()
    resume_tasks()
    assert row(id).state is State.DONE


def test_an_asker_starts_it_after_the_commit(kiosk):
    does("stamp", stamp)
    with work():
        task = Task.begin(ONE, "stamp")
        begin = start(task)
    begin()
    assert drafts() == 1


def test_it_is_its_askers_for_a_day(kiosk):
    id = asked()
    assert db.session.scalar(seen(Task.seen_by(ONE))).id == id
    assert db.session.scalar(seen(Task.seen_by(Guest(2)))) is None
    assert Task.latest(ONE, [0], "stamp")[0].id == id
    assert Task.latest(Guest(2), [0], "stamp") == {}
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert db.session.scalar(seen(Task.seen_by(ONE))) is None
        with work():
            Task.forget()
    assert row(id) is None


def test_two_windows_ask_at_once_and_it_is_one_task(kiosk):
    ids = []

    def ask():
        with kiosk.app_context():
            ids.append(asked())

    with work():
        mine = Task.begin(ONE, "stamp").id
        other = Thread(target=ask)
        other.start()
        other.join(0.3)
    other.join()
    assert ids == [mine]


def test_one_knows_whether_anybody_works(kiosk):
    assert is_asleep()
    with work() as session:
        session.merge(Heartbeat(name="jobs", at=clock.now()))
    assert not is_asleep()
    with time_machine.travel(clock.now() + timedelta(minutes=3)):
        assert is_asleep()


def test_every_state_is_open_or_an_end():
    assert set().union(*MOVES.values()) | set(MOVES) == set(State)
    assert set(MOVES) == {State.WAITING, State.RUNNING}
