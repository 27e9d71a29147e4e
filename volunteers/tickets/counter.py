"""The residents' door of a duty: what it is called, how many tickets a date has, and who may take them."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.journal import Audience
from communities.noted import Noted
from kernel import clock
from kernel.db import Id, Model, Word, db

from .handout import Handout
from .slot import Slot

if TYPE_CHECKING:
    from ..duty import Duty


class Counter(Noted, Model):
    """One for a duty; its dates have as many tickets, unless a date has a number of its own.

    `tickets` counts persons; `minutes` is the length of a slot, null where a number is for the whole time; `most` is
    the largest party; `local`: for residents of the community, by their own word.
    """

    __tablename__ = "ticket_counter"
    __table_args__ = (
        CheckConstraint("tickets >= 1", name="some_tickets"),
        CheckConstraint("most >= 1", name="somebody_comes"),
        CheckConstraint("minutes >= 5", name="time_for_one"),
    )

    id: Mapped[Id]
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), unique=True)
    label: Mapped[Word]
    tickets: Mapped[int]
    minutes: Mapped[int | None]
    most: Mapped[int] = mapped_column(default=2)
    local: Mapped[bool] = mapped_column(default=False)
    is_open: Mapped[bool] = mapped_column(default=True)

    duty: Mapped["Duty"] = relationship(back_populates="counter")

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public, like the duty."""
        return select(cls)

    @classmethod
    def set_up(cls, duty: "Duty", *, by, **facts: Any) -> "Counter":
        """Open the door of a duty, or change its terms. Called with the duty locked.

        Dates for which nobody took a ticket yet follow the new terms; the others keep their timetable and get the new
        number. Refuses fewer than are held on one of them (`TooFewTickets`).
        """
        known = duty.counter
        counter = known or cls(duty=duty)
        for name, value in facts.items():
            setattr(counter, name, value)
        db.session.add(counter)
        db.session.flush()
        counter.note("counter.changed" if known else "counter.opened", by, audience=Audience.PUBLIC, duty=duty.id)
        for shift in counter._dates_with_tickets():
            handout = Handout(shift)
            handout.check(counter.tickets)
            handout.settle()
        return counter

    def _dates_with_tickets(self) -> list[Any]:
        shift = type(self).duty.property.entity.class_.shifts.property.entity.class_
        stored = select(Slot.shift_id).where(Slot.shift_id == shift.id).exists()
        mine = select(shift).where(shift.duty_id == self.duty_id, shift.starts_at > clock.now(), stored)
        mine = mine.where(shift.tickets.is_(None)).order_by(shift.id)
        return list(db.session.scalars(mine.with_for_update(of=shift, key_share=True)))

    def journal_place_id(self) -> int:
        """Where the duty is."""
        return self.duty.place_id
