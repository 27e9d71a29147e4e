"""电话回访: where only the lead's word stands for it, somebody else rings a few who are drawn by lot."""

from datetime import datetime
from math import ceil
from random import Random

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.tokens import new_digits
from kernel.work import Refusal

from ..shift import Shift
from ..signup import Signup, State
from .attendance import Attendance, Way

LITTLE_PROOF = (Way.LIST, Way.LATER)  # one person's word
LEAST, SHARE = 2, 5  # two people, or one of five where that is more


class Answer(Choice):
    """What was said on the telephone."""

    CAME = "came", _("说来过")
    NOT_CAME = "not_came", _("说没来")
    UNREACHED = "unreached", _("没打通")


class NobodyToAsk(Refusal):
    """Codes prove themselves."""

    message = _("这一场没有要回访的：来的人都是自己扫码或凭纸条签到的。")


class DrawnAlready(Refusal):
    """A second draw would look for a better answer."""

    message = _("这一场已经抽过了，请回访抽到的这几位。")


class LeadAsks(Refusal):
    """Nobody checks himself."""

    message = _("回访要由负责人以外的人来打，请社区的同事帮忙。")


class AnsweredAlready(Refusal):
    """What was said stands."""

    message = _("这一位已经回访过了，结果是“%(answer)s”。")


class CallBack(Model):
    """Somebody who was drawn, and what was said on the telephone; the seed lets everybody draw again and compare."""

    __tablename__ = "call_back"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    signup_id: Mapped[int] = mapped_column(ForeignKey("signup.id"), unique=True, info=kept("whom to ring"))
    seed: Mapped[str] = mapped_column(String(8), info=kept("to draw the same again"))
    drawn_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("when it was drawn"))
    answer: Mapped[Answer | None] = mapped_column(stored(Answer), info=kept("what was said"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was said"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who rang"))

    signup: Mapped[Signup] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Those of shifts where one serves or leads."""
        if person.id is None:
            return seen(select(cls).where(cls.signup_id.is_(None)))
        of_mine = select(Signup.id).join(Signup.shift).where(Signup.here(person))
        return seen(select(cls).where(cls.signup_id.in_(of_mine)))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """The shift of this row, before the row."""
        mine = select(Signup.shift_id).join(cls, cls.signup_id == Signup.id).where(cls.id == id).scalar_subquery()
        db.session.execute(select(Shift.id).where(Shift.id == mine).with_for_update(key_share=True))

    @classmethod
    def of_shift(cls, shift: Shift) -> Select:
        """Who was drawn, with their names."""
        mine = select(cls).join(cls.signup).where(Signup.shift_id == shift.id).order_by(cls.id)
        return seen(mine.options(joinedload(cls.signup, innerjoin=True).joinedload(Signup.person, innerjoin=True)))

    @classmethod
    def draw(cls, shift: Shift, *, by, seed: str | None = None) -> "list[CallBack]":
        """抽几位: of those for whom only one person's word stands. The shift is locked, so that it is drawn once.

        Refuses the lead, a second draw, and a shift where nobody has to be asked.
        """
        check(shift, by)
        if db.session.scalars(cls.of_shift(shift)).first() is not None:
            raise DrawnAlready
        asked = sample(candidates(shift), seed or (seed := new_digits()))
        if not asked:
            raise NobodyToAsk
        rows = [cls(signup_id=id, seed=seed) for id in asked]
        db.session.add_all(rows)
        shift.note("shift.call_backs_drawn", by, shift=shift.id, drawn=len(rows))
        return rows

    def tell(self, answer: Answer, *, by) -> None:
        """What was said; whoever was not reached may be rung again. Refuses the lead, and a second answer."""
        check(self.signup.shift, by)
        if self.answer not in (None, Answer.UNREACHED):
            raise AnsweredAlready(answer=self.answer.label)
        self.answer, self.answered_at, self.by_id = answer, clock.now(), by.id
        signup = self.signup
        signup.note("signup.called", by, shift=signup.shift_id, person=signup.person_id, answer=answer.value)


def check(shift: Shift, by) -> None:
    """Raises `LeadAsks` for the lead of the duty."""
    if by.id == shift.duty.lead_id:
        raise LeadAsks


def candidates(shift: Shift) -> list[int]:
    """The ids of the sign-ups of those who came, as one person says."""
    rows = select(Attendance.signup_id).join(Attendance.signup)
    came = Signup.state.in_((State.PRESENT, State.DONE))
    mine = rows.where(Signup.shift_id == shift.id, came, Attendance.way.in_(LITTLE_PROOF))
    return list(db.session.scalars(seen(mine.order_by(Attendance.signup_id))))


def sample(ids: list[int], seed: str) -> list[int]:
    """One of five, two at least, by lot; the same seed draws the same."""
    count = min(len(ids), max(LEAST, ceil(len(ids) / SHARE)))
    return sorted(Random(seed).sample(sorted(ids), count))
