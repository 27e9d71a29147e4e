"""服务清单: by the tree of capabilities, by place, by level; 25 a page, eight statements, a sheet."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from communities.catalogue import Capability
from kernel.db import db
from kernel.work import work
from partners.ability import Level, Unit
from partners.kind import Kind
from partners.partner import Partner
from partners.services import Services
from tests.support.pages import part
from tests.support.statements import counted


def found(**asked):
    return [(row.capability.code, row.partner.name) for row in Services(**asked).page()[0]]


@pytest.fixture
def busy(grown, world):
    """白鹭科技 cuts hair well, the team plainly; a suspended partner does not count."""

    def build():
        facts = {"level": Level.CERTIFIED, "evidence": "理发师证（示例）", "amount": 8, "unit": Unit.PEOPLE}
        world.egret.offer(world.haircut, by=world.zhao, **facts)
        world.team.offer(world.haircut, by=world.lin)
        world.department.offer(world.haircut, by=world.qian)
        world.department.suspend("停一停", by=world.gao)
        return world

    return grown("able", build)


@pytest.fixture
def many(grown, busy):
    """Sixty more partners that can cut hair."""

    def build():
        for number in range(60):
            made = Partner.apply(
                Kind.TEAM, f"示例队{number}", busy.other_community, by=None, capabilities=[busy.haircut]
            )
            made.verify(by=busy.stranger_lin)
        return busy

    return grown("many_able", build)


def test_by_the_catalogue_the_best_first(busy):
    egret, team = busy.egret.name, busy.team.name
    assert found() == [("haircut", egret), ("haircut", team), ("appliance", egret)]


def test_by_heading_level_place_and_word(busy):
    heading = db.session.get_one(Capability, busy.appliance.parent_id)
    assert found(capability_id=heading.id) == [("appliance", busy.egret.name)]
    assert found(capability_id=busy.haircut.id, level=Level.SKILLED) == [("haircut", busy.egret.name)]
    assert found(place=busy.other_community) == []
    assert len(found(place=busy.building1)) == 3
    assert found(text="便民服务") == [("haircut", busy.egret.name), ("appliance", busy.egret.name)]


def test_what_has_run_out_or_was_dropped_is_not_offered(busy):
    with work():
        busy.egret.drop(busy.appliance, by=busy.zhao)
        busy.team.verified_until = busy.team.active_since.replace(year=2020)
    assert found() == [("haircut", busy.egret.name)]


def test_the_page_says_how_much_and_keeps_its_filters(enter, busy):
    page = enter().get(f"/services/?capability={busy.haircut.id}&level=certified&place={busy.building1.code}").text
    for words in ("8 人", "有资质证书", "等核对", busy.egret.name):
        assert words in page
    assert busy.team.name not in page
    assert f"/services.xlsx?capability={busy.haircut.id}&amp;place={busy.building1.code}&amp;level=certified" in page
    assert "换个本领、地点或词再试" in enter().get("/services/?q=没有这样的词").text


def test_the_list_goes_on_where_it_stopped(enter, busy, many):
    client, url, seen = enter(), f"/services/?capability={busy.haircut.id}", []
    while url:
        page = client.get(url)
        seen += [
            row.split("<")[0] for row in part(page, "rows").split("<bdi>")[1:] if row.startswith(("示例队", "白", "红"))
        ]
        more = part(page, "rows-more")
        url = more.split('href="')[1].split('"')[0].replace("&amp;", "&") if "href" in more else None
    assert len(seen) == len(set(seen)) == 62
    assert seen[0] == busy.egret.name


@pytest.mark.parametrize("query", ["capability=x", "level=king", "place=nowhere", "page=!!", "page=WzFd", "q=%25_"])
def test_an_address_that_says_nothing_narrows_nothing_or_finds_nothing(enter, busy, query):
    assert enter().get(f"/services/?{query}").status_code == 200
    assert enter().get(f"/services.xlsx?{query}").status_code == 200


@pytest.mark.parametrize("name", [None, "committee", "partner"])
def test_eight_statements_whatever_the_number_of_rows(enter, busy, many, name):
    client = enter(name)
    client.get("/services/")
    for query in ("", f"?capability={busy.haircut.id}&place={busy.other_community.code}&level=can&q=示例"):
        with counted() as said:
            assert client.get(f"/services/{query}").status_code == 200
        assert len(said) <= 8, "\n\n".join(said)


def test_the_sheet_has_the_whole_of_it_and_masks_numbers(enter, busy):
    rows = list(load_workbook(BytesIO(enter().get("/services.xlsx").data)).active.values)
    at = next(n for n, row in enumerate(rows) if row[0] == "会做什么")
    cells = [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]
    assert [(row["会做什么"], row["做得怎么样"], row["同时能做多少"], row["单位"]) for row in cells] == [
        ("理发", "有资质证书", 8, "人"), ("理发", "会做", None, None), ("家电维修", "会做", None, None)
    ]  # fmt: skip
    assert cells[0]["电话"] == "100****0003"
    values = [
        cell
        for row in load_workbook(BytesIO(enter("partner").get("/services.xlsx").data)).active.values
        for cell in row
    ]
    assert "10000000003" in values
