"""What the address of a list asks for: `?place=&category=&from=&to=&short=&q=`.

What cannot be read is not asked for.
"""

from dataclasses import dataclass
from datetime import date

from communities.place import Place
from kernel.text import clean_line

LONGEST = 64


@dataclass(frozen=True)
class Filters:
    """The filters of a list."""

    everything: bool = False
    short: bool = False
    door: bool = False  # only what residents take tickets for
    place: Place | None = None
    category: int | None = None
    first: date | None = None
    last: date | None = None
    text: str = ""

    @classmethod
    def read(cls, args) -> "Filters":
        """From the query of a URL."""
        return cls(
            everything=bool(args.get("all") or args.get("door")),
            short=bool(args.get("short")),
            door=bool(args.get("door")),
            place=Place.at(args["place"][:40]) if args.get("place") else None,
            category=number(args.get("category")),
            first=day(args.get("from")),
            last=day(args.get("to")),
            text=clean_line(args.get("q", ""))[:LONGEST],
        )


def number(text: str | None) -> int | None:
    """A row id, or None."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def day(text: str | None) -> date | None:
    """A day that a calendar can hold, or None."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None
