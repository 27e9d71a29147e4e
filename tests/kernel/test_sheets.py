"""Rows come in as people meant them, with a sentence for each cell that does not."""

from datetime import date, datetime, time

import pytest

from kernel.export import write
from kernel.sheets import SheetProblem
from tests.kernel.workbooks import PEOPLE, book, take, text_file, values


class TestRead:
    def test_excel(self):
        sheet = take(book(["姓名", "手机号", "备注"], *PEOPLE))
        assert values(sheet) == [tuple(row) for row in PEOPLE]
        assert [row.number for row in sheet.rows] == [2, 3]
        assert sheet.problems == sheet.unknown == []
        assert sheet.rows[0]["phone"] == "13800000001"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_csv(self, encoding):
        sheet = take(text_file(["姓名", "手机号", "备注"], *PEOPLE, encoding=encoding), "名单.CSV")
        assert values(sheet) == [tuple(row) for row in PEOPLE]
        assert [row.number for row in sheet.rows] == [2, 3]

    def test_headers_in_any_language_order_and_width(self):
        sheet = take(book(["Note", " phone *", "ＮＡＭＥ", "城市"], ["n", "1", "吴阿姨", "许昌"]))
        assert values(sheet) == [("吴阿姨", "1", "n")]
        assert sheet.headers == {"name": "ＮＡＭＥ", "phone": "phone *", "note": "Note"}
        assert sheet.unknown == ["城市"]

    def test_title_and_notes_may_stand_above_the_header(self):
        sheet = take(write("志愿者名单", ["姓名", "手机号", "备注"], PEOPLE, notes=["导出日期 2026-11-28", "手机号"]))
        assert values(sheet) == [tuple(row) for row in PEOPLE]
        assert [row.number for row in sheet.rows] == [5, 6]

    def test_numbers_days_and_times_come_as_people_typed_them(self):
        keys = {"phone": ["a"], "half": ["b"], "day": ["c"], "moment": ["d"], "clock": ["e"], "count": ["f"]}
        row = [13800000000, 0.1 + 0.2, date(2026, 12, 1), datetime(2026, 12, 1, 7, 30), time(19, 5), 3]
        formats = ["0", "0.0", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm", "0"]
        sheet = take(book([*"abcdef"], row, formats=formats), columns=keys)
        assert values(sheet) == [("13800000000", "0.3", "2026-12-01", "2026-12-01 07:30", "19:05", "3")]

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (book(["姓名", "手机号", "备注"], ["吴", 110101199001011234, ""]), "a.xlsx"),
            (text_file(["姓名", "手机号", "备注"], ["吴", "1.10101E+17", ""]), "a.csv"),
        ],
    )
    def test_a_number_that_excel_rounded_is_a_problem(self, data, name):
        (problem,) = take(data, name).problems
        assert (problem.row, problem.column) == (2, "手机号")
        assert "15" in str(problem.message)

    def test_text_is_clean_and_full_width_digits_are_plain(self):
        sheet = take(book(["姓名", "手机号", "备注"], ["\u202e吴\u2066阿姨\t李", "１３８００", "（一）e\u0301\n二"]))
        assert values(sheet) == [("吴阿姨 李", "13800", "（一）é\n二")]

    def test_empty_rows_are_left_out_and_numbers_stay(self):
        sheet = take(book(["姓名", "手机号", "备注"], [], ["吴"], [" ", "\u3000"], ["赵"]))
        assert [(row.number, row["name"]) for row in sheet.rows] == [(3, "吴"), (5, "赵")]

    def test_a_missing_column_is_a_problem_unless_optional(self):
        data = book(["姓名", "备注"], ["吴", ""])
        (problem,) = take(data).problems
        assert (problem.row, problem.column) == (1, "手机号")
        assert take(data, optional={"phone"}).problems == []
        assert values(take(data)) == [("吴", "", "")]

    def test_the_same_column_twice_is_a_problem(self):
        (problem,) = take(book(["姓名", "手机号", "备注", "电话"], ["吴", "1", "", "2"])).problems
        assert (problem.row, problem.column) == (1, "电话")

    def test_a_problem_names_the_column_as_the_file_does(self):
        sheet = take(book(["Name", "Phone", "Note"], ["吴", "x", ""]))
        sheet.problem(2, "phone", "不是手机号")
        assert sheet.problems == [SheetProblem(2, "Phone", "不是手机号")]

    def test_the_first_visible_sheet_is_read(self):
        assert values(take(book(["姓名", "手机号", "备注"], *PEOPLE, hidden=True))) == [tuple(row) for row in PEOPLE]

    def test_a_renamed_workbook_is_read(self):
        assert values(take(book(["姓名", "手机号", "备注"], *PEOPLE), "名单.csv")) == [tuple(row) for row in PEOPLE]
