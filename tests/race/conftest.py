"""Forty signed-in volunteers, a site under gunicorn with two processes, a shift of five seats for each round."""

import re
from datetime import time, timedelta
from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from demo.world import PASSWORD
from kernel import clock
from kernel.db import db
from kernel.passwords import hashed
from kernel.work import work
from tests.support.server import serve
from volunteers.pattern import Pattern
from volunteers.shift import Shift
from volunteers.signup import Signup, State
from volunteers.volunteer import Volunteer

from .crowd import Browser

PEOPLE, SEATS = 40, 5
TOKEN = re.compile(r'"X-CSRFToken": "([^"]+)"')


@pytest.fixture(scope="session")
def two_processes(settings):
    """The site as it is, in two processes."""
    with serve(settings, workers=2) as server:
        yield server


@pytest.fixture
def visited(two_processes):
    """The server that the crowd uses; a test may have another one."""
    return two_processes


@pytest.fixture
def crowd(site, world, visited):
    """Forty browsers, each signed in as a volunteer; signed in once a database, then put back before each test."""
    if not hasattr(site, "crowd"):
        hash = hashed(PASSWORD)
        with work():
            for number in range(PEOPLE):
                facts = {"name": f"志愿者{number}", "phone": phone(number), "home": world.building1}
                Volunteer.join(**facts, password_hash=hash)
        site.crowd = [signed_in(site.test_client(), number) for number in range(PEOPLE)]
        site.store.keep("crowd")
    site.store.restore("crowd")
    return [Browser(visited.url, cookie, token) for cookie, token in site.crowd]


def phone(number: int) -> str:
    """The user name of a person of the crowd."""
    return f"102{number:08}"


def signed_in(client, number: int) -> tuple[str, str]:
    """The cookie of a signed-in browser, and the CSRF token that belongs to it."""
    answer = client.post("/sign-in", data={"username": phone(number), "password": PASSWORD})
    assert answer.status_code == 303
    token = TOKEN.search(client.get("/me/profile").get_data(as_text=True))
    assert token
    return client.get_cookie("hehuo").value, token[1]


@pytest.fixture
def new_shift(crowd, world):
    """A function that plans the shift of the next round: its id."""
    days = count(10)

    def new_shift() -> int:
        day = clock.today() + timedelta(days=next(days))
        with work():
            [shift] = Shift.plan(world.duty, Pattern(frozenset(), time(7), time(8), day, day), SEATS, by=world.lin)
            db.session.flush()
            return shift.id

    return new_shift


@pytest.fixture
def people():
    """A function that counts who is confirmed and who waits for a shift, and reads its counter."""

    def people(id: int) -> tuple[int, int, int]:
        db.session.rollback()
        shift = db.session.scalar(select(Shift).where(Shift.id == id))
        states = [signup.state for signup in db.session.scalars(select(Signup).where(Signup.shift_id == id))]
        return states.count(State.CONFIRMED), states.count(State.WAITING), shift.taken

    return people


@pytest.fixture
def signups():
    """A function from a shift to its sign-ups by the number of the person in the crowd."""

    def signups(id: int) -> dict[int, Signup]:
        db.session.rollback()
        rows = select(Signup).where(Signup.shift_id == id).options(joinedload(Signup.person))
        return {int(row.person.phone[3:]): row for row in db.session.scalars(rows)}

    return signups
