"""Empty sheets of others: what their header says, and the same workbook with rows in it; see blank_sheet/."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path, PurePath
from typing import Any

from .export import shown
from .i18n import _
from .text import clean
from .upload import OLE, SIZE, ZIP, FileTooBig, MacroSheet, OldSheet, UnreadableSheet

PROGRAM = Path(__file__).with_name("blank_sheet") / "program.py"
SECONDS = 30
UNFIT = 3  # exit code
CELL = 32_767  # characters
EXACT = 10**15


class NotXlsx(UnreadableSheet):
    """Only what Excel writes today keeps its look."""

    message = _("请上传 .xlsx 文件：别的格式填好以后样子会变。")


class NotBlank(UnreadableSheet):
    """Something that an empty sheet does not need, and that could do more than be read."""

    message = _("%(why)s请去掉以后另存为 .xlsx 再上传。")


WHY = {
    "external": _("这张表连着别处的数据。"),
    "embedded": _("这张表里嵌着别的文件或控件。"),
    "table": _("这张表用了“表格”样式或数据透视表，请先转换为普通区域。"),
    "formula": _("%(cell)s 的公式会去别处取数，或者用了我们不认识的函数。"),
    "crossed": _("别的工作表里 %(cell)s 的公式引用了这张表。"),
    "large": _("这张表太大，不像一张空表。"),
}


@dataclass(frozen=True)
class Layout:
    """The first rows of a sheet: texts by row and column (from 1), merged ranges (top, left, bottom, right)."""

    rows: dict[int, dict[int, str]]
    merges: list[tuple[int, int, int, int]]
    full: set[int]  # rows in which something stands

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON holds it."""
        rows = {str(row): {str(column): text for column, text in cells.items()} for row, cells in self.rows.items()}
        return {"rows": rows, "merges": [list(merge) for merge in self.merges], "full": sorted(self.full)}

    @classmethod
    def restored(cls, kept: dict[str, Any]) -> "Layout":
        """From what was stored."""
        rows = {int(row): {int(column): text for column, text in cells.items()} for row, cells in kept["rows"].items()}
        return cls(rows, [tuple(merge) for merge in kept["merges"]], set(kept["full"]))

    def text(self, row: int, column: int) -> str:
        """What a cell says; a merged one says what its first cell says."""
        for top, left, bottom, right in self.merges:
            if top <= row <= bottom and left <= column <= right:
                row, column = top, left
        return " ".join(self.rows.get(row, {}).get(column, "").split())

    @property
    def width(self) -> int:
        """The last column in which something stands."""
        ends = [right for _top, _left, _bottom, right in self.merges]
        return max([column for row in self.rows.values() for column in row] + ends, default=0)

    def is_covered(self, row: int, column: int) -> bool:
        """Whether a cell lies behind another one on its left."""
        return any(top <= row <= bottom and left < column <= right for top, left, bottom, right in self.merges)

    def heads(self, top: int, bottom: int) -> dict[int, str]:
        """The name of each column whose header stands in these rows; two lines are one name, “电话 / 手机”."""
        found = {}
        for column in range(1, self.width + 1):
            lines = dict.fromkeys(self.text(row, column) for row in range(top, bottom + 1))
            name = " / ".join(line for line in lines if line)
            behind = all(self.is_covered(row, column) for row in range(top, bottom + 1))
            if name and not behind:
                found[column] = name
        return found


def layout(data: bytes, filename: str) -> Layout:
    """Read the header of an empty sheet. Raises `UnreadableSheet` for what is none."""
    if len(data) > SIZE:
        raise FileTooBig
    suffix = PurePath(filename.lower()).suffix
    if suffix in {".xlsm", ".xltm"}:
        raise MacroSheet
    if suffix == ".xls" or data.startswith(OLE):
        raise OldSheet
    if suffix != ".xlsx" or not data.startswith(ZIP):
        raise NotXlsx
    told = json.loads(asked({"what": "layout"}, data))
    rows = {number: {int(column): text for column, text in row.items()} for number, row in told["rows"]}
    return Layout(rows, [tuple(merge) for merge in told["merges"]], set(told["full"]))


def filled(data: bytes, first: int, columns: Sequence[int], rows: Sequence[Sequence]) -> bytes:
    """The workbook with these rows from row `first` on, their cells in these columns; nothing in it is calculated."""
    told = [{column: cell(value) for column, value in zip(columns, row, strict=True)} for row in rows]
    return asked({"what": "fill", "first": first, "rows": told}, data)


def cell(value: Any) -> str | int | float | None:
    """A cell: numbers stay numbers, days are written as people write them, all else is text."""
    if value is None or isinstance(value, bool):
        return None if value is None else str(value)
    if isinstance(value, int | float) and abs(value) < EXACT:
        return value
    if isinstance(value, datetime | date | time):
        return shown(value) if isinstance(value, datetime | time) else value.isoformat()
    return clean(str(value))[:CELL]


def asked(request: dict[str, Any], data: bytes) -> bytes:
    """The answer of the program. Raises `UnreadableSheet`."""
    try:
        answer = subprocess.run(
            [sys.executable, "-I", PROGRAM],
            input=json.dumps(request).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
        )
    except subprocess.SubprocessError:
        raise UnreadableSheet from None
    if answer.returncode == UNFIT:
        unfit(*json.loads(answer.stdout))
    if answer.returncode:
        raise UnreadableSheet
    return answer.stdout


def unfit(code: str, words: dict[str, str]) -> None:
    """Say why. Raises `UnreadableSheet` in any case."""
    if code == "macro":
        raise MacroSheet
    if code not in WHY:
        raise UnreadableSheet
    raise NotBlank(why=str(WHY[code]) % words if words else WHY[code])
