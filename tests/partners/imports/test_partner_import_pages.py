"""Importing partners on the screen: preview, all or nothing, ten thousand rows, and files that mean harm."""

from io import BytesIO
from time import perf_counter, process_time
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from sqlalchemy import func, select

from kernel.db import db, seen
from kernel.draft import Draft
from kernel.ledger import LEDGERS
from kernel.sheets import csv_bytes, write
from kernel.task import Task
from kernel.task_run import run_task
from kernel.work import work
from partners.imports.sheet import TAKEN, take
from partners.partner import Partner
from tests.kernel.workbooks import book
from tests.partners.imports.test_partner_import import code, row
from tests.support.machine import own, waited
from tests.support.pages import part
from tests.support.statements import counted

SECONDS = 15
LOCKED = 4  # seconds of our own time, less than the patience of another writer


def file(rows, kind="csv"):
    """A file of these rows."""
    keys = list(rows[0])
    heads, lines = [str(TAKEN[key]) for key in keys], [[one.get(key, "") for key in keys] for one in rows]
    data = csv_bytes(heads, lines) if kind == "csv" else write("合伙人", heads, lines)
    return data, f"合伙人.{kind}"


def send(client, rows, kind="csv"):
    """Upload these rows."""
    return upload(client, *file(rows, kind))


def upload(client, data, filename):
    """Upload a file, as a browser sends it."""
    return client.post("/partner-imports/", data={"file": (BytesIO(data), filename)})


def stored():
    return db.session.scalar(select(func.count(Partner.id)))


def newest():
    db.session.rollback()
    return db.session.scalars(seen(select(Task).order_by(Task.id.desc()))).first()


class TestSmall:
    def test_uploaded_looked_at_and_confirmed(self, enter, world):
        committee = enter("committee")
        offers = {"id": world.egret.id, "offers": "每周义修"}
        page = send(committee, [row(phones="10000000003", id="", offers=""), offers], "xlsx").location
        text = part(committee.get(page), "upload")
        for word in (
            "新登记",
            "青禾教育（示例）",
            "100****0003",
            "白鹭科技（示例）",
            "每周义修",
            "就这样导入",
            "有效一年",
        ):
            assert word in text
        assert "10000000003" not in text
        before = stored()
        answer = committee.post(f"{page}/confirmation")
        assert answer.location == "/ledgers/"
        assert "导入好了：新登记 1 家，更新 1 家。" in committee.get(answer.location).text
        assert stored() == before + 1
        assert committee.get(page).status_code == 404

    def test_what_is_wrong_is_named_and_nothing_can_be_confirmed(self, enter, world):
        committee, before = enter("committee"), stored()
        page = send(committee, [row(phones=""), row("另一家", credit_code="123", phones="10000000999")]).location
        text = committee.get(page).text
        assert "第 3 行" in text
        assert "100****0999" in text
        assert "10000000999" not in text
        assert "就这样导入" not in text
        assert committee.post(f"{page}/confirmation").status_code == 409
        assert stored() == before

    def test_the_ledger_that_was_downloaded_can_be_uploaded(self, enter, world):
        committee = enter("committee")
        data = committee.get("/ledgers/partners.xlsx").data
        page = upload(committee, data, "台账.xlsx").location
        assert "完全一样，不用导入" in committee.get(page).text

    def test_a_draft_can_be_dropped(self, enter, world):
        committee = enter("committee")
        page = send(committee, [row()]).location
        assert committee.post(f"{page}/removal").status_code == 303
        assert db.session.scalar(seen(select(func.count(Draft.id)))) == 0

    @pytest.mark.parametrize("name", ["volunteer", "partner", "grid", "department"])
    def test_who_decides_nowhere_imports_nothing(self, enter, world, name):
        client, before = enter(name), stored()
        assert client.get("/partner-imports/").status_code == 403
        assert send(client, [row()]).status_code == 403
        assert stored() == before

    def test_a_colleague_and_a_stranger_do_not_see_the_upload(self, enter, world):
        page = send(enter("committee"), [row()]).location
        for name in ("subdistrict", "other-committee"):
            assert enter(name).get(page).status_code == 404

    def test_a_stranger_imports_to_his_own_community_only(self, enter, world):
        page = send(enter("other-committee"), [row()]).location
        assert "您管的范围里没有叫“东方社区”" in enter("other-committee").get(page).text

    def test_few_statements(self, enter, world):
        committee = enter("committee")
        page = send(committee, [row(f"第{n}家", credit_code=code(n)) for n in range(30)]).location
        for path in ("/partner-imports/", "/partner-imports/template.xlsx"):
            committee.get(path)
            with counted() as said:
                assert committee.get(path).status_code == 200
            assert len(said) <= 8, "\n\n".join(said)
        with counted() as said:
            assert committee.get(page).status_code == 200
        assert len(said) <= 24, "\n\n".join(said)  # the look-ups of a sheet, whatever the number of its rows


class TestTemplate:
    def test_lists_to_choose_from_and_a_sheet_that_explains(self, enter, world):
        made = openpyxl.load_workbook(BytesIO(enter("subdistrict").get("/partner-imports/template.xlsx").data))
        assert made.sheetnames == ["填写", "选项", "说明"]
        sheet, options, notes = made.worksheets
        heads = [cell.value for cell in sheet[1]]
        assert {"编号", "合伙人", "类别", "所在", "会做什么", "成员手机号"} <= set(heads)
        assert "状态" not in heads
        rules = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
        assert len(rules) == 5
        kinds = [cell.value for cell in options["C"] if cell.value]
        assert (len(kinds), "业委会" in kinds) == (11, True)
        places = [cell.value for cell in options["D"] if cell.value]
        assert places == ["韩森寨街道", "东方社区", "咸东社区"]
        assert [cell.value for cell in notes["A"]][1:] == heads
        assert all(cell.value for cell in notes["B"])

    def test_it_reads_as_an_empty_sheet(self, enter, world):
        data = enter("committee").get("/partner-imports/template.xlsx").data
        taken = take(data, "template.xlsx")
        assert (taken.rows, taken.sheet.problems) == ([], [])


