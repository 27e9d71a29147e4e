"""A ledger is written whole, ready to print, or with a sentence not at all."""

from io import BytesIO

import openpyxl
import pytest

from kernel.ledger import LEDGERS, MOST, Ledger, TooLong, register
from kernel.sheets import read

COLUMNS = {"name": "姓名", "count": "几次"}


def ledger(rows):
    """A ledger that tells who asked for what."""
    return Ledger("visits", "走访台账", COLUMNS, rows)


def test_a_ledger_says_whose_it_is_and_how_many_rows_it_has(site):
    data = ledger(lambda person, filters: [(f"{person}·{filters['place']}", 3)]).workbook(
        "林书记", {"place": "1"}, place="东方社区"
    )
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A3"].value] == ["走访台账", "东方社区", "共 1 行"]
    assert [cell.value for cell in sheet[5]] == ["林书记·1", 3]
    assert "填表人" in sheet.oddFooter.left.text


def test_what_stands_above_and_below_is_no_row_when_it_is_read_again(site):
    data = ledger(lambda *_: [("吴阿姨", 3), ("周师傅", 4)]).workbook(None, {}, place="东方社区")
    sheet = read(data, "a.xlsx", columns={"name": ["姓名"], "count": ["几次"]})
    assert [tuple(row.values.values()) for row in sheet.rows] == [("吴阿姨", "3"), ("周师傅", "4")]
    assert sheet.problems == []


def test_what_is_too_long_is_a_sentence(site):
    many = ledger(lambda *_: (("x", n) for n in range(10**9)))
    with pytest.raises(TooLong, match="5000 行"):
        many.workbook(None, {})
    assert len(ledger(lambda *_: [("x", 1)] * MOST).some(None, {})) == MOST


def test_a_name_is_one_ledger(site):
    before = dict(LEDGERS)
    register(ledger(lambda *_: []))
    second = ledger(lambda *_: [])
    register(second)
    assert LEDGERS.pop("visits") is second
    assert before == LEDGERS
