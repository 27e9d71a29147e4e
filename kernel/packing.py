"""Answers made smaller on their way: brotli or gzip, whichever the reader takes."""

import gzip

import brotli
from flask import request

PLAIN = "identity"
BR, GZIP = "br", "gzip"
QUALITY, LEVEL = 5, 6  # beyond these a large calendar takes several times as long for a few per cent


def wanted() -> str:
    """The coding that the one who asks likes best, of those that we know; the shorter one when he likes both."""
    return request.accept_encodings.best_match((BR, GZIP, PLAIN), default=PLAIN)


def packed(data: bytes, coding: str) -> bytes:
    """These bytes in a coding; the same from the same, whenever it is done."""
    if coding == BR:
        return brotli.compress(data, mode=brotli.MODE_TEXT, quality=QUALITY)
    return gzip.compress(data, compresslevel=LEVEL, mtime=0) if coding == GZIP else data
