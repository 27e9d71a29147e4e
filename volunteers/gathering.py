"""Gatherings: two to four people who want to come together: they get seats together, or they wait together.

Nobody signs another one up: each says yes himself, and with the last yes all of them are entered at once.
"""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, or_, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, db, seen
from kernel.privacy import kept

from .gathering_state import MOST, AskedAlready, GatheringAnswered, Together, TooMany, WithWhom
from .refusals import ShiftCancelled, ShiftOver

if TYPE_CHECKING:
    from .shift import Shift

GATHERING = text("state = 'gathering'")


class Companion(Model):
    """One who is asked to come along."""

    __tablename__ = "companion"
    __private__ = True
    __table_args__ = (UniqueConstraint("gathering_id", "person_id"),)

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    gathering_id: Mapped[int] = mapped_column(ForeignKey("gathering.id"), info=kept("with whom"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("who is asked"))
    agreed: Mapped[bool | None] = mapped_column(info=kept("what he said"))

    gathering: Mapped["Gathering"] = relationship(back_populates="companions")
    person: Mapped[Person] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Those of one's own gatherings."""
        mine = select(Gathering.id).where(Gathering.asker_id == person.id)
        return select(cls).where(or_(cls.person_id == person.id, cls.gathering_id.in_(mine)))


class Gathering(Noted, Model):
    """One person's wish to come to a shift with others."""

    __tablename__ = "gathering"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_gathering_living",
            "shift_id",
            "asker_id",
            unique=True,
            sqlite_where=GATHERING,
            postgresql_where=GATHERING,
        ),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), info=kept("where they want to go"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who asked the others"))
    state: Mapped[Together] = mapped_column(stored(Together), default=Together.GATHERING, info=kept("what became"))
    asked_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("since when"))

    shift: Mapped["Shift"] = relationship()
    asker: Mapped[Person] = relationship()
    companions: Mapped[list[Companion]] = relationship(back_populates="gathering", order_by=Companion.id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Those who are in it."""
        asked = cls.companions.any(Companion.person_id == person.id)
        return seen(select(cls).where(or_(cls.asker_id == person.id, asked)))

    @classmethod
    def gathering(cls, shift, person) -> "Gathering | None":
        """The gathering of this shift that waits for this person, or that he gathers."""
        mine = cls.seen_by(person).where(cls.shift_id == shift.id, cls.state == Together.GATHERING)
        asked = joinedload(cls.companions).joinedload(Companion.person)
        mine = mine.options(joinedload(cls.asker, innerjoin=True), asked).order_by(cls.id)
        return next(iter(db.session.scalars(seen(mine)).unique()), None)

    @classmethod
    def gather(cls, shift, asker, others: list[Person], *, by) -> "Gathering":
        """Ask others to come along; nobody is signed up yet.

        Refuses nobody and too many, a second gathering of the same person, and what keeps the asker himself away.
        """
        others = [person for person in dict.fromkeys(others) if person.id != asker.id]
        if not others:
            raise WithWhom
        if len(others) > MOST:
            raise TooMany(most=MOST)
        mine = (cls.shift_id == shift.id) & (cls.asker_id == asker.id) & (cls.state == Together.GATHERING)
        if db.session.scalar(seen(select(cls.id).where(mine))):
            raise AskedAlready
        if found := shift.refusals_for(asker):
            raise found[0]
        gathering = cls(shift=shift, asker=asker, companions=[Companion(person=person) for person in others])
        db.session.add(gathering)
        gathering.note("gathering.asked", by, tell=others, shift=shift.id, person=asker.id)
        return gathering

    def agree(self, person, *, by) -> None:
        """Yes of one of them; with the last one all are entered, together. Raises what keeps any of them away."""
        mine = self._asked(person)
        if self.shift.is_cancelled:
            raise ShiftCancelled
        if self.shift.starts_at <= clock.now():
            raise ShiftOver
        if found := self.shift.refusals_for(person):
            raise found[0]
        mine.agreed = True
        self.note("gathering.agreed", by, tell=[self.asker], shift=self.shift_id, person=person.id)
        if all(companion.agreed for companion in self.companions):
            self.shift.sign_up_together(self)
            self.state = Together.ENTERED

    def decline(self, person, *, by) -> None:
        """No of one of them: the others decide anew."""
        self._asked(person).agreed = False
        self.state = Together.OFF
        told = [self.asker, *(one.person for one in self.companions if one.person_id != person.id)]
        self.note("gathering.off", by, tell=told, shift=self.shift_id, person=person.id)

    def call_off(self, *, by) -> None:
        """The asker thinks better of it."""
        self._gathering()
        self.state = Together.OFF
        told = [companion.person for companion in self.companions]
        self.note("gathering.off", by, tell=told, shift=self.shift_id, person=self.asker_id)

    @property
    def people(self) -> list[Person]:
        """All of them, the asker first."""
        return [self.asker, *(companion.person for companion in self.companions)]

    def is_asked(self, person) -> bool:
        """Whether this person is still to answer."""
        return any(one.person_id == person.id and one.agreed is None for one in self.companions)

    def _gathering(self) -> None:
        if self.state is not Together.GATHERING:
            raise GatheringAnswered(state=self.state.label)

    def _asked(self, person) -> Companion:
        self._gathering()
        for companion in self.companions:
            if companion.person_id == person.id and companion.agreed is None:
                return companion
        raise GatheringAnswered(state=self.state.label)

    def journal_place_id(self) -> int:
        """Where the shift is."""
        return self.shift.place_id
