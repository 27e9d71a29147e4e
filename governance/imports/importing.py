"""Importing needs: all rows of a sheet are written down, or none."""

from typing import Any

from sqlalchemy import text

from communities.journal import Audience, Line
from kernel.db import db
from kernel.i18n import _
from kernel.sheet_import import Table, shown
from kernel.sheets import NotImportable
from kernel.tokens import new_token
from partners.imports.sheet import Partners

from ..need import Need
from ..need_state import Privacy, State
from ..voice import Reach
from .judge import Plan, Row, plan
from .sheet import take

ROWS = 50  # that are shown one by one
SMALL = 25_000  # bytes, some 300 rows: each is a need with its voice, its lines and its place in the search


def carry_out(sheet: Partners, by) -> Plan:
    """Write all rows down, inside `work()`, by the verbs of staff; the same sheet again changes nothing.

    Raises `NotImportable`.
    """
    if db.engine.dialect.name == "postgresql":  # two imports of the same new need come one after the other
        db.session.execute(text("LOCK TABLE need IN SHARE ROW EXCLUSIVE MODE"))
    found = plan(sheet, by)
    if found.problems:
        raise NotImportable(count=len(found.problems))
    for row in found.new:
        add(row, by)
    if found.new:
        tell(found, by)
    return found


def add(row: Row, by) -> None:
    """As when staff write it down; with a category it is verified at once."""
    facts = dict(row.facts)
    category, reach = facts.pop("category", None), Reach(facts.pop("name", ""), facts.pop("phone", ""))
    privacy = privacy_of(row)
    known = facts | {"source": row.source, "category": category, "privacy": privacy, "reach": reach}
    need = Need.say(row.place, by=by, token=new_token(), **known)
    if category is not None:
        need.verify(category, privacy=privacy, matter=need.matter, by=by)


def privacy_of(row: Row) -> Privacy:
    """What has public words is public in these words."""
    return Privacy.MATTER if row.facts.get("matter") else Privacy.HANDLERS


def tell(found: Plan, by) -> None:
    """The one line about the whole sheet; each need has its own besides."""
    line = Line(
        verb="needs.imported", by_id=by.id, place_id=by.office_place_id, audience=Audience.PLACE,
        subject="place", subject_id=by.office_place_id, ids={"new": len(found.new), "place": by.office_place_id},
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()


def look(found: Plan) -> dict[str, Any]:
    """What it would do, in words and numbers: the first rows one by one, without what people said or who it was."""
    counts = {"new": len(found.new), "unchanged": found.unchanged, "writes": len(found.new)}
    return counts | {"added": [listed(row, found) for row in found.new[:ROWS]]} | shown(found.problems)


def listed(row: Row, found: Plan) -> list:
    """One row in words."""
    category = row.facts.get("category")
    state = State.VERIFIED if category else State.RECEIVED
    who = privacy_of(row).label
    label = category.label if category else ""
    where = found.labels[row.place.id]
    return [row.given.number, where, row.given["said_on"], label, str(row.source.label), str(state.label), str(who)]


def said(found: Plan):
    """What was imported, in a sentence."""
    return _("导入好了：新记 %(new)s 件，每件都有编号。", new=len(found.new))


NEEDS = Table(
    kind="needs",
    action="need:import",
    take=take,
    plan=plan,
    look=look,
    carry_out=lambda sheet, _found, by: carry_out(sheet, by),
    said=said,
    small=SMALL,
)
