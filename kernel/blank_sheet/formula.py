"""Formulas of a sheet: which are let in, and how they move when rows are inserted."""

import re
from collections.abc import Callable

from .unfit import Unfit

HARMLESS = set(
    "SUM COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS SUMIF SUMIFS SUMPRODUCT AVERAGE AVERAGEIF MAX MIN MEDIAN RANK ROUND"
    " ROUNDUP ROUNDDOWN INT ABS MOD IF IFS IFERROR AND OR NOT ISBLANK ISNUMBER ROW ROWS COLUMN COLUMNS SUBTOTAL TODAY"
    " NOW YEAR MONTH DAY DATE DATEDIF TEXT VALUE LEN LEFT RIGHT MID TRIM CONCATENATE CONCAT VLOOKUP HLOOKUP LOOKUP"
    " INDEX MATCH".split()
)
STRING = re.compile(r'("(?:[^"]|"")*")')
CALL = re.compile(r"([A-Za-z_][\w.]*)\s*\(")
CELL = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
REFERENCE = re.compile(
    rf"(?P<sheet>'(?:[^']|'')+'!|[\w.]+!)?"
    rf"(?<![\w.$])(?P<first>{CELL}|\$?\d{{1,7}}(?=:))(?::(?P<last>{CELL}|\$?\d{{1,7}}))?(?![\w(.])"
)
NUMBER = re.compile(r"\d+$")
Move = Callable[[int], int]


def check(text: str, cell: str) -> None:
    """Let in what only counts with what is in this workbook. Raises `Unfit` for everything that can fetch or run."""
    outside = "".join(STRING.split(text)[::2])
    names = {name.upper().removeprefix("_XLFN.") for name in CALL.findall(outside)}
    if "[" in outside or "|" in outside or not names <= HARMLESS:
        raise Unfit("formula", cell=cell)


def moved(text: str, sheet: str, start: Move, end: Move, *, qualified: bool = False) -> str:
    """The formula with the rows of this sheet moved; `qualified`: only where it names the sheet."""
    own = {f"{sheet}!", "'{}'!".format(sheet.replace("'", "''"))}

    def one(found) -> str:
        name, first, last = found["sheet"], found["first"], found["last"]
        if (name or "") not in own and (name or qualified):
            return found[0]
        return (name or "") + at(first, start) + (":" + at(last, end) if last else "")

    parts = STRING.split(text)
    return "".join(part if number % 2 else REFERENCE.sub(one, part) for number, part in enumerate(parts))


def at(reference: str, move: Move) -> str:
    """One end of a reference in its new row."""
    return NUMBER.sub(lambda row: str(move(int(row[0]))), reference)


def names(text: str, sheet: str) -> bool:
    """Whether a formula of another sheet speaks of this one."""
    outside = "".join(STRING.split(text)[::2])
    return f"{sheet}!" in outside or "'{}'!".format(sheet.replace("'", "''")) in outside
