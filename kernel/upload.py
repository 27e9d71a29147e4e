"""Uploaded sheets: the bytes of an .xlsx or .csv file become rows of cells, or one typed refusal."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path, PurePath
from zipfile import ZipFile

from .i18n import _
from .work import Refusal

MEGABYTE = 1_000_000
SIZE = 10 * MEGABYTE
UNPACKED = 100 * MEGABYTE
ENTRIES = 1_000
SECONDS = 30
READER = Path(__file__).with_name("workbook.py")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Grid = list[tuple[int, list]]


class UnreadableSheet(Refusal):
    """This file cannot be read as a sheet."""

    message = _("这个文件读不出来，请上传 .xlsx 或 .csv 文件。")


class FileTooBig(UnreadableSheet):
    """More bytes than are taken, packed or unpacked."""

    message = _("文件太大，最多 %(most)s MB（解压后 %(unpacked)s MB）。")

    def __init__(self):
        super().__init__(most=SIZE // MEGABYTE, unpacked=UNPACKED // MEGABYTE)


class TooManyRows(UnreadableSheet):
    """More rows than this import takes."""

    message = _("文件超过 %(most)s 行，请分几次上传。")


class MacroSheet(UnreadableSheet):
    """A workbook that carries a program."""

    message = _("不接收带宏的文件，请另存为 .xlsx 再上传。")


class OldSheet(UnreadableSheet):
    """A workbook of before 2007, or one under a password: from outside they look the same."""

    message = _("不接收 .xls 文件和带密码的文件，请另存为不带密码的 .xlsx 再上传。")


def grid(data: bytes, filename: str, *, rows_max: int) -> Grid:
    """The rows that hold something, each with its number in the sheet (from 1), at most `rows_max` of them.

    Cells are text, numbers or truth values. Limits are checked before anything is parsed. Raises `UnreadableSheet`.
    """
    if kind_of(data, filename) == "xlsx":
        return workbook_rows(data, rows_max)
    return list(csv_rows(data, rows_max))


def kind_of(data: bytes, filename: str) -> str:
    """`xlsx` or `csv`, from name, size and table of contents, without parsing anything. Raises `UnreadableSheet`."""
    if len(data) > SIZE:
        raise FileTooBig
    suffix = PurePath(filename.lower()).suffix
    if suffix in {".xlsm", ".xltm"}:
        raise MacroSheet
    if suffix == ".xls" or data.startswith(OLE):
        raise OldSheet
    if data.startswith(ZIP) and suffix in {".xlsx", ".csv"}:  # people rename files
        inspect(data)
        return "xlsx"
    if suffix == ".csv":
        return "csv"
    raise UnreadableSheet


def workbook_rows(data: bytes, rows_max: int) -> Grid:
    """The first visible sheet of an .xlsx file, read in a process with limits of its own (see workbook.py)."""
    try:
        answer = subprocess.run(
            [sys.executable, "-I", READER, str(rows_max)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.SubprocessError:
        raise UnreadableSheet from None
    return [tuple(json.loads(row)) for row in answer.stdout.splitlines()]


def inspect(data: bytes) -> None:
    """Look at the table of contents of the packed file; raises `UnreadableSheet`, `MacroSheet` or `FileTooBig`."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            entries = packed.infolist()
    except Exception:  # zipfile raises a dozen kinds for broken files, and none of them is ours
        raise UnreadableSheet from None
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise FileTooBig
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise MacroSheet


def csv_rows(data: bytes, rows_max: int) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file; numbers count as they do when Excel opens it."""
    text = decoded(data)
    if "\0" in text:
        raise UnreadableSheet
    left = rows_max
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
                left -= 1
            if not left:
                break
    except csv.Error:  # an open quote would swallow the rest without `strict`
        raise UnreadableSheet from None


def decoded(data: bytes) -> str:
    """UTF-8, with or without its mark, else what Chinese Excel writes."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSheet
