"""Many presses at the door at the same moment, two server processes, both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from communities.journal import Line
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from volunteers.attendances import door
from volunteers.attendances.attendance import Attendance
from volunteers.attendances.walk_in import WalkIn
from volunteers.shift import Shift

from .crowd import Browser, rush


@pytest.fixture
def at_the_door(crowd, new_shift, site):
    """A shift that goes on, and a function that puts the ticket of a scan into a browser."""
    id = new_shift()
    with work():
        shift = db.session.get_one(Shift, id)
        length = shift.ends_at - shift.starts_at
        shift.starts_at = clock.now() - timedelta(minutes=5)
        shift.ends_at = shift.starts_at + length
    ticket = door.ticket(db.session.get_one(Shift, id))
    return id, lambda browser: Browser(browser.url, f"{browser.cookie}; scan={ticket}", browser.token)


def count(model, *where) -> int:
    db.session.rollback()
    return db.session.scalar(seen(select(func.count()).select_from(model).where(*where)))


def test_one_person_who_presses_many_times_comes_once(crowd, at_the_door, world):
    id, scanned = at_the_door
    person = scanned(crowd[0])
    assert rush([(person, f"/shifts/{id}/walk-ins")] * 8).statuses == {303: 1, 409: 7}
    assert count(WalkIn) == 1
    with work():
        row = db.session.scalars(select(WalkIn)).one()
        row.take(by=world.lin)
    assert count(Attendance) == 1


def test_two_check_ins_at_once_are_one_row(crowd, at_the_door, signups, world):
    id, scanned = at_the_door
    with work():
        shift = db.session.get_one(Shift, id)
        shift.starts_at += timedelta(minutes=30)
    rush([(crowd[0], f"/shifts/{id}/signups")])
    person = scanned(crowd[0])
    assert rush([(person, f"/shifts/{id}/check-in")] * 8).statuses == {303: 1, 409: 7}
    assert count(Attendance) == count(Line, Line.verb == "signup.arrived") == 1


def test_everybody_comes_through_the_door_at_once(crowd, at_the_door, world):
    id, scanned = at_the_door
    seen_by = rush([(scanned(browser), f"/shifts/{id}/walk-ins") for browser in crowd])
    assert seen_by.statuses == {303: len(crowd)}
    assert count(WalkIn) == len(crowd)
