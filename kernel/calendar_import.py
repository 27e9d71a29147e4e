"""Taking a calendar file over: each date is compared with what was taken before; a package says what becomes of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement

from . import agenda, clock
from .calendar_file import CalendarFile, Found, begin, read
from .choice import Choice
from .i18n import _
from .imported_event import ImportedEvent
from .work import Refusal

MOST_NEW, MOST_CHANGED = 400, 100  # of one confirmation; for each change people are told


class Will(Choice):
    """What becomes of a date, what matters most first."""

    MOVED = "moved", _("改时间")
    OFF = "off", _("取消")
    BACK = "back", _("恢复")
    NEW = "new", _("新加")
    CANNOT = "cannot", _("不能导入")
    GONE = "gone", _("文件里没有了")
    SAME = "same", _("和现在一样")


WRITES = (Will.MOVED, Will.OFF, Will.BACK, Will.NEW)
ORDER = {will: number for number, will in enumerate(Will)}


class OldFile(Refusal):
    """A file that was written before the one that was taken over."""

    message = _("这个文件比上次导入的旧，没有动它。请重新导出再传。")


class NextTime(Refusal):
    """More than one confirmation takes."""

    message = _("一次最多导入 %(most)s 场，确认以后把这个文件再传一次，就接着导入。")


class CalledOffHere(Refusal):
    """What was called off by hand is not moved by a file."""

    message = _("这一场在这里取消了，没有动它。还要办，请先到这一场的页面上恢复。")


class SeenOtherwise(Refusal):
    """What would be done is not what was looked at."""

    message = _("您看的时候有了变化，什么都没有导入。请看看上面新的，再确认一次。")


@dataclass
class Line:
    """One line of a preview. `row` is the id of what is there already, `was` when that takes place now."""

    will: Will
    title: str
    starts: datetime | date | None = None
    ends: datetime | date | None = None
    was: tuple[datetime, datetime] | None = None
    reason: Refusal | None = None
    found: Found | None = None
    row: int = 0

    @property
    def hours(self) -> tuple[datetime, datetime]:
        """From when until when; of whole days from the first moment."""
        assert self.starts is not None
        assert self.ends is not None
        return begin(self.starts), begin(self.ends)


@dataclass
class Plan:
    """What a file would do."""

    lines: list[Line] = field(default_factory=list)
    outside: int = 0

    def of(self, *wills: Will) -> list[Line]:
        """The lines with one of these ends."""
        return [line for line in self.lines if line.will in wills]

    @property
    def counts(self) -> Counter:
        """How many of each."""
        return Counter(line.will for line in self.lines)

    @property
    def digest(self) -> str:
        """Another one as soon as something else would be done."""
        said = [(line.will.value, line.row, *map(str, line.hours)) for line in self.of(*WRITES)]
        return sha256(repr(said).encode()).hexdigest()[:32]


def window() -> tuple[datetime, datetime]:
    """From now to a year ahead."""
    return clock.now(), clock.at(clock.today() + agenda.AHEAD)


def taken(data: bytes) -> CalendarFile:
    """The dates of a file that are still to come. Raises `UnreadableCalendar`."""
    return read(data, *window())


class Judge:
    """One file for one owner. A package says what is there, what cannot be, and by which verbs it is done."""

    of = ""

    def __init__(self, owner: Any, file: CalendarFile, *known_also: Any):
        self.owner, self.file, self.known_also = owner, file, known_also
        self.known = ImportedEvent.known(self.of, owner.id)
        self.rows = self.load()
        taken = {one.row for one in self.known.values() if self.row_of(one)}
        self.free = {row: id for id, row in self.rows.items() if id not in taken}
        self.plan = Plan(outside=file.outside)

    @classmethod
    def also(cls) -> tuple[ColumnElement, ...]:
        """Columns that are read with the owner and its place, so that a page asks less; given back as `known_also`."""
        return ()

    def load(self) -> dict[int, tuple[datetime, datetime, bool]]:
        """What of this owner is to come: id to start, end and whether it is called off."""
        raise NotImplementedError

    def row_of(self, known: ImportedEvent) -> tuple[datetime, datetime, bool] | None:
        """What became of a date that was taken over, if it is still to come."""
        return self.rows.get(known.row)

    def why_not(self, found: Found, row: int) -> Refusal | None:
        """Why it cannot be at this time; `row` is what would be moved there, 0 for something new."""
        raise NotImplementedError

    def usual(self) -> dict[str, Any]:
        """What is asked once for all new ones, as it probably is."""
        raise NotImplementedError

    def missing(self) -> Refusal | None:
        """Why what was taken over once and is not to come any more is not written anew."""
        return None

    def adds(self, lines: Sequence[Line], facts: dict[str, Any], by) -> list[int]:
        """Write the new ones; their ids."""
        raise NotImplementedError

    def moves(self, lines: Sequence[Line], facts: dict[str, Any], by) -> list[int]:
        """Move these; their ids, which may be others now."""
        raise NotImplementedError

    def calls_off(self, lines: Sequence[Line], by) -> None:
        """These do not take place."""
        raise NotImplementedError

    def restores(self, lines: Sequence[Line], by) -> None:
        """These take place after all, perhaps at another time; where nothing is ever called off, it is never asked."""
        raise NotImplementedError

    def judged(self) -> Plan:
        """The plan, what matters most first. Nothing is written."""
        lines = [line for found in self.file.found if (line := self.line(found))]
        lines += [Line(Will.CANNOT, fault.summary, reason=fault.reason) for fault in self.file.faults]
        self.plan.lines = [*lines, *self.gone()]
        for wills, most in (((Will.NEW,), MOST_NEW), ((Will.MOVED, Will.OFF, Will.BACK), MOST_CHANGED)):
            for line in self.plan.of(*wills)[most:]:
                line.will, line.reason = Will.CANNOT, NextTime(most=most)
        self.plan.lines.sort(key=lambda line: (ORDER[line.will], begin(line.starts or date.max)))
        return self.plan

    def line(self, found: Found) -> Line | None:
        """What becomes of one date; None for what was called off before anybody took it over."""
        known = self.known.get(found.mark)
        if known is None and found.cancelled:
            return None
        if known is None:
            there = self.free.pop((begin(found.starts), begin(found.ends), False), 0)  # these very hours
            return self.possible(found, Will.SAME if there else Will.NEW, there)
        if (begin(found.starts), begin(found.ends), found.cancelled) == (
            known.starts_at, known.ends_at, known.cancelled
        ):  # fmt: skip
            return self.made(found, Will.SAME, known.row)
        if found.sequence < known.sequence:
            return self.made(found, Will.CANNOT, known.row, OldFile())
        return self.changed(found, known)

    def changed(self, found: Found, known: ImportedEvent) -> Line:
        """The file says something else than last time."""
        row = self.row_of(known)
        if row is None:
            will, reason = (Will.SAME, None) if found.cancelled else (Will.NEW, self.missing())
            return self.made(found, Will.CANNOT, known.row, reason) if reason else self.possible(found, will, 0)
        starts, ends, off = row
        if found.cancelled:
            return self.made(found, Will.SAME if off else Will.OFF, known.row)
        if off:
            back = self.possible(found, Will.BACK, known.row)
            return back if known.cancelled else self.made(found, Will.CANNOT, known.row, CalledOffHere())
        if (begin(found.starts), begin(found.ends)) == (starts, ends):
            return self.made(found, Will.SAME, known.row)
        return self.possible(found, Will.MOVED, known.row)

    def possible(self, found: Found, will: Will, row: int) -> Line:
        """The line, unless something stands in the way."""
        reason = self.why_not(found, row) if will in WRITES else None
        return self.made(found, Will.CANNOT if reason else will, row, reason)

    def made(self, found: Found, will: Will, row: int, reason: Refusal | None = None) -> Line:
        """A line for a date of the file."""
        was = self.rows.get(row)
        return Line(will, found.summary, found.starts, found.ends, was and was[:2], reason, found, row)

    def gone(self) -> Iterator[Line]:
        """What was taken over, is to come, and does not stand in the file any more: it stays as it is."""
        named = {found.mark for found in self.file.found}
        for mark, known in self.known.items():
            row = self.row_of(known)
            if mark not in named and row is not None and not row[2]:
                yield Line(Will.GONE, "", row[0], row[1], row=known.row)

    def carry_out(self, seen: str, facts: dict[str, Any], by) -> Plan:
        """Do all of it inside `work()`, with the owner locked. Raises `SeenOtherwise`, and what the verbs raise."""
        plan = self.judged()
        if plan.digest != seen:
            raise SeenOtherwise
        new, moved, off, back = (plan.of(will) for will in (Will.NEW, Will.MOVED, Will.OFF, Will.BACK))
        for lines, verb in ((off, self.calls_off), (back, self.restores)):
            if lines:
                verb(lines, by)
        for lines, write in ((moved, self.moves), (new, self.adds)):
            if lines:
                for line, row in zip(lines, write(lines, facts, by), strict=True):
                    line.row = row
        kept = [line for line in plan.of(*WRITES, Will.SAME) if line.found]
        ImportedEvent.keep(self.of, self.owner.id, map(said, kept))
        return plan


def said(line: Line) -> dict[str, Any]:
    """What the file says of a date, as it is kept."""
    found = line.found
    assert found is not None
    times = {"starts_at": begin(found.starts), "ends_at": begin(found.ends)}
    return {"mark": found.mark, "row": line.row, "sequence": found.sequence, "cancelled": found.cancelled, **times}
