"""Swaps: somebody who cannot come finds another one himself: a person, his team, whoever likes, or a shift in exchange.

Both sides say yes, the same gates are asked, and the lead may object for a while; then the seats change hands at once.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, and_, or_, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.person import Person
from communities.place import Place, in_ranges
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Instant, Model, Moment, Note, db, seen
from kernel.privacy import kept
from partners.member import memberships
from partners.partner import Partner

from .signup import Signup, State
from .swap_state import (
    LIVING,
    NotYours,
    NotYourTeam,
    OfferedAlready,
    PledgedNot,
    QueueFirst,
    Swapping,
    Yourself,
)
from .trading import Trading

if TYPE_CHECKING:
    from .shift import Shift

OPEN_ROWS = text("state IN ('open', 'agreed')")


class Swap(Trading, Model):
    """One seat that its holder wants somebody else to take, perhaps for a seat in another shift."""

    __tablename__ = "swap"
    __private__ = True
    __table_args__ = (
        Index("uq_swap_living", "signup_id", unique=True, sqlite_where=OPEN_ROWS, postgresql_where=OPEN_ROWS),
        Index("ix_swap_settle", "state", "settle_at"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), info=kept("the seat that is given"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, info=kept("who is asked"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True, info=kept("the team asked"))
    wanted_id: Mapped[int | None] = mapped_column(
        ForeignKey("shift.id"), index=True, info=kept("the shift that is wanted in exchange")
    )
    taker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who said yes"))
    state: Mapped[Swapping] = mapped_column(stored(Swapping), default=Swapping.OPEN, info=kept("whether it is done"))
    asked_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("since when"))
    settle_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("until when the lead may object"))
    reason: Mapped[Note] = mapped_column(default="", info=kept("why the lead objected, or what was in the way"))

    signup: Mapped[Signup] = relationship()
    to: Mapped[Person | None] = relationship(foreign_keys=to_id)
    partner: Mapped[Partner | None] = relationship()
    wanted: Mapped["Shift | None"] = relationship()
    taker: Mapped[Person | None] = relationship(foreign_keys=taker_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """The two sides, whoever can say yes, and who leads or serves there."""
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        shift = cls.signup.property.entity.class_.shift.property.entity.class_
        here = or_(shift.place_id.in_(near), shift.duty.has(lead_id=person.id))
        leads = cls.signup.has(Signup.shift.has(here))
        own = cls.signup.has(Signup.person_id == person.id)
        reach = or_(own, cls.taker_id == person.id, leads, cls.open_to(person))
        seat = joinedload(cls.signup, innerjoin=True)
        date = seat.joinedload(Signup.shift, innerjoin=True)
        parts = seat.joinedload(Signup.person, innerjoin=True), date.joinedload(shift.duty, innerjoin=True)
        return seen(select(cls).where(reach).options(*parts))

    @classmethod
    def open_to(cls, person):
        """A condition: this person can say yes to it, or is asked."""
        teams = [member.partner_id for member in memberships(person)]
        mine = select(Signup.shift_id).where(Signup.person_id == person.id, Signup.state == State.CONFIRMED)
        board = and_(cls.to_id.is_(None), cls.partner_id.is_(None), cls.wanted_id.is_(None))
        asked = or_(cls.to_id == person.id, cls.partner_id.in_(teams), cls.wanted_id.in_(mine), board)
        return (cls.state == Swapping.OPEN) & cls.signup.has(Signup.state == State.CONFIRMED) & asked

    @property
    def shift(self) -> "Shift":
        """The shift of the seat."""
        return self.signup.shift

    @property
    def giver(self) -> Person:
        """Who cannot come."""
        return self.signup.person

    @property
    def is_board(self) -> bool:
        """Whether anybody may take it."""
        return self.to_id is None and self.partner_id is None and self.wanted_id is None

    @classmethod
    def offer(cls, signup: Signup, *, by, to: Person | None = None, partner=None, wanted=None) -> "Swap":
        """Ask a person, a team, whoever is in the shift that is wanted for it, or with none of these everybody.

        Called with the shift of the sign-up locked. Refuses what is not confirmed or has begun (`NotYours`), a seat
        that is a partner's (`PledgedNot`), what others wait for (`QueueFirst`), oneself, another's team, and a second
        try at the same time (`OfferedAlready`).
        """
        shift = signup.shift
        if signup.state is not State.CONFIRMED or shift.starts_at <= clock.now() or shift.is_cancelled:
            raise NotYours
        if shift.is_pledged_to(signup.person):
            raise PledgedNot
        if wanted is None and (waiting := shift.count(State.WAITING, State.OFFERED)):
            raise QueueFirst(waiting=waiting)
        if to is not None and to.id == signup.person_id:
            raise Yourself
        if partner is not None and partner.id not in {member.partner_id for member in memberships(signup.person)}:
            raise NotYourTeam
        if db.session.scalar(seen(select(cls.id).where(cls.signup_id == signup.id, cls.state.in_(LIVING)))):
            raise OfferedAlready
        swap = cls(signup=signup, to=to, partner=partner, wanted=wanted)
        db.session.add(swap)
        swap.note("swap.offered", by, tell=swap.asked_people(), shift=shift.id, person=signup.person_id)
        return swap

    def journal_place_id(self) -> int:
        """Where the shift is."""
        return self.shift.place_id
