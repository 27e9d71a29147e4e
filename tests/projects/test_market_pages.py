"""The list of projects: what is shown, filters that stay in the address, pages, the sheet, the price in statements."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from communities.person import Nobody
from kernel import clock
from kernel.db import db
from kernel.work import work
from projects.market import Market
from projects.project import Project
from tests.support.statements import counted


def post(world, number, place=None, category=None):
    day = clock.today()
    facts = {"title": f"第{number:03}号项目", "risk_note": "无", "starts_on": day, "ends_on": day + timedelta(days=9)}
    category = category or world.repair
    project = Project.write(place or world.community, by=world.lin, category=category, **facts)
    project.cut("上门", "户", number, by=world.lin)
    project.post(by=world.lin)
    return project


@pytest.fixture
def many(world):
    """Sixty more open projects."""
    with work():
        for number in range(1, 61):
            post(world, number)


def statements(client, url):
    """How many statements this page takes."""
    with counted() as said:
        assert client.get(url).status_code == 200
    return len(said)


def titles(page):
    return [f"第{number:03}号项目" for number in range(61) if f"第{number:03}号项目" in page.text]


def test_the_newest_come_first_in_pages_of_25(enter, many):
    client = enter()
    first = client.get("/projects/?sort=new")
    assert "61 个项目" in first.text
    assert titles(first) == [f"第{number:03}号项目" for number in range(36, 61)]
    assert first.text.index("第060号项目") < first.text.index("第059号项目")
    more = first.text.split('hx-get="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    second = client.get(more)
    assert titles(second) == [f"第{number:03}号项目" for number in range(11, 36)]
    assert "61 个项目" in second.text
    assert titles(client.get("/projects/?sort=new&page=broken")) == titles(first)


def test_what_begins_soonest_comes_first_and_no_page_shows_a_row_twice(enter, world, many):
    client, shown, url = enter(), [], "/projects/"
    with work():
        for number, project in enumerate(db.session.scalars(db.select(Project).order_by(Project.id.desc()))):
            project.starts_on = clock.today() - timedelta(days=number // 3)  # three begin on the same day
    wanted = select(Project.id).order_by(Project.starts_on, Project.id)
    while url:
        page = client.get(url).text
        shown += [int(id) for id in re.findall(r'<h2><a href="/projects/(\d+)">', page)]
        found = re.search(r'id="rows-more" class="more"><a class="button plain" href="([^"]+)"', page)
        url = found and found[1].replace("&amp;", "&")
    assert shown == list(db.session.scalars(wanted))


def test_what_nobody_has_taken_on_can_be_asked_for_and_says_since_when(enter, world):
    with work():
        alone = post(world, 1)
        alone.posted_at = clock.now() - timedelta(days=12)
        begun = post(world, 2)
        begun.adopt(world.egret, begun.parts[0].id, 1, pledge="", by=world.zhao)
    assert titles(enter().get("/projects/?untouched=1")) == ["第001号项目"]
    page = enter().get("/projects/").text
    assert "12 天没人认领" in page
    assert page.count("没人认领</span>") == 1


def test_what_is_followed_has_a_chip_of_its_own(enter, world):
    with work():
        post(world, 1).follow(by=world.wu)
        post(world, 2)
    assert titles(enter("volunteer").get("/projects/?stage=followed")) == ["第001号项目"]
    assert "还没有关注项目" in enter("volunteer2").get("/projects/?stage=followed").text
    assert "我关注的" not in enter().get("/projects/?stage=followed").text


def test_the_price_does_not_grow_with_the_rows(enter, world, many):
    url = f"/projects/?place={world.subdistrict.code}&category={world.repair.id}&q=项目"
    for name in (None, "volunteer", "partner", "committee", "district"):
        client = enter(name)
        assert statements(client, "/projects/") <= 8, name
        assert statements(client, url) <= 8, name


def test_filters_narrow_the_list_and_stay_in_the_address(enter, world):
    with work():
        post(world, 1, category=world.care)
        post(world, 2, place=world.other_community)
        post(world, 3, place=world.compound)
    client = enter()
    assert titles(client.get(f"/projects/?place={world.community.code}")) == ["第001号项目", "第003号项目"]
    assert titles(client.get(f"/projects/?category={world.care.id}")) == ["第001号项目"]
    page = client.get(f"/projects/?place={world.other_community.code}&q=002")
    assert titles(page) == ["第002号项目"]
    assert f'value="{world.other_community.code}" selected' in page.text
    assert "q=002" in page.text.split("</nav>")[-1] or 'value="002"' in page.text
    for nonsense in ("place=x", "category=²", "category=x", "stage=x", "q=%25", "q=%F0%A0%AE%B7", "page=x"):
        assert client.get(f"/projects/?{nonsense}").status_code == 200
    assert "没有找到" in client.get("/projects/?q=%25").text


def test_each_stage_has_its_chip_and_drafts_are_for_staff(enter, world):
    with work():
        world.project.adopt_all(world.egret, pledge="", by=world.zhao)
    title = world.project.title
    assert title not in enter().get("/projects/").text
    assert title in enter().get("/projects/?stage=running").text
    assert "stage=draft" not in enter("volunteer").get("/projects/").text
    assert "stage=draft" in enter("committee").get("/projects/").text


def test_the_sheet_holds_the_same_list_with_the_adopters(enter, world):
    with work():
        world.project.adopt(world.egret, world.project.parts[0].id, None, pledge="", by=world.zhao)
    answer = enter("committee").get(f"/projects.xlsx?place={world.community.code}")
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    cells = [str(cell) for row in load_workbook(BytesIO(answer.data)).active.values for cell in row]
    assert {"公益项目", world.project.title, "白鹭科技（示例）", "68"} <= set(cells)
    assert "集中维修 43 户\n上门维修 20 户" in cells
    assert statements(enter(), "/projects.xlsx") <= 5


def test_a_row_says_what_its_project_says(world):
    with work():
        mixed = post(world, 7)
        mixed.cut("理发", "场", 3, by=world.lin)
        mixed.adopt(world.egret, mixed.parts[0].id, 4, pledge="", by=world.zhao)
    rows, total = Market(place=world.community).page(Nobody())
    assert [row.id for row in rows] == [mixed.id, world.project.id]  # it begins today
    assert total == 2
    for row, project in zip(rows, (mixed, world.project), strict=True):
        said = (row.title, row.stage, row.place, row.category, row.starts_on, row.ends_on)
        facts = (project.title, project.stage, project.place.name, project.category.label)
        assert said == (*facts, project.starts_on, project.ends_on)
        assert [str(part) for part in row.parts] == [str(part) for part in project.parts]
        sums = (row.left, row.amount, row.remaining, row.share)
        assert sums == (project.left, project.amount, project.remaining, project.share)
        assert row.address == f"/projects/{project.id}"


def test_a_draft_without_parts_stands_in_the_list_of_its_staff_only(enter, world):
    day = clock.today()
    with work():
        Project.write(world.compound, by=world.lin, title="还没想好", category=world.care, starts_on=day, ends_on=day)
    for name, seen in (("committee", True), ("subdistrict", True), ("other-committee", False), (None, False)):
        page = enter(name).get("/projects/?stage=draft")
        assert ("还没想好" in page.text) is seen, name
    assert "<progress" not in enter("committee").get("/projects/?stage=draft").text


def test_the_filter_offers_the_way_up_and_what_lies_below_in_order(enter, world):
    def offered(query):
        page = enter().get(f"/projects/?{query}").text
        return re.findall(r'<option value="([^"]+)"', page.split('id="place"', 1)[1].split("</select>", 1)[0])

    up = [world.district.code, world.subdistrict.code]
    assert offered("") == up
    below = [place.code for place in world.subdistrict.children]
    assert len(below) == 2
    assert offered(f"place={world.subdistrict.code}") == up + below
    assert offered(f"place={world.community.code}") == [*up, world.community.code, world.grid.code]
    buildings = [world.building1.code, world.building2.code]
    line = [*up, world.community.code, world.grid.code, world.compound.code]
    assert offered(f"place={world.compound.code}") == line + buildings
    assert offered("place=nowhere") == up
