"""Forty volunteers ask for the last place of a building at once: one has it, the others read the rule."""

from collections import Counter
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select, text

from kernel.db import db, seen
from tests.support.server import serve
from tests.support.store import writing
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.state import LIVING, Role

from .conftest import PEOPLE
from .test_bookings import Answer, send

INDEX = (
    "CREATE UNIQUE INDEX uq_assignment_seat ON assignment (building_id, role, number, standing)"
    " WHERE state IN ('applied', 'invited', 'unconfirmed', 'serving')"
)


def rush(crowd, building: int, role: Role) -> list[Answer]:
    """Everybody presses 我来当… at the same moment."""
    barrier, answers = Barrier(len(crowd)), [Answer() for _browser in crowd]

    def run(number: int) -> None:
        barrier.wait()
        answers[number] = send(crowd[number], f"/buildings/{building}/claims", {"role": role.value})

    threads = [Thread(target=run, args=[number]) for number in range(len(crowd))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def holders(building: int, role: Role) -> int:
    """How many hold the one place of this role."""
    db.session.rollback()
    here = (Assignment.building_id == building) & (Assignment.role == role) & Assignment.state.in_(LIVING)
    return db.session.scalar(seen(select(func.count()).select_from(Assignment).where(here)))


def test_one_of_forty_has_the_last_place(crowd, world):
    places = [(world.building1.id, Role.LEAD), (world.building2.id, Role.LEAD), (world.building2.id, Role.HELPER)]
    db.session.rollback()
    for building, role in places:
        answers = rush(crowd, building, role)
        assert Counter(answer.status for answer in answers) == {303: 1, 409: PEOPLE - 1}
        assert holders(building, role) == 1
        rules = "一个位置只由一人担任", "一个人在一栋楼只占一个位置"
        told = [answer.page for answer in answers if answer.status == 409]
        assert all(any(rule in page for rule in rules) for page in told)


@pytest.fixture
def visited(request, settings):
    """The guarded site, or for the test of the test a server in which nothing keeps a place for one person."""
    if "guards" not in request.node.name:
        yield request.getfixturevalue("two_processes")
        return
    with serve(settings, workers=2, first="tests.race.unguarded_buildings:strip") as server:
        yield server


@pytest.fixture
def unindexed(site, world):
    """The database lets two have one place, for this test."""
    with writing(db.engine) as connection:
        connection.execute(text("DROP INDEX uq_assignment_seat"))
    yield
    db.session.rollback()
    site.store.restore("world")
    with writing(db.engine) as connection:
        connection.execute(text(INDEX))


@pytest.mark.databases("postgresql")
def test_without_its_guards_postgresql_gives_one_place_to_several(unindexed, crowd, world):
    places = [(building.id, role) for building in (world.building1, world.building2) for role in Role]
    db.session.rollback()
    found = []
    for building, role in places:
        rush(crowd, building, role)
        found.append(holders(building, role))
    print("\nwho hold the one place:", *found)
    assert max(found) > 1


@pytest.mark.databases("sqlite")
def test_without_its_guards_sqlite_answers_with_errors(crowd, world):
    places = [(building.id, role) for building in (world.building1, world.building2) for role in Role]
    db.session.rollback()
    statuses = [answer.status for building, role in places for answer in rush(crowd, building, role)]
    print("\nanswers:", *Counter(statuses).items())
    assert any(status >= 500 for status in statuses)
