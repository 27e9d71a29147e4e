"""Writing rows into an empty sheet: the bytes between stay as they are, so that its look survives."""

import re
from xml.sax.saxutils import escape, quoteattr, unescape

from . import formula
from .scan import LETTERS, Mark, Row, Scanned, letters, number_of

NUMBER_TYPES = (int, float)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
R = re.compile(rb"(\sr=[\"'])([A-Z]{0,3})(\d+)([\"'])")
DROPPED = {"r", "spans", "hidden", "collapsed", "outlineLevel"}
Edit = tuple[int, int, bytes]


class Filling:
    """One sheet, the row in which its list begins, the rows to write, and where the rest moves to."""

    def __init__(self, xml: bytes, found: Scanned, title: str, first: int, rows: list[dict[int, object]]):
        self.xml, self.found, self.title, self.first, self.rows = xml, found, title, first, rows
        below = [row for row in found.rows if row.number >= first]
        self.foot = next((row.number for row in below if not row.is_blank), None)
        self.blank = [row for row in below if self.foot is None or row.number < self.foot]
        room = self.foot - first if self.foot is not None else len(rows)
        self.more = max(0, len(rows) - room)
        self.merged = [span(mark) for mark in found.merges]

    def start(self, row: int) -> int:
        """Where a row, or the beginning of a range, is from now on."""
        return row + self.more if self.foot is not None and row >= self.foot else row

    def end(self, row: int) -> int:
        """Where the end of a range is: a range that ends with the last empty row takes the new ones in."""
        last = self.foot - 1 if self.foot is not None and self.foot > self.first else self.foot
        return row + self.more if last is not None and row >= last else row

    def size(self, row: int) -> int:
        """Where the end of the whole sheet is."""
        return max(self.end(row), self.first + len(self.rows) - 1)

    def written(self) -> bytes:
        """The sheet with the rows in it."""
        edits = [self.listed(), *self.lower_rows(), *self.merges(), *self.ranges(), *self.formulas()]
        out, last = [], 0
        for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
            out += [self.xml[last:start], text]
            last = end
        return b"".join([*out, self.xml[last:]])

    def listed(self) -> Edit:
        """The rows of the list, in place of the empty ones."""
        known = {row.number: row for row in self.blank}
        last = max([self.first + len(self.rows) - 1, *known])
        lines = []
        for number in range(self.first, last + 1):
            at = number - self.first
            if at < len(self.rows):
                lines.append(self.line(number, known.get(number) or self.model, self.rows[at]))
            elif number in known:
                lines.append(self.xml[known[number].tag[0] : known[number].end])
        start, end = self.place()
        return start, end, b"".join(lines)

    def place(self) -> tuple[int, int]:
        """The span of the empty rows; where there are none, right behind the row above."""
        if self.blank:
            return self.blank[0].tag[0], self.blank[-1].end
        above = [row.end for row in self.found.rows if row.number < self.first]
        return above[-1], above[-1]

    @property
    def model(self) -> Row | None:
        """The row whose look the new ones take: the last empty one."""
        return self.blank[-1] if self.blank else None

    def line(self, number: int, like: Row | None, values: dict[int, object]) -> bytes:
        """One row as XML, in the look of another one."""
        prefix, styles = self.found.prefix, {cell.column: cell.style for cell in like.cells} if like else {}
        attributes = {key: value for key, value in (like.attributes if like else {}).items() if key not in DROPPED}
        told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        cells = [
            cell(prefix, f"{letters(column)}{number}", styles.get(column), values.get(column))
            for column in sorted(styles.keys() | values.keys())
        ]
        return f'<{prefix}row r="{number}"{told}>{"".join(cells)}</{prefix}row>'.encode()

    def lower_rows(self) -> list[Edit]:
        """New numbers for the rows below the list."""
        lower = [row for row in self.found.rows if self.foot is not None and row.number >= self.foot]
        tags = [tag for row in lower for tag in (row.tag, *(cell.tag for cell in row.cells))]
        return [(start, end, R.sub(self.renumbered, self.xml[start:end], count=1)) for start, end in tags if self.more]

    def renumbered(self, found: re.Match[bytes]) -> bytes:
        return found[1] + found[2] + str(self.start(int(found[3]))).encode() + found[4]

    def merges(self) -> list[Edit]:
        """Merged cells move as a whole; those of the model row are made in each new row too."""
        if not self.found.merges:
            return []
        edits = [self.changed(mark, "ref", self.start, self.start) for mark in self.found.merges if self.more]
        same = self.model.number if self.model else 0
        across = [(left, right) for top, left, bottom, right in self.merged if top == bottom == same]
        new = range(same + 1, self.first + len(self.rows)) if self.blank else range(0)
        tag = self.found.prefix + "mergeCell"
        extra = "".join(
            f'<{tag} ref="{letters(left)}{row}:{letters(right)}{row}"/>' for row in new for left, right in across
        )
        start, end = self.found.merge_block
        count = str(len(self.found.merges) + len(new) * len(across)).encode()
        block = re.sub(rb"(\scount=[\"'])\d+", rb"\g<1>" + count, self.xml[start:end])
        return [*edits, (start, end, block), (self.found.merge_end, self.found.merge_end, extra.encode())]

    def ranges(self) -> list[Edit]:
        """Conditions, choices, filters and links that name rows."""
        edits = []
        for mark in self.found.marks:
            key = "sqref" if "sqref" in mark.attributes else "ref"
            reach = self.size if mark.name == "dimension" else self.end
            if key in mark.attributes:
                edits.append(self.changed(mark, key, self.start, reach))
        return edits

    def formulas(self) -> list[Edit]:
        """Formulas count what was written; what they last counted is gone."""
        edits: list[Edit] = []
        for mark in self.found.formulas if self.more else []:
            if "ref" in mark.attributes:
                edits.append(self.changed(mark, "ref", self.start, self.end))
            text = formula.moved(unescape(mark.text), self.title, self.start, self.end)
            if mark.inside[0] < mark.inside[1]:
                edits.append((*mark.inside, escape(text).encode()))
        return edits

    def changed(self, mark: Mark, key: str, start, end) -> Edit:
        """A tag with its ranges moved."""
        ranges = " ".join(moved(part, start, end) for part in mark.attributes[key].split())
        pattern = re.compile(rb"(\s" + key.encode() + rb"=[\"'])[^\"']*")
        return (*mark.tag, pattern.sub(rb"\g<1>" + ranges.encode(), self.xml[slice(*mark.tag)], count=1))


