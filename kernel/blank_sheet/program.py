"""A program of its own: reads an empty sheet, or fills it; the request is a line of JSON, the workbook follows it.

It is run by path with limits on memory and time (docs/decisions/005); of the site it imports its own folder only. It
prints JSON or a workbook; what is unfit is a code with words, and exit code 3.
"""

import json
import re
import resource
import sys
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kernel.blank_sheet import formula  # noqa: E402
from kernel.blank_sheet.fill import Filling, span  # noqa: E402
from kernel.blank_sheet.package import Package, elements, opened, rels_of  # noqa: E402
from kernel.blank_sheet.scan import Scanned, scan  # noqa: E402
from kernel.blank_sheet.unfit import Unfit  # noqa: E402

MEMORY = 512 << 20  # bytes
SECONDS = 20
SHOWN = 40  # rows
CELL = 200  # characters of a header
DEFINED = re.compile(rb"(<(?:\w+:)?definedName\b[^>]*>)([^<]*)(</)")
CHAIN = "calcChain.xml"


def limit() -> None:
    """Take away the memory and time that no honest file needs."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # macOS refuses the first
            resource.setrlimit(kind, (most, most))


def checked(book: Package) -> Scanned:
    """The first sheet; formulas and names that reach out of the workbook are refused, on every sheet."""
    found = scan(book.parts[book.sheet])
    for mark in found.formulas:
        formula.check(mark.text, mark.cell)
    for name in book.others:
        for mark in scan(book.parts[name]).formulas:
            formula.check(mark.text, mark.cell)
            if formula.names(mark.text, book.title):
                raise Unfit("crossed", cell=mark.cell)
    for _start, text, _end in DEFINED.findall(book.parts[book.workbook]):
        formula.check(text.decode("utf-8", "replace"), "")
    return found


def layout(book: Package) -> dict:
    """What the first rows say, which cells are merged, and what stands in each row."""
    found, strings = checked(book), book.strings()
    rows = [row for row in found.rows if row.number <= SHOWN]
    texts = [
        [row.number, {cell.column: text for cell in row.cells if (text := said(cell, strings)[:CELL])}] for row in rows
    ]
    full = [row.number for row in found.rows if not row.is_blank]
    return {"title": book.title, "rows": texts, "merges": [span(mark) for mark in found.merges], "full": full}


def said(cell, strings: list[str]) -> str:
    """The text of a cell."""
    if cell.kind == "s":
        return strings[int(cell.text)] if cell.text.isdecimal() and int(cell.text) < len(strings) else ""
    return cell.text


def filled(book: Package, first: int, rows: list) -> bytes:
    """The workbook with the rows in its list."""
    found = checked(book)
    values = [{int(column): value for column, value in row.items()} for row in rows]
    work = Filling(book.parts[book.sheet], found, book.title, first, values)
    book.parts[book.sheet] = work.written()
    if work.more:
        book.parts[book.workbook] = DEFINED.sub(lambda name: renamed(name, book, work), book.parts[book.workbook])
    if found.formulas:
        count_again(book)
    return book.written()


def renamed(name, book: Package, work: Filling) -> bytes:
    """A name of the workbook, the print area for example, with its rows moved."""
    text = formula.moved(name[2].decode(), book.title, work.start, work.end, qualified=True)
    return name[1] + text.encode() + name[3]


def count_again(book: Package) -> None:
    """Let the reader's program count anew; the order in which it once counted is dropped."""
    chain = next((name for name in book.parts if name.endswith(CHAIN)), None)
    if chain:
        del book.parts[chain]
        for part in ("[Content_Types].xml", rels_of(book.workbook)):
            book.parts[part] = re.sub(rb"<[^<>]*calcChain\.xml[^<>]*/>", b"", book.parts[part])
    xml = book.parts[book.workbook]
    told = elements(xml, "calcPr")
    if told and "fullCalcOnLoad" not in told[0]:
        book.parts[book.workbook] = re.sub(rb"(<(?:\w+:)?calcPr\b)", rb'\1 fullCalcOnLoad="1"', xml, count=1)


def main() -> None:
    """Answer one request."""
    limit()
    request = json.loads(sys.stdin.buffer.readline())
    try:
        book = opened(sys.stdin.buffer.read())
        if request["what"] == "layout":
            answer = json.dumps(layout(book)).encode()
        else:
            answer = filled(book, request["first"], request["rows"])
    except Unfit as unfit:
        sys.stdout.write(json.dumps([unfit.code, unfit.words]))
        raise SystemExit(3) from None
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
