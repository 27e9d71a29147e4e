"""Sheets on their way out: Excel to print and to fill in, CSV for other programs. Text stays text, never a formula."""

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
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
WIDEST, NARROW = 40, 14  # characters of a column
ROOM = 150  # characters of a row that can still be read on A4 landscape
FILLED = 5_000  # rows of a template that offer choices
PHONE = re.compile(r"\+\d[\d ()-]{4,20}")


def write(
    title: str,
    headers: Sequence,
    rows: Iterable[Sequence],
    *,
    place: object = "",
    as_of: datetime | None = None,
    notes: Sequence = (),
    signers: Sequence = (),
    widths: Sequence[float] | None = None,
) -> bytes:
    """An .xlsx file to read, filter and print: title, whose it is and when it was made, notes, header, rows.

    Cells are text, numbers, days, aware moments (shown in Beijing time), times or None. `signers` sign at the foot of
    each page, so that no line of the table is in the way when it is sorted or read again. `widths` are in characters;
    without them the columns fit their content.
    """
    data = BytesIO()
    with Workbook(data, TEXT_ONLY) as book:
        sheet = book.add_worksheet(sheet_name(title))
        top = caption(sheet, title, len(headers), place, as_of, notes, book)
        head(sheet, top, headers, book)
        last, fit = body(sheet, top, headers, rows, book)
        for column, width in enumerate(widths or fitted(fit)):
            sheet.set_column(column, column, width)
        sheet.autofilter(top, 0, last, len(headers) - 1)
        sheet.freeze_panes(top + 1, 0)
        print_set_up(sheet, top, signers)
    return data.getvalue()


def caption(sheet, title, width: int, place, as_of: datetime | None, notes: Sequence, book: Workbook) -> int:
    """Write what stands above the table over its whole width; the row of the header is returned."""
    across = book.add_format({**LOOK, "bold": True, "font_size": 16, "center_across": True})
    put(sheet, 0, 0, title, across)
    for column in range(1, width):
        put(sheet, 0, column, None, across)
    sheet.set_row(0, 28)
    lines = [[note] for note in notes]
    made = _("截至 %(moment)s（北京时间）", moment=f"{local(as_of):%Y-%m-%d %H:%M}") if as_of else ""
    if place and made and width > 1:
        lines.insert(0, [place, made])
    else:
        lines[:0] = [[text] for text in (place, made) if text]
    for row, (first, *rest) in enumerate(lines, 1):
        put(sheet, row, 0, first, book.add_format(LOOK))
        if rest:
            put(sheet, row, width - 1, rest[0], book.add_format({**LOOK, "align": "right"}))
    return len(lines) + 1


def body(sheet, top: int, headers: Sequence, rows: Iterable[Sequence], book: Workbook) -> tuple[int, list[int]]:
    """Write the rows below the header; the last row, and how wide the columns would like to be."""
    formats = {kind: book.add_format({**LOOK, "border": 1, "num_format": form}) for kind, form in TIMES.items()}
    formats[str] = book.add_format({**LOOK, "border": 1, "text_wrap": True})
    fit = [wide(header) for header in headers]
    last = top
    for last, row in enumerate(rows, top + 1):
        for column, value in enumerate(row):
            put(sheet, last, column, value, formats.get(type(value), formats[str]))
            if last - top <= FITTED:
                fit[column] = max(fit[column], wide(value))
    return last, fit


def fitted(fit: Sequence[int]) -> list[int]:
    """Widths in which the page can be read: the widest columns give way first, and their text wraps."""
    most = WIDEST
    while sum(min(width + 2, most) for width in fit) > ROOM and most > NARROW:
        most -= 1
    return [min(max(width + 2, 8), most) for width in fit]


def print_set_up(sheet, top: int, signers: Sequence) -> None:
    """A4 landscape, as wide as the page, the header on each page, page numbers, a line to sign on."""
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    pages = _("第 %(page)s 页，共 %(pages)s 页", page="&P", pages="&N")
    lines = [str(_("%(who)s：%(line)s", who=who, line="_" * 12)).replace("&", "&&") for who in signers]
    sheet.set_footer(f"&L{'　'.join(lines)}&R{pages}" if lines else f"&C{pages}")


def template(
    headers: Sequence, choices: Mapping[str, Sequence], *, several: Collection[str] = (), notes: Sequence = ()
) -> bytes:
    """An .xlsx file to fill in: every cell takes text as typed; `choices` are offered by header.

    Under the headers in `several` more than one may be typed, so the list only helps. `notes` are (header, sentence),
    on a sheet of their own.
    """
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
                free = {"show_error": False} if str(header) in several else {}
                sheet.data_validation(1, column, FILLED, column, rule | wrong | free)
        sheet.freeze_panes(1, 0)
        explain(notes, book)
    return data.getvalue()


def explain(notes: Sequence, book: Workbook) -> None:
    """A sheet that says how to fill in the other one."""
    if not notes:
        return
    sheet = book.add_worksheet(sheet_name(_("说明")))
    text = book.add_format({**LOOK, "text_wrap": True, "valign": "top"})
    head(sheet, 0, [_("列"), _("怎么填")], book)
    for row, (column, sentence) in enumerate(notes, 1):
        put(sheet, row, 0, column, text)
        put(sheet, row, 1, sentence, text)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)


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
