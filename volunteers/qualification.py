"""Qualifications: a paper that staff has seen, for one capability, until a day; asked for where a duty needs proof.

The paper stays with its owner: what it is called, until when it is valid and who saw it is all that is kept.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, or_, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.catalogue import Capability
from communities.journal import Audience
from communities.noted import Noted
from communities.person import Person
from communities.place import Place, in_ranges
from kernel import clock
from kernel.db import Id, Instant, Model, Title, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal

LIVING = text("ended_at IS NULL")


class RunOut(Refusal):
    """What is not valid any more proves nothing."""

    message = _("这张证件已经过期了，请等他换了新证再记。")
    field = "until"


class NotHisOwn(Refusal):
    """Nobody proves himself."""

    message = _("自己的证件请另一位工作人员看过再记。")


class SeenAlready(Refusal):
    """The same paper is not noted twice; a renewed one has another day."""

    message = _("这项本事已经记过一张到 %(until)s 的证件。换了新证，请填新的有效期。")
    field = "until"


class EndedAlready(Refusal):
    """Taken back once."""

    message = _("这条记录已经撤下了。")


class Qualification(Noted, Model):
    """One person's proof of one capability."""

    __tablename__ = "qualification"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_qualification_living",
            "person_id",
            "capability_id",
            unique=True,
            sqlite_where=LIVING,
            postgresql_where=LIVING,
        ),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("whose it is"))
    capability_id: Mapped[int] = mapped_column(ForeignKey("capability.id"), info=kept("what it proves"))
    paper: Mapped[Title] = mapped_column(info=kept("what was seen"))
    until: Mapped[date | None] = mapped_column(info=kept("how long it proves it"))
    seen_on: Mapped[date] = mapped_column(default=clock.today, info=kept("when it was seen"))
    seen_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who saw it"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("since when it counts no more"))

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    capability: Mapped[Capability] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those of whoever lives where one serves."""
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        theirs = cls.person_id.in_(select(Person.id).where(Person.home_id.in_(near)))
        return select(cls).where(or_(cls.person_id == person.id, theirs))

    @classmethod
    def of(cls, person) -> Select:
        """Those of a person that count or ran out, with what they prove; taken back ones are history."""
        mine = select(cls).where(cls.person_id == person.id, cls.ended_at.is_(None))
        return seen(mine.options(joinedload(cls.capability, innerjoin=True)).order_by(cls.id))

    @classmethod
    def covers(cls, person, capability_id: int, day: date) -> bool:
        """Whether a paper for this capability is valid on the day; all of the person's are loaded once."""
        rows = person.remember("qualifications", lambda somebody: list(db.session.scalars(cls.of(somebody))))
        return any(row.capability_id == capability_id and row.is_valid_on(day) for row in rows)

    @classmethod
    def note_seen(cls, person, capability: Capability, paper: str, until: date | None, *, by) -> "Qualification":
        """Somebody of the staff saw the paper; a renewed one takes the place of the old one.

        Refuses one's own (`NotHisOwn`), one that ran out (`RunOut`), and the same one again (`SeenAlready`).
        """
        if by.id == person.id:
            raise NotHisOwn
        if until is not None and until < clock.today():
            raise RunOut
        of_it = (cls.person_id == person.id) & (cls.capability_id == capability.id) & cls.ended_at.is_(None)
        former = db.session.scalar(seen(select(cls).where(of_it)))
        if former is not None:
            if former.until is None or (until is not None and until <= former.until):
                raise SeenAlready(until=former.until_words)
            former.ended_at = clock.now()
            db.session.flush()
        new = cls(person=person, capability=capability, paper=paper, until=until, seen_by_id=by.id)
        db.session.add(new)
        person.forget()
        ids = {"person": person.id, "capability": capability.id}
        new.note("qualification.seen", by, tell=[person], audience=Audience.PARTIES, **ids)
        return new

    def end(self, *, by) -> None:
        """It was noted by mistake, or was withdrawn by whoever issued it."""
        if self.ended_at is not None:
            raise EndedAlready
        self.ended_at = clock.now()
        self.person.forget()
        ids = {"person": self.person_id, "capability": self.capability_id}
        self.note("qualification.ended", by, tell=[self.person], audience=Audience.PARTIES, **ids)

    def is_valid_on(self, day: date) -> bool:
        """Whether it proves something on this day."""
        return self.ended_at is None and (self.until is None or day <= self.until)

    @property
    def until_words(self) -> str:
        """Until when, in words."""
        return self.until.isoformat() if self.until else str(_("长期"))

    def journal_place_id(self) -> int | None:
        """Where its person lives."""
        return self.person.home_id
