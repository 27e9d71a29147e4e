"""Scans: a PDF file or a picture, known by what is in it and never by its name; anything else is one typed refusal.

The bytes are looked at, not decoded: a picture that would fill the memory fills nothing here.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import is_zipfile
from zlib import crc32

from .choice import Choice
from .i18n import _
from .text import clean_line
from .work import Refusal

MEGABYTE = 1 << 20
SIZE = 10 * MEGABYTE
PIECES = 20_000  # chunks of a PNG, segments of a JPEG: no camera writes so many
NAME = 100  # characters

PNG = b"\x89PNG\r\n\x1a\n"
JPEG, END_OF_JPEG = b"\xff\xd8", 0xD9
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # segments that say how large the picture is
START_OF_SCAN = 0xDA
MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")  # what ends the compressed part: not a stuffed byte, not a restart
PDF = b"%PDF-"
PDF_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\0]*\Z")
PDF_INDEX = re.compile(rb"\s*(xref|\d+\s+\d+\s+obj)\b")
RUNS = re.compile(rb"/(JavaScript|Launch|RichMedia|EmbeddedFile)\b")
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # docx, xlsx, wps; and those of before 2007
APPLE = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
TAIL = 2048  # bytes in which a PDF says that it ends


class Kind(Choice):
    """What is taken; the value is its content type."""

    PDF = "application/pdf", _("PDF")
    JPEG = "image/jpeg", _("JPG 图片")
    PNG = "image/png", _("PNG 图片")


SUFFIX = {Kind.PDF: ".pdf", Kind.JPEG: ".jpg", Kind.PNG: ".png"}


class UnfitFile(Refusal):
    """This is no scan."""

    message = _("这个文件里面不是 PDF，也不是 JPG、PNG 图片，不能收。请扫描或用手机拍下盖了章的那几页再传。")
    field = "file"


class EmptyFile(UnfitFile):
    """Nothing in it."""

    message = _("这个文件是空的，可能没有存好。请打开看一看，再选一次。")


class FileTooBig(UnfitFile):
    """More than is taken."""

    message = _("这个文件有 %(size)s MB，最多收 %(most)s MB。请把扫描的清晰度调低一些再传。")


class OfficeFile(UnfitFile):
    """A document that can still be changed."""

    message = _("这是 Word、WPS、表格或压缩文件。请把盖了章的那一份扫描或另存为 PDF 再传。")


class ApplePicture(UnfitFile):
    """A picture that most computers cannot open."""

    message = _("这是 HEIC 照片，很多电脑打不开。请在手机上另存为 JPG，或截一张图再传。")


class BrokenScan(UnfitFile):
    """It begins well and does not end."""

    message = _("这份%(kind)s不完整，可能没有传完或存坏了。请打开看一看，重新扫描或拍一张再传。")


class TwoInOne(UnfitFile):
    """Two files in one: which of them opens depends on who opens it."""

    message = _("这份%(kind)s里夹着另一个文件，不能收。请重新扫描或拍一张再传。")


class RunningPdf(UnfitFile):
    """A PDF that does something, or carries other files."""

    message = _("这份 PDF 带着会自己运行的程序或附件，不能收。请打开后选“打印为 PDF”，传打印出来的那份。")


@dataclass(frozen=True)
class Scan:
    """What was sent, once it is known to be a PDF or a picture; the name has the suffix of what it is."""

    name: str
    kind: Kind
    data: bytes


def read(data: bytes, filename: str) -> Scan:
    """Look at what was sent. Raises `UnfitFile` with a sentence for whoever chose the file."""
    if not data:
        raise EmptyFile
    if len(data) > SIZE:
        raise FileTooBig(size=-(-len(data) // MEGABYTE), most=SIZE // MEGABYTE)
    kind = kind_of(data)
    CHECKS[kind](data)
    if is_zipfile(BytesIO(data)) or (kind is not Kind.PDF and PDF in data[:1024]):
        raise TwoInOne(kind=kind.label)
    return Scan(tidy_name(filename, kind), kind, data)


def kind_of(data: bytes) -> Kind:
    """What it says that it is, in its first bytes."""
    for start, kind in ((PDF, Kind.PDF), (JPEG, Kind.JPEG), (PNG, Kind.PNG)):
        if data.startswith(start):
            return kind
    if data.startswith(OFFICE):
        raise OfficeFile
    raise ApplePicture if data[4:8] == b"ftyp" and data[8:12] in APPLE else UnfitFile


def check_png(data: bytes) -> None:
    """Every chunk with its sum, IHDR first, IEND last, and nothing behind it."""
    at = len(PNG)
    for number in range(PIECES):
        word, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data) or len(word) < 4 or (number == 0) != (word == b"IHDR"):
            break
        if crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            break
        if word == b"IEND":
            if data[end:].strip(b"\0"):
                raise TwoInOne(kind=Kind.PNG.label)
            return
        at = end
    raise BrokenScan(kind=Kind.PNG.label)


def check_jpeg(data: bytes) -> None:
    """One picture, or several as phones write them, each from its start to its end; nothing behind the last."""
    end = end_of_jpeg(data, 0)
    while end is not None and data[end:].strip(b"\0"):
        if not data.startswith(JPEG, end):
            raise TwoInOne(kind=Kind.JPEG.label)
        end = end_of_jpeg(data, end)
    if end is None:
        raise BrokenScan(kind=Kind.JPEG.label)


def end_of_jpeg(data: bytes, start: int) -> int | None:
    """Where the picture that starts here ends; None when it does not: ITU-T T.81, annex B."""
    at, framed, scanned = start + 2, False, False
    for _number in range(PIECES):
        marker = MARKER.match(data, at)
        if marker is None:
            return None
        at, code = marker.end(), marker.group()[-1]
        if code == END_OF_JPEG:
            return at if framed and scanned else None
        end = at + int.from_bytes(data[at : at + 2], "big")
        if end < at + 2 or end > len(data):
            return None
        framed, at = framed or code in FRAMES, end
        if code == START_OF_SCAN:
            following = MARKER.search(data, at)
            if following is None:
                return None
            at, scanned = following.start(), True
    return None


def check_pdf(data: bytes) -> None:
    """It says at its end where its index is, there is one, and nothing comes behind: ISO 32000-1, 7.5.5.

    An encrypted one looks the same from outside and is taken; what runs or carries files is not.
    """
    found = PDF_END.search(data, max(len(data) - TAIL, 0))
    if found is None:
        raise TwoInOne(kind=Kind.PDF.label) if b"%%EOF" in data else BrokenScan(kind=Kind.PDF.label)
    if not PDF_INDEX.match(data, int(found.group(1))):
        raise BrokenScan(kind=Kind.PDF.label)
    if RUNS.search(data):
        raise RunningPdf


CHECKS = {Kind.PDF: check_pdf, Kind.JPEG: check_jpeg, Kind.PNG: check_png}


def tidy_name(filename: str, kind: Kind) -> str:
    """The last part of the name, without what a file system or a shell could take for something else."""
    stem = PurePosixPath(clean_line(filename).replace("\\", "/")).name
    stem = re.sub(r"[<>:\"/\\|?*%;$`'&]", " ", stem)
    while re.search(r"\.[A-Za-z][A-Za-z0-9]{0,4}$", stem):
        stem = stem.rpartition(".")[0]
    stem = clean_line(stem.strip(" ."))[:NAME]
    return (stem or "file") + SUFFIX[kind]
