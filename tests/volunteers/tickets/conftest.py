"""义剪 has a door for residents: three places on Saturday, an hour and a half, at most two with one number."""

from datetime import timedelta
from itertools import count

import pytest
import time_machine

from kernel.tokens import token_hash
from kernel.work import work
from volunteers.tickets.counter import Counter
from volunteers.tickets.handout import Handout
from volunteers.tickets.ticket import Holder

FACTS = {"label": "我要理发", "tickets": 3, "minutes": None, "most": 2, "local": False, "is_open": True}


@pytest.fixture
def salon(grown, world):
    """The world in which residents take tickets for the haircuts."""

    def build():
        Counter.set_up(world.duty2, by=world.lin, **FACTS)
        return world

    return grown("salon", build)


@pytest.fixture
def early(salon):
    """Four days and seventeen hours before the haircuts: offers are made one by one."""
    with time_machine.travel(salon.shift2.starts_at - timedelta(hours=4 * 24 + 17), tick=False) as travel:
        yield travel


@pytest.fixture
def at_work(salon, early):
    """The same inside one `work()`, so that verbs can be called one after the other."""
    with work():
        yield salon


@pytest.fixture
def guest():
    """A function that takes a number for somebody without an account: its ticket."""
    numbers = count(1)

    def guest(shift, size=1, **facts):
        number = next(numbers)
        holder = Holder(name=f"居民{number}（示例）", phone=f"103{number:08}")
        return Handout(shift).take(holder, size, by=None, token_hash=token_hash(f"guest {number}"), **facts)

    return guest
