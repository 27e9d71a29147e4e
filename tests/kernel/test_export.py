"""Sheets go out ready to print, and no text in them is ever calculated."""

import csv
from datetime import UTC, date, datetime, time
from io import BytesIO, StringIO

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kernel.export import csv_bytes, template, write
from tests.kernel.workbooks import take, values

EVIL = [
    "=1+1",
    '=HYPERLINK("http://evil","x")',
    "+1+1",
    "-1",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "＝1+1",
    "http://evil.cn",
    "mailto:x@y.z",
]


def opened(data):
    return openpyxl.load_workbook(BytesIO(data))


class TestWrite:
    def test_cells_keep_their_kind(self):
        row = ["吴阿姨", 3, 1.5, date(2026, 12, 1), datetime(2026, 11, 30, 23, tzinfo=UTC), time(7, 30), None, 10**17]
        (*_, cells) = opened(write("台账", [*"abcdefgh"], [row])).active.iter_rows(values_only=True)
        moment = datetime(2026, 12, 1, 7)
        assert cells == ("吴阿姨", 3, 1.5, datetime(2026, 12, 1), moment, time(7, 30), None, str(10**17))

    def test_text_is_never_a_formula_or_a_link(self):
        sheet = opened(write("=1+1", EVIL, [EVIL], notes=EVIL)).active
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert len(cells) == 1 + 3 * len(EVIL)
        assert {cell.data_type for cell in cells} == {"s"}
        assert not any(cell.hyperlink for cell in cells)

    def test_it_is_ready_to_print_and_to_filter(self):
        sheet = opened(write("台账", ["姓名", "备注"], [["吴", "x" * 100]], notes=["一", "二"])).active
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A5", "A4:B5", "$4:$4")
        assert [sheet["A1"].value, sheet["A2"].value, sheet["A4"].value] == ["台账", "一", "姓名"]
        assert sheet.column_dimensions["A"].width < sheet.column_dimensions["B"].width <= 41

    def test_whose_it_is_and_when_it_was_made_stand_above_and_who_signs_at_the_foot(self):
        made = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
        facts = {"place": "东方社区", "as_of": made, "notes": ["共 1 行"], "signers": ["填表人", "审核人 & 日期"]}
        sheet = opened(write("台账", ["姓名", "电话", "备注"], [["吴", "1", "2"]], **facts)).active
        assert [sheet["A2"].value, sheet["C2"].value] == ["东方社区", "截至 2026-11-23 14:05（北京时间）"]
        assert (sheet["A3"].value, sheet["A4"].value, sheet.freeze_panes) == ("共 1 行", "姓名", "A5")
        assert sheet["A1"].alignment.horizontal == sheet["C1"].alignment.horizontal == "centerContinuous"
        assert sheet.oddFooter.left.text == "填表人：____________　审核人 && 日期：____________"
        assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"

    def test_one_column_holds_them_below_each_other(self):
        sheet = opened(
            write("台账", ["姓名"], [["吴"]], place="东方社区", as_of=datetime(2026, 1, 1, tzinfo=UTC))
        ).active
        assert [sheet[f"A{row}"].value for row in (2, 3, 4)] == [
            "东方社区",
            "截至 2026-01-01 08:00（北京时间）",
            "姓名",
        ]

    def test_many_wide_columns_share_the_page(self):
        sheet = opened(write("台账", [*"abcdefgh"], [["长" * 60] * 7 + ["短"]])).active
        long, short = (sheet.column_dimensions[letter] for letter in "AH")  # the same width is written once
        assert (long.min, long.max) == (1, 7)
        assert short.width < long.width
        assert 7 * long.width + short.width <= 160

    def test_widths_are_taken_as_given(self):
        sheet = opened(write("台账", ["a", "b"], [], widths=[12, 30])).active
        assert round(sheet.column_dimensions["B"].width) == 31

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=50), st.lists(st.text(max_size=30), min_size=2, max_size=2))
    @example("a/b:c*[d]?'\\" * 9, ["\ud800", "_x0041_"])
    def test_any_text_can_be_written(self, title, row):
        sheet = opened(write(title, ["甲", "乙"], [row], notes=[title])).active
        assert sheet["A3"].value == "甲"

    def test_text_beyond_the_limit_of_excel_is_cut_and_not_lost(self):
        assert len(opened(write("台账", ["a"], [["中" * 40_000]])).active["A3"].value) == 32_767


class TestTemplate:
    def test_choices_are_offered_and_cells_are_text(self):
        kinds = [f"第{n}种" for n in range(100)]
        made = opened(template(["姓名", "类别"], {"类别": kinds}))
        sheet, lists = made.worksheets
        (rule,) = sheet.data_validations.dataValidation
        assert (str(rule.sqref), rule.type, rule.formula1) == ("B2:B5001", "list", f"'{lists.title}'!$B$1:$B$100")
        assert [cell.value for cell in lists["B"]] == kinds
        assert lists.sheet_state == "hidden"
        assert sheet.column_dimensions["A"].number_format == "@"

    def test_where_several_may_be_typed_the_list_only_helps_and_notes_stand_on_a_sheet_of_their_own(self):
        facts = {"several": ["本领"], "notes": [("姓名", "必填。"), ("本领", "几个用顿号隔开。")]}
        made = opened(template(["姓名", "本领"], {"本领": ["理发", "木工"]}, **facts))
        (rule,) = made.worksheets[0].data_validations.dataValidation
        assert not rule.showErrorMessage
        assert list(made["说明"].values) == [("列", "怎么填"), ("姓名", "必填。"), ("本领", "几个用顿号隔开。")]

    def test_a_filled_template_is_read(self):
        made = opened(template(["姓名", "手机号", "备注"], {"备注": ["甲", "乙"]}))
        made.worksheets[0].append(["吴阿姨", "013800", "甲"])
        data = BytesIO()
        made.save(data)
        assert values(take(data.getvalue())) == [("吴阿姨", "013800", "甲")]


class TestCsv:
    def test_formulas_get_an_apostrophe_and_phones_survive(self):
        row = [*EVIL, "+8613800000000", "+86 138-0000-0000", -5, 1.5, "a=b", "", None]
        data = csv_bytes(["a"], [row])
        _, cells = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
        changed = ["'=1+1", '\'=HYPERLINK("http://evil","x")', "'+1+1", "'-1", "'@SUM(A1)", "'=1", "'=1", "'＝1+1"]
        kept = ["http://evil.cn", "mailto:x@y.z", "+8613800000000", "+86 138-0000-0000", "-5", "1.5", "a=b", "", ""]
        assert cells == changed + kept

    def test_it_starts_with_the_mark_and_ends_lines_as_excel_does(self):
        assert csv_bytes(["姓名"], [["吴"]]) == b"\xef\xbb\xbf" + "姓名\r\n吴\r\n".encode()

    @given(st.text(max_size=30))
    def test_no_cell_starts_a_formula(self, text):
        _, (cell,) = csv.reader(StringIO(csv_bytes(["a"], [[text]]).decode("utf-8-sig"), newline=""))
        assert cell.lstrip()[:1] not in {*"=-@"}

    def test_what_is_written_is_read(self):
        rows = [["吴阿姨", "13800000001", "一\n二"], ['"赵",', "+8613800000002", "x"]]
        assert values(take(csv_bytes(["姓名", "手机号", "备注"], rows), "a.csv")) == [tuple(row) for row in rows]
