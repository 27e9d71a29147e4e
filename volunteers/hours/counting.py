"""What a certificate says: the service of one person that one unit recorded and confirmed, summed duty by duty."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from kernel.db import db, seen

from ..duty import Duty
from .entry import Entry, Kind
from .sync import State as Sync
from .sync import Sync as SyncRow
from .unit import RecordingUnit

OURS = (Kind.SERVICE, Kind.CORRECTION)  # what was recorded elsewhere is certified there


@dataclass(frozen=True)
class Item:
    """One duty: what it is called, how often and how long it was served, from which day to which."""

    title: str
    times: int
    minutes: int
    first: str
    last: str

    @property
    def hours(self) -> Decimal:
        """As it is printed."""
        return hours(self.minutes)


@dataclass(frozen=True)
class Counted:
    """All of it: the items, the sum, and how much of it is in the national system (product.md rule 14)."""

    items: tuple[Item, ...]
    minutes: int
    entered: int  # minutes

    @property
    def hours(self) -> Decimal:
        """As it is printed."""
        return hours(self.minutes)

    @property
    def national(self) -> str:
        """Whether the records went to the national system: "all", "some", "none"."""
        return "none" if not self.entered else "all" if self.entered >= self.minutes else "some"

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"items": [asdict(item) for item in self.items]}

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> "Counted":
        """Out of JSON."""
        items = tuple(Item(**item) for item in stored["items"])
        return cls(items, stored["minutes"], stored["entered"])


def hours(minutes: int) -> Decimal:
    """Minutes as hours with one decimal, never more than was served (67号令 art. 7: the unit is the hour)."""
    return Decimal(minutes * 10 // 60).scaleb(-1) if minutes >= 0 else -hours(-minutes)


def in_period(person, unit: RecordingUnit, since: date, until: date, *, upto: int | None = None):
    """The conditions of the entries that count; `upto` leaves out what was written after that number."""
    mine = (
        Entry.person_id == person.id,
        Entry.unit_id == unit.id,
        Entry.kind.in_(OURS),
        Entry.day.between(since, until),
    )
    return mine if upto is None else (*mine, Entry.number <= upto)


def count(person, unit: RecordingUnit, since: date, until: date) -> Counted:
    """What stands in the ledger now."""
    sums = func.sum(Entry.minutes), func.min(Entry.day), func.max(Entry.day)
    times = func.count(Entry.signup_id.distinct())
    served = select(Duty.activity, Duty.role, times, *sums).join(Entry.duty)
    served = served.where(*in_period(person, unit, since, until)).group_by(Duty.id, Duty.activity, Duty.role)
    rows = db.session.execute(seen(served.having(func.sum(Entry.minutes) > 0).order_by(func.min(Entry.day), Duty.id)))
    items = tuple(
        Item(" · ".join(filter(None, (activity, role))), number, minutes, first.isoformat(), last.isoformat())
        for activity, role, number, minutes, first, last in rows
    )
    entered = Entry.id.in_(select(SyncRow.entry_id).where(SyncRow.state == Sync.ENTERED))
    total = Entry.total(*in_period(person, unit, since, until))
    return Counted(items, total, Entry.total(*in_period(person, unit, since, until), entered))
