"""The list of shifts for one person: what is near and open, what can be taken, and why not the rest.

The gates are asked for each row in Python, the same ones that the verb asks. Until the matcher ranks them, nearer rings
come first, in a ring what has free seats, then what is sooner.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import cos, radians
from typing import Any

from communities.place import DETOUR, METRES_A_DEGREE, Place, above, walk
from kernel import clock
from kernel.bigrams import escape_like
from kernel.cursor import PAGE
from kernel.db import db
from volunteers import gates
from volunteers.engagement import living
from volunteers.volunteer import Volunteer

from . import shift_query
from .filters import Filters
from .shift_query import Shape
from .shift_row import Row

AHEAD = timedelta(days=28)
CHUNK = 40  # rows looked at in one statement to find 25 that can be taken
MOST_CHUNKS = 5
COUNTED = 1000
EXPLAINED = 5  # rows that cannot be taken, shown with the reason


def neighbourhood(home: Place) -> str:
    """The path of the subdistrict in which a place lies: as far as “near” goes."""
    return "/".join(home.path.split("/")[:3]) + "/"


@dataclass
class OpenShifts:
    """A page of the list: `place` is the cursor (rank, start, id of the last row looked at)."""

    person: Any
    filters: Filters
    place: tuple[int, datetime, int] | None = None
    with_seats: bool = False  # only what has a free seat

    @cached_property
    def volunteer(self) -> Volunteer | None:
        """Whose gates count; None for visitors and for those who have not joined."""
        return Volunteer.of(self.person)

    @cached_property
    def home(self) -> Place | None:
        """Where distances are counted from."""
        return self.volunteer.person.home if self.volunteer else None

    @property
    def near(self) -> str | None:
        """The part of the tree that is looked at when nothing else was asked for."""
        return neighbourhood(self.home) if self.home is not None and not self.filters.everything else None

    @property
    def is_mine(self) -> bool:
        """Whether only what this volunteer can take is listed."""
        return self.volunteer is not None and not self.filters.everything

    @cached_property
    def mine(self) -> dict[int, Any]:
        """What this person signed up for already, by shift."""
        return {engagement.shift_id: engagement for engagement in living(self.person)}

    def page(self, size=PAGE) -> "Listing":
        """Up to `size` rows, the reasons against the first few others, and where the next page begins."""
        listing = Listing()
        place, looked_at = self.place, 0
        for row in self._rows(size):
            if len(listing.rows) == size or looked_at == CHUNK * (MOST_CHUNKS - 1):
                listing.next = place
                break
            place, looked_at = (row.rank, row.starts_at, row.id), looked_at + 1
            listing.take(row, self._reason(row))
        return listing

    def _reason(self, row: Row):
        """Why this volunteer cannot take it; None when he can, or when nobody asks."""
        if not self.is_mine or row.id in self.mine:  # one's own stay in sight, so that undoing is one tap
            return None
        return next(iter(gates.refusals(row, row, self.person)), None)

    def _rows(self, size: int) -> Iterator[Row]:
        """Row after row in the order of the list, a statement for each chunk; few enough to answer in time."""
        place = self.place
        limit = CHUNK if self.is_mine else size + 1
        for _number in range(MOST_CHUNKS):
            found = [Row(*row) for row in db.session.execute(*self._question(place, limit))]
            yield from found
            if len(found) < limit:
                return
            place = (found[-1].rank, found[-1].starts_at, found[-1].id)

    def _question(self, place, limit: int):
        values: dict[str, Any] = self._values() | {"limit": limit}
        values |= self._from_home()
        if place:
            values |= dict(zip(("rank", "shown", "id"), place, strict=True))
        return shift_query.rows(self._shape(rings="lat" in values, cursor=place is not None)), values

    def _from_home(self) -> dict[str, float]:
        """What the rings are drawn from; nothing where the home has no coordinates."""
        if self.home is None or self.home.lat is None or self.home.lon is None:
            return {}
        north = METRES_A_DEGREE * DETOUR
        return {"lat": self.home.lat, "lon": self.home.lon, "north": north, "east": north * cos(radians(self.home.lat))}

    def _shape(self, **more: bool) -> Shape:
        asked = self.filters
        near = self.near is not None and asked.place is None
        return Shape(
            near=near,
            place=asked.place is not None,
            category=asked.category is not None,
            text=bool(asked.text),
            door=asked.door,
            with_seats=self.with_seats,
            short=asked.short,
            **more,
        )

    def _values(self) -> dict[str, Any]:
        asked, now = self.filters, clock.now()
        values: dict[str, Any] = {
            "start": max(now, clock.at(asked.first)) if asked.first else now,
            "end": clock.at(asked.last + timedelta(days=1)) if asked.last else now + AHEAD,
            "category": asked.category,
            "text": f"%{escape_like(asked.text)}%",
        }
        for name, path in (("near", self.near), ("place", asked.place.path if asked.place else None)):
            if path:
                values |= {name: path, f"{name}_end": above(path)}
        return values

    def walks(self, rows: list[Row]) -> dict[int, tuple[int, int] | None]:
        """Minutes and metres on foot to each of these rows."""
        return {row.id: walk(self.home, row) for row in rows}

    def total(self) -> int:
        """How many there are, counted up to one more than 1,000."""
        return db.session.scalar(shift_query.total(self._shape()), self._values() | {"limit": COUNTED + 1}) or 0


class Listing:
    """A page: what can be taken or is one's own, what cannot with the reason, how many, where the next page begins."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.refused: list[tuple[Row, Any]] = []
        self.total: int | None = None
        self.next: tuple[int, datetime, int] | None = None

    def take(self, row: Row, reason) -> None:
        """Sort a row in: to be taken, or with the reason why not."""
        self.total = self.total or row.total or None
        if reason is None:
            self.rows.append(row)
        elif len(self.refused) < EXPLAINED:
            self.refused.append((row, reason))
