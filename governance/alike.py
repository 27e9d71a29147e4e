"""Was it said already? The same compound or building, the same category, the last fourteen days, words alike."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, or_, select

from communities.place import Kind, Place, in_ranges
from kernel import clock
from kernel.bigrams import plain, query_bigrams
from kernel.db import db, seen

from .need_state import State

if TYPE_CHECKING:
    from .need import Need

DAYS = timedelta(days=14)
LOOKED_AT = 60  # of the newest
SHOWN = 5
SHARED = 0.2  # of the pairs of the shorter text
AT_LEAST = 2  # pairs of characters
SMALL = (Kind.COMPOUND, Kind.BUILDING, Kind.SITE)
GONE = (State.DECLINED, State.MERGED)


@dataclass(frozen=True)
class Hint:
    """A need that may be the same, and how much of the words is alike, in per cent."""

    need: "Need"
    share: int


def ground(place: Place) -> Place:
    """Where the same thing would be said: a building stands in its compound; anything else is itself."""
    return place.parent if place.kind is Kind.BUILDING and place.parent else place


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, without its marks."""
    bare = "".join(sign if sign.isalnum() else " " for sign in plain(text))
    return frozenset(pair for piece in bare.split() for pair in query_bigrams(piece))


def share(words: frozenset[str], others: frozenset[str]) -> float:
    """How much of the shorter text is in the other one; 0 where next to nothing is."""
    both = len(words & others)
    return both / min(len(words), len(others)) if both >= AT_LEAST else 0.0


def near(cls, place: Place, category_id: int | None) -> Select:
    """What was said here lately of this category, newest first; of every category while nobody knows which it is."""
    here = select(Place.id).where(in_ranges(Place.path, [ground(place).path]))
    same = or_(cls.category_id == category_id, cls.category_id.is_(None)) if category_id else cls.id.is_not(None)
    wanted = select(cls).where(cls.place_id.in_(here), same, cls.said_at > clock.now() - DAYS)
    return wanted.where(cls.state.not_in(GONE)).order_by(cls.id.desc()).limit(LOOKED_AT)


def find(cls, place: Place, words: str, category_id: int | None = None, *, but: int | None = None) -> list[Hint]:
    """Up to five needs that say nearly the same, the most alike first.

    All rows are judged, whoever asks: what of them is shown is for the page to decide by rights.
    """
    if place.kind not in SMALL:
        return []
    own = pairs(words)
    rows: list[Any] = list(db.session.scalars(seen(near(cls, place, category_id)))) if own else []
    hints = [Hint(need, round(100 * share(own, pairs(need.said)))) for need in rows if need.id != but]
    alike = [hint for hint in hints if hint.share >= 100 * SHARED]
    return sorted(alike, key=lambda hint: (-hint.share, -hint.need.id))[:SHOWN]
