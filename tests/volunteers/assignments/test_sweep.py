"""The clock of assignments may run twice: offers lapse, terms and days of standing in run out, each once."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from communities.journal import Line
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.pause import Why
from volunteers.assignments.placing import claim, offer
from volunteers.assignments.state import Role, Standing, State
from volunteers.assignments.succession import hand_over, stand_in
from volunteers.assignments.sweep import keep_time
from volunteers.assignments.terms import Terms

DAY = timedelta(days=1)


def later(day):
    return time_machine.travel(clock.at(day) + timedelta(hours=9), tick=False)


def verbs(verb):
    return db.session.scalar(select(func.count()).select_from(Line).where(Line.verb == verb))


def rows():
    db.session.rollback()
    return db.session.scalars(seen(select(Assignment).order_by(Assignment.id))).all()


@pytest.fixture
def twice(world):
    """A function that runs the sweep on a day, two times."""

    def twice(day):
        with later(day):
            keep_time()
            keep_time()
            return rows()

    return twice


def test_an_offer_lapses_once_and_its_place_is_free_again(world, twice):
    with work():
        row = offer(world.building1, Role.LEAD, world.zhou, by=world.lin)
        due = row.answer_due
    assert [row.state for row in twice(due)] == [State.INVITED]
    assert [row.state for row in twice(due + DAY)] == [State.LAPSED]
    assert verbs("assignment.lapsed") == 1
    with work():
        assert claim(world.building1, Role.LEAD, by=world.wu).state is State.APPLIED


def test_the_old_one_ends_by_itself_and_the_new_one_holds_the_place(world, twice):
    with work():
        old = claim(world.building1, Role.LEAD, by=world.zhou)
        old.approve(by=world.lin)
        hand_over(old, world.wu, by=world.lin).accept(by=world.wu)
        last = old.until
    assert [row.state for row in twice(last)] == [State.SERVING, State.SERVING]
    old, new = twice(last + DAY)
    assert (old.state, old.until) == (State.ENDED, last)
    assert (new.state, new.standing) == (State.SERVING, Standing.HOLDER)
    assert verbs("assignment.ended") == 1


def test_who_stands_in_is_done_on_the_last_day_of_the_pause(world, twice):
    today = clock.today()
    with work():
        row = claim(world.building1, Role.LEAD, by=world.zhou)
        row.approve(by=world.lin)
        row.pause(today, today + 3 * DAY, Why.ILLNESS, by=world.zhou)
        stand_in(row, world.wu, by=world.lin).accept(by=world.wu)
    row, other = twice(today + 4 * DAY)
    assert (row.state, other.state) == (State.SERVING, State.ENDED)


def test_the_end_of_a_term_is_told_once(world, twice):
    with work():
        Terms.settle(world.community, residents_at_once=False, most=3, months=12, by=world.lin)
        row = claim(world.building1, Role.LEAD, by=world.zhou)
        row.approve(by=world.lin)
        end = row.until
    twice(end - 31 * DAY)
    assert verbs("assignment.ends_soon") == 0
    twice(end - 30 * DAY)
    twice(end - 5 * DAY)
    assert verbs("assignment.ends_soon") == 1
    assert [row.state for row in twice(end + DAY)] == [State.ENDED]
