"""志愿服务记录证明: what a recording unit certifies of one person's service; a snapshot, signed, never overwritten."""

import json
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Select, String, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.person import Person
from kernel import clock, paper_number
from kernel import signature as signatures
from kernel.choice import stored
from kernel.db import Id, Model, Name, Note, db, seen
from kernel.i18n import _
from kernel.privacy import kept

from .certificate_state import State
from .certifying import Certifying
from .counting import Counted
from .unit import RecordingUnit

DAYS = 3650
FORM = "HHR1"  # which facts are signed, in which order: other facts are another form


class Certificate(Certifying, Model):
    """One certificate: of whom, by which unit, of which days; its number, what was counted, its signature.

    `entries` and `head` say how long the chain of the unit was and where it ended: a ledger that was cut off and given
    another end later no longer fits what was printed.
    """

    __tablename__ = "certificate"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_certificate_issued",
            "person_id",
            "unit_id",
            "since",
            "until",
            unique=True,
            sqlite_where=text("state = 'issued'"),
            postgresql_where=text("state = 'issued'"),
        ),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to", DAYS))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("whose service it is", DAYS))
    unit_id: Mapped[int] = mapped_column(ForeignKey("recording_unit.id"), index=True, info=kept("who certifies", DAYS))
    since: Mapped[date] = mapped_column(info=kept("the days that it covers", DAYS))
    until: Mapped[date] = mapped_column(info=kept("the days that it covers", DAYS))
    state: Mapped[State] = mapped_column(stored(State), default=State.ISSUED, info=kept("whether it holds", DAYS))
    number: Mapped[str] = mapped_column(
        String(paper_number.LENGTH), unique=True, info=kept("so that anybody can check it", DAYS)
    )
    name: Mapped[Name] = mapped_column(info=kept("the name as it was printed", DAYS))
    id_tail: Mapped[str] = mapped_column(
        String(4), default="", info=kept("to tell people of the same name apart", DAYS, sensitive=True)
    )
    counted: Mapped[dict[str, Any]] = mapped_column(JSON, info=kept("what it says", DAYS))
    entries: Mapped[int] = mapped_column(info=kept("to show that nobody changed the ledger", DAYS))
    head: Mapped[str] = mapped_column(String(64), info=kept("to show that nobody changed the ledger", DAYS))
    key_id: Mapped[str] = mapped_column(ForeignKey("signing_key.id"), info=kept("which key signed it", DAYS))
    signature: Mapped[str] = mapped_column(String(86), info=kept("so that anybody can check it", DAYS))
    issued_on: Mapped[date] = mapped_column(default=clock.today, info=kept("when it was issued", DAYS))
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who asked for it", DAYS))
    revoked_on: Mapped[date | None] = mapped_column(info=kept("when it ceased to hold", DAYS))
    reason: Mapped[Note] = mapped_column(default="", info=kept("why it ceased to hold", DAYS))
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("certificate.id"), index=True, info=kept("which one it takes the place of", DAYS)
    )

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    unit: Mapped[RecordingUnit] = relationship()
    key: Mapped[signatures.SigningKey] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those of the units that one sees; what a number shows to everybody is `numbered`."""
        return seen(select(cls).where(or_(cls.person_id == person.id, cls.unit_id.in_(RecordingUnit.kept_by(person)))))

    @classmethod
    def numbered(cls, number: str) -> "Certificate | None":
        """The one with this plain number: whoever has the paper may ask what it should say."""
        return db.session.scalar(seen(select(cls).where(cls.number == number)))

    @classmethod
    def of(cls, person) -> Select:
        """All of a person, newest first."""
        return seen(select(cls).where(cls.person_id == person.id).order_by(cls.id.desc()))

    @property
    def is_valid(self) -> bool:
        """Whether it still holds."""
        return self.state is State.ISSUED

    @property
    def shown_number(self) -> str:
        """As it is printed."""
        return paper_number.shown(self.number)

    @property
    def masked_name(self) -> str:
        """As everybody sees it who has the number: the first sign, and stars."""
        return masked(self.name)

    @property
    def what(self) -> Counted:
        """What was counted when it was issued."""
        return Counted.restored(self.counted)

    @property
    def issuer(self) -> str:
        """Who issued it, as it was called then."""
        return recorder(self.counted["unit"], self.counted["unit_kind"])

    @property
    def line(self) -> str:
        """The line that is signed and printed: form, number, name, unit, days, minutes, issued on, end of the chain."""
        days = (self.since.isoformat(), self.until.isoformat())
        facts = (self.shown_number, self.name, self.counted["unit"], *days)
        ledger = (self.counted["minutes"], self.issued_on.isoformat(), self.entries, self.head)
        return json.dumps((FORM, *facts, *ledger), ensure_ascii=False, separators=(",", ":"))

    @property
    def is_genuine(self) -> bool:
        """Whether what is stored is what was signed, and the items add up to the sum."""
        adds_up = sum(item.minutes for item in self.what.items) == self.counted["minutes"]
        return adds_up and signatures.fits(self.line, self.signature, self.key.public)

    @property
    def successor(self) -> "Certificate | None":
        """The one that took its place."""
        return None if self.is_valid else db.session.scalar(seen(select(Certificate).filter_by(replaces_id=self.id)))

    def journal_place_id(self) -> int:
        """Where it was issued."""
        return self.unit.place_id


def masked(name: str) -> str:
    """“吴阿姨（示例）” → “吴**”: how long the name is stays untold."""
    return name[:1] + "**"


def recorder(name: str, kind: str) -> str:
    """Who records at a place of this kind: “东方社区居委会”; above the communities the place itself (art. 26)."""
    return str(_("%(community)s居委会", community=name)) if kind == "community" else name
