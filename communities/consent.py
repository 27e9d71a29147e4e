"""Consents: what a person agreed to, in which words, from when until when; a row, never a flag, and never deleted.

PIPL art. 14–16: what is agreed to is asked for by itself, can be taken back at any time, and saying no costs nothing.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Instant, Model, Name, db, seen
from kernel.privacy import kept

from .agreeing import Agreeing
from .person import Person
from .place import Place, in_ranges
from .post import CARERS
from .purpose import TEXTS, Purpose, Way

DAYS = 1095  # 民法典 art. 188: three years in which somebody may ask for the proof


class Consent(Agreeing, Model):
    """One person's yes to one purpose; for a minor the guardian's."""

    __tablename__ = "consent"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_consent_living",
            "person_id",
            "purpose",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to", DAYS))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("whom it is about", DAYS))
    purpose: Mapped[Purpose] = mapped_column(stored(Purpose), info=kept("what was agreed to", DAYS))
    version: Mapped[int] = mapped_column(info=kept("the words that were agreed to", DAYS))
    way: Mapped[Way] = mapped_column(stored(Way), info=kept("to prove that it was given", DAYS))
    guardian: Mapped[Name] = mapped_column(default="", info=kept("who agreed for a minor", DAYS, sensitive=True))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who asked and noted it", DAYS))
    since: Mapped[date] = mapped_column(default=clock.today, info=kept("from which day it counts", DAYS))
    until: Mapped[date | None] = mapped_column(info=kept("to which day it counts", DAYS))
    at: Mapped[datetime] = mapped_column(Instant, default=clock.now, info=kept("when it was noted", DAYS))
    ended_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was taken back", DAYS))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who noted the end", DAYS))

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    asked_by: Mapped[Person | None] = relationship(foreign_keys=asked_by_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those of people whose desk one is."""
        paths = [post.place.path for post in person.posts if post.office in CARERS]
        near = select(Place.id).where(in_ranges(Place.path, paths))
        theirs = cls.person_id.in_(select(Person.id).where(Person.home_id.in_(near)))
        return select(cls).where(or_(cls.person_id == person.id, theirs))

    @classmethod
    def of(cls, person) -> Select:
        """All that this person agreed to, ended or not, newest first."""
        return seen(select(cls).where(cls.person_id == person.id).order_by(cls.id.desc()))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the person before the consent: what rests on it are other rows of the person."""
        owner = select(cls.person_id).where(cls.id == id).scalar_subquery()
        db.session.execute(select(Person.id).where(Person.id == owner).with_for_update(key_share=True))

    @classmethod
    def held(cls, person, purpose: Purpose, on: date | None = None) -> "Consent | None":
        """The consent of this person that counts on this day, else today; all of them are loaded once a transaction."""
        day = on or clock.today()
        found = (row for row in person.remember("consents", living) if row.purpose is purpose and row.covers(day))
        return next(found, None)

    def covers(self, on: date) -> bool:
        """Whether this day lies in its time."""
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def is_living(self) -> bool:
        """Whether it counts today."""
        return self.ended_at is None and self.covers(clock.today())

    @property
    def words(self):
        """The text that was agreed to, in the reader's language."""
        return TEXTS[self.purpose][self.version]

    def journal_place_id(self) -> int | None:
        """Where the person lives."""
        return self.person.home_id


def living(person) -> list[Consent]:
    if person.id is None:
        return []
    mine = select(Consent).where(Consent.person_id == person.id, Consent.ended_at.is_(None))
    return list(db.session.scalars(seen(mine)))
