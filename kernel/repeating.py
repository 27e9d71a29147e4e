"""Rules of repetition from outside: a day is asked whether it belongs, so that no rule can run for ever.

What calendars of offices, phones and groups really write: every n days, weeks, months or years, on weekdays or days of
the month, to a day or so many times. Anything else is refused by its name; guessing would put people before a door.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from .i18n import _
from .work import Refusal

DAY = timedelta(days=1)
WEEKDAYS = {word: number for number, word in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
READ = {
    "DAILY": {"BYDAY", "BYMONTH"},
    "WEEKLY": {"BYDAY", "BYMONTH"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYMONTH"},
    "YEARLY": {"BYMONTH", "BYMONTHDAY"},
}
ALWAYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
MOST_TIMES, LONGEST_AGO = 4_000, 4_000  # of a rule that counts: how often, and how many days before now it began
NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)
ON = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


class UnreadRule(Refusal):
    """A rule that is not read here."""

    message = _("重复的规则里有“%(part)s”，这里读不了。请在原来的日历里改成每天、每周、每月或每年重复。")


class CountsTooFar(UnreadRule):
    """A rule that counts its dates from long ago."""

    message = _("这个活动从很久以前数次数，这里数不过来。请在原来的日历里改成“到哪天为止”。")


@dataclass(frozen=True)
class Repeat:
    """A rule as it was read; `on` are (which of the month or 0, weekday), `until` its last day as the file says it."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    on: tuple[tuple[int, int], ...] = ()
    days: tuple[int, ...] = ()
    months: frozenset[int] = field(default_factory=frozenset)
    week_starts: int = 0

    def has(self, day: date, first: date) -> bool:
        """Whether it takes place on this day, when `first` is its first one; COUNT and UNTIL aside."""
        if day == first:
            return True
        return day > first and (not self.months or day.month in self.months) and self._fits(day, first)

    def _fits(self, day: date, first: date) -> bool:
        if self.freq == "DAILY":
            return (day - first).days % self.interval == 0 and self._on_weekday(day)
        if self.freq == "WEEKLY":
            weeks = (self._week(day) - self._week(first)).days // 7
            wanted = self._on_weekday(day) if self.on else day.weekday() == first.weekday()
            return weeks % self.interval == 0 and wanted
        if self.freq == "MONTHLY":
            months = (day.year - first.year) * 12 + day.month - first.month
            return months % self.interval == 0 and self._in_month(day, first)
        named = self.months or self.days or day.month == first.month
        return (day.year - first.year) % self.interval == 0 and bool(named) and self._in_month(day, first)

    def _week(self, day: date) -> date:
        return day - (day.weekday() - self.week_starts) % 7 * DAY

    def _on_weekday(self, day: date) -> bool:
        return not self.on or any(weekday == day.weekday() for _which, weekday in self.on)

    def _in_month(self, day: date, first: date) -> bool:
        length = monthrange(day.year, day.month)[1]
        if not (self.on or self.days):
            return day.day == first.day
        named = not self.days or day.day in self.days or day.day - length - 1 in self.days
        which = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
        return named and (
            not self.on or any(weekday == day.weekday() and number in (0, *which) for number, weekday in self.on)
        )

    def dates(self, first: date, since: date, last: date) -> Iterator[date]:
        """Its days between two, both counted. Raises `CountsTooFar` where it has to count from long ago."""
        if self.count is not None and (since - first).days > LONGEST_AGO:
            raise CountsTooFar
        day = first if self.count is not None else max(first, since)
        left = self.count
        while day <= last and left != 0:
            if self.has(day, first):
                left = None if left is None else left - 1
                if day >= since:
                    yield day
            day += DAY


def read_rule(text: str) -> Repeat:
    """The rule of an RRULE. Raises `UnreadRule` with the part that is not read."""
    parts = dict(piece.upper().strip().partition("=")[::2] for piece in text[:2_000].split(";") if piece.strip())
    freq = parts.get("FREQ", "")
    if freq not in READ:
        raise UnreadRule(part=shown("FREQ", freq))
    for name, value in parts.items():
        if name not in READ[freq] | ALWAYS:
            raise UnreadRule(part=shown(name, value))
    if parts.get("WKST", "MO") not in WEEKDAYS:
        raise UnreadRule(part=shown("WKST", parts["WKST"]))
    return Repeat(
        freq,
        interval=number(parts, "INTERVAL", 1, 1_000) or 1,
        count=number(parts, "COUNT", 1, MOST_TIMES),
        until=parts.get("UNTIL", ""),
        on=weekdays(parts, freq),
        days=tuple(numbers(parts, "BYMONTHDAY", 31)),
        months=frozenset(one for one in numbers(parts, "BYMONTH", 12) if one > 0),
        week_starts=WEEKDAYS[parts.get("WKST", "MO")],
    )


def number(parts: dict[str, str], name: str, least: int, most: int) -> int | None:
    """One number between two; None where the rule names none."""
    if name not in parts:
        return None
    value = parts[name]
    if not (value.isascii() and value.isdecimal() and len(value) < 9 and least <= int(value) <= most):
        raise UnreadRule(part=shown(name, value))
    return int(value)


def numbers(parts: dict[str, str], name: str, most: int) -> list[int]:
    """Several numbers, counted from the end where they are below zero."""
    words = parts[name].split(",") if name in parts else []
    found = [int(word) for word in words if NUMBER.fullmatch(word)]
    if len(found) != len(words) or len(found) > 62 or any(not 0 < abs(one) <= most for one in found):
        raise UnreadRule(part=shown(name, parts[name]))
    return found


def weekdays(parts: dict[str, str], freq: str) -> tuple[tuple[int, int], ...]:
    """BYDAY: “the second Tuesday” only where there is a month."""
    words = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    found = [match for word in words if (match := ON.fullmatch(word))]
    on = tuple((int(match[1] or 0), WEEKDAYS[match[2]]) for match in found)
    wrong = any(abs(which) > 5 or (which and freq != "MONTHLY") for which, _weekday in on)
    if len(found) != len(words) or len(on) > 49 or wrong:
        raise UnreadRule(part=shown("BYDAY", parts["BYDAY"]))
    return on


def shown(name: str, value: str) -> str:
    """A part of a rule as it is named in a sentence."""
    return f"{name}={value}"[:40]
