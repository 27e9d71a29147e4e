"""套表: a superior's sheet is matched once with a ledger, and comes back filled with its look."""

from io import BytesIO

import openpyxl
import pytest

from communities.journal import Line
from communities.place import Place
from communities.proforma import (
    NameUsed,
    NoHeader,
    NothingMatched,
    Proforma,
    RowNotEmpty,
    TallCells,
    WrongRows,
)
from communities.proforma_guess import COUNTER, guess_keys, guess_rows
from kernel.blank import layout
from kernel.db import db
from kernel.ledger import LEDGERS
from kernel.work import work
from tests.kernel.blanks import blank, saved
from tests.support.statements import counted

KEYS = {"1": COUNTER, "2": "name", "3": "contact_name", "4": "contact_phone", "5": "offers"}


def upload(data=None, name="街道月报", ledger="partners", filename="上级.xlsx", **more):
    file = (BytesIO(blank() if data is None else data), filename)
    return {"file": file, "name": name, "ledger": ledger} | more


@pytest.fixture
def sheet(world):
    """The id of a sheet of 东方社区, as it was guessed."""
    data = blank()
    with work():
        facts = (world.community, "街道月报", LEDGERS["partners"], ("上级.xlsx", data), layout(data, "上级.xlsx"))
        made = Proforma.add(*facts, by=world.lin)
        db.session.flush()
        return made.id


def get(id):
    return db.session.get_one(Proforma, id)


class TestGuessing:
    def test_header_of_two_lines_and_what_its_columns_mean(self, world):
        found = layout(blank(), "a.xlsx")
        assert guess_rows(found, LEDGERS["partners"]) == (3, 4, 5)
        assert guess_keys(found.heads(3, 4), LEDGERS["partners"]) == KEYS

    def test_our_own_ledger_is_recognised_as_a_whole(self, world):
        own = LEDGERS["partners"]
        found = layout(own.workbook(world.lin, {}, place="东方社区"), "a.xlsx")
        top, bottom, first = guess_rows(found, own)
        assert (top, bottom) == (4, 4)
        assert first == 8
        assert list(guess_keys(found.heads(4, 4), own).values())[1:4] == ["name", "kind", "stage"]

    def test_a_sheet_that_says_nothing_is_guessed_somehow(self, world):
        book = openpyxl.Workbook()
        book.active["B2"] = "甲"
        found = layout(saved(book), "a.xlsx")
        assert guess_rows(found, LEDGERS["partners"]) == (2, 2, 3)
        assert guess_keys({2: "甲"}, LEDGERS["partners"]) == {}

    def test_an_empty_workbook_is_guessed_too(self, world):
        found = layout(saved(openpyxl.Workbook()), "a.xlsx")
        assert guess_rows(found, LEDGERS["partners"]) == (1, 1, 2)


