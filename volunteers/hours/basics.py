"""What the law asks of whoever gets a certificate (67号令 art. 5): shown before the first one, filled in or left."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.db import Id, Instant, Model, Name, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.text import ascii_digits
from kernel.work import Refusal

DAYS = 730
TAIL = 4  # signs of the ID number; the whole number is never asked for


class WrongTail(Refusal):
    """Three digits and a digit or X."""

    message = _("证件号码只填最后四位，例如 123X。")
    field = "id_tail"


class Basics(Noted, Model):
    """The name as on the ID and its last four signs, where the volunteer gave them; a row says that he was asked."""

    __tablename__ = "legal_basics"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to", DAYS))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True, info=kept("whose they are", DAYS))
    name: Mapped[Name] = mapped_column(default="", info=kept("the name on certificates, as on the ID", DAYS))
    id_tail: Mapped[str] = mapped_column(
        String(TAIL), default="", info=kept("to tell people of the same name apart", DAYS, sensitive=True)
    )
    asked_at: Mapped[datetime] = mapped_column(
        Instant, default=clock.now, info=kept("when it was filled or left", DAYS)
    )

    person: Mapped[Person] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, nobody else's."""
        return seen(select(cls).where(cls.person_id == person.id))

    @classmethod
    def of(cls, person) -> "Basics | None":
        """Those of a person; None before the first certificate."""
        return db.session.scalar(cls.seen_by(person))

    @classmethod
    def give(cls, person, *, name: str, id_tail: str, by) -> "Basics":
        """Fill them in, or leave them empty. Refuses what is no end of an ID number (`WrongTail`)."""
        tail = ascii_digits(id_tail).strip().upper()
        if tail and not (len(tail) == TAIL and tail[:3].isdecimal() and (tail[3].isdecimal() or tail[3] == "X")):
            raise WrongTail
        basics = cls.of(person) or cls(person=person, person_id=person.id)
        basics.name, basics.id_tail, basics.asked_at = name.strip(), tail, clock.now()
        db.session.add(basics)
        db.session.flush()
        basics.note("certificate.basics", by)
        return basics

    def journal_place_id(self) -> int | None:
        """Where the person lives."""
        return self.person.home_id


def printed_name(person, basics: Basics | None) -> str:
    """The name that stands on a certificate."""
    return (basics and basics.name) or person.name
