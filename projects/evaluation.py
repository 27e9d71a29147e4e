"""What the committee says of an adopter when all is done: three words and a sentence, no number and no rank."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, Note, db
from kernel.i18n import _
from kernel.work import Refusal

from .adoption import Adoption
from .stage import Stage
from .standing import State


class Word(Choice):
    """How it was."""

    GREAT = "great", _("很满意")
    GOOD = "good", _("满意")
    BETTER = "better", _("还可以更好")


class NotDoneYet(Refusal):
    """What is not finished is not judged."""

    message = _("项目结项以后才能评价。请先结项。")


class SaidAlready(Refusal):
    """Once, each side."""

    message = _("已经写过了，只能写一次。请刷新后再看。")


class SentenceNeeded(Refusal):
    """A word alone helps nobody."""

    message = _("请写一句具体的：哪里做得好，或者哪里可以更好。")
    field = "sentence"


class Evaluation(Model):
    """One of each adoption of a closed project; the partner may answer once."""

    __tablename__ = "evaluation"

    id: Mapped[Id]
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id"), unique=True)
    word: Mapped[Word] = mapped_column(stored(Word))
    sentence: Mapped[Note]
    at: Mapped[Moment] = mapped_column(default=clock.now)
    reply: Mapped[Note] = mapped_column(default="")
    replied_at: Mapped[datetime | None] = mapped_column(Instant)

    adoption: Mapped[Adoption] = relationship(back_populates="evaluation")

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever sees the adoption; its words are shown to the two sides."""
        return select(cls).where(cls.adoption_id.in_(Adoption.seen_by(person).with_only_columns(Adoption.id)))

    @classmethod
    def give(cls, adoption: Adoption, word: Word, sentence: str, *, by) -> "Evaluation":
        """The committee says how it was. Refuses what is not closed (`NotDoneYet`), and a second word."""
        if adoption.project.stage is not Stage.CLOSED or adoption.state is not State.DELIVERED:
            raise NotDoneYet
        if adoption.evaluation is not None:
            raise SaidAlready
        if not sentence.strip():
            raise SentenceNeeded
        given = cls(adoption=adoption, word=word, sentence=sentence)
        db.session.add(given)
        adoption._note("evaluation.given", by)
        return given

    def answer(self, words: str, *, by) -> None:
        """The partner answers, once."""
        if self.replied_at is not None:
            raise SaidAlready
        if not words.strip():
            raise SentenceNeeded
        self.reply, self.replied_at = words, clock.now()
        self.adoption._note("evaluation.answered", by)
