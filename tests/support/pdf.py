"""The text of a PDF that fpdf2 wrote, read back from the drawing itself: what a reader could copy out of it."""

import re
import zlib

# The line ends are those that fpdf2 writes: one more that is optional would eat a last byte of the packed data.
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.S)
SHOWN = re.compile(rb"\(((?:[^\\()]|\\.)*)\) Tj", re.S)
PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
ESCAPED = re.compile(rb"\\(.)", re.S)
MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(data: bytes) -> str:
    """Every piece of text, in the order in which it is drawn; a sign that has no meaning raises `KeyError`."""
    parts = [unpacked(part) for part in STREAM.findall(data)]
    tables = b"".join(body for part in parts for body in re.findall(rb"beginbfchar(.*?)endbfchar", part, re.S))
    meaning = {int(sign, 16): bytes.fromhex(said.decode()).decode("utf-16-be") for sign, said in PAIR.findall(tables)}
    return "".join(signs(piece, meaning) for part in parts for piece in SHOWN.findall(part))


def unpacked(part: bytes) -> bytes:
    """A stream as it was before it was made small."""
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part


def signs(piece: bytes, meaning: dict[int, str]) -> str:
    """Two bytes are the number of a sign in the font."""
    plain = ESCAPED.sub(lambda found: MEANT.get(found[1], found[1]), piece)
    return "".join(meaning[int.from_bytes(plain[at : at + 2])] for at in range(0, len(plain), 2))
