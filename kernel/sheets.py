"""Sheets in and out: `read` takes Excel and CSV; `write`, `template` and `csv_bytes` make them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from .export import csv_bytes, template, write
from .i18n import _, joined
from .text import ascii_digits, clean
from .upload import Grid, TooManyRows, UnreadableSheet, grid
from .work import Refusal

__all__ = [
    "NoHeader",
    "NotImportable",
    "Row",
    "Sheet",
    "SheetProblem",
    "UnreadableSheet",
    "csv_bytes",
    "read",
    "template",
    "write",
]

HEADER_WITHIN = 20  # rows: titles and notes may stand above the header
EXACT = 1e15  # a number of more than 15 digits has lost its last ones in Excel
ROUNDED = re.compile(r"\d(\.\d+)?[Ee]\+\d\d+")  # what Excel leaves of a long number in a CSV file


class NoHeader(UnreadableSheet):
    """None of the expected columns is there."""

    message = _("没有找到表头，表里应有这些列：%(headers)s")


class NotImportable(Refusal):
    """The sheet has problems: nothing of it was stored."""

    message = _("表里有 %(count)s 处要改，什么都没有导入。请改好后重新上传。")


@dataclass(frozen=True)
class SheetProblem:
    """What is wrong in a cell: the number of its row in the sheet, the header of its column, a sentence."""

    row: int
    column: str
    message: object


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet, and text by key; what is not there is ""."""

    number: int
    values: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.values[key]


@dataclass
class Sheet:
    """The rows of an upload, the header found for each key, the headers nobody asked for, and the problems."""

    headers: dict[str, str]
    unknown: list[str]
    rows: list[Row] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)

    def problem(self, row: int, key: str, message) -> None:
        """Add a problem of a column under the name that it has in the file."""
        self.problems.append(SheetProblem(row, self.headers[key], message))


def read(
    data: bytes,
    filename: str,
    *,
    columns: Mapping[str, Sequence[str]],
    optional: Collection[str] = (),
    rows_max: int = 20_000,
) -> Sheet:
    """Read an upload; `columns` gives the accepted headers of each key, in any language, the usual one first.

    A missing column is a problem unless its key is `optional`; empty rows are left out; numbers come as people
    typed them, so a phone number keeps its digits. Raises `UnreadableSheet` for a file that is no sheet, is too
    big, has more than `rows_max` rows or no known header.
    """
    cells = grid(data, filename, rows_max=rows_max + HEADER_WITHIN)
    start, places = header(cells, columns)
    number, names = cells[start]
    shown = [tidy(name) for name in names]
    sheet = Sheet(
        headers={key: shown[places[key]] if key in places else str(known[0]) for key, known in columns.items()},
        unknown=[name for at, name in enumerate(shown) if name and at not in places.values()],
    )
    for key in columns:
        if key not in places and key not in optional:
            sheet.problem(number, key, _("缺少这一列。"))
    for name in sheet.unknown:
        if match(name, columns):
            sheet.problems.append(SheetProblem(number, name, _("这一列出现了两次。")))
    body = cells[start + 1 :]
    if len(body) > rows_max:
        raise TooManyRows(most=rows_max)
    for number, values in body:
        take(sheet, number, values, places)
    return sheet


def header(cells: Grid, columns) -> tuple[int, dict[str, int]]:
    """Which of the first rows names most columns, and the place of each key in it; raises `NoHeader`."""
    best, found = 0, dict[str, int]()
    for index, (_number, names) in enumerate(cells[:HEADER_WITHIN]):
        places: dict[str, int] = {}
        for at, name in enumerate(names):
            if key := match(name, columns):
                places.setdefault(key, at)
        if len(places) > len(found):
            best, found = index, places
    if not found:
        raise NoHeader(headers=joined(known[0] for known in columns.values()))
    return best, found


def match(name, columns) -> str | None:
    """The key that is called so; case, width, spaces and a star for “required” do not matter."""
    wanted = folded(name)
    return next((key for key, known in columns.items() if wanted in map(folded, known)), None)


def folded(name) -> str:
    return re.sub(r"[\s*]", "", normalize("NFKC", clean(str(name)))).casefold()


def take(sheet: Sheet, number: int, values: list, places: dict[str, int]) -> None:
    """Add one row; a number that Excel has rounded becomes a problem as well."""
    row = Row(number, dict.fromkeys(sheet.headers, ""))
    for key, at in places.items():
        value = values[at] if at < len(values) else ""
        row.values[key] = tidy(value)
        if rounded(value):
            sheet.problem(number, key, _("数字超过 15 位，末几位已被 Excel 改动。请把这一列设为“文本”后重填。"))
    if any(row.values.values()):
        sheet.rows.append(row)


def rounded(value) -> bool:
    return bool(ROUNDED.fullmatch(value.strip())) if isinstance(value, str) else abs(value) >= EXACT


def tidy(value) -> str:
    """The text of a cell: clean, full-width digits made plain, 13800000000.0 without its tail."""
    if isinstance(value, float):
        value = format(value, ".15g" if abs(value) < EXACT else ".0f")
    return re.sub(r"\d+", lambda digits: ascii_digits(digits[0]), clean(str(value)).replace("\t", " "))
