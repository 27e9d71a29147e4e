"""Sheets on their way out: Excel to print and to fill in, CSV for other programs. Text stays text, never a formula."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import chain
from unicodedata import east_asian_width, normalize

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from .clock import local
from .i18n import _
from .text import clean

TEXT_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CELL = 32_767  # characters that Excel can hold in a cell
EXACT = 10**15  # from here on Excel changes the last digits of a number
A4 = 9
LOOK = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
TIMES = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm"}
FITTED = 200  # rows that decide the widths of the columns
FILLED = 5_000  # rows of a template that offer choices
PHONE = re.compile(r"\+\d[\d ()-]{4,20}")


def write(
    title: str,
    headers: Sequence,
    rows: Iterable[Sequence],
    *,
    notes: Sequence = (),
    widths: Sequence[float] | None = None,
) -> bytes:
    """An .xlsx file to read, filter and print: title, notes, header, rows; A4 landscape, header on each page.

    Cells are text, numbers, days, aware moments (shown in Beijing time), times or None. `widths` are in
    characters; without them the columns fit their content.
    """
    data = BytesIO()
    with Workbook(data, TEXT_ONLY) as book:
        sheet = book.add_worksheet(sheet_name(title))
        formats = {kind: book.add_format({**LOOK, "border": 1, "num_format": form}) for kind, form in TIMES.items()}
        formats[str] = book.add_format({**LOOK, "border": 1, "text_wrap": True})
        put(sheet, 0, 0, title, book.add_format({**LOOK, "bold": True, "font_size": 16}))
        for index, note in enumerate(notes, 1):
            put(sheet, index, 0, note, book.add_format(LOOK))
        top = len(notes) + 1
        head(sheet, top, headers, book)
        fit = [wide(header) for header in headers]
        last = top
        for last, row in enumerate(rows, top + 1):
            for column, value in enumerate(row):
                put(sheet, last, column, value, formats.get(type(value), formats[str]))
                if last - top <= FITTED:
                    fit[column] = max(fit[column], wide(value))
        for column, width in enumerate(widths or (min(max(width + 2, 8), 40) for width in fit)):
            sheet.set_column(column, column, width)
        sheet.autofilter(top, 0, last, len(headers) - 1)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
    return data.getvalue()


def template(headers: Sequence, choices: Mapping[str, Sequence]) -> bytes:
    """An .xlsx file to fill in: every cell takes text as typed; `choices` are offered by header."""
    data = BytesIO()
    offered = {str(header): words for header, words in choices.items()}
    with Workbook(data, TEXT_ONLY) as book:
        sheet, lists = book.add_worksheet(sheet_name(_("填写"))), book.add_worksheet(sheet_name(_("选项")))
        lists.hide()
        text = book.add_format({**LOOK, "num_format": "@"})
        head(sheet, 0, headers, book)
        for column, header in enumerate(headers):
            sheet.set_column(column, column, max(wide(header) + 4, 14), text)
            words = offered.get(str(header), ())
            for row, word in enumerate(words):
                put(lists, row, column, word)
            if words:
                first, last = (xl_rowcol_to_cell(row, column, True, True) for row in (0, len(words) - 1))
                rule = {"validate": "list", "source": f"='{lists.name}'!{first}:{last}"}
                wrong = {"error_title": str(_("不在选项里")), "error_message": str(_("请从下拉列表中选择一项。"))}
                sheet.data_validation(1, column, FILLED, column, rule | wrong)
        sheet.freeze_panes(1, 0)
    return data.getvalue()


def csv_bytes(headers: Sequence, rows: Iterable[Sequence]) -> bytes:
    """A CSV file in UTF-8 with the mark that Excel looks for; no cell can start a formula."""
    text = StringIO(newline="")
    csv.writer(text).writerows([safe(value) for value in row] for row in chain([headers], rows))
    return text.getvalue().encode("utf-8-sig")


def safe(value) -> str | int | float:
    """A cell of a CSV file: text that a spreadsheet would calculate gets an apostrophe, a phone number does not."""
    if isinstance(value, int | float):
        return value
    text = shown(value)
    bare = normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if bare and bare in "=+-@" and not PHONE.fullmatch(text) else text


def head(sheet, row: int, headers: Sequence, book: Workbook) -> None:
    """Write the header row."""
    look = book.add_format({**LOOK, "bold": True, "border": 1, "bg_color": "#F2E3E0", "text_wrap": True})
    for column, header in enumerate(headers):
        put(sheet, row, column, header, look)


def put(sheet, row: int, column: int, value, look=None) -> None:
    """Write one cell by the kind of its value."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, local(value).replace(tzinfo=None), look)
    elif isinstance(value, date | time):
        sheet.write_datetime(row, column, value, look)
    elif isinstance(value, int | float) and abs(value) < EXACT:
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, shown(value)[:CELL], look)


def shown(value) -> str:
    """A value as text; moments in Beijing time, to the minute."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return local(value).replace(tzinfo=None).isoformat(" ", "minutes")
    return value.isoformat("minutes") if isinstance(value, time) else clean(str(value))


def wide(value) -> int:
    """The columns of type that the longest line of a value takes: a Chinese character is two."""
    return max(sum(1 + (east_asian_width(sign) in "WF") for sign in row) for row in shown(value).split("\n"))


def sheet_name(title) -> str:
    """A name that Excel takes for a sheet: 31 characters at most and none of its own signs."""
    return re.sub(r"[\[\]:*?/\\']|[^\u0000-\uffff]", " ", clean(str(title))).strip()[:31] or "1"
