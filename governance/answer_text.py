"""Texts of answers: short words of a district for what is often declined or solved, in the language of who said it."""

from sqlalchemy import ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.noted import Noted
from communities.place import Kind, Place
from kernel.choice import Choice, stored
from kernel.db import Id, Model, Note, Title, db, seen
from kernel.i18n import _
from kernel.work import Refusal


class Use(Choice):
    """What is answered with it."""

    SOLVED = "solved", _("办好了的答复")
    DECLINED = "declined", _("不受理的答复")


class DistrictsOnly(Refusal):
    """The texts are those of a district."""

    message = _("答复模板由区里统一编，请选一个区。")
    field = "place"


class AnswerText(Noted, Model):
    """One text of a district, with its English words where it has some."""

    __tablename__ = "answer_text"
    __table_args__ = (Index("ix_answer_text_place", "place_id", "use", "is_on"),)

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    use: Mapped[Use] = mapped_column(stored(Use))
    title: Mapped[Title]
    words: Mapped[Note]
    words_en: Mapped[Note] = mapped_column(default="")
    is_on: Mapped[bool] = mapped_column(default=True)

    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def seen_by(cls, person) -> Select:
        """They are read by whoever gets an answer."""
        return select(cls)

    @classmethod
    def offered(cls, place: Place, use: Use) -> list["AnswerText"]:
        """The texts of the district of this place for this use."""
        district = cls.place_id.in_(place.ancestor_ids)
        wanted = select(cls).where(district, cls.use == use, cls.is_on)
        return list(db.session.scalars(seen(wanted.order_by(cls.title, cls.id))))

    @classmethod
    def write(cls, place: Place, use: Use, *, title: str, words: str, words_en: str = "", by) -> "AnswerText":
        """A new text of a district. Refuses any other place (`DistrictsOnly`)."""
        if place.kind is not Kind.DISTRICT:
            raise DistrictsOnly
        text = cls(place=place, use=use, title=title, words=words, words_en=words_en)
        db.session.add(text)
        db.session.flush()
        text.note("answer_text.written", by, answer_text=text.id)
        return text

    def rewrite(self, *, title: str, words: str, words_en: str, is_on: bool, by) -> None:
        """Other words; answers that were given with the old ones stay as they are. Off: it is not offered any more."""
        self.title, self.words, self.words_en, self.is_on = title, words, words_en, is_on
        self.note("answer_text.rewritten", by, answer_text=self.id)

    def in_language(self, code: str) -> str:
        """The words for somebody who reads this language."""
        return self.words_en if code == "en" and self.words_en else self.words
