"""The register: filters that stay in the address, 25 rows, eight statements, a sheet that calculates nothing."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from communities.place import Kind as PlaceKind
from kernel import waiting
from kernel.db import db
from kernel.work import work
from partners.kind import Kind
from partners.partner import Partner
from partners.register import Register
from tests.support.pages import part
from tests.support.statements import counted


def names(world, person=None, **asked):
    return {partner.name for partner in Register(**asked).page(person or world.wu)[0]}


@pytest.fixture
def many(grown, world):
    """Sixty more partners in the other community."""

    def build():
        for number in range(60):
            facts = {"capabilities": [world.haircut, world.appliance], "offers": "义剪"}
            partner = Partner.apply(Kind.TEAM, f"示例队{number}", world.other_community, by=None, **facts)
            partner.verify(by=world.stranger_lin)
        return world

    return grown("many_partners", build)


def test_everybody_reads_active_partners_and_staff_reads_who_applied(world):
    public = {"白鹭科技（示例）", "红管家·邻里情（示例）", "区城管局（示例）"}
    assert names(world) == public
    assert names(world, world.lin) == public | {"周师傅磨刀（示例）"}


def test_by_kind_place_capability_and_word(world):
    assert names(world, kind=Kind.TEAM) == {"红管家·邻里情（示例）"}
    assert names(world, capability_id=world.appliance.id) == {"白鹭科技（示例）"}
    assert names(world, text="便民服务") == {"白鹭科技（示例）"}
    assert names(world, place=world.other_community) == {"区城管局（示例）"}
    assert len(names(world, place=world.building1)) == 3
    assert len(names(world, place=world.district)) == 3
    assert names(world, place=world.building1, near=True) == {"白鹭科技（示例）", "红管家·邻里情（示例）"}


@pytest.mark.parametrize(
    "query",
    ["kind=nothing", "capability=x", "capability=99999999999999999999", "place=nowhere", "page=!!", "page=WzFd",
     "q=%25_", "q=" + "长" * 500, "kind=team&kind=firm"],
)  # fmt: skip
def test_an_address_that_says_nothing_narrows_nothing_or_finds_nothing(enter, query):
    assert enter().get(f"/partners/?{query}").status_code == 200
    assert enter().get(f"/partners.xlsx?{query}").status_code == 200


def test_the_list_goes_on_where_it_stopped(enter, many):
    client, url, seen = enter(), "/partners/?kind=team", []
    while url:
        page = client.get(url)
        rows = part(page, "rows")
        seen += [name.split("<")[0] for name in rows.split("<bdi>")[1:] if name.startswith(("示例队", "红管家"))]
        more = part(page, "rows-more")
        url = more.split('href="')[1].split('"')[0].replace("&amp;", "&") if "href" in more else None
        assert "kind=team" in (url or "kind=team")
    assert len(seen) == len(set(seen)) == 61
    assert seen[0] == "示例队59"


def test_the_sentence_counts_what_is_listed(enter, world, many):
    assert "63 家企业、单位、队伍和居民" in enter().get("/partners/").text
    assert "61 家志愿服务队" in enter().get("/partners/?kind=team").text
    assert Register(kind=Kind.TEAM).page(world.wu)[1] == 61


@pytest.mark.parametrize("name", [None, "committee", "partner", "volunteer"])
def test_eight_statements_whatever_the_number_of_rows(enter, world, many, name):
    client = enter(name)
    query = f"kind=team&capability={world.haircut.id}&q=示例"
    client.get("/partners/")
    with counted() as plain:
        client.get("/partners/")
    with counted() as filtered:
        client.get(f"/partners/?{query}")
    assert len(plain) <= 8, "\n\n".join(plain)
    assert len(filtered) <= 8, "\n\n".join(filtered)


def test_the_sheet_is_read_by_excel_and_calculates_nothing(enter, world):
    with work():
        world.egret.name, world.egret.offers = "=1+1", "@SUM(A1)"
        world.egret.active_since = date(2024, 6, 1)
    answer = enter().get("/partners.xlsx?kind=incubated_firm")
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows())
    head = next(row for row in rows if row[0].value == "编号")
    [row] = rows[rows.index(head) + 1 :]
    cells = dict(zip((cell.value for cell in head), row, strict=True))
    assert (cells["合伙人"].value, cells["合伙人"].data_type) == ("=1+1", "s")
    assert cells["能提供什么"].value == "@SUM(A1)"
    assert cells["电话"].value == "100****0003"
    assert cells["加入日期"].value.date() == date(2024, 6, 1)


@pytest.mark.parametrize(("name", "whole"), [("committee", True), ("partner", True), ("other-committee", False)])
def test_the_sheet_shows_whole_numbers_to_insiders(enter, name, whole):
    answer = enter(name).get("/partners.xlsx?kind=incubated_firm")
    values = [cell for row in load_workbook(BytesIO(answer.data)).active.values for cell in row]
    assert ("10000000003" in values) == whole


def test_an_empty_list_says_what_to_do(enter):
    assert "换个类别、地点或词再试" in enter().get("/partners/?q=没有这样的词").text


def test_the_page_of_a_place_shows_who_serves_it(enter, world):
    section = part(enter().get(f"/places/{world.building1.code}"), "partners")
    assert "白鹭科技（示例）" in section
    assert "区城管局（示例）" not in section
    assert f"/partners/?place={world.building1.code}" in section


def test_an_application_waits_for_the_committee_of_its_place_alone(world):
    [line] = [line for line in waiting.lines(world.lin) if line.desk.kind == "partner.applied"]
    assert (line.subject, line.due) == ("周师傅磨刀（示例）", world.applicant.answer_due)
    for person in (world.stranger_lin, world.gao, world.he, world.sun, world.wu):
        assert "partner.applied" not in {line.desk.kind for line in waiting.lines(person)}
    with work():
        Partner.apply(Kind.DEPARTMENT, "区民政局（示例）", world.district, by=world.qian, functions=[world.care])
    assert [one.subject for one in waiting.lines(world.gao) if one.desk is line.desk] == ["区民政局（示例）"]


def test_places_have_the_depth_that_near_counts_on(world):
    assert db.session.get_one(type(world.community), world.community.ancestor_ids[2]).kind is PlaceKind.COMMUNITY


def test_words_of_a_partner_are_found(enter, world):
    assert f"/partners/{world.egret.id}" in enter().get("/search?q=便民服务").text
    assert f"/partners/{world.applicant.id}" not in enter().get("/search?q=磨刀").text
