"""Two groups book the same hour at once, over HTTP, two processes, both databases: one wins, the other is told."""

import http.client
from dataclasses import dataclass, field
from threading import Barrier, Thread
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from kernel.db import db
from kernel.work import work
from partners.resources.booking import Booking
from partners.resources.quarter import Quarter
from partners.resources.resource import Resource
from tests.support.lending import coming, lend
from tests.support.server import serve
from tests.support.store import writing

from .conftest import TOKEN
from .crowd import PATIENCE, Browser

KEY = "PRIMARY KEY (resource_id, quarter, unit)"


@dataclass
class Answer:
    """What somebody reads after pressing the button."""

    status: int = 599
    page: str = ""


@dataclass
class Duel:
    """Two groups with their managers' browsers, and the hall that they both want."""

    browsers: list[Browser]
    partners: list[int]
    hall: int
    answers: list[Answer] = field(default_factory=list)

    def press(self, day: str) -> list[Answer]:
        """Both ask for the same hour at the same moment; what each of them reads."""
        barrier, answers = Barrier(len(self.browsers)), [Answer() for _browser in self.browsers]

        def run(number: int) -> None:
            barrier.wait()
            said = {"booker": f"p{self.partners[number]}", "day": day, "starts": "14:00", "ends": "16:00"}
            answers[number] = send(self.browsers[number], f"/resources/{self.hall}/bookings", said)

        threads = [Thread(target=run, args=[number]) for number in range(len(self.browsers))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers


def send(browser: Browser, path: str, said: dict, more: dict | None = None) -> Answer:
    """Send a form over a connection of its own, with `more` headers."""
    place = urlsplit(browser.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=PATIENCE)
    headers = {"Cookie": f"hehuo={browser.cookie}", "Content-Type": "application/x-www-form-urlencoded"} | (more or {})
    fields = said | {"csrf_token": browser.token, "key": uuid4().hex}
    try:
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read().decode())
    except (OSError, http.client.HTTPException):
        return Answer()
    finally:
        connection.close()


def signed_in(client, name: str) -> tuple[str, str]:
    """The cookie and the token of a demo account's browser."""
    from demo.world import PASSWORD

    assert client.post("/sign-in", data={"username": name, "password": PASSWORD}).status_code == 303
    token = TOKEN.search(client.get("/me/profile").get_data(as_text=True))
    assert token
    return client.get_cookie("hehuo").value, token[1]


@pytest.fixture
def duel(site, world, visited):
    """The choir and the dancers, each with its manager's browser."""
    with work():
        lent = lend(world)
    browsers = [Browser(visited.url, *signed_in(site.test_client(), name)) for name in ("volunteer", "volunteer2")]
    return Duel(browsers, [lent.choir.id, lent.dancers.id], lent.hall.id)


def owners(day: int) -> list[int]:
    """How many bookings own the quarters of a round."""
    db.session.rollback()
    count = select(func.count(Quarter.booking_id.distinct())).where(Quarter.quarter.between(day, day + 96))
    return db.session.scalar(count)


def race(duel: Duel, rounds: int) -> None:
    """In each round one has the hour; the other reads who has it, whom to ask, and what is free."""
    for number in range(rounds):
        day = coming(number % 7, 1 + number // 7)
        answers = duel.press(day.isoformat())
        assert sorted(answer.status for answer in answers) == [303, 409], [answer.status for answer in answers]
        [told] = [answer.page for answer in answers if answer.status == 409]
        assert "已经约给“东方" in told
        assert "幸福路管委会（示例） 值班室 02900000018" in told
        assert "最近空着的" in told
    db.session.rollback()
    bookings = db.session.scalars(select(Booking)).all()
    quarters = db.session.execute(select(Quarter.quarter, func.count()).group_by(Quarter.quarter)).all()
    assert len(bookings) == rounds
    assert len(quarters) == 8 * rounds
    assert {count for _quarter, count in quarters} == {1}


def test_one_of_two_has_the_hour_and_the_other_is_told(duel):
    race(duel, 5)


@pytest.mark.long
def test_twenty_rounds_of_two_groups(duel):
    race(duel, 20)


@pytest.fixture
def unguarded(settings):
    """A server of its own, in whose processes nothing keeps an hour for one group."""
    with serve(settings, workers=2, first="tests.race.unguarded_hours:strip") as server:
        yield server


@pytest.fixture
def exposed(site, world, unguarded):
    """The duel on that server, with the key of the quarters taken away where that can be done."""
    if db.engine.dialect.name == "postgresql":
        with writing(db.engine) as connection:
            connection.execute(text("ALTER TABLE quarter DROP CONSTRAINT pk_quarter"))
    with work():
        lent = lend(world)
    browsers = [Browser(unguarded.url, *signed_in(site.test_client(), name)) for name in ("volunteer", "volunteer2")]
    yield Duel(browsers, [lent.choir.id, lent.dancers.id], lent.hall.id)
    db.session.rollback()
    site.store.restore("world")
    if db.engine.dialect.name == "postgresql":
        with writing(db.engine) as connection:
            connection.execute(text(f"ALTER TABLE quarter ADD CONSTRAINT pk_quarter {KEY}"))


@pytest.mark.databases("postgresql")
def test_without_its_guards_postgresql_gives_one_hour_to_both(exposed):
    winners: list[int] = []
    for number in range(60):  # how close two of them come is chance: as many rounds as it takes
        if max(winners, default=0) > 1:
            break
        answers = exposed.press(coming(number).isoformat())
        winners.append(sum(answer.status == 303 for answer in answers))
    print("\nwho have the hour:", *winners)
    assert max(winners) > 1


@pytest.mark.databases("sqlite")
def test_without_its_guards_sqlite_answers_with_errors(exposed):
    statuses: list[int] = []
    for number in range(60):
        if any(status >= 500 for status in statuses):
            break
        statuses += [answer.status for answer in exposed.press(coming(number).isoformat())]
    print("\nanswers:", *statuses)
    assert any(status >= 500 for status in statuses)
    assert db.session.get_one(Resource, exposed.hall).quantity == 1
