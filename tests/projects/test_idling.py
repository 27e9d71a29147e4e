"""Idle adoptions under a moved clock: warned after 21 working days, released after 5 more; twice is the same."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine

from communities.journal import Audience, Line
from communities.working_day import working_days_after
from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from projects.idling import GRACE, IDLE, ProlongedBefore
from projects.stage import Stage
from projects.standing import State, WhyNot
from projects.sweep import release_idle_adoptions

DAY = timedelta(days=1)


@pytest.fixture
def start(world):
    """The day from which silence counts: the project begins then."""
    return world.project.starts_on


@pytest.fixture
def running(world):
    """Everything of the project runs, so that it is taken."""
    with work():
        adoptions = world.project.adopt_all(world.egret, pledge="", by=world.zhao)
        for adoption in adoptions:
            adoption.accept(by=world.lin)
    return adoptions[0]


def at(day, hour=10):
    return time_machine.travel(clock.at(day) + timedelta(hours=hour))


def sweep():
    db.session.rollback()
    release_idle_adoptions()
    db.session.rollback()


def said(adoption, verb):
    return [line for line in db.session.scalars(Line.about(adoption)) if line.verb == verb]


def warned(adoption, start):
    """Let the sweep run on the day on which it is warned of; that day."""
    day = working_days_after(start, IDLE)
    with at(day):
        sweep()
    return day


def test_on_the_day_before_nothing_is_said_and_on_the_day_both_sides_are_told_once(running, start, world):
    with at(working_days_after(start, IDLE) - DAY):
        sweep()
    assert running.release_on is None
    day = warned(running, start)
    with at(day):
        sweep()
    assert running.release_on == working_days_after(day, GRACE)
    [line] = said(running, "adoption.idle")
    assert {notice.person_id for notice in line.notices} == {world.zhao.id, world.lin.id}
    with at(day):
        for person in (world.zhao, world.lin):
            found = [one for one in waiting.lines(person, 50) if one.desk.kind == "adoption.idle"]
            assert [(one.id, one.due) for one in found][:1] == [(running.id, running.release_on)]


def test_after_the_last_day_it_is_free_again_once_with_the_reason_in_the_journal(running, start, world):
    warned(running, start)
    last = running.release_on
    with at(last):
        sweep()
    assert running.state is State.RUNNING
    with at(last + DAY):
        sweep()
        sweep()
    assert running.state is State.RELEASED
    assert "21 个工作日没有动静" in running.reason
    assert world.project.stage is Stage.OPEN
    assert world.project.parts[0].given == 0
    [line] = said(running, "adoption.released")
    assert line.audience is Audience.PUBLIC
    assert {world.lin.id, world.zhao.id} <= {notice.person_id for notice in line.notices}
    assert world.project.lead is None


def test_two_processes_at_once_warn_and_release_once(site, running, start, world):
    def both():
        barrier = Barrier(2)

        def run():
            with site.app_context():
                barrier.wait()
                release_idle_adoptions()
                db.session.remove()

        threads = [Thread(target=run) for _n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db.session.rollback()

    db.session.rollback()
    with at(working_days_after(start, IDLE)):
        both()
    last = running.release_on
    with at(last + DAY):
        both()
    for adoption in world.project.adoptions:
        assert len(said(adoption, "adoption.idle")) == len(said(adoption, "adoption.released")) == 1
        assert adoption.state is State.RELEASED
    assert [part.given for part in world.project.parts] == [0, 0]


def test_it_does_not_run_at_night(running, start):
    with at(working_days_after(start, IDLE), hour=3):
        sweep()
    assert running.release_on is None


def test_a_sweep_that_was_away_still_gives_five_working_days(running, start):
    late = working_days_after(start, IDLE + 40)
    with at(late):
        sweep()
    assert running.state is State.RUNNING
    assert running.release_on == working_days_after(late, GRACE)


SIGNS = {
    "a step": lambda one, world: one.promise("看完前 10 户", clock.today(), by=world.zhao),
    "progress": lambda one, world: one.report_progress("修了 8 台", None, by=world.zhao),
    "any line of its partner": lambda one, world: one.note("adoption.leads", world.zhao, project=1, partner=1),
}


@pytest.mark.parametrize("sign", SIGNS)
def test_any_sign_of_its_partner_takes_the_warning_back_and_the_days_count_anew(running, start, world, sign):
    warned(running, start)
    last = running.release_on
    with at(last):
        with work():
            SIGNS[sign](running, world)
        assert running.release_on is None
        again = working_days_after(last, IDLE)
    with at(again - DAY):
        sweep()
    assert (running.state, running.release_on) == (State.RUNNING, None)
    with at(again):
        sweep()
    assert running.release_on == working_days_after(again, GRACE)


def test_what_the_committee_does_is_no_sign(running, start, world):
    warned(running, start)
    with at(running.release_on), work():
        running.note("adoption.leads", world.lin, project=1, partner=1)
    assert running.release_on is not None


def test_a_pause_stops_the_clock(running, start, world):
    quiet = working_days_after(start, IDLE - 1)
    with at(quiet):
        until = working_days_after(quiet, 15)
        with work():
            running.pause(until, "师傅住院", by=world.zhao)
    with at(working_days_after(until, IDLE) - DAY):
        sweep()
    assert running.release_on is None
    with at(working_days_after(until, IDLE)):
        sweep()
    assert running.release_on is not None


def test_the_committee_gives_more_time_once_and_says_why(running, start, world):
    warned(running, start)
    with at(running.release_on):
        today = clock.today()
        with pytest.raises(WhyNot), work():
            running.prolong(" ", by=world.lin)
        with work():
            running.prolong("等电梯检修完", by=world.lin)
        with pytest.raises(ProlongedBefore), work():
            running.prolong("再等等", by=world.lin)
    assert (running.release_on, running.silent_since) == (None, today)
    with at(working_days_after(today, IDLE)):
        sweep()
    assert running.release_on is not None


def test_what_is_delivered_is_not_idle(running, start, world):
    with work():
        running.deliver("都修好了", by=world.zhao)
    with at(working_days_after(start, 60)):
        sweep()
    assert (running.state, running.release_on) == (State.DELIVERED, None)


def test_whoever_was_released_may_come_again(running, start, world):
    warned(running, start)
    with at(running.release_on + DAY):
        sweep()
        with work():
            again = world.project.adopt(world.egret, running.part_id, 3, pledge="", by=world.zhao)
    assert again.is_living
