"""The voice of a need: who said it, in which words, and how to reach him; a table of its own, kept for a time."""

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.person import Person
from kernel.db import Id, Instant, Model, Name, Note, Word
from kernel.privacy import kept
from kernel.text import clean_line, masked_phone

if TYPE_CHECKING:
    from .need import Need

KEPT = 730  # days after the need was closed
NUMBER = re.compile(r"(?<!\d)(1\d{10}|0\d{9,11})(?!\d)")
DIVIDED = re.compile(r"(?<=\d)[\s\-—]+(?=\d)")
PLAIN = str.maketrans("０１２３４５６７８９－", "0123456789-")
SEVEN = re.compile(r"\d{7,}")


class Reach(NamedTuple):
    """How somebody wants to be called, and the number to ring."""

    name: str
    phone: str


UNKNOWN = Reach("", "")


def reach_in(typed: str) -> Reach | None:
    """What one line says, “王阿姨 138 0000 1234”; None where it holds digits that are no whole number."""
    line = DIVIDED.sub("", clean_line(typed).translate(PLAIN))
    found = NUMBER.search(line)
    rest = clean_line(NUMBER.sub(" ", line, count=1)).strip(" ,，、:：;；")
    if found is None and SEVEN.search(line):
        return None
    return Reach(rest[:80], found.group(1) if found else "")


class Voice(Model):
    """One to one with its need: what was said is read by those who handle it, and by nobody else."""

    __tablename__ = "need_voice"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to", KEPT))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), unique=True, info=kept("which need it is", KEPT))
    words: Mapped[Note] = mapped_column(info=kept("what is wrong, as it was said", KEPT))
    name: Mapped[Name] = mapped_column(default="", info=kept("whom to ask for", KEPT))
    phone: Mapped[Word] = mapped_column(default="", info=kept("to say what came of it", KEPT))
    behalf_of: Mapped[Name] = mapped_column(default="", info=kept("for whom it was said", KEPT))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), index=True, info=kept("whose account follows it", KEPT)
    )
    language: Mapped[str] = mapped_column(String(2), default="zh", info=kept("the language of the answer", KEPT))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=kept("to know the follow-up link", KEPT))
    emptied_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when the words were let go", KEPT))

    need: Mapped["Need"] = relationship(back_populates="voice")
    person: Mapped[Person | None] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever may know of the need."""
        need = cls.need.property.entity.class_
        return select(cls).where(cls.need_id.in_(need.seen_by(person).with_only_columns(need.id)))

    @property
    def masked_phone(self) -> str:
        """The number as it is shown outside the circle that needs it."""
        return masked_phone(self.phone) if self.phone else ""

    @property
    def masked_name(self) -> str:
        """The family name: 王**."""
        return f"{self.name[0]}**" if self.name else ""

    @property
    def is_to_be_rung(self) -> bool:
        """Whether somebody has to ring: there is a number and no account that is told."""
        return self.person_id is None and bool(self.phone)

    def empty(self, at: datetime) -> None:
        """Its time is over: who it was and what was said is let go, that it was said stays."""
        self.words = self.name = self.phone = self.behalf_of = ""
        self.person_id, self.emptied_at = None, at
