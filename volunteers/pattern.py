"""When a standing service meets: weekdays and a time from one day on, as the moments of its shifts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from kernel.i18n import _
from kernel.recurrence import Rule
from kernel.work import Refusal

MOST = 400
DAY = timedelta(days=1)


class TooManyShifts(Refusal):
    """A pattern that would fill the calendar by mistake."""

    message = _("一次最多排 %(most)s 场，请缩短日期范围。")
    field = "last"


class PatternEmpty(Refusal):
    """No day between the first and the last fits."""

    message = _("这段日期里没有一天符合所选的星期，或者都是节假日。")
    field = "weekdays"


class NoDuration(Refusal):
    """A shift that ends when it starts."""

    message = _("开始时间和结束时间不能相同。")
    field = "ends"


@dataclass(frozen=True)
class Pattern(Rule):
    """The rule of a standing service; for one day any weekday does.

    Without `last` it goes on. An end before the start is on the next day: the night shift counts to the day on which
    it starts.
    """

    skip_holidays: bool = False

    @property
    def is_single(self) -> bool:
        """One day, whatever its weekday."""
        return self.first == self.last

    def __contains__(self, day: date) -> bool:
        return day == self.first if self.is_single else super().__contains__(day)


def occurrences(pattern: Pattern, is_holiday: Callable[[date], bool]) -> list[tuple[datetime, datetime]]:
    """The shifts of a pattern that ends, as (start, end) in UTC, in order.

    Raises `NoDuration`, `PatternEmpty`, and `TooManyShifts` for more than 400.
    """
    if pattern.starts == pattern.ends:
        raise NoDuration
    last = pattern.last or pattern.first
    days = (day for day in pattern.days(pattern.first, last) if not (pattern.skip_holidays and is_holiday(day)))
    taken = list(islice(days, MOST + 1))
    if not taken:
        raise PatternEmpty
    if len(taken) > MOST:
        raise TooManyShifts(most=MOST)
    return [pattern.span(day) for day in taken]
