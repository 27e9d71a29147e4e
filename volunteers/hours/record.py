"""Training and awards of a volunteer: small records that the unit enters (67号令 art. 8, 9)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Select, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from communities.place import Place
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Name, Title, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal

DAYS = 3650


class Kind(Choice):
    """What is recorded beside service."""

    TRAINING = "training", _("培训")
    AWARD = "award", _("表彰")


class NotYet(Refusal):
    """What has happened is recorded."""

    message = _("这一天还没有到，等办完了再记。")
    field = "day"


class OwnRecord(Refusal):
    """Nobody awards himself."""

    message = _("不能给自己记，请别的同事来记。")


class StruckAlready(Refusal):
    """Once is enough."""

    message = _("这一条已经划掉了。")


class Record(Noted, Model):
    """One training or award: its name, what it was about, how long (minutes), by whom, when; struck, never deleted."""

    __tablename__ = "volunteer_record"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to", DAYS))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("whose it is", DAYS))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), info=kept("who recorded it", DAYS))
    kind: Mapped[Kind] = mapped_column(stored(Kind), info=kept("training or award", DAYS))
    title: Mapped[Title] = mapped_column(info=kept("what it is called", DAYS))
    about: Mapped[Title] = mapped_column(default="", info=kept("what was learnt", DAYS))
    minutes: Mapped[int | None] = mapped_column(info=kept("how long was learnt", DAYS))
    giver: Mapped[Name] = mapped_column(info=kept("who held or gave it", DAYS))
    day: Mapped[date] = mapped_column(info=kept("when it was", DAYS))
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who entered it", DAYS))
    struck_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was struck as wrong", DAYS))

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    place: Mapped[Place] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those of people who live where one serves."""
        neighbours = Person.seen_by(person).with_only_columns(Person.id)
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.person_id.in_(neighbours))))

    @classmethod
    def of(cls, person) -> Select:
        """The living ones of a person, newest first."""
        return seen(select(cls).where(cls.person_id == person.id, cls.struck_at.is_(None)).order_by(cls.day.desc()))

    @classmethod
    def enter(cls, person, place: Place, kind: Kind, *, day: date, by, **facts) -> "Record":
        """Write one down. Refuses a day to come (`NotYet`) and one's own (`OwnRecord`)."""
        if by.id == person.id:
            raise OwnRecord
        if day > clock.today():
            raise NotYet
        record = cls(person=person, place=place, kind=kind, day=day, noted_by_id=by.id, **facts)
        db.session.add(record)
        db.session.flush()
        record.note("record.entered", by, tell=[person], record_kind=kind.value, person=person.id)
        return record

    def strike(self, *, by) -> None:
        """It was wrong. Refuses a second time (`StruckAlready`)."""
        if self.struck_at is not None:
            raise StruckAlready
        self.struck_at = clock.now()
        self.note("record.struck", by, record_kind=self.kind.value, person=self.person_id)
