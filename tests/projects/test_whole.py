"""The page of a project is read in a few statements, however much there is to tell."""

import pytest

from kernel.work import work
from projects.project import Project
from tests.support.statements import counted

SIGNED_IN = {None: 0, "volunteer": 3, "partner": 3, "committee": 3}  # who asks, for whom he speaks, what waits for him


def statements(client, url):
    with counted() as said:
        assert client.get(url).status_code == 200
    return len(said)


def adopt(world, partner, number, quantity):
    with work():
        part = world.project.parts[number]
        adoption = world.project.adopt(partner, part.id, quantity, pledge="", by=world.zhao)
    with work():
        adoption.accept(by=world.lin)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_price_does_not_grow_with_the_rows(enter, world, name):
    client, url = enter(name), f"/projects/{world.project.id}"
    adopt(world, world.egret, 0, 3)
    before = statements(client, url)
    assert before <= 8 + SIGNED_IN[name]
    with work():
        for number in range(4):
            world.project.cut(f"第{number}项", "场", 9, by=world.he)
    for partner in (world.team, world.department):
        for number in range(5):
            adopt(world, partner, number, 2)
    assert statements(client, url) == before


def test_what_is_read_at_once_is_what_is_stored(enter, world):
    for partner, number in ((world.team, 1), (world.egret, 1), (world.department, 0)):
        adopt(world, partner, number, 2)
    page = enter().get(f"/projects/{world.project.id}").text
    line = world.district, world.subdistrict, world.community
    shown = [*(place.name for place in line), "区城管局", "红管家·邻里情", "白鹭科技"]
    at = [page.index(words) for words in shown]
    assert at == sorted(at)


def test_a_project_of_a_building_shows_the_whole_way_down(enter, world):
    with work():
        facts = {"title": "单元门口的扶手", "risk_note": "无", "category": world.repair}
        days = {"starts_on": world.project.starts_on, "ends_on": world.project.ends_on}
        project = Project.write(world.building1, by=world.lin, **facts, **days)
        project.cut("装扶手", "件", 1, by=world.lin)
        project.post(by=world.lin)
    page = enter().get(f"/projects/{project.id}").text
    line = world.district, world.subdistrict, world.community, world.grid, world.compound, world.building1
    assert [f'href="/places/{place.code}"' in page for place in line] == [True] * 6
