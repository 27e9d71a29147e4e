"""Opaque cursors: “the next 25” after the last row that was shown, stable while rows come and go."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from json import dumps, loads
from typing import Any

from sqlalchemy import and_, or_

PAGE = 25


def pack(*values) -> str:
    """The sort values of the last row as one word for the URL."""
    return urlsafe_b64encode(dumps(values, separators=(",", ":")).encode()).decode().rstrip("=")


def unpack(word: str | None, *types: type) -> tuple | None:
    """The values, when there are just these types of them; None for no cursor and for a mangled one."""
    if not word or len(word) > 200:
        return None
    try:
        values = loads(urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (ValueError, Error):
        return None
    if not isinstance(values, list) or len(values) != len(types):
        return None
    return tuple(values) if all(map(storable, values, types)) else None


def storable(value: Any, kind: type) -> bool:
    """Of this type, and of a size that a database takes."""
    return type(value) is kind and (not isinstance(value, int) or abs(value) < 2**53)


def after(columns, values):
    """The rows behind these values in ascending order of the columns (a row comparison both databases can index)."""
    return or_(
        *(
            and_(*(c == v for c, v in zip(columns[:n], values[:n], strict=True)), columns[n] > values[n])
            for n in range(len(columns))
        )
    )
