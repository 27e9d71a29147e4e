"""Judging the rows of a sheet of old hours one by one: new, there already, or wrong, and then why."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.person import Person
from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel import clock
from kernel.bulk import among
from kernel.db import db, seen
from kernel.i18n import _
from kernel.sheets import Row, Sheet, SheetProblem
from kernel.text import ascii_digits
from partners.imports.cells import Wrong, day, digits, line
from partners.imports.sheet import without_midnight

from .transfer import HourTransfer
from .unit import recorder_of

LONGEST = 20_000  # hours of one paper
COLUMNS: dict[str, Any] = {
    "name": _("姓名"),
    "phone": _("手机号"),
    "issuer": _("原记录单位"),
    "paper_number": _("原证明编号"),
    "hours": _("时长（小时）"),
    "until": _("截止日期"),
    "about": _("服务内容"),
}
NEEDED = ("name", "phone", "issuer", "paper_number", "hours", "until")


@dataclass(frozen=True)
class Taken:
    """One paper that is not there yet."""

    person: Person
    place: Place
    facts: dict[str, Any]


@dataclass
class Plan:
    """What a sheet would do."""

    problems: list[SheetProblem]
    new: list[Taken] = field(default_factory=list)
    unchanged: int = 0


class Judge:
    """One row at a time."""

    def __init__(self, sheet: Sheet, by):
        self.sheet, self.by, self.found = sheet, by, Plan(list(sheet.problems))
        self.people = people({digits(row["phone"]) for row in sheet.rows}, by)
        self.known = papers({person.id for person in self.people.values()})
        self.claimed: dict[tuple, int] = {}

    def wrong(self, row: Row, key: str, sentence) -> None:
        """Note a problem of a cell."""
        self.found.problems.append(SheetProblem(row.number, str(self.sheet.headers.get(key, COLUMNS[key])), sentence))

    def judge(self, row: Row) -> None:
        """New, there already, or wrong."""
        before = len(self.found.problems)
        for key in NEEDED:
            if not row[key]:
                self.wrong(row, key, _("这一项要填。"))
        if len(self.found.problems) > before:
            return
        person, facts = self.whose(row), self.read(row)
        if person is None or person.home is None or len(self.found.problems) > before:
            return
        place, paper = recorder_of(person.home), (facts["issuer"], facts["paper_number"])
        first = self.claimed.setdefault(paper, row.number)
        if first != row.number:
            self.wrong(row, "paper_number", _("和第 %(row)s 行是同一份证明。", row=first))
        elif (stored := self.known.get(paper)) is None:
            self.found.new.append(Taken(person, place, facts))
        elif stored == (person.id, facts["minutes"]):
            self.found.unchanged += 1
        else:
            self.wrong(row, "paper_number", _("这份证明已经转入过，时长或者人不一样。转入的不能改，请核对。"))

    def whose(self, row: Row) -> Person | None:
        """The neighbour with this number and this name; never the one who imports."""
        person = self.people.get(digits(row["phone"]))
        if person is None:
            self.wrong(row, "phone", _("您管的范围里没有登记过这个号码，请先给他登记。"))
        elif person.name != row["name"]:
            self.wrong(row, "name", _("这个号码登记的是另一个姓名，请核对。"))
        elif person.id == self.by.id:
            self.wrong(row, "name", _("不能给自己转入，请别的同事来。"))
        else:
            return person
        return None

    def read(self, row: Row) -> dict[str, Any]:
        """The facts of a row, as far as they can be read."""
        facts: dict[str, Any] = {}
        for key, meaning in READ.items():
            try:
                facts[STORED.get(key, key)] = meaning(row[key])
            except Wrong as wrong:
                self.wrong(row, key, wrong.sentence)
        return facts


def minutes(text: str) -> int:
    """Hours as people write them, 61.5, in minutes."""
    typed = ascii_digits(text).strip()
    if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", typed) or not 0 < Decimal(typed) <= LONGEST:
        raise Wrong(_("请写小时数，例如 61.5。"))
    return int(Decimal(typed) * 60)


def past(text: str) -> date:
    """A day up to today."""
    found = day(without_midnight(text))
    if found > clock.today():
        raise Wrong(_("这一天还没有到，请填证明上写的截止日期。"))
    return found


READ = {
    "issuer": lambda text: line(text, 80),
    "paper_number": lambda text: line(text, 80),
    "about": lambda text: line(text, 120),
    "hours": minutes,
    "until": past,
}
STORED = {"hours": "minutes"}


def people(phones: set[str], by) -> dict[str, Person]:
    """Phone → who lives where the importer decides."""
    paths = [post.place.path for post in by.posts if post.office in DECIDERS]
    here = select(Person).join(Person.home).where(Person.phone.in_(among(phones - {""})), in_ranges(Place.path, paths))
    found = db.session.scalars(seen(here.options(joinedload(Person.home))))
    return {person.phone: person for person in found if person.phone}


def papers(persons: set[int]) -> dict[tuple, tuple[int, int]]:
    """(issuer, number) → whose it is and how many minutes, of these people."""
    rows = select(HourTransfer).where(HourTransfer.person_id.in_(sorted(persons)))
    return {(one.issuer, one.paper_number): (one.person_id, one.minutes) for one in db.session.scalars(seen(rows))}
