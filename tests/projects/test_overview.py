"""The screen in a service centre, the desk of a committee, the desk of a partner: what stands there, for whom."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.work import work
from projects import committee_desk, partner_desk
from projects.committee_desk import Sort
from projects.project import Project
from tests.support.statements import counted


def write(world, title, place=None, days=5, **facts):
    """A draft with one part of 9 lessons."""
    day = clock.today() + timedelta(days=days)
    known = {"category": world.repair, "risk_note": "无", "starts_on": day, "ends_on": day + timedelta(days=9)}
    project = Project.write(place or world.community, by=world.sun, title=title, **known | facts)
    project.cut("上课", "课时", 9, by=world.lin)
    return project


@pytest.fixture
def desk(world):
    """Something of each sort: a wish, a draft, a late one, an old one, one that is done."""
    with work():
        world.project.adopt(world.egret, world.project.parts[0].id, 3, pledge="", by=world.zhao)
        write(world, "等复核的").hand_in(by=world.sun)
        old = write(world, "没人要的")
        old.post(by=world.lin)
        old.posted_at = clock.now() - timedelta(days=15)
        late, done = write(world, "过了日子的"), write(world, "做完的")
        for project in (late, done):
            project.post(by=world.lin)
            [adoption] = project.adopt_all(world.team, pledge="", by=world.lin)
            adoption.accept(by=world.lin)
        late.ends_on = clock.today() - timedelta(days=1)
        done.adoptions[0].deliver("好了", by=world.lin)
        write(world, "别处的", place=world.other_community).hand_in(by=world.stranger_lin)
    return committee_desk.on_desk(world.lin)


def test_each_sort_has_its_line(desk, world):
    assert {sort: [line.title for line in lines] for sort, lines in desk.items()} == {
        Sort.ASKED: [world.project.title],
        Sort.REVIEW: ["等复核的"],
        Sort.LATE: ["过了日子的"],
        Sort.UNTOUCHED: ["没人要的"],
        Sort.DELIVERED: ["做完的"],
    }
    [asked] = desk[Sort.ASKED]
    assert (asked.partner, asked.place) == (world.egret.name, "东方社区")
    assert asked.day == world.project.adoptions[0].answer_due
    assert desk[Sort.REVIEW][0].day is None
    assert desk[Sort.LATE][0].day == clock.today() - timedelta(days=1)


def test_an_office_above_sees_all_of_its_communities_and_can_ask_for_one(desk, world, enter):
    assert len(committee_desk.on_desk(world.he)[Sort.REVIEW]) == 2
    page = enter("subdistrict").get(f"/projects/desk?place={world.other_community.code}")
    assert "别处的" in page.text
    assert "等复核的" not in page.text


def test_nobody_else_has_it(desk, world, enter):
    assert enter("other-committee").get(f"/projects/desk?place={world.community.code}").status_code == 404
    assert "等复核的" not in enter("other-committee").get("/projects/desk").text
    for name in ("partner", "volunteer", "grid"):
        assert enter(name).get("/projects/desk").status_code == 403, name
    assert enter().get("/projects/desk").status_code == 303


def test_a_partner_sees_what_it_has_taken_on_and_what_fits(world, enter):
    with work():
        fits = write(world, "修收音机", capabilities=[world.appliance])
        far = write(world, "远处的", place=world.other_community, capabilities=[world.appliance])
        other = write(world, "剪头发", capabilities=[world.haircut])
        for project in (fits, far, other):
            project.post(by=world.lin)
    assert [row.title for row in partner_desk.fitting([world.egret.id])] == [world.project.title, "修收音机"][::-1]
    with work():
        world.project.adopt(world.egret, world.project.parts[0].id, 3, pledge="", by=world.zhao)
    assert [row.title for row in partner_desk.fitting([world.egret.id])] == ["修收音机"]
    page = enter("partner").get("/projects/ours").text
    assert "集中维修" in page
    assert "修收音机" in page
    assert "剪头发" not in page
    assert enter("other-committee").get("/projects/ours").status_code == 403
    assert enter().get("/projects/ours").status_code == 303


def test_the_screen_shows_what_is_wanted_to_everybody(desk, world, enter):
    screen = enter().get(f"/projects/hall?place={world.community.code}")
    assert screen.status_code == 200
    assert 'hx-trigger="click, every 60s"' in screen.text
    assert "没人要的" in screen.text
    assert "等复核的" not in screen.text
    assert "社区已接受" in screen.text
    assert enter().get("/projects/hall?place=nowhere").status_code == 404


@pytest.mark.parametrize(
    ("name", "url"), [(None, "/projects/hall"), ("partner", "/projects/ours"), ("committee", "/projects/desk")]
)
def test_the_price_does_not_grow_with_the_rows(enter, world, name, url):
    client = enter(name)
    with work():
        for number in range(2):
            write(world, f"第{number}个", capabilities=[world.appliance]).post(by=world.lin)
        adopted = world.project.adopt(world.egret, world.project.parts[0].id, 1, pledge="", by=world.zhao)
        adopted.accept(by=world.lin)
        world.project.adopt(world.team, world.project.parts[0].id, 1, pledge="", by=world.lin)
    before = cost(client, url)
    assert before <= 8
    with work():
        for number in range(12):
            project = write(world, f"又一个{number}", capabilities=[world.appliance])
            project.post(by=world.lin)
            project.posted_at -= timedelta(days=20)
            if number % 2:
                project.adopt_all(world.egret, pledge="", by=world.zhao)
    assert cost(client, url) <= before


def cost(client, url):
    with counted() as said:
        assert client.get(url).status_code == 200
    return len(said)