def many(count):
    """So many firms."""
    return [row(f"示例企业{n}", credit_code=code(n), offers="上门维修", capabilities="家电维修") for n in range(count)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_thirty_seven_wrong_rows_of_ten_thousand_are_all_named_and_nothing_is_stored(enter, world, kind):
    rows, before = many(10_000), stored()
    wrong = list(range(200, 200 + 37 * 250, 250))
    for number, at in enumerate(wrong):
        wrongs = [("credit_code", f"12{number}"), ("kind", "公司"), ("place", "没有"), ("contact_phone", "12")]
        rows[at] = rows[at] | dict([wrongs[number % 4]])
    data = file(rows, kind)
    committee, began = enter("committee"), perf_counter()
    page = upload(committee, *data).location
    answer = committee.get(page)
    assert perf_counter() - began < waited(SECONDS)
    task = newest()
    assert [number for number, _column, _message in task.report["problems"]] == [
        at + 2 + (kind == "xlsx") for at in wrong
    ]
    assert task.report["problem_count"] == 37
    assert "共 37 处要改" in answer.text
    assert all(f"第 {at + 2 + (kind == 'xlsx')} 行" in answer.text for at in wrong)
    assert committee.post(f"{page}/confirmation").status_code == 409
    assert stored() == before


def test_one_sees_how_far_a_large_sheet_is_and_may_leave(enter, world, site, monkeypatch):
    monkeypatch.setitem(site.extensions, "run_errand", lambda name, id: None)
    committee = enter("committee")
    page = send(committee, many(2_000)).location
    assert "正在核对这张表" in committee.get(page).text
    assert "正在核对" in committee.get("/partner-imports/").text
    run_task(newest().id)
    assert "就这样导入" in committee.get(page).text
    committee.post(f"{page}/confirmation")
    run_task(newest().id)
    assert "导入好了：新登记 2000 家，更新 0 家。" in committee.get(page).text
    assert stored() == 2_004


def test_ten_thousand_partners_are_stored_while_others_wait_a_moment(enter, world):
    from partners.imports.importing import carry_out
    from partners.imports.plan import plan

    data, name = file(many(10_000))
    taken = take(data, name)
    found = plan(taken, world.lin)
    began = process_time()
    with work():
        carry_out(taken, by=world.lin, found=found)
    assert process_time() - began < own(LOCKED)
    assert stored() == 10_004


def bomb():
    """A workbook of 5 MB that unpacks to 300."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"xl/{number}.bin", b"\0" * 100_000_000)
    return made.getvalue()


def macro():
    """A workbook that carries a program, under the name of one that does not."""
    made = BytesIO(book(["合伙人", "类别"], ["甲", "企业"]))
    with ZipFile(made, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
    return made.getvalue()


HOSTILE = {
    "a bomb": (bomb, "a.xlsx", "文件太大"),
    "a program": (macro, "a.xlsx", "不接收带宏的文件"),
    "a program by name": (lambda: b"x", "a.xlsm", "不接收带宏的文件"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0", "a.xls", "不接收 .xls"),
    "no sheet": (lambda: b"%PDF-1.7", "a.pdf", "读不出来"),
    "nothing": (lambda: b"", "a.csv", "没有找到表头"),
    "other headers": (lambda: book(["甲", "乙"], ["1", "2"]), "a.xlsx", "没有找到表头"),
}


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_means_harm_gets_a_sentence(enter, world, name):
    made, filename, sentence = HOSTILE[name]
    before = stored()
    answer = upload(enter("committee"), made(), filename)
    assert answer.status_code == 409
    assert sentence in answer.text
    assert stored() == before


@pytest.mark.databases("sqlite")
def test_a_million_rows_get_a_sentence(enter, world):
    lines = b"a,b,c\n" * 1_000_000
    answer = enter("committee").post(
        "/partner-imports/", data={"file": (BytesIO("合伙人,类别,所在\n".encode() + lines), "a.csv")}
    )
    page = enter("committee").get(answer.location).text
    assert "文件超过 20000 行" in page
    assert "没有办成" in page


@pytest.mark.databases("sqlite")
def test_formulas_and_gb18030_are_text(enter, world):
    committee = enter("committee")
    text = "合伙人,类别,所在,能帮什么忙,联系人,联系电话\n=1+1,居民个人,东方社区,=cmd|' /c calc'!A0,𠮷师傅,10000000101\n"
    page = upload(committee, text.encode("gb18030"), "a.csv").location
    committee.post(f"{page}/confirmation")
    partner = db.session.scalars(select(Partner).where(Partner.name == "=1+1")).one()
    assert (partner.skills, partner.contact_name) == ("=cmd|' /c calc'!A0", "𠮷师傅")
    made = openpyxl.load_workbook(BytesIO(LEDGERS["partners"].workbook(world.lin, {}))).active
    assert {cell.data_type for line in made.iter_rows() for cell in line if cell.value == "=1+1"} == {"s"}
