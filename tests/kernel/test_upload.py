"""No file, however made, does more than get its sentence."""

import struct
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kernel.sheets import NoHeader
from kernel.upload import SIZE, FileTooBig, MacroSheet, OldSheet, TooManyRows, UnreadableSheet
from tests.kernel.workbooks import GOOD, book, take, text_file


def packed(entries):
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return data.getvalue()


def swapped(data, name, change):
    """The same workbook with one entry changed."""
    with ZipFile(BytesIO(data)) as file:
        return packed([(e, change(file.read(e)) if e == name else file.read(e)) for e in file.namelist()])


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "name", "refusal"),
        [
            (b"", "a.xlsx", UnreadableSheet),
            (b"", "a.csv", NoHeader),
            (b"x" * (SIZE + 1), "a.csv", FileTooBig),
            (GOOD, "a.xlsm", MacroSheet),
            (packed([("[Content_Types].xml", "x"), ("xl/vbaProject.bin", "x")]), "a.xlsx", MacroSheet),
            (GOOD, "a.xls", OldSheet),
            (b"\xd0\xcf\x11\xe0" + bytes(2_000), "with-password.xlsx", OldSheet),
            (GOOD, "a.pdf", UnreadableSheet),
            (GOOD, "", UnreadableSheet),
            (packed([("a.txt", "x")]), "a.xlsx", UnreadableSheet),
            (packed([(f"{n}.xml", "") for n in range(1_001)]), "a.xlsx", FileTooBig),
            (packed([("xl/worksheets/sheet1.xml", bytes(101_000_000))]), "a.xlsx", FileTooBig),
            (b'\xef\xbb\xbf\xe5\xa7\x93\xe5\x90\x8d\n"open', "a.csv", UnreadableSheet),
            ("姓名\n".encode() + b"x" * 200_000, "a.csv", UnreadableSheet),
            ("姓名\n\0".encode(), "a.csv", UnreadableSheet),
            ("姓名".encode("utf-16"), "a.csv", UnreadableSheet),
            (book(["甲", "乙"], ["1", "2"]), "a.xlsx", NoHeader),
        ],
        ids=range(17),
    )
    def test_each_with_its_sentence(self, data, name, refusal):
        with pytest.raises(UnreadableSheet) as refused:
            take(data, name)
        assert type(refused.value) is refusal
        assert "%" not in str(refused.value)

    @pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
    def test_more_rows_than_allowed(self, name):
        rows = [["姓名", "手机号", "备注"], *([["吴", "1", "x"]] * 6)]
        data = book(*rows) if name == "a.xlsx" else text_file(*rows)
        assert len(take(data, name, rows_max=6).rows) == 6
        with pytest.raises(TooManyRows):
            take(data, name, rows_max=5)

    def test_two_far_cells_do_not_fill_the_memory(self):
        """5 KB that name the last cell of a sheet: read in this process they would end it."""
        far = swapped(GOOD, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="B3"', b'r="XFD1048576"'))
        with pytest.raises(UnreadableSheet):
            take(far)

    def test_one_long_text_in_many_cells_does_not_fill_the_memory(self):
        with pytest.raises(UnreadableSheet):
            take(book(["姓名", "手机号", "备注"], *([["中" * 32_000] * 3] * 2_000)))

    def test_a_packed_file_that_lies_about_its_size(self):
        bomb = bytearray(packed([("[Content_Types].xml", "x"), ("xl/workbook.xml", bytes(90_000_000))]))
        place = bomb.rindex(b"PK\x01\x02")
        bomb[place + 24 : place + 28] = struct.pack("<I", 10)
        with pytest.raises(UnreadableSheet):
            take(bytes(bomb))


class TestGarbage:
    @settings(max_examples=300, deadline=None)
    @given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a", ".csv", "\0.xlsx"]))
    @example(b"PK\x03\x04", "a.xlsx")
    def test_any_bytes(self, data, name):
        self.try_to_read(data, name)

    @settings(max_examples=150, deadline=None)
    @given(st.text(alphabet='姓名手机号备注,"\r\n\0\u202e１= ', max_size=80))
    def test_any_text(self, text):
        self.try_to_read(text.encode(), "a.csv")

    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_a_workbook_with_a_few_wrong_bytes(self, data):
        broken = bytearray(GOOD)
        for _ in range(data.draw(st.integers(1, 4))):
            broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
        self.try_to_read(bytes(broken), "a.xlsx")

    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_a_sheet_with_wrong_xml_inside(self, data):
        name = data.draw(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]))
        cut, junk = data.draw(st.integers(0, 600)), data.draw(st.binary(max_size=20))
        self.try_to_read(swapped(GOOD, name, lambda xml: xml[:cut] + junk + xml[cut + len(junk) :]), "a.xlsx")

    def try_to_read(self, data, name):
        with suppress(UnreadableSheet):
            for row in take(data, name).rows:
                assert all(isinstance(text, str) and "\0" not in text for text in row.values.values())
