"""The ledgers of partners: a committee's own, in print-ready Excel, without whole numbers of members."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from kernel.db import db
from kernel.ledger import LEDGERS
from kernel.work import work
from partners.ledgers import CAPABILITIES, MEMBERS, PARTNERS
from partners.member import Role
from partners.partner import Partner
from tests.support.statements import counted


def rows(ledger, person, **filters):
    """The rows of a ledger as dicts by column."""
    return [dict(zip(ledger.columns, row, strict=True)) for row in ledger.rows(person, filters)]


def sheet(answer):
    """The first sheet of an answer."""
    return load_workbook(BytesIO(answer.data)).active


def below_the_head(answer, first):
    """(head, rows) of the table in an answer, whose head begins with this word."""
    lines = list(sheet(answer).values)
    at = next(number for number, line in enumerate(lines) if line[0] == first)
    return lines[at], lines[at + 1 :]


def test_a_committee_keeps_those_registered_with_it_and_one_above_it_all_of_them(world):
    mine = ["白鹭科技（示例）", "红管家·邻里情（示例）", "周师傅磨刀（示例）"]
    assert [row["name"] for row in rows(PARTNERS, world.lin)] == mine
    assert [row["name"] for row in rows(PARTNERS, world.he)] == mine
    assert [row["name"] for row in rows(PARTNERS, world.gao)] == ["区城管局（示例）", *mine]
    assert [row["name"] for row in rows(PARTNERS, world.gao, place=world.community.code)] == mine
    assert [row["name"] for row in rows(PARTNERS, world.lin, kind="team")] == mine[1:2]


@pytest.mark.parametrize("ledger", [PARTNERS, MEMBERS, CAPABILITIES], ids=lambda ledger: ledger.name)
def test_who_does_not_decide_there_has_no_rows(world, ledger):
    for stranger in (world.stranger_lin, world.sun, world.zhao, world.wu):
        assert rows(ledger, stranger) == []
        assert rows(ledger, stranger, place=world.community.code) == []


def test_a_place_that_is_nowhere_has_no_rows(world):
    assert rows(PARTNERS, world.gao, place="没有") == []


def test_history_is_left_out(world):
    with work():
        world.team.end("队伍解散", by=world.lin)
    assert "红管家·邻里情（示例）" not in [row["name"] for row in rows(PARTNERS, world.lin)]
    assert rows(MEMBERS, world.lin, kind="team") == []


def test_members_are_masked(world):
    found = rows(MEMBERS, world.lin)
    assert {(row["partner"], row["person"], str(row["role"])) for row in found} == {
        ("白鹭科技（示例）", "赵社长（示例）", "管理员"),
        ("周师傅磨刀（示例）", "周师傅（示例）", "管理员"),
        ("红管家·邻里情（示例）", "吴阿姨（示例）", "成员"),
        ("红管家·邻里情（示例）", "周师傅（示例）", "成员"),
    }
    assert {row["phone"] for row in found} == {"100****0003", "100****0004", "100****0005"}
    with work():
        world.team.let_go(world.wu, by=world.wu)
    assert len(rows(MEMBERS, world.lin)) == 3


def test_one_row_for_each_thing_that_a_partner_can_do(world):
    with work():
        for capability in (world.appliance, world.haircut):
            world.team.offer(capability, by=world.lin)
        db.session.get_one(Partner, world.team.id).offers = "每月义剪"
    found = [(row["capability"], row["partner"], row["offers"]) for row in rows(CAPABILITIES, world.lin)]
    assert found == [
        ("理发", "红管家·邻里情（示例）", "每月义剪"),
        ("家电维修", "白鹭科技（示例）", ""),
        ("家电维修", "红管家·邻里情（示例）", "每月义剪"),
    ]


def test_the_workbook_is_ready_to_print(enter, world):
    answer = enter("committee").get("/ledgers/partners.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=partners-")
    made = sheet(answer)
    assert [made["A1"].value, made["A2"].value] == ["合伙人台账", "东方社区"]
    assert (made.page_setup.orientation, made.page_setup.paperSize) == ("landscape", 9)
    assert "审核人" in made.oddFooter.left.text
    head, lines = below_the_head(answer, "编号")
    assert len(lines) == 3
    egret = dict(zip(head, lines[0], strict=True))
    assert (egret["合伙人"], egret["类别"], egret["所在"]) == ("白鹭科技（示例）", "孵化企业", "东方社区")
    assert (egret["会做什么"], egret["联系电话"]) == ("家电维修", "10000000003")


def test_members_go_out_masked(enter):
    answer = enter("committee").get("/ledgers/members.xlsx")
    assert "100****0003" in [cell for row in sheet(answer).values for cell in row]
    assert b"10000000003" not in answer.data


def test_staff_chooses_a_place_and_a_ledger(enter, world):
    page = enter("subdistrict").get("/ledgers/").text
    assert all(name in page for name in ("合伙人台账", "合伙人成员台账", "合伙人能力台账", "东方社区", "咸东社区"))
    chosen = enter("subdistrict").get(f"/ledgers/partners.xlsx?place={world.other_community.code}")
    assert below_the_head(chosen, "编号")[1] == []
    assert sheet(chosen)["A2"].value == "咸东社区"


@pytest.mark.parametrize("name", ["volunteer", "partner", "grid", "department"])
def test_who_decides_nowhere_keeps_no_ledger(enter, name):
    assert enter(name).get("/ledgers/").status_code == 403
    assert enter(name).get("/ledgers/partners.xlsx").status_code == 403


def test_nobody_is_asked_to_sign_in_and_a_neighbour_sees_nothing_here(enter, world):
    assert enter().get("/ledgers/").headers["Location"].startswith("/sign-in")
    neighbour = enter("other-committee")
    assert neighbour.get(f"/ledgers/partners.xlsx?place={world.community.code}").status_code == 404
    assert neighbour.get("/ledgers/nothing.xlsx").status_code == 404


def test_few_statements_whatever_the_number_of_rows(enter, world):
    client = enter("committee")
    client.get("/ledgers/")
    for address in ("/ledgers/", *(f"/ledgers/{name}.xlsx" for name in LEDGERS)):
        with counted() as said:
            assert client.get(address).status_code == 200
        assert len(said) <= 8, (address, said)


def test_who_keeps_a_ledger_finds_the_way(enter):
    assert 'href="/ledgers/"' in enter("committee").get("/partners/").text
    assert 'href="/ledgers/"' not in enter("partner").get("/partners/").text


def test_a_manager_of_a_partner_is_no_committee(world):
    with work():
        world.team.join(world.stranger_lin, Role.MANAGER, by=world.lin)
    assert rows(PARTNERS, world.stranger_lin) == []
