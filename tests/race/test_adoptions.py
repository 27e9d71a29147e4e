"""A hundred partners adopt the parts of ten projects at the same moment, over HTTP, two processes, both databases."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from communities.account import Account
from communities.person import Person
from demo.world import PASSWORD
from kernel import clock
from kernel.db import db
from kernel.passwords import hashed
from kernel.work import work
from partners.kind import Kind
from partners.partner import Partner
from projects.adoption import Adoption
from projects.part import Part
from projects.project import Project
from tests.support.pages import HTMX

from .conftest import TOKEN
from .crowd import Browser
from .test_bookings import Answer, send

MANY, PROJECTS, QUANTITY = 100, 10, 5


@dataclass
class Wish:
    """What one partner wants, and the browser of its manager."""

    browser: Browser
    partner: int
    project: int
    part: int
    quantity: int

    def send(self) -> Answer:
        """Press the button."""
        said = {"partner_id": self.partner, "part_id": self.part, "quantity": self.quantity, "pledge": "四个人"}
        return send(self.browser, f"/projects/{self.project}/adoptions", said, HTMX)


def manager(number: int, hash: str) -> Person:
    """Somebody who speaks for a partner."""
    person = Person(name=f"示例经理{number}", phone=f"103{number:08}")
    db.session.add(person)
    db.session.flush()
    Account.open(person, f"manager{number}", hash)
    return person


@pytest.fixture
def partners(site, world):
    """A hundred active teams, each with its manager's cookie and token: (partner, cookie, token)."""
    hash = hashed(PASSWORD)
    with work():
        people = [manager(number, hash) for number in range(MANY)]
        teams = [Partner.apply(Kind.TEAM, f"示例队{n}", world.community, by=one) for n, one in enumerate(people)]
        for team in teams:
            team.verify(by=world.lin)
    ids = [team.id for team in teams]
    return [(id, *signed_in(site.test_client(), number)) for number, id in enumerate(ids)]


def signed_in(client, number: int) -> tuple[str, str]:
    """The cookie and the token of this manager's browser."""
    data, where = {"username": f"manager{number}", "password": PASSWORD}, {"REMOTE_ADDR": f"10.0.0.{number}"}
    answer = client.post("/sign-in", data=data, environ_base=where)  # tries are counted by address
    assert answer.status_code == 303
    token = TOKEN.search(client.get("/projects/").get_data(as_text=True))
    assert token
    return client.get_cookie("hehuo").value, token[1]


@pytest.fixture
def projects(world):
    """Ten projects, each of one part that goes to one partner as a whole, and one that several can share."""
    day = clock.today() + timedelta(days=14)
    facts = {"risk_note": "无特殊风险", "category": world.repair, "starts_on": day, "ends_on": day}
    with work():
        made = [Project.write(world.community, by=world.lin, title=f"项目{n}", **facts) for n in range(PROJECTS)]
        for project in made:
            project.cut("整场", "场", 1, by=world.lin)
            project.cut("上门", "户", QUANTITY, by=world.lin)
            project.post(by=world.lin)
    return [(project.id, [one.id for one in project.parts]) for project in made]


def rush(wishes: list[Wish]) -> list[Answer]:
    """All of them press at the same moment; what each of them reads."""
    barrier, answers = Barrier(len(wishes)), [Answer() for _wish in wishes]

    def run(number: int) -> None:
        barrier.wait()
        answers[number] = wishes[number].send()

    threads = [Thread(target=run, args=[number]) for number in range(len(wishes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.long
def test_no_part_is_taken_twice_and_everybody_reads_a_sentence(partners, projects, two_processes):
    chance, wishes = Random(7), []
    for number, (partner, cookie, token) in enumerate(partners):
        project, (whole, shared) = projects[number % PROJECTS]
        wanted, quantity = (whole, 1) if number % 3 else (shared, chance.randint(1, 3))
        wishes.append(Wish(Browser(two_processes.url, cookie, token), partner, project, wanted, quantity))
    db.session.rollback()
    answers = rush(wishes)
    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) == {200, 409}, statuses
    db.session.rollback()
    for one in db.session.scalars(select(Part).join(Part.project).where(Project.title.like("项目%"))):
        theirs = select(func.coalesce(func.sum(Adoption.quantity), 0)).where(Adoption.part_id == one.id)
        taken = db.session.scalar(theirs)
        assert one.given == taken <= one.quantity
    assert db.session.scalar(select(func.count()).select_from(Adoption)) == statuses[200]
    leads = select(func.count()).select_from(Adoption).where(Adoption.leads)
    assert db.session.scalar(leads) == db.session.scalar(select(func.count(Adoption.project_id.distinct())))
    for wish, answer in zip(wishes, answers, strict=True):
        if answer.status == 409:
            assert "只剩" in answer.page or "刚刚被认领完了" in answer.page
        else:
            assert "认领了：" in answer.page
            assert "社区会在" in answer.page
            mine = select(Adoption).where(Adoption.partner_id == wish.partner)
            assert db.session.scalars(mine).one().part_id == wish.part
