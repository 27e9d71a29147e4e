"""Standing duties: weekdays and a time by rule; the dates of the rule are shifts, laid out some weeks ahead."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, Select, String, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.journal import Audience
from communities.noted import Noted
from communities.place import Place
from kernel import clock
from kernel.db import Id, Instant, Model, Moment, db
from kernel.i18n import _
from kernel.work import Refusal

from .duty import ChangedMeanwhile, Duty
from .enough import check_least
from .pattern import Pattern
from .reconciling import Changes
from .ruled import Ruled, facts
from .standing_place import StandingPlace
from .standing_state import State as Standing
from .stopping import stop_dates


class NothingNew(Refusal):
    """All its dates are there already."""

    message = _("这些日子原来就排好了，没有新加。")


class DutySeries(Ruled, Noted, Model):
    """When a duty is done week by week. `sequence` grows with each change: it says what a form was filled in for."""

    __tablename__ = "duty_series"
    __table_args__ = (Index("ix_duty_series_duty", "duty_id"), Index("ix_duty_series_laid", "ended_at", "laid_at"))

    id: Mapped[Id]
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"))
    weekdays: Mapped[str] = mapped_column(String(7))  # “15”: Tuesday and Saturday
    starts: Mapped[time]
    ends: Mapped[time]
    first: Mapped[date]
    last: Mapped[date | None]
    skip_holidays: Mapped[bool] = mapped_column(default=False)
    seats: Mapped[int]
    least: Mapped[int] = mapped_column(default=0)
    newcomer_seats: Mapped[int] = mapped_column(default=1)
    newcomer_days: Mapped[int] = mapped_column(default=7)
    sequence: Mapped[int] = mapped_column(default=0)
    laid_at: Mapped[Moment] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    duty: Mapped[Duty] = relationship()
    places: Mapped[list[StandingPlace]] = relationship(back_populates="series", order_by=StandingPlace.id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public, like the duties."""
        return select(cls)

    @classmethod
    def of_duty(cls, duty: Duty) -> Select:
        """The living ones of a duty."""
        return select(cls).where(cls.duty_id == duty.id, cls.going_on()).order_by(cls.id)

    @classmethod
    def going_on(cls):
        """As SQL: not ended, and the last day is not over."""
        return cls.ended_at.is_(None) & (cls.last.is_(None) | (cls.last >= clock.today()))

    @classmethod
    def whole(cls, id: int) -> Select:
        """One with all that its page says, in one statement."""
        duty = joinedload(cls.duty, innerjoin=True)
        parts = duty.joinedload(Duty.place, innerjoin=True), duty.joinedload(Duty.lead)
        return select(cls).where(cls.id == id).options(*parts, duty.joinedload(Duty.category, innerjoin=True))

    @classmethod
    def write(cls, duty: Duty, pattern: Pattern, seats: int, *, by, **more) -> "DutySeries":
        """A new rule, its dates laid at once: all of them where there is a last day, else those of eight weeks.

        `more`: how many people at least, seats for newcomers. Raises `NoDuration`, `PatternEmpty`, `TooManyShifts`,
        `LeastOverSeats`, `PublicReasonNeeded`, and `NothingNew` where the duty has all the dates already.
        """
        check_least(more.get("least", 0), seats)
        duty.must_have_grounds()
        series = cls(duty=duty, seats=seats, **facts(pattern), **more)
        db.session.add(series)
        db.session.flush()
        changes = series.changes(pattern, lock=True)
        laid = len(changes.created) + len(changes.restored)
        if not laid:
            raise NothingNew
        series.put(changes)
        stop_dates(series, by=by)
        duty.note("duty.planned", by, audience=Audience.PUBLIC, duty=duty.id, shifts=laid)
        return series

    @property
    def place(self) -> Place:
        """Where its duty is."""
        return self.duty.place

    def revise(self, pattern: Pattern, seats: int, *, sequence: int, by, **more) -> Changes:
        """Another rule: dates on which people are expected stay, and these are told; the others follow.

        Raises `ChangedMeanwhile` where it is not what was shown (`sequence`), `SeriesEnded`, and as `fitting` does.
        """
        self.must_live()
        if sequence != self.sequence:
            raise ChangedMeanwhile
        changes = self.changes(pattern, seats, more.get("least"), lock=True)
        meets_otherwise = (pattern.weekdays, pattern.starts, pattern.ends) != self.meets
        for name, value in {**facts(pattern), **more, "seats": seats}.items():
            setattr(self, name, value)
        self.sequence += 1
        self.put(changes)
        stop_dates(self, by=by)
        self.note("standing.revised", by, audience=Audience.PUBLIC, rule=self.id, shifts=changes.following)
        moved = [one.id for one, day in changes.kept if one.occupied and (day != one.on or meets_otherwise)]
        self.tell_kept("standing.kept", moved, by)
        for place in self.held():
            place.ask_again(by=by) if meets_otherwise else place.fill()
        return changes

    def held(self) -> list[StandingPlace]:
        """Who comes every week."""
        return [place for place in db.session.scalars(StandingPlace.of(self)) if place.state is Standing.HELD]

    def end(self, *, by) -> Changes:
        """It goes on no more: what nobody signed up for is called off, the rest takes place."""
        self.must_live()
        self.ended_at = clock.now()
        self.sequence += 1
        changes = self.changes(lock=True)
        self.put(changes)
        self.note("standing.ended", by, audience=Audience.PUBLIC, rule=self.id, shifts=len(changes.dropped))
        self.tell_kept("standing.last_dates", changes.occupied, by)
        for place in db.session.scalars(StandingPlace.of(self)).all():
            place.end(by=by)
        return changes

    def lay(self) -> Changes:
        """The clock: the next dates of the rule, holidays as they are known now. Once more changes nothing."""
        changes = self.changes(lock=True)
        self.put(changes)
        stop_dates(self, by=None)
        self.laid_at = clock.now()
        if laid := len(changes.created) + len(changes.restored):
            self.duty.note("duty.planned", None, duty=self.duty_id, shifts=laid)
        if changes.dropped:
            self.note("standing.skipped", None, rule=self.id, shifts=len(changes.dropped))
        for place in self.held():
            place.fill()
        return changes

    def journal_place_id(self) -> int:
        """Where its duty is."""
        return self.duty.place_id

    def __str__(self):
        return f"{self.duty.title} {self.rule}"
