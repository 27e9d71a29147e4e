"""The yearly holiday notice: read from a sheet or from the `chinesecalendar` package, compared, and taken over."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

import chinese_calendar
from sqlalchemy import delete, insert, select

from kernel.db import db
from kernel.i18n import _
from kernel.sheet_import import quiet
from kernel.sheets import NotImportable, SheetProblem, read
from kernel.text import clean_line

from .working_day import CalendarDay, is_weekday, note

COLUMNS = {
    "day": ["日期", "Day"],
    "work": ["上班或放假", "Worked or off", "上班/放假", "安排"],
    "name": ["名称", "Name", "节日"],
}
WORK = {
    "上班": True,
    "补班": True,
    "调休上班": True,
    "work": True,
    "放假": False,
    "休息": False,
    "休": False,
    "off": False,
}
DAY = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(\D.{0,12})?")
YEARS = range(2000, 2101)
MOST = 2_000  # rows


@dataclass(frozen=True)
class Given:
    """A day of a notice: worked or not, and what it is called."""

    day: date
    is_working: bool
    name: str


@dataclass
class Notice:
    """What a notice says, where it comes from, and what is wrong with its sheet."""

    source: str
    days: list[Given] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)


@dataclass
class Plan:
    """What taking a notice over does. A day that is as usual is not kept; one that was kept is dropped."""

    problems: list[SheetProblem]
    new: list[Given] = field(default_factory=list)
    changed: list[Given] = field(default_factory=list)
    dropped: list[Given] = field(default_factory=list)
    unchanged: int = 0


def take(data: bytes, filename: str, _tick=quiet) -> Notice:
    """Read an upload, one day a row. No database. Raises `UnreadableSheet`."""
    sheet = read(data, filename, columns=COLUMNS, rows_max=MOST)
    notice, first = Notice(filename[-80:]), dict[date, int]()
    for row in sheet.rows:
        day, work, name = day_of(row["day"]), WORK.get(row["work"].casefold()), clean_line(row["name"])
        if day is None:
            sheet.problem(row.number, "day", _("请写成 2026-10-01 这样的日期。"))
        elif first.setdefault(day, row.number) != row.number:
            sheet.problem(row.number, "day", _("和第 %(row)s 行是同一天。", row=first[day]))
        if work is None:
            sheet.problem(row.number, "work", _("请写“上班”或“放假”。"))
        if not 0 < len(name) <= 80:
            sheet.problem(row.number, "name", _("请写名称，比如“春节”，最多 80 个字。"))
        if day and work is not None:
            notice.days.append(Given(day, work, name))
    notice.problems = sheet.problems
    return notice


def day_of(text: str) -> date | None:
    """2026-10-01, 2026/10/1 or 2026年10月1日（周四）."""
    found = DAY.fullmatch(text)
    try:
        day = date(*map(int, found.groups()[:3])) if found else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def plan(notice: Notice) -> Plan:
    """Compare a notice with the table."""
    found = Plan(notice.problems)
    days = [given.day for given in notice.days]
    known = {row.day: row for row in db.session.scalars(select(CalendarDay).where(CalendarDay.day.in_(days)))}
    for given in notice.days:
        row = known.get(given.day)
        if given.is_working == is_weekday(given.day):
            if row:
                found.dropped.append(given)
            else:
                found.unchanged += 1
        elif row is None:
            found.new.append(given)
        elif (row.is_working, row.name) != (given.is_working, given.name):
            found.changed.append(given)
        else:
            found.unchanged += 1
    return found


def carry_out(notice: Notice, *, by) -> Plan:
    """Take all of the notice over, inside `work()`; the same one again changes nothing. Raises `NotImportable`."""
    found = plan(notice)
    if found.problems:
        raise NotImportable(count=len(found.problems))
    stale = [given.day for given in (*found.changed, *found.dropped)]
    rows = [
        {"day": given.day, "is_working": given.is_working, "name": given.name, "source": notice.source}
        for given in (*found.new, *found.changed)
    ]
    if stale:
        db.session.execute(delete(CalendarDay).where(CalendarDay.day.in_(stale)))
    if rows:
        db.session.execute(insert(CalendarDay), rows)
    if stale or rows:
        first = min(given.day for given in notice.days)
        note("calendar_day.imported", first, by, year=str(first.year), days=len(rows))
    return found


def published(year: int) -> Notice:
    """The notice of a year as the package knows it; without days for a year that it does not know yet."""
    notice, day = Notice("chinesecalendar"), date(year, 1, 1)
    while day.year == year:
        try:
            is_off, english = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            return notice
        if is_off == is_weekday(day):
            holiday = chinese_calendar.Holiday(english).chinese
            notice.days.append(Given(day, not is_off, holiday if is_off else f"{holiday}调休上班"))
        day += timedelta(days=1)
    return notice
