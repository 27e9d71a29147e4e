"""When a standing service meets: weekdays and a time between two days, as the moments of its shifts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from kernel.clock import at
from kernel.i18n import _
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
class Pattern:
    """Weekdays (0 is Monday) from `first` to `last`, both counted, at Shanghai times; for one day any weekday does.

    An end before the start is on the next day: the night shift counts to the day on which it starts.
    """

    weekdays: frozenset[int]
    starts: time
    ends: time
    first: date
    last: date
    skip_holidays: bool = False

    def days(self) -> Iterator[date]:
        """The days that fit, holidays included."""
        single = self.first == self.last
        for number in range((self.last - self.first).days + 1):
            day = self.first + number * DAY
            if single or day.weekday() in self.weekdays:
                yield day


def occurrences(pattern: Pattern, is_holiday: Callable[[date], bool]) -> list[tuple[datetime, datetime]]:
    """The shifts of a pattern as (start, end) in UTC, in order.

    Raises `NoDuration`, `PatternEmpty`, and `TooManyShifts` for more than 400.
    """
    if pattern.starts == pattern.ends:
        raise NoDuration
    days = (day for day in pattern.days() if not (pattern.skip_holidays and is_holiday(day)))
    taken = list(islice(days, MOST + 1))
    if not taken:
        raise PatternEmpty
    if len(taken) > MOST:
        raise TooManyShifts(most=MOST)
    over = DAY if pattern.ends < pattern.starts else timedelta()
    return [(at(day, pattern.starts), at(day + over, pattern.ends)) for day in taken]
