"""What the tests of hands and hours share: an open unit of work, and more people."""

from datetime import timedelta
from itertools import count

import pytest
import time_machine

from kernel import clock
from kernel.work import work
from volunteers.volunteer import Volunteer


@pytest.fixture
def at_work(world):
    """The small world inside one `work()`, so that verbs can be called one after the other."""
    with work():
        yield world


@pytest.fixture
def someone(at_work):
    """A function that registers one more volunteer."""

    numbers = count(10_100_000_000)

    def someone(name, **facts):
        phone = str(next(numbers))
        return Volunteer.join(name=name, phone=phone, home=at_work.building1, password_hash=None, **facts).person

    return someone


@pytest.fixture
def at():
    """A function that moves the clock to so long before a shift begins."""
    travels = []

    def at(shift, **before):
        moment = shift.starts_at - timedelta(**before)
        travel = time_machine.travel(moment, tick=False)
        travel.start()
        travels.append(travel)
        return clock.now()

    yield at
    for travel in reversed(travels):
        travel.stop()