class TestMatching:
    def test_what_is_guessed_is_kept_and_what_is_not_matched_is_named(self, world, sheet):
        assert (get(sheet).keys, get(sheet).unmatched) == (KEYS, ["备注"])
        (line,) = db.session.scalars(db.select(Line).where(Line.verb == "proforma.added"))
        assert (line.subject_id, line.place_id) == (sheet, world.community.id)

    def test_one_name_one_living_sheet_a_place(self, world, sheet):
        data = blank()
        facts = "街道月报", LEDGERS["members"], ("a.xlsx", data), layout(data, "a.xlsx")
        with pytest.raises(NameUsed, match="东方社区"), work():
            Proforma.add(world.community, *facts, by=world.lin)
        with work():
            get(sheet).retire(by=world.lin)
            Proforma.add(world.community, *facts, by=world.lin)
            Proforma.add(world.other_community, *facts, by=world.stranger_lin)

    def test_columns_are_matched_by_hand(self, world, sheet):
        with work():
            get(sheet).match({2: "name", 7: "about", 99: "name", 4: "nothing", 5: ""}, by=world.lin)
        assert get(sheet).keys == {"2": "name", "7": "about"}
        assert "服务内容" in get(sheet).unmatched
        with pytest.raises(NothingMatched), work():
            get(sheet).match({2: ""}, by=world.lin)

    def test_the_header_may_stand_elsewhere(self, world, sheet):
        with work():
            get(sheet).move(4, 4, 6, by=world.lin)
        assert (get(sheet).heads[4], get(sheet).first) == ("手机", 6)

    @pytest.mark.parametrize(
        ("rows", "refusal"),
        [((4, 3, 5), WrongRows), ((3, 5, 5), WrongRows), ((3, 4, 10), RowNotEmpty), ((6, 6, 7), NoHeader)],
    )
    def test_rows_that_cannot_be(self, world, sheet, rows, refusal):
        with pytest.raises(refusal), work():
            get(sheet).move(*rows, by=world.lin)
        assert get(sheet).first == 5

    def test_rows_that_are_one_cell_are_refused(self, world):
        book = openpyxl.load_workbook(BytesIO(blank()))
        book.active.merge_cells("B6:B8")
        data = saved(book)
        with work():
            facts = "高表", LEDGERS["partners"], ("a.xlsx", data), layout(data, "a.xlsx")
            Proforma.add(world.community, *facts, by=world.lin)
            db.session.flush()
        tall = db.session.scalars(db.select(Proforma).where(Proforma.name == "高表")).one()
        with pytest.raises(TallCells, match="第 6 到 8 行"), work():
            tall.move(3, 4, 5, by=world.lin)


