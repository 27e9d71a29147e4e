"""All or nothing: each verb is broken off at its first, second, third … statement, by an error and by a dead process.

Whatever was broken off leaves the database as it was, to the last column; the same verb, unbroken, then goes through.
"""

import os
from dataclasses import dataclass

import pytest
from sqlalchemy import event, select

from demo.world import PASSWORD
from kernel.db import Model, db, seen
from kernel.work import work
from tests.demo.checks import wrong_seats
from volunteers.shift import Shift
from volunteers.signup import Signup
from volunteers.swap import Swap

SILENT = ("BEGIN", "PRAGMA", "SET", "COMMIT", "ROLLBACK")
DEAD = 9


class Torn(Exception):
    """The statement that never came back."""


@dataclass
class Verb:
    """Who presses which button, and what was there before."""

    who: str
    url: str
    data: dict


def signup_of(person) -> Signup:
    return db.session.scalar(seen(select(Signup).where(Signup.person_id == person.id)))


def sign_up(world) -> Verb:
    return Verb("volunteer", f"/shifts/{world.shift.id}/signups", {})


def leave_to_the_next(world) -> Verb:
    for person in (world.wu, world.zhou):
        world.shift.sign_up(person, by=person)
    return Verb("volunteer", f"/signups/{signup_of(world.wu).id}/withdrawal", {"reason": "出差"})


def answer_an_offer(world) -> Verb:
    leave_to_the_next(world)
    world.shift.withdraw(world.wu, by=world.wu)
    return Verb("volunteer2", f"/signups/{signup_of(world.zhou).id}/acceptance", {})


def turn_down(world) -> Verb:
    world.duty.confirms = True
    leave_to_the_next(world)
    return Verb("committee", f"/signups/{signup_of(world.wu).id}/no", {"reason": "这次要会急救"})


def call_off(world) -> Verb:
    leave_to_the_next(world)
    return Verb("committee", f"/shifts/{world.shift.id}/cancellation", {"reason": "下雨"})


def several_at_once(world) -> Verb:
    world.shift2.starts_at, world.shift2.ends_at = (
        world.shift.ends_at,
        world.shift.ends_at + (world.shift.ends_at - world.shift.starts_at),
    )
    return Verb("volunteer", "/shifts/basket", {"shift": [world.shift.id, world.shift2.id]})


def change_hands(world) -> Verb:
    world.shift.sign_up(world.wu, by=world.wu)
    swap = Swap.offer(signup_of(world.wu), by=world.wu, to=world.zhou)
    swap.accept(world.zhou, by=world.zhou)
    return Verb("committee", f"/swaps/{swap.id}/approval", {})


VERBS = [sign_up, leave_to_the_next, answer_an_offer, turn_down, call_off, several_at_once, change_hands]


def everything():
    """All that is stored, by table, but the keys of forms that were refused."""
    db.session.rollback()
    stored = {
        table.name: sorted(map(repr, db.session.execute(select(table)))) for table in Model.metadata.sorted_tables
    }
    db.session.rollback()
    return stored


def break_off(number: int, how):
    """Do this at the so-manieth statement of a writing transaction; gives the listener."""
    count = [0]

    def listen(connection, _cursor, statement, *_rest):
        if statement.startswith(SILENT) or not connection.get_execution_options().get("writing"):
            return
        count[0] += 1
        if count[0] == number:
            how()

    event.listen(db.engine, "before_cursor_execute", listen)
    return listen


def tear() -> None:
    raise Torn


@pytest.fixture
def pressed(site, world):
    """A function from a verb's preparation to the client and the button."""

    def pressed(prepare):
        with work():
            verb = prepare(world)
        client = site.test_client()
        client.post("/sign-in", data={"username": verb.who, "password": PASSWORD})
        return client, verb

    return pressed


@pytest.mark.parametrize("prepare", VERBS, ids=lambda verb: verb.__name__)
def test_a_statement_that_fails_takes_back_all_before_it(pressed, prepare):
    client, verb = pressed(prepare)
    before, number, whole = everything(), 0, False
    while not whole:
        number += 1
        listen = break_off(number, tear)
        try:
            answer = client.post(verb.url, data=verb.data)
            whole = True
        except Torn:
            assert everything() == before, f"torn at statement {number}"
        finally:
            event.remove(db.engine, "before_cursor_execute", listen)
    assert answer.status_code == 303
    assert number > 4
    assert everything() != before
    assert wrong_seats() == []


def in_a_process_of_its_own(client, verb: Verb, number: int) -> int:
    """Press the button in a child that dies at the so-manieth statement; its exit code."""
    db.session.remove()
    db.engine.dispose()  # nothing is open that both would use
    child = os.fork()
    if child == 0:
        try:
            break_off(number, lambda: os._exit(DEAD))
            answer = client.post(verb.url, data=verb.data)
            os._exit(0 if answer.status_code == 303 else 1)
        finally:
            os._exit(2)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


@pytest.mark.parametrize("prepare", [sign_up, answer_an_offer, change_hands], ids=lambda verb: verb.__name__)
def test_a_process_that_dies_leaves_nothing_half_done(pressed, prepare):
    client, verb = pressed(prepare)
    before, number = everything(), 1
    while (code := in_a_process_of_its_own(client, verb, number)) == DEAD:
        assert everything() == before, f"dead at statement {number}"
        number += 1
    assert code == 0
    assert number > 4
    assert everything() != before
    assert wrong_seats() == []
    assert db.session.scalar(select(Shift.id).limit(1)) is not None
