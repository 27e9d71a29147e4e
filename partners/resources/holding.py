"""Holding time: a booking owns its quarter hours, or none of them; three guards keep a quarter from two owners.

The lock: every verb here is called with the row of the resource locked. The conditional insert: a row that is there
already is not written, and who did not get all rows gives back the others. The key: resource, quarter and unit are the
primary key. For a quantity the unit is part of the key, so that one table, one rule and one test serve rooms and car
parks, a count is never stored twice, and every row says who owns it; a conditional count would have to be rebuilt.
"""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, delete, select

from kernel.db import db
from kernel.receipt import INSERT

from .booking import Booking
from .booking_words import HOLDING
from .quarter import Quarter, quarters


class Holding:
    """The part of Resource that counts. Every verb is called with the row of the resource locked."""

    if TYPE_CHECKING:
        id: Any
        quantity: Any

    def taken(self, start: datetime, end: datetime) -> dict[int, set[int]]:
        """The units that are taken, by quarter."""
        owned = quarters(start, end)
        within = Quarter.quarter.between(owned.start, owned.stop - 1)
        found: dict[int, set[int]] = {}
        for quarter, unit in db.session.execute(
            select(Quarter.quarter, Quarter.unit).where(Quarter.resource_id == self.id, within)
        ):
            found.setdefault(quarter, set()).add(unit)
        return found

    def left(self, start: datetime, end: datetime) -> int:
        """How many units are free during all of this time; what a quarter of it lacks, all of it lacks."""
        taken = self.taken(start, end)
        return self.quantity - max((len(taken.get(quarter, ())) for quarter in quarters(start, end)), default=0)

    def most_taken(self, start: datetime) -> int:
        """The largest number of units that are promised for one quarter from a moment on."""
        coming = (Quarter.resource_id == self.id) & (Quarter.quarter >= quarters(start, start).start)
        counts = Counter(db.session.scalars(select(Quarter.quarter).where(coming)))
        return max(counts.values(), default=0)

    def holders(self, start: datetime, end: datetime) -> Select:
        """The bookings that own any of this time, in their order."""
        overlapping = (Booking.starts_at < end) & (Booking.ends_at > start)
        mine = (Booking.resource_id == self.id) & Booking.state.in_(HOLDING)
        return select(Booking).where(mine, overlapping).order_by(Booking.starts_at, Booking.id)

    def hold(self, booking: Booking) -> bool:
        """Own every quarter that the booking starts, or none."""
        rows = self._free_rows(booking)
        if rows and self._insert(rows) == len(rows):
            return True
        self.let_go(booking)
        return False

    def let_go(self, booking: Booking) -> None:
        """The booking owns nothing any more."""
        db.session.execute(
            delete(Quarter).where(Quarter.booking_id == booking.id).execution_options(synchronize_session=False)
        )

    def _free_rows(self, booking: Booking) -> list[dict[str, int]]:
        """A row for every quarter in as many free units as the booking wants; none when there are too few."""
        taken, rows = self.taken(booking.starts_at, booking.ends_at), []
        for quarter in quarters(booking.starts_at, booking.ends_at):
            free = [unit for unit in range(1, self.quantity + 1) if unit not in taken.get(quarter, ())]
            if len(free) < booking.units:
                return []
            rows += [
                {"resource_id": self.id, "quarter": quarter, "unit": unit, "booking_id": booking.id}
                for unit in free[: booking.units]
            ]
        return rows

    def _insert(self, rows: list[dict[str, int]]) -> int:
        """Write the rows that nobody else has; how many."""
        new = INSERT[db.engine.dialect.name](Quarter).values(rows).on_conflict_do_nothing()
        return len(db.session.scalars(new.returning(Quarter.unit)).all())
