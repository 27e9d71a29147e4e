"""Working days of the Chinese calendar: holidays and make-up workdays (调休) in an own editable table.

A year whose notice is not published yet counts Monday to Friday, and `is_published` lets the page say so.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count as counting
from itertools import islice

from sqlalchemy import Select, case, extract, func, select
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Model, Name, db
from kernel.i18n import _
from kernel.work import Refusal

from .journal import Audience, Line

ONE = timedelta(days=1)


class AsUsual(Refusal):
    """The table holds only what differs from Monday to Friday."""

    message = _("这一天本来就%(what)s，不用登记。")
    field = "day"


class CalendarDay(Model):
    """A day that differs from Monday to Friday: a holiday, or a weekend day that is worked."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[Name]
    source: Mapped[Name] = mapped_column(default="")

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public."""
        return select(cls)

    @classmethod
    def of_year(cls, year: int) -> Select:
        """The days of a year in their order."""
        return select(cls).where(cls.day.between(date(year, 1, 1), date(year, 12, 31))).order_by(cls.day)

    @classmethod
    def enter(cls, day: date, is_working: bool, name: str, *, by) -> "CalendarDay":
        """Add a day, or change what is known of it. Refuses a day that is as usual (`AsUsual`)."""
        if is_working == is_weekday(day):
            raise AsUsual(what=_("上班") if is_working else _("休息"))
        entry = db.session.merge(cls(day=day, is_working=is_working, name=name, source=""))
        note("calendar_day.entered", day, by, day=day.isoformat())
        return entry

    def remove(self, *, by) -> None:
        """The day is as usual again."""
        db.session.delete(self)
        note("calendar_day.removed", self.day, by, day=self.day.isoformat())


def note(verb: str, day: date, by, /, **ids) -> None:
    """A line of the journal; a day is known there as a number like 20260214."""
    number = int(f"{day:%Y%m%d}")
    line = Line(
        verb=verb,
        by_id=by.id if by else None,
        audience=Audience.PUBLIC,
        subject="calendar_day",
        subject_id=number,
        ids=ids,
    )
    db.session.add(line)


def is_weekday(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


def exceptions(first: date, last: date) -> dict[date, bool]:
    """Day → worked or not, for the days of this stretch that differ."""
    rows = select(CalendarDay.day, CalendarDay.is_working).where(CalendarDay.day.between(first, last))
    return dict(db.session.execute(rows).all())


def is_working_day(day: date) -> bool:
    """Whether offices are open on this day."""
    return exceptions(day, day).get(day, is_weekday(day))


def is_published(year: int) -> bool:
    """Whether the holiday notice of this year is in the table."""
    return db.session.scalar(CalendarDay.of_year(year).with_only_columns(CalendarDay.day).limit(1)) is not None


def unpublished(*years: int) -> list[int]:
    """Those of these years whose holiday notice is not in the table; one statement."""
    known = [select(CalendarDay.day).where(extract("year", CalendarDay.day) == year).exists() for year in years]
    found = db.session.execute(select(*known)).one()
    return [year for year, is_known in zip(years, found, strict=True) if not is_known]


def published_years() -> list[int]:
    """The years whose notice is in the table."""
    year = extract("year", CalendarDay.day)
    return sorted(int(found) for found in db.session.scalars(select(year).distinct()))


def working_days_after(day: date, count: int) -> date:
    """The working day that is `count` (0 or more) working days after this day (the day itself does not count)."""
    return working_days_after_each([day], count)[day]


def working_days_after_each(days: Iterable[date], count: int) -> dict[date, date]:
    """The same for each of these days: one look at the table for all."""
    wanted = set(days)
    special = exceptions(min(wanted), date.max) if wanted and count else {}
    found = {}
    for day in wanted:
        ahead = (day + ONE * n for n in counting(1))
        worked = (day for day in ahead if special.get(day, is_weekday(day)))
        found[day] = next(islice(worked, count - 1, None)) if count else day
    return found


def working_days_before(day: date, count: int) -> date:
    """The latest day after which `count` (0 or more) working days lie, up to and with this day."""
    if not count:
        return day
    special = exceptions(date.min, day)
    back = (day - ONE * n for n in counting())
    worked = (day for day in back if special.get(day, is_weekday(day)))
    return next(islice(worked, count - 1, None)) - ONE


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and with `last`; negative when `last` is before it."""
    if last < first:
        return -working_days_between(last, first)
    special = exceptions(first, last)
    days = (first + ONE * n for n in range(1, (last - first).days + 1))
    return sum(special.get(day, is_weekday(day)) for day in days)


def working_days_since(days: Iterable[date], last: date) -> dict[date, int]:
    """How many working days lie after each of these days, up to and with `last`: one look at the table for all."""
    wanted = set(days)
    special = exceptions(min(wanted), last) if wanted else {}
    count = {}
    for first in wanted:
        after = (first + ONE * n for n in range(1, (last - first).days + 1))
        count[first] = sum(special.get(day, is_weekday(day)) for day in after)
    return count


def worked_since(column, last: date, most: int):
    """The same in a statement, for a column of days: null for days more than `most` days before `last`.

    The table holds only what differs, so that it is added to the weekdays, which are known here.
    """
    days = [last - ONE * n for n in range(most + 1)]
    weekdays = {day: sum(is_weekday(day + ONE * n) for n in range(1, (last - day).days + 1)) for day in days}
    differs = func.coalesce(func.sum(case((CalendarDay.is_working, 1), else_=-1)), 0)
    since = select(differs).where(CalendarDay.day > column, CalendarDay.day <= last)
    return case(weekdays, value=column) + since.correlate_except(CalendarDay).scalar_subquery()


def holidays(first: date, last: date) -> set[date]:
    """The days of this stretch that are official holidays (weekends not counted)."""
    return {day for day, working in exceptions(first, last).items() if not working}
