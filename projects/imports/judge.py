"""Judging the rows of a sheet of projects one by one: new, changed, as it is, or wrong, and then why."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from communities.catalogue import Capability, Category
from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel.bulk import among
from kernel.db import db, seen
from kernel.i18n import _
from kernel.sheets import SheetProblem
from partners.imports.cells import Wrong, day, line, lines, phone
from partners.imports.known import catalogue
from partners.imports.naming import entry
from partners.imports.sheet import SEPARATOR, Given, Partners, as_read, listed

from ..project import Project
from ..stage import WRITTEN
from . import parts
from .sheet import TAKEN, words

LINES = {"title": 120, "contact_name": 80}
TEXTS = {"about": 4000, "done_means": 2000, "provides": 2000, "risk_note": 2000}
NEEDED = ("title", "place", "category", "starts_on", "ends_on")


@dataclass
class Row:
    """One row that is to be written: which project it changes (None: a new one), its facts, old and new words."""

    given: Given
    project: Project | None
    place: Place
    facts: dict[str, Any]
    told: dict[str, tuple[str, str]]


@dataclass
class Plan:
    """What a sheet would do."""

    problems: list[SheetProblem]
    paths: list[str]
    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    unchanged: int = 0


def plan(sheet: Partners, by) -> Plan:
    """Compare the rows with what is stored; nothing is written. An empty cell leaves a known fact alone."""
    paths = [post.place.path for post in by.posts if post.office in DECIDERS]
    judge = Judge(sheet, Plan(list(sheet.sheet.problems), paths))
    for given in sheet.rows:
        judge.judge(given)
    judge.found.problems.sort(key=lambda problem: problem.row)
    return judge.found


class Judge:
    """One row at a time: its problems go to the plan, its facts are collected as long as there are none."""

    def __init__(self, sheet: Partners, found: Plan):
        self.sheet, self.found = sheet, found
        self.projects = projects(found.paths)
        self.named: dict[Any, Project] = {
            (one.title, one.place_id, one.starts_on): one for one in self.projects.values()
        }
        self.places = places({given["place"] for given in sheet.rows}, found.paths)
        self.catalogues = {"category": catalogue(Category), "capabilities": catalogue(Capability)}
        self.claimed: dict[Any, int] = {}

    def wrong(self, given: Given, key: str, sentence) -> None:
        """Note a problem of a cell."""
        column = str(self.sheet.sheet.headers.get(key, TAKEN[key]))
        self.found.problems.append(SheetProblem(given.number, column, sentence))

    def judge(self, given: Given) -> None:
        """Whether a row is new, a change, nothing, or wrong."""
        before = len(self.found.problems)
        known = self.projects.get(given.id or 0)
        facts = self.read(given, words(known) if known else {})
        project = self.meant(given, facts)
        if project is None and not given["id"]:
            self.complete(given)
        if len(self.found.problems) > before:
            return
        row = self.row(given, project, facts)
        if project is None:
            self.found.new.append(row)
        elif not row.told:
            self.found.unchanged += 1
        elif project.stage in WRITTEN:
            self.found.changed.append(row)
        else:
            self.wrong(given, "id", _("“%(project)s”已经发布过了，不能用表改。", project=project.title))

    def read(self, given: Given, now: dict[str, str]) -> dict[str, Any]:
        """The facts of a row that are there and other than now, as far as they can be read."""
        facts = {}
        for key in TAKEN:
            if key != "id" and given[key] and given[key] != now.get(key):
                try:
                    facts[key] = self.meaning(key, given[key])
                except Wrong as wrong:
                    self.wrong(given, key, wrong.sentence)
        first, last = facts.get("starts_on"), facts.get("ends_on")
        if first and last and last < first:
            self.wrong(given, "ends_on", _("结束的日期在开始之前，请改成开始当天或之后的日期。"))
        return facts

    def meaning(self, key: str, text: str) -> Any:
        """The value of one cell. Raises `Wrong`."""
        if key in LINES:
            return line(text, LINES[key])
        if key in TEXTS:
            return lines(text, TEXTS[key])
        if key in ("starts_on", "ends_on"):
            return day(text)
        if key == "category":
            return entry(text, self.catalogues["category"])
        if key == "capabilities":
            return [entry(word, self.catalogues["capabilities"]) for word in listed(text)]
        return {"place": self.place, "parts": parts.read, "contact_phone": phone}[key](text)

    def place(self, text: str) -> Place:
        """The one place of this name or code where the importer decides. Raises `Wrong`."""
        here = self.places.get(text, [])
        if not here:
            raise Wrong(_("您管的范围里没有“%(place)s”，请写全名或编码。", place=text[:40]))
        if len(here) > 1:
            raise Wrong(_("有 %(count)s 个地方叫“%(place)s”，请改写编码。", count=len(here), place=text[:40]))
        return here[0]

    def meant(self, given: Given, facts: dict[str, Any]) -> Project | None:
        """The project that a row means: by its number, else by title, place and first day."""
        if given["id"]:
            project = self.projects.get(given.id or 0)
            if project is None:
                self.wrong(given, "id", _("编号“%(id)s”不是您这里的项目；新写的请空着。", id=given["id"][:20]))
        else:
            place: Place | None = facts.get("place")
            key = (facts.get("title"), place.id if place else None, facts.get("starts_on"))
            project = self.named.get(key)
        claim = project.id if project else (given["title"], given["place"], given["starts_on"])
        first = self.claimed.setdefault(claim, given.number)
        if first != given.number:
            self.wrong(given, "title", _("和第 %(row)s 行是同一个项目。", row=first))
        return project

    def complete(self, given: Given) -> None:
        """A new row says what a draft needs, and does not end before it is written."""
        for key in NEEDED:
            if not given[key]:
                self.wrong(given, key, _("新写的项目要填这一项。"))

    def row(self, given: Given, project: Project | None, facts: dict[str, Any]) -> Row:
        """What is other than it is now."""
        now = words(project) if project else {}
        told = {}
        for key in facts:
            said = self.said(key, given, facts[key])
            if key != "place" and said != now.get(key, ""):
                told[key] = (now.get(key, ""), said)
        if project is not None and facts.get("place", project.place).id != project.place_id:
            self.wrong(given, "place", _("“地点”不能用表改：换地方请另写一个项目。"))
        place = project.place if project else facts["place"]
        return Row(given, project, place, {key: facts[key] for key in told}, told)

    def said(self, key: str, given: Given, value: Any) -> str:
        """A fact as the ledger writes it, so that what was only typed differently is no change."""
        if key == "category":
            return value.label
        if key == "capabilities":
            return SEPARATOR.join(one.label for one in sorted(value, key=lambda one: (one.position, one.id)))
        if key == "parts":
            return parts.MARK.join(parts.one_written(Written(**facts)) for facts in value)
        return as_read(value)


@dataclass
class Written:
    """A part that is not stored yet, as far as it is written in a cell."""

    title: str
    quantity: int
    unit: str
    people: int | None
    times: int | None
    hours: int | None

    @property
    def person_hours(self) -> int | None:
        """Whether all that it costs is known."""
        return self.people and self.times and self.hours and self.people * self.times * self.hours


def projects(paths: list[str]) -> dict[int, Project]:
    """All projects of these places by id, with what a row says of them."""
    here = select(Project).join(Project.place).where(in_ranges(Place.path, paths))
    beside = joinedload(Project.place), joinedload(Project.category)
    lists = selectinload(Project.parts), selectinload(Project.capabilities)
    found = db.session.scalars(seen(here.options(*beside, *lists).execution_options(populate_existing=True)))
    return {project.id: project for project in found}


def places(names: set[str], paths: list[str]) -> dict[str, list[Place]]:
    """The named places in these, by code and by name."""
    wanted = among(names - {""})
    named = or_(Place.code.in_(wanted), Place.name.in_(wanted)) & in_ranges(Place.path, paths)
    found: dict[str, list[Place]] = {}
    for place in db.session.scalars(seen(select(Place).where(named).order_by(Place.path))):
        for word in {place.code, place.name} & names:
            found.setdefault(word, []).append(place)
    return found
