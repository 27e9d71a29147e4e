"""一键停班 (requirement 9): in heat, storm or smog, all shifts of a place within some hours are called off at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, func, select
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship

from communities.journal import Audience
from communities.noted import Noted
from communities.place import Place
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, Moment, Title, db, seen
from kernel.i18n import _
from kernel.work import Refusal

from .calling_off import call_off, restore
from .duty import Duty
from .shift import Shift, Status
from .signup import LIVING, Signup
from .stop_hours import StopHours
from .tickets.ticket import LIVING as LIVING_TICKETS
from .tickets.ticket import Ticket


class Reason(Choice):
    """Why nobody is to be outside."""

    HEAT = "heat", _("高温")
    STORM = "storm", _("暴雨")
    SMOG = "smog", _("重污染天气")
    EMERGENCY = "emergency", _("应急")
    OTHER = "other", _("其他")


class NothingToStop(Refusal):
    """No shift lies in these hours."""

    message = _("这个地方在这段时间里没有要停的活动，请看看时间和“只停户外的”选得对不对。")
    field = "until"


class WrongHours(Refusal):
    """It ends before it begins, or has ended."""

    message = _("停到的时间要比开始晚，也不能已经过去。")
    field = "until"


class SayWhy(Refusal):
    """“Other” is no reason."""

    message = _("选了“其他”，请写一句为什么停，报了名的人会看到。")
    field = "words"


class LiftedAlready(Refusal):
    """Once is enough."""

    message = _("这次停班已经恢复过了。")


class NothingLeft(Refusal):
    """All that was called off lies in the past."""

    message = _("停掉的活动都已经过了时间，没有可以恢复的了。")


class Stop(StopHours, Noted, Model):
    """What was called off together, and may be restored together."""

    __tablename__ = "stop"
    __table_args__ = (Index("ix_stop_place", "place_id"),)

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    starts_at: Mapped[Moment]
    until: Mapped[Moment]
    reason: Mapped[Reason] = mapped_column(stored(Reason))
    words: Mapped[Title] = mapped_column(default="")
    outdoor_only: Mapped[bool] = mapped_column(default=True)
    written_at: Mapped[Moment] = mapped_column(default=clock.now)
    lifted_at: Mapped[datetime | None] = mapped_column(Instant)

    place: Mapped[Place] = relationship()
    shifts: Mapped[list[Shift]] = relationship(back_populates="stop", order_by=Shift.starts_at)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public: what is called off is for everybody to know."""
        return select(cls)

    @classmethod
    def at(cls, place: Place) -> Select:
        """The latest ones of a place."""
        return select(cls).where(cls.place_id == place.id).order_by(cls.id.desc())

    @classmethod
    def call(cls, place: Place, *, by, words: str = "", outdoor_only: bool = True, **facts: Any) -> "Stop":
        """Call off every shift that `affected` names. Refuses wrong hours, no reason, and where there is none."""
        stop = cls(place=place, words=words, outdoor_only=outdoor_only, **facts)
        if stop.until <= max(stop.starts_at, clock.now()):
            raise WrongHours
        if stop.reason is Reason.OTHER and not stop.words.strip():
            raise SayWhy
        rows = affected(place, stop.starts_at, stop.until, stop.outdoor_only)
        found = db.session.scalars(rows.order_by(None).order_by(Shift.id).with_for_update(of=Shift, key_share=True))
        shifts = found.all()
        if not shifts:
            raise NothingToStop
        db.session.add(stop)
        db.session.flush()
        call_off(shifts, stop.why, by=by, stop=stop)
        stop.note(
            "stop.called", by, audience=Audience.PUBLIC, place=place.id, why=stop.reason.value, shifts=len(shifts)
        )
        return stop

    def lift(self, *, by) -> list[Shift]:
        """恢复: everything that it called off and that lies ahead takes place after all.

        What another stop covers as well belongs to that one from now on, and stays called off.
        """
        if self.lifted_at is not None:
            raise LiftedAlready
        mine = select(Shift).where(Shift.stop_id == self.id, Shift.starts_at > clock.now())
        mine = mine.join(Shift.duty).options(contains_eager(Shift.duty), joinedload(Shift.place)).order_by(Shift.id)
        shifts = list(db.session.scalars(mine.with_for_update(of=Shift, key_share=True)))
        if not shifts:
            raise NothingLeft
        self.lifted_at = clock.now()
        free = self._left_by_others(shifts)
        restore(free, by=by)
        self.note("stop.lifted", by, audience=Audience.PUBLIC, place=self.place_id, shifts=len(free))
        return free

    def _left_by_others(self, shifts: list[Shift]) -> list[Shift]:
        """Hand what another living stop covers over to it; the rest."""
        others = [stop for stop in db.session.scalars(Stop.living_around(self.place)) if stop is not self]
        free = []
        for shift in shifts:
            other = next((one for one in others if one.covers(shift.duty, shift.place, *shift.hours)), None)
            if other is None:
                free.append(shift)
            else:
                shift.switch(cancelled=True, reason=other.why)
                shift.stop = other
        return free

    @property
    def why(self) -> str:
        """What whoever signed up reads: the reason, and what was written."""
        return "：".join(filter(None, (str(self.reason.label), self.words)))

    def __str__(self):
        return self.why


def affected(place: Place, starts_at: datetime, until: datetime, outdoor_only: bool) -> Select:
    """The shifts at a place and in it that take place within these hours, even in part, and have not begun."""
    here = select(Place.id).where(Place.within(place))
    within = (Shift.starts_at < until) & (Shift.ends_at > starts_at) & (Shift.starts_at > clock.now())
    wanted = select(Shift).join(Shift.duty).where(Shift.place_id.in_(here), Shift.status == Status.PLANNED, within)
    wanted = wanted.where(Duty.outdoor) if outdoor_only else wanted
    return wanted.options(contains_eager(Shift.duty)).order_by(Shift.starts_at, Shift.id)


def residents_in(shifts: Sequence[Shift]) -> int:
    """How many residents come with a ticket to one of these, or wait for one."""
    of_these = Ticket.shift_id.in_([shift.id for shift in shifts]), Ticket.state.in_(LIVING_TICKETS)
    return db.session.scalar(seen(select(func.coalesce(func.sum(Ticket.size), 0)).where(*of_these))) or 0


def people_in(shifts: Sequence[Shift]) -> int:
    """How many people signed up for one of these, each counted once."""
    of_these = Signup.shift_id.in_([shift.id for shift in shifts]) & Signup.state.in_(LIVING)
    return db.session.scalar(seen(select(func.count(Signup.person_id.distinct())).where(of_these))) or 0
