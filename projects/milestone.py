"""Milestones of an adoption: promised for a day, reached with evidence; late is what the clock says."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.working_day import working_days_before, working_days_between
from kernel import clock
from kernel.db import Id, Model, Moment, Note, Title, db
from kernel.i18n import _
from kernel.stored_file import StoredFile
from kernel.work import Refusal

from .plain_words import plain
from .standing import State, WhyNot

if TYPE_CHECKING:
    from .adoption import Adoption

DAY = timedelta(days=1)


class NotThatDay(Refusal):
    """A promise is about a day that comes."""

    message = _("这一天已经过去了，请写今天或以后的日子。")
    field = "due"


class SameDay(Refusal):
    """Nothing is moved."""

    message = _("还是原来那一天。请写一个新的日子。")
    field = "due"


class OverAlready(Refusal):
    """Reached, dropped, or of an adoption that does not run."""

    message = _("“%(milestone)s”已经了结了，或者这份认领不在进行中。请刷新后再看。")


class Postponement(Model):
    """A milestone was moved: the day that it had before, and why."""

    __tablename__ = "postponement"

    id: Mapped[Id]
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), index=True)
    was: Mapped[date]
    reason: Mapped[Note]
    at: Mapped[Moment] = mapped_column(default=clock.now)

    milestone: Mapped["Milestone"] = relationship(lambda: Milestone, back_populates="postponements")


class Milestone(Model):
    """One step; never deleted. `counts_from` is the day after which it is late: its own, or where a pause puts it."""

    __tablename__ = "milestone"

    id: Mapped[Id]
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id"), index=True)
    title: Mapped[Title]
    due: Mapped[date]
    counts_from: Mapped[date] = mapped_column(index=True)
    promised_at: Mapped[Moment] = mapped_column(default=clock.now)
    reached_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    words: Mapped[Note] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    adoption: Mapped["Adoption"] = relationship(back_populates="milestones")
    postponements: Mapped[list[Postponement]] = relationship(back_populates="milestone", order_by=Postponement.id)
    file: Mapped[StoredFile | None] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever sees the adoption."""
        adoption = cls.adoption.property.entity.class_
        return select(cls).where(cls.adoption_id.in_(adoption.seen_by(person).with_only_columns(adoption.id)))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold its project, then its adoption: a verb here is a sign of life of the adoption."""
        adoption = cls.adoption.property.entity.class_
        owner = db.session.scalar(select(cls.adoption_id).where(cls.id == id))
        if owner is not None:
            adoption.lock_owner(owner)
            held = select(adoption).where(adoption.id == owner).with_for_update(of=adoption, key_share=True)
            db.session.scalar(held.execution_options(populate_existing=True))

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reached, by whoever has its adoption."""
        return self.reached_on is None and self.dropped_on is None and self.adoption.state is State.RUNNING

    @property
    def days_late(self) -> int:
        """Working days since its day was over; 0 for none, and in a pause."""
        if not self.is_open or self.adoption.is_paused:
            return 0
        return max(working_days_between(self.counts_from, clock.today()), 0)

    @classmethod
    def open_before(cls, day: date):
        """A condition: still to be reached, and counting from a day before this one."""
        return cls.reached_on.is_(None) & cls.dropped_on.is_(None) & (cls.counts_from < day)

    def reach(self, words: str, scan, *, by) -> None:
        """It is done, with a sentence and, where there is one, a picture or a PDF."""
        self._open()
        self.reached_on, self.words = clock.today(), plain(words, "words")
        self.keep(scan)
        self.tell("milestone.reached", by)

    def move(self, due: date, reason: str, *, by) -> None:
        """Another day; the old one is kept. Refuses without a reason (`WhyNot`), and a day that is over."""
        self._open()
        if due is None or due < clock.today():
            raise NotThatDay
        if due == self.due:
            raise SameDay
        if not reason.strip():
            raise WhyNot
        self.postponements.append(Postponement(was=self.due, reason=reason))
        self.due = self.counts_from = due
        if self.adoption.is_paused:
            self.counts_from = max(due, self.adoption.paused_until or due)
        self.tell("milestone.moved", by)

    def drop(self, reason: str, *, by) -> None:
        """It is not wanted any more; it stays, with the reason."""
        self._open()
        if not reason.strip():
            raise WhyNot
        self.dropped_on, self.words = clock.today(), reason
        self.tell("milestone.dropped", by)

    def wait(self, until: date, *, instead_of: date | None = None) -> None:
        """Its adoption is paused until this day: the days that it was late before are kept, the pause adds none.

        `instead_of` is the day until which the pause was to last, when it ends earlier.
        """
        if not self.is_open:
            return
        before = max(working_days_between(self.counts_from, instead_of or clock.today() - DAY), 0)
        if before:
            self.counts_from = working_days_before(until, before)
        elif self.due <= (instead_of or until):
            self.counts_from = max(self.due, until)

    def keep(self, scan) -> None:
        """Its evidence, where there is any."""
        if scan is not None:
            self.file = StoredFile.keep(scan)

    def tell(self, verb: str, by) -> None:
        """A line about its adoption, to everybody who has to do with it."""
        db.session.flush()
        adoption = self.adoption
        ids: dict[str, Any] = {"step": self.id, "project": adoption.project_id, "partner": adoption.partner_id}
        people = [*adoption.project.followers, *adoption.partner.managers]
        adoption.note(verb, by, tell=people, **ids)

    def _open(self) -> None:
        if not self.is_open:
            raise OverAlready(milestone=self.title)
