"""What the tests of assignments share: an open unit of work, more volunteers."""

from itertools import count

import pytest

from kernel.work import work
from volunteers.assignments.placing import claim
from volunteers.volunteer import Volunteer


@pytest.fixture
def at_work(world):
    """The small world inside one `work()`, so that verbs can be called one after the other."""
    with work():
        yield world


@pytest.fixture
def someone(at_work):
    """A function that registers one more volunteer."""
    numbers = count(10_200_000_000)

    def someone(name, **facts):
        facts = {"home": at_work.building1} | facts
        return Volunteer.join(name=name, phone=str(next(numbers)), password_hash=None, **facts).person

    return someone


@pytest.fixture
def serving(at_work):
    """A function that puts a volunteer in post: he asks, the committee says yes."""

    def serving(person, building, role):
        row = claim(building, role, by=person)
        row.approve(by=at_work.lin)
        return row

    return serving