class TestPages:
    def test_uploaded_matched_and_taken_home_filled(self, enter, world):
        committee = enter("committee")
        answer = committee.post("/proformas/", data=upload(place=world.community.id))
        assert answer.status_code == 303, answer.text
        page = committee.get(answer.location).text
        assert "联系方式 / 手机" in page
        assert "这几列会空着，下载以后自己填：<bdi>备注</bdi>" in page
        form = {f"column_{column}": key for column, key in KEYS.items()} | {"column_7": "stage"}
        assert committee.post(f"{answer.location}/columns", data=form).status_code == 303
        assert "每一列都会填上" in committee.get(answer.location).text
        made = committee.get(f"{answer.location}.xlsx")
        sheet = openpyxl.load_workbook(BytesIO(made.data)).active
        assert [cell.value for cell in sheet[5]] == [
            1, "白鹭科技（示例）", "赵社长（示例）", "10000000003", None, None, "合伙人",
        ]  # fmt: skip
        assert [sheet["A1"].value, sheet["A10"].value, sheet["A1"].font.name] == [
            "新城区社区合伙人情况统计表", "合计", "方正小标宋简体",
        ]  # fmt: skip
        assert "%E8%A1%97%E9%81%93%E6%9C%88%E6%8A%A5" in made.headers["Content-Disposition"]

    @pytest.mark.parametrize("ledger", ["members", "capabilities"])
    def test_every_ledger_fills_one(self, enter, world, ledger):
        committee = enter("committee")
        page = committee.post("/proformas/", data=upload(place=world.community.id, ledger=ledger)).location
        sheet = openpyxl.load_workbook(BytesIO(committee.get(f"{page}.xlsx").data)).active
        assert (sheet["A5"].value, "示例" in sheet["B5"].value) == (1, True)
        if ledger == "members":
            assert "****" in sheet["D5"].value

    @pytest.mark.parametrize(
        ("data", "filename", "sentence"),
        [(b"x", "a.xlsx", "请上传 .xlsx"), (None, "a.xlsm", "不接收带宏的文件"), (None, "a.csv", "请上传 .xlsx"),
         (blank(formula='=WEBSERVICE("http://evil")'), "a.xlsx", "G10 的公式")],
    )  # fmt: skip
    def test_what_is_no_empty_sheet_is_told_beside_the_field(self, enter, world, data, filename, sentence):
        answer = enter("committee").post("/proformas/", data=upload(data, filename=filename, place=world.community.id))
        assert answer.status_code == 409
        assert sentence in answer.text
        assert db.session.query(Proforma).count() == 0

    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("committee", 303),
            ("subdistrict", 303),
            ("other-committee", 403),
            ("grid", 403),
            ("partner", 403),
            (None, 303),
        ],
    )
    def test_who_may_add_one(self, enter, world, name, status):
        answer = enter(name).post("/proformas/", data=upload(place=world.community.id))
        assert answer.status_code == status
        assert db.session.query(Proforma).count() == (name is not None and status == 303)

    @pytest.mark.parametrize(
        ("name", "sees", "changes"),
        [("committee", 200, 303), ("subdistrict", 200, 303), ("other-committee", 404, 404), ("grid", 404, 404),
         ("partner", 404, 404), (None, 404, 303)],
    )  # fmt: skip
    def test_who_may_use_and_change_it(self, enter, world, sheet, name, sees, changes):
        client = enter(name)
        assert client.get(f"/proformas/{sheet}").status_code == sees
        assert client.get(f"/proformas/{sheet}.xlsx").status_code == sees
        form = {"top": 4, "bottom": 4, "first": 6}
        status = 404 if name is None else changes
        assert client.post(f"/proformas/{sheet}/header", data=form).status_code == status

    def test_a_sheet_of_the_subdistrict_is_filled_by_its_communities_and_changed_by_itself(self, enter, world):
        page = enter("subdistrict").post("/proformas/", data=upload(place=world.subdistrict.id)).location
        for name in ("committee", "other-committee"):
            client = enter(name)
            assert "街道月报" in client.get("/proformas/").text
            assert "就这样对" not in client.get(page).text
            assert client.get(f"{page}.xlsx").status_code == 200
            assert client.post(f"{page}/removal").status_code == 403
        neighbour = openpyxl.load_workbook(BytesIO(enter("other-committee").get(f"{page}.xlsx").data)).active
        assert neighbour["A5"].value is None

    def test_rows_that_cannot_be_are_told_on_the_page(self, enter, world, sheet):
        answer = enter("committee").post(f"/proformas/{sheet}/header", data={"top": 3, "bottom": 4, "first": 10})
        assert answer.status_code == 409
        assert "第 10 行已经写着“合计”" in answer.text

    def test_a_retired_sheet_is_gone_from_the_list(self, enter, world, sheet):
        committee = enter("committee")
        assert committee.post(f"/proformas/{sheet}/removal").status_code == 303
        assert "街道月报" not in part_main(committee.get("/proformas/").text)
        assert "就这样对" not in committee.get(f"/proformas/{sheet}").text

    def test_nothing_matched_is_a_sentence(self, enter, world, sheet):
        with work():
            get(sheet).keys = {}
        committee = enter("committee")
        assert "至少选一列" in committee.get(f"/proformas/{sheet}").text
        assert committee.get(f"/proformas/{sheet}.xlsx").status_code == 409

    def test_a_ledger_that_is_gone_is_no_accident(self, enter, world, sheet):
        with work():
            get(sheet).ledger = "gone"
        committee = enter("committee")
        assert "已经没有这本台账" in committee.get("/proformas/").text
        assert committee.get(f"/proformas/{sheet}").status_code == 200
        assert committee.get(f"/proformas/{sheet}.xlsx").status_code == 404

    def test_few_statements_whatever_the_number_of_sheets(self, enter, world, sheet):
        data = blank()
        with work():
            for number in range(30):
                facts = (
                    f"套表{number}",
                    LEDGERS["partners"],
                    ("a.xlsx", data),
                    layout(data, "a.xlsx") if not number else get(sheet).found,
                )
                Proforma.add(db.session.get_one(Place, world.community.id), *facts, by=world.lin)
        committee = enter("committee")
        for path in ("/proformas/", "/proformas/new", f"/proformas/{sheet}", f"/proformas/{sheet}.xlsx"):
            committee.get(path)
            with counted() as said:
                assert committee.get(path).status_code == 200
            assert len(said) <= (10 if path.endswith("xlsx") else 8), "\n\n".join(said)
        assert "再看 25 条" in committee.get("/proformas/").text


def part_main(text):
    """The page without the message about what was done."""
    return text.split('id="main"')[1].split('class="empty"')[-1]