def cell(prefix: str, place: str, style: str | None, value: object) -> str:
    """One cell: a number, a text that is nothing but text, or only its look."""
    look = f' s="{style}"' if style else ""
    if value is None or value == "":
        return f'<{prefix}c r="{place}"{look}/>'
    if isinstance(value, NUMBER_TYPES):
        return f'<{prefix}c r="{place}"{look}><{prefix}v>{value!r}</{prefix}v></{prefix}c>'
    text = escape(ESCAPED.sub(r"_x005F_x\1_", str(value)))
    told = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
    return f'<{prefix}c r="{place}"{look} t="inlineStr">{told}</{prefix}c>'


def span(mark: Mark) -> tuple[int, int, int, int]:
    """(top, left, bottom, right) of a merged range."""
    first, _colon, last = mark.attributes.get("ref", "A1").partition(":")
    ends = [LETTERS.fullmatch(part) for part in (first, last or first)]
    (left, top), (right, bottom) = ((number_of(end[1]), int(end[2])) if end else (1, 1) for end in ends)
    return top, left, bottom, right


def moved(reference: str, start, end) -> str:
    """A range with its two ends moved."""
    first, colon, last = reference.partition(":")
    if not colon:
        return formula.at(first, start)
    return f"{formula.at(first, start)}:{formula.at(last, end)}"
