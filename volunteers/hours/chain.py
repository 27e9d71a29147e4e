"""The chain: each entry of a ledger carries a hash of what it says and of the entry before it."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

START = ""  # the hash before the first entry


def digest(content: Mapping[str, Any], before: str) -> str:
    """sha256, as 64 signs, of the hash `before` and of a content of ids, numbers, days, moments and codes."""
    said = json.dumps([before, content], sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=plain)
    return sha256(said.encode()).hexdigest()


def plain(value: Any) -> str:
    """A moment in UTC to the microsecond, a day as 2026-11-28: alike from both databases."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a chain")
