"""Pledged seats: an adopter keeps a seat of a shift of its project, and asks one of its members to take it.

A pledge mans seats until 48 hours before the start; what nobody said yes to by then is open to everybody.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, false, or_, select, text
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from communities.place import Place, in_ranges
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, db, seen
from kernel.privacy import kept
from partners.member import managed_by
from projects.adoption import Adoption

from .manning import KEPT, MANNED_BEFORE, Manning
from .naming import Naming

if TYPE_CHECKING:
    from .shift import Shift

PERSON_NAMED = text("state IN ('asked', 'manned')")


class PledgedSeat(Naming, Noted, Model):
    """One seat of a shift that an adoption keeps. Its person is asked by name, and sits there by his own yes only."""

    __tablename__ = "pledged_seat"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_pledged_seat_person",
            "shift_id",
            "person_id",
            unique=True,
            sqlite_where=PERSON_NAMED,
            postgresql_where=PERSON_NAMED,
        ),
        Index("ix_pledged_seat_adoption", "adoption_id"),
        Index("ix_pledged_seat_person", "person_id"),
        Index("ix_pledged_seat_state", "state"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), info=kept("which seat it is"))
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id"), info=kept("whose pledge it is"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who is asked to come"))
    state: Mapped[Manning] = mapped_column(stored(Manning), default=Manning.NOBODY, info=kept("whether he comes"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("whom to tell of the answer"))
    changed_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("since when it is so"))

    shift: Mapped["Shift"] = relationship(back_populates="pledged")
    adoption: Mapped[Adoption] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    by: Mapped[Person] = relationship(foreign_keys=by_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever is asked; who speaks for the adopter; who leads the duty or serves where it is."""
        if person.id is None:
            return seen(select(cls).where(false()))
        ours = select(Adoption.id).where(Adoption.partner_id.in_([partner.id for partner in managed_by(person)]))
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        shift = cls.shift.property.entity.class_
        here = or_(shift.place_id.in_(near), shift.duty.has(lead_id=person.id))
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.adoption_id.in_(ours), cls.shift.has(here))))

    @classmethod
    def asking(cls, person) -> Select:
        """The seats for which this person is asked and can still say yes, soonest first, with their partners."""
        shift = cls.shift.property.entity.class_
        mine = select(cls).join(cls.shift).where(cls.person_id == person.id, cls.state == Manning.ASKED)
        mine = mine.where(shift.starts_at > clock.now() + MANNED_BEFORE).order_by(shift.starts_at, cls.id)
        partner = joinedload(cls.adoption, innerjoin=True).joinedload(Adoption.partner, innerjoin=True)
        duty = contains_eager(cls.shift).joinedload(shift.duty, innerjoin=True)
        return seen(mine.options(partner, duty))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the shift before one of its seats: every verb here may change how many are taken."""
        shift = cls.shift.property.entity.class_
        of_this = shift.id == select(cls.shift_id).where(cls.id == id).scalar_subquery()
        db.session.scalar(seen(select(shift).where(of_this).with_for_update(key_share=True)))

    @property
    def closes_at(self) -> datetime:
        """Until when somebody can be named and say yes."""
        return self.shift.starts_at - MANNED_BEFORE

    @property
    def is_over(self) -> bool:
        """Whether it is too late for that, swept already or not."""
        return self.closes_at <= clock.now()

    @property
    def is_kept(self) -> bool:
        """Whether it is counted without anybody on it."""
        return self.state in KEPT

    @property
    def partner_id(self) -> int:
        """The adopter."""
        return self.adoption.partner_id

    def journal_place_id(self) -> int:
        """Where its shift is."""
        return self.shift.place_id
