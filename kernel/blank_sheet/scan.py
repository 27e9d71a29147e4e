"""Where things stand in the XML of a sheet, by byte: rows, cells, merged ranges, and what names rows."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from .unfit import Unfit

ROWS, CELLS = 5_000, 200_000  # an empty sheet has no more
TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
LETTERS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
RANGED = {"conditionalFormatting", "dataValidation", "hyperlink", "autoFilter", "protectedRange", "ignoredError"}
COUNTED = {"f", "formula", "formula1", "formula2"}


@dataclass
class Cell:
    """One cell: its tag, its style, the kind and text of its value, whether a formula stands in it."""

    column: int
    tag: tuple[int, int]
    style: str | None
    kind: str
    text: str = ""
    formula: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text and not self.formula


@dataclass
class Row:
    """One row: its tag, where it ends, its attributes, its cells."""

    number: int
    tag: tuple[int, int]
    end: int
    attributes: dict[str, str]
    cells: list[Cell] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return all(cell.is_blank for cell in self.cells)


@dataclass
class Mark:
    """An element that names rows: its tag and attributes, and for a formula where its text stands."""

    name: str
    tag: tuple[int, int]
    attributes: dict[str, str]
    cell: str
    text: str = ""
    inside: tuple[int, int] = (0, 0)


@dataclass
class Scanned:
    """A sheet: the prefix of its names, where its rows end, and all of the above in their order."""

    prefix: str = ""
    rows: list[Row] = field(default_factory=list)
    merges: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    formulas: list[Mark] = field(default_factory=list)
    merge_block: tuple[int, int] = (0, 0)  # the start tag
    merge_end: int = 0


def scan(xml: bytes) -> Scanned:
    """Read a sheet once. Raises `Unfit` for what is no XML in UTF-8, has a DTD, or is too large."""
    reader = Reader(xml)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: reader.start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: reader.finish(name, parser.CurrentByteIndex)
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise Unfit("broken") from None
    return reader.found


def refuse(*_rest) -> None:
    """No workbook program writes a DTD."""
    raise Unfit("broken")


class Reader:
    """Builds a `Scanned` from what the parser meets."""

    def __init__(self, xml: bytes):
        self.xml, self.found = xml, Scanned()
        self.row: Row | None = None
        self.cell: Cell | None = None
        self.mark: Mark | None = None
        self.in_value = False
        self.count = 0

    def start(self, full: str, attributes: dict[str, str], at: int) -> None:
        name = full.rpartition(":")[2]
        tag = (at, TAG.match(self.xml, at).end())  # type: ignore[union-attr]
        if name == "sheetData":
            self.found.prefix = full[: -len(name)]
        elif name == "row":
            self.begin_row(tag, attributes)
        elif name == "c" and self.row is not None:
            self.begin_cell(tag, attributes)
        elif name in ("v", "t") and self.cell is not None:
            self.in_value = True
        elif name in COUNTED:
            self.begin_formula(name, tag, attributes)
        elif name == "mergeCells":
            self.found.merge_block = tag
        elif name == "mergeCell":
            self.found.merges.append(Mark(name, tag, attributes, ""))
        elif name in RANGED or name == "dimension":
            self.found.marks.append(Mark(name, tag, attributes, ""))

    def begin_row(self, tag, attributes) -> None:
        number = int(attributes.get("r") or (self.found.rows[-1].number if self.found.rows else 0) + 1)
        self.row = Row(number, tag, tag[1], attributes)
        self.found.rows.append(self.row)
        if len(self.found.rows) > ROWS:
            raise Unfit("large")

    def begin_cell(self, tag, attributes) -> None:
        assert self.row is not None
        named = LETTERS.fullmatch(attributes.get("r", ""))
        last = self.row.cells[-1].column if self.row.cells else 0
        column = number_of(named[1]) if named else last + 1
        self.cell = Cell(column, tag, attributes.get("s"), attributes.get("t", "n"))
        self.row.cells.append(self.cell)
        self.count += 1
        if self.count > CELLS:
            raise Unfit("large")

    def begin_formula(self, name, tag, attributes) -> None:
        place = f"{letters(self.cell.column)}{self.row.number}" if self.cell and self.row else ""
        self.mark = Mark(name, tag, attributes, place, inside=(tag[1], tag[1]))
        self.found.formulas.append(self.mark)
        if self.cell is not None:
            self.cell.formula = True

    def characters(self, text: str) -> None:
        if self.mark is not None:
            self.mark.text += text
        elif self.in_value and self.cell is not None:
            self.cell.text += text

    def finish(self, full: str, at: int) -> None:
        name = full.rpartition(":")[2]
        if name in COUNTED and self.mark is not None:
            self.mark.inside = (self.mark.tag[1], max(at, self.mark.tag[1]))
            self.mark = None
        elif name in ("v", "t"):
            self.in_value = False
        elif name == "c":
            self.cell = None
        elif name == "row" and self.row is not None:
            closed = self.xml[self.row.tag[0] : self.row.tag[1]].endswith(b"/>")
            self.row.end = self.row.tag[1] if closed else TAG.match(self.xml, at).end()  # type: ignore[union-attr]
            self.row = None
        elif name == "mergeCells":
            self.found.merge_end = at


def number_of(column: str) -> int:
    """The number of a column: A is 1."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number


def letters(column: int) -> str:
    """The name of a column: 1 is A."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
