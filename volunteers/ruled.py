"""The part of a series that is about its rule: the days that it wants, and what another rule would change."""

from datetime import date, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from communities.working_day import holidays
from kernel import clock
from kernel.db import db
from kernel.i18n import _, day, joined
from kernel.work import Refusal

from .enough import check_least
from .laying import Laying
from .pattern import DAY, MOST, NoDuration, Pattern, PatternEmpty, TooManyShifts
from .reconciling import Changes, reconcile
from .shift import Shift

HORIZON = timedelta(weeks=8)  # how far ahead the dates of a rule without a last day exist
DAYS_OF_THE_WEEK = _("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")


class SeriesEnded(Refusal):
    """It is over."""

    message = _("这个固定安排已经停了；要再办，请在岗位页面上重新排。")


class Ruled(Laying):
    """It reads; the verbs that change a rule are those of the series."""

    if TYPE_CHECKING:
        weekdays: Any
        starts: Any
        ends: Any
        first: Any
        last: Any
        skip_holidays: Any
        ended_at: Any

    @property
    def pattern(self) -> Pattern:
        """The rule as a value."""
        days = frozenset(map(int, self.weekdays))
        return Pattern(days, self.starts, self.ends, self.first, self.last, self.skip_holidays)

    @property
    def is_living(self) -> bool:
        """Whether it goes on."""
        return self.ended_at is None and (self.last is None or self.last >= clock.today())

    @property
    def rule(self) -> str:
        """每周二、周六 07:00–08:00."""
        days = joined(str(DAYS_OF_THE_WEEK[int(digit)]) for digit in self.weekdays)
        hours = f"{self.starts:%H:%M}–\u2060{self.ends:%H:%M}"
        if self.first == self.last:
            return f"{day(self.first)} {hours}"
        return str(_("每%(days)s %(hours)s", days=days, hours=hours))

    def wanted(self, pattern: Pattern) -> list[date]:
        """The days of a rule that lie ahead, 401 at most: up to its last one, else those of eight weeks."""
        since = max(pattern.first, clock.today() - DAY)  # a night shift of yesterday may be under way
        until = pattern.last or max(pattern.first, clock.today(), self.laid_until() - HORIZON) + HORIZON
        off = holidays(since, until) if pattern.skip_holidays else set()
        days = (one for one in pattern.days(since, until) if one not in off and pattern.span(one)[0] > clock.now())
        return list(islice(days, MOST + 1))

    def laid_until(self) -> date:
        """The last day that is laid: what once had a last day and goes on now keeps the dates it has."""
        last = select(func.max(Shift.occurrence_on)).where(Shift.series_id == self.id)
        return db.session.scalar(last) or self.first

    def checked(self, pattern: Pattern) -> list[date]:
        """The same; raises `NoDuration`, `PatternEmpty` and `TooManyShifts`."""
        if pattern.starts == pattern.ends:
            raise NoDuration
        days = self.wanted(pattern)
        if not days:
            raise PatternEmpty
        if len(days) > MOST:
            raise TooManyShifts(most=MOST)
        return days

    def changes(
        self, pattern: Pattern | None = None, seats: int | None = None, least: int | None = None, *, lock: bool = False
    ) -> Changes:
        """What this rule, or the one that is proposed, does to the dates that stand. Raises `LeastOverSeats`, too."""
        seats, least = seats or self.seats, self.least if least is None else least
        check_least(least, seats)
        wanted = self.checked(pattern) if pattern else self.wanted(self.pattern) if self.is_living else []
        pattern = pattern or self.pattern
        standing, busy = self.standing(wanted, pattern, lock=lock)
        return reconcile(wanted, standing, pattern, seats, busy, least)

    @property
    def meets(self) -> tuple[frozenset[int], time, time]:
        """What somebody who comes every week said yes to."""
        return self.pattern.weekdays, self.starts, self.ends

    def must_live(self) -> None:
        """Raises `SeriesEnded`."""
        if not self.is_living:
            raise SeriesEnded


def facts(pattern: Pattern) -> dict:
    """A rule as columns."""
    named = ("starts", "ends", "first", "last", "skip_holidays")
    return {name: getattr(pattern, name) for name in named} | {"weekdays": digits(pattern)}


def digits(pattern: Pattern) -> str:
    """Weekdays as they are stored; one day has its own."""
    days = {pattern.first.weekday()} if pattern.is_single else pattern.weekdays
    return "".join(map(str, sorted(days)))
