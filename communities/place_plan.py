"""What a sheet of places would change: each row is compared with what is stored."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from kernel.db import db
from kernel.i18n import _, joined
from kernel.sheet_import import shown
from kernel.sheets import SheetProblem

from . import natural_order
from .how_many import said
from .place import UNDER, Kind, Place
from .place_sheet import CHOSEN, COLUMNS, Given, Places, in_language, word_of

CHANGES = 50  # that are shown one by one
FACTS = ("name", "parent", "households", "lat", "lon", "position")


@dataclass(frozen=True)
class Change:
    """A stored place that a row changes: fact → (as it is, as it will be); the parent is a code."""

    given: Given
    id: int
    facts: dict[str, tuple[Any, Any]]

    @property
    def shown(self) -> list[tuple[str, Any, Any]]:
        """(column, as it is, as it will be) of what a person recognises: an order that comes from the name is none."""
        told = {fact: pair for fact, pair in self.facts.items() if fact != "position" or max(pair) <= CHOSEN}
        return [(in_language(COLUMNS[fact]), old, new) for fact, (old, new) in told.items()]


@dataclass
class Plan:
    """What an import does: rows to add, places to change, how many stay as they are, and what is wrong."""

    known: dict[str, Any]  # the stored rows by code
    problems: list[SheetProblem]
    new: list[Given] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def kinds(self) -> list[tuple[Kind, int]]:
        """How many are added of each kind."""
        counts = {kind: sum(given.kind is kind for given in self.new) for kind in Kind}
        return [(kind, count) for kind, count in counts.items() if count]


def everything() -> dict[str, Any]:
    """The stored rows by code."""
    return {row.code: row for row in db.session.execute(select(*Place.__table__.c))}


def plan(places: Places) -> Plan:
    """Compare the rows with what is stored. An empty cell leaves a known fact alone; places not named stay."""
    known = everything()
    codes = {row.id: row.code for row in known.values()}
    kinds = places.kinds | {code: row.kind for code, row in known.items()}
    found = Plan(known, list(places.sheet.problems))
    for given in places.rows:
        row = known.get(given.code)
        if misfit := wrong_kind(given, row) or wrong_parent(given, kinds):
            found.problems.append(SheetProblem(given.number, places.sheet.headers[misfit[0]], misfit[1]))
        elif row is None:
            found.new.append(given)
        elif facts := differences(given, row, codes.get(row.parent_id, "")):
            found.changed.append(Change(given, row.id, facts))
        else:
            found.unchanged += 1
    found.problems.sort(key=lambda problem: problem.row)
    return found


def wrong_kind(given: Given, row):
    """What others know as a community stays one: offices and projects stand on its kind."""
    if row is not None and row.kind is not given.kind:
        return "kind", _("这个编码已经是%(kind)s，类别不能改。", kind=row.kind.label)
    return None


def wrong_parent(given: Given, kinds: dict[str, Kind | None]):
    """The parent has to be known, here or in the file, and of the level above."""
    allowed = UNDER[given.kind]
    if None in allowed:
        return ("parent", _("区是最上面一级，上级编码要空着。")) if given.parent else None
    if not given.parent:
        return "parent", _("%(kind)s要写上级编码。", kind=given.kind.label)
    if given.parent not in kinds:
        return "parent", _("系统里和表里都没有编码“%(code)s”。", code=given.parent[:40])
    parent = kinds[given.parent]
    if parent is None or parent in allowed:  # a parent whose own row is wrong is told of there
        return None
    levels = joined(word_of(kind) for kind in Kind if kind in allowed)
    return "parent", _(
        "%(kind)s不能放在%(parent)s下面，应放在%(levels)s下面。",
        kind=given.kind.label, parent=parent.label, levels=levels,
    )  # fmt: skip


def differences(given: Given, row, parent: str) -> dict[str, tuple[Any, Any]]:
    """The facts that this row changes."""
    natural = natural_order.position(row.name) == row.position
    position = given.natural if natural else row.position
    old = {fact: getattr(row, fact) for fact in FACTS if fact != "parent"} | {"parent": parent}
    new = {fact: getattr(given, fact) for fact in FACTS}
    new["position"] = position if given.position is None else given.position
    return {fact: (old[fact], new[fact]) for fact in FACTS if new[fact] is not None and new[fact] != old[fact]}


def look(found: Plan) -> dict[str, Any]:
    """What it would do, in words and numbers: the first changes one by one."""
    changes = [
        [change.given.name, change.given.code, [[str(column), old, new] for column, old, new in change.shown]]
        for change in found.changed[:CHANGES]
    ]
    counts = {"new": len(found.new), "changed": len(found.changed), "unchanged": found.unchanged}
    kinds = [str(said(kind, count)) for kind, count in found.kinds]
    writes = counts["new"] + counts["changed"]
    return counts | {"kinds": kinds, "changes": changes, "writes": writes} | shown(found.problems)
