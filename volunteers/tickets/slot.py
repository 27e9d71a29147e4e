"""The timetable of a shift's tickets: slots with places, derived from the terms until the first ticket is taken."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Id, Model

MINUTE = timedelta(minutes=1)


class Slot(Model):
    """A part of a shift with places for residents; without a timetable one slot is the whole of it."""

    __tablename__ = "ticket_slot"
    __table_args__ = (
        CheckConstraint("taken >= 0 AND taken <= places", name="never_oversold"),
        UniqueConstraint("shift_id", "number"),
    )

    id: Mapped[Id]
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    number: Mapped[int]
    after: Mapped[int]  # minutes after the start of the shift
    minutes: Mapped[int | None]  # how long; null for the whole shift
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public: numbers, nobody's name."""
        return select(cls)

    @property
    def left(self) -> int:
        """Places that nobody holds."""
        return self.places - self.taken

    @property
    def is_timed(self) -> bool:
        """Whether it is a part of the shift, with a time of its own."""
        return self.minutes is not None

    def span(self, shift) -> tuple[datetime, datetime]:
        """When it begins and ends."""
        starts = shift.starts_at + self.after * MINUTE
        return starts, (shift.ends_at if self.minutes is None else starts + self.minutes * MINUTE)


def lay_out(shift, tickets: int, minutes: int | None) -> list[Slot]:
    """The slots that so many tickets have in a shift, not stored: even shares, the earlier slots get the rest."""
    whole = (shift.ends_at - shift.starts_at) // MINUTE
    count = max(1, whole // minutes) if minutes else 1
    length = minutes if minutes and count > 1 else None
    shares = deal(tickets, [0] * count)
    return [
        Slot(shift_id=shift.id, number=number, after=number * (length or 0), minutes=length, places=share, taken=0)
        for number, share in enumerate(shares)
    ]


def deal(total: int, taken: Sequence[int]) -> list[int]:
    """Places for each slot, as evenly as what is taken lets them be; `total` is not less than what is taken."""
    places = list(taken)
    for _place in range(total - sum(taken)):
        places[places.index(min(places))] += 1
    return places


def squeeze(shift, slots: Sequence[Slot]) -> None:
    """The shift became shorter than its timetable: every slot gets shorter alike, nobody loses his own."""
    last = slots[-1] if slots else None
    if last is None or last.minutes is None or last.span(shift)[1] <= shift.ends_at:
        return
    length = max(1, (shift.ends_at - shift.starts_at) // MINUTE // len(slots))
    for slot in slots:
        slot.after, slot.minutes = slot.number * length, length
