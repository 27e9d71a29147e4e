"""Batch accounts: looked at first, then all of it or nothing; the same sheet twice changes nothing."""

import re
from io import BytesIO

import pytest
from sqlalchemy import func, select

from communities.account import Account
from communities.card import Card
from communities.journal import Line
from communities.person import Person
from communities.post import Post
from communities.staff_sheet import COLUMNS
from kernel.db import db
from kernel.draft import Draft
from kernel.sheets import csv_bytes, read
from kernel.work import work

HEADERS = ["姓名", "手机号", "岗位", "地点编码或名称", "从哪天"]
GOOD = [
    ["钱主任（示例）", "10000000101", "居委会", "东方社区", "2026-11-01"],
    ["钱主任（示例）", "10000000101", "下沉干部", "31小区", ""],
    ["周干部（示例）", "１００ ００００ ０１０２", "Grid worker", "610102004003-G1", "2026年11月2日"],
]


def upload(client, rows, headers=HEADERS, name="staff.csv"):
    file = (BytesIO(csv_bytes(headers, rows)), name)
    return client.post("/staff-imports/", data={"file": file}, content_type="multipart/form-data")


def confirm(client, rows=GOOD):
    return client.post(f"{upload(client, rows).location}/confirmation")


def counts():
    tables = (Person, Account, Post, Card, Line)
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_an_upload_is_looked_at_before_it_counts(world, enter):
    before = counts()
    client = enter("committee")
    page = client.get(upload(client, GOOD).location).get_data(as_text=True)
    assert "钱主任（示例）" in page
    assert "要安排的岗位" in page
    assert counts() == before


def test_a_confirmed_sheet_opens_accounts_and_prints_a_code_each(world, enter):
    before = counts()
    answer = confirm(enter("committee"))
    page = answer.get_data(as_text=True)
    digits = re.findall(r'<p class="code">(\d{4}) (\d{4})</p>', page)
    assert answer.status_code == 200
    assert len(digits) == 2
    assert [now - then for now, then in zip(counts(), before, strict=True)] == [2, 2, 3, 2, 1]
    slips = re.findall(r'<li class="slip">.*?</li>', page, re.S)
    [cadre] = [slip for slip in slips if "周干部" in slip]
    code = "".join(re.search(r'<p class="code">(\d{4}) (\d{4})</p>', cadre).groups())
    newcomer = enter()
    assert newcomer.post("/card", data={"phone": "10000000102", "code": code}).location == "/me/account"
    assert newcomer.get("/posts/").status_code == 200
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_the_same_sheet_again_changes_nothing(world, enter):
    client = enter("committee")
    confirm(client)
    before = counts()
    page = client.get(upload(client, GOOD).location).get_data(as_text=True)
    assert "现在都已经是这样" in page
    assert confirm(client).status_code == 303
    assert counts() == before


def test_whoever_is_known_gets_a_post_and_no_code(world, enter):
    row = [world.wu.name, world.wu.phone, "网格员", "第一网格", ""]
    answer = confirm(enter("committee"), [row])
    assert answer.status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Card)) == 0
    assert [post.place_id for post in world.wu.posts] == [world.grid.id]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (["", "10000000103", "网格员", "第一网格", ""], "姓名", "请写姓名"),
        (["甲", "12345", "网格员", "第一网格", ""], "手机号", "请写 11 位手机号"),
        (["甲", "10000000103", "皇帝", "第一网格", ""], "岗位", "没有这个岗位"),
        (["甲", "10000000103", "网格员", "", ""], "地点编码或名称", "请写地点"),
        (["甲", "10000000103", "网格员", "咸东社区", ""], "地点编码或名称", "没有找到“咸东社区”"),
        (["甲", "10000000103", "网格员", "东方社区", ""], "地点编码或名称", "设在"),
        (["甲", "10000000103", "社区党委", "东方社区", ""], "岗位", "要由上一级来安排"),
        (["甲", "10000000103", "网格员", "第一网格", "2026-02-30"], "从哪天", "这个日期看不懂"),
        (["乙", "10000000101", "网格员", "第一网格", ""], "手机号", "前面写的是“钱主任（示例）”"),
        (["乙", "10000000004", "网格员", "第一网格", ""], "手机号", "登记的是另一个姓名"),
    ],
)
def test_one_wrong_row_keeps_the_whole_sheet_out_and_says_where(world, enter, row, column, sentence):
    before = counts()
    client = enter("committee")
    answer = confirm(client, [*GOOD, row])
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert counts() == before
    assert "第 5 行" in page
    assert sentence in page
    assert column in page


def test_hostile_cells_are_shown_and_stored_as_text(world, enter):
    client = enter("committee")
    row = ["=cmd()<script>\u202e", "10000000109", "网格员", "第一网格", ""]
    page = client.get(upload(client, [row]).location).get_data(as_text=True)
    assert "=cmd()&lt;script&gt;" in page
    assert confirm(client, [row]).status_code == 200


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"\x00\x01", "a.csv"), (b"PK\x03\x04broken", "a.xlsx"), (b"a,b\n1,2", "a.csv"), (b"", "a.csv"), (b"x", "a.exe")],
)
def test_a_file_that_is_no_sheet_is_refused_beside_its_field(enter, data, name):
    client = enter("committee")
    answer = client.post("/staff-imports/", data={"file": (BytesIO(data), name)}, content_type="multipart/form-data")
    assert answer.status_code in (409, 422)
    assert 'id="file-error"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(("name", "status"), [("grid", 403), ("volunteer", 403), (None, 303)])
def test_only_deciders_import(enter, name, status):
    client = enter(name)
    assert client.get("/staff-imports/").status_code == status
    assert upload(client, GOOD).status_code == status


def test_an_upload_is_its_senders(enter):
    where = upload(enter("committee"), GOOD).location
    other = enter("subdistrict")
    assert other.get(where).status_code == 404
    assert other.post(f"{where}/confirmation").status_code == 404


def test_who_has_not_signed_in_yet_is_a_list_of_places(world, enter):
    client = enter("committee")
    confirm(client)
    page = client.get("/staff-imports/waiting").get_data(as_text=True)
    assert "周干部" in page
    assert "钱主任" in page
    assert "孙网格员" not in page
    with work():
        account = db.session.scalar(select(Account).where(Account.username == "10000000102"))
        account.password_hash = "x"
    assert "周干部" not in client.get("/staff-imports/waiting").get_data(as_text=True)


def test_the_template_can_be_read_back(enter):
    answer = enter("committee").get("/staff-imports/template.xlsx")
    assert read(answer.data, "staff.xlsx", columns=COLUMNS).problems == []
