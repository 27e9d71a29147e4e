"""Importing projects: all rows of a sheet are stored as drafts, or none."""

from typing import Any

from sqlalchemy import text

from communities.journal import Audience, Line
from kernel.db import db
from kernel.i18n import _
from kernel.sheet_import import Table, shown
from kernel.sheets import NotImportable
from partners.imports.sheet import Partners

from ..project import Project
from .judge import Plan, Row, plan
from .sheet import COLUMNS, take

CHANGES = 50  # that are shown one by one


def carry_out(sheet: Partners, by) -> Plan:
    """Store all rows, inside `work()`, by the verbs of drafts; the same sheet again changes nothing.

    Raises `NotImportable`.
    """
    if db.engine.dialect.name == "postgresql":  # two imports of the same new project come one after the other
        db.session.execute(text("LOCK TABLE project IN SHARE ROW EXCLUSIVE MODE"))
    found = plan(sheet, by)
    if found.problems:
        raise NotImportable(count=len(found.problems))
    for row in found.new:
        add(row, by)
    for row in found.changed:
        change(row, by)
    if found.new or found.changed:
        tell(found, by)
    return found


def add(row: Row, by) -> None:
    """A draft with its parts."""
    facts = dict(row.facts)
    pieces = facts.pop("parts", [])
    project = Project.write(row.place, by=by, capabilities=facts.pop("capabilities", ()), **facts)
    for piece in pieces:
        project.cut(**piece, by=by)


def change(row: Row, by) -> None:
    """Other facts for a draft; its parts are cut anew where the sheet says other ones."""
    project, facts = row.project, dict(row.facts)
    assert project is not None
    pieces = facts.pop("parts", None)
    known = facts.pop("capabilities", list(project.capabilities))
    if facts or known != project.capabilities:
        project.rewrite(version=project.version, by=by, capabilities=known, **facts)
    if pieces is not None:
        for part in list(project.parts):
            project.drop(part.id, by=by)
        for piece in pieces:
            project.cut(**piece, by=by)


def tell(found: Plan, by) -> None:
    """The one line about the whole sheet; each draft has its own besides."""
    counts = {"new": len(found.new), "changed": len(found.changed), "place": by.office_place_id}
    line = Line(
        verb="projects.imported", by_id=by.id, place_id=by.office_place_id, audience=Audience.PLACE,
        subject="place", subject_id=by.office_place_id, ids=counts,
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()


def look(found: Plan) -> dict[str, Any]:
    """What it would do, in words and numbers: the first rows one by one."""
    new = [[row.given["title"], row.place.name, row.given["parts"]] for row in found.new[:CHANGES]]
    changes = [
        [row.project.title, [[str(COLUMNS[key]), old, now] for key, (old, now) in row.told.items()], ""]
        for row in found.changed[:CHANGES]
        if row.project
    ]
    counts = {"new": len(found.new), "changed": len(found.changed), "unchanged": found.unchanged}
    writes = counts["new"] + counts["changed"]
    return counts | {"added": new, "changes": changes, "writes": writes} | shown(found.problems)


def said(found: Plan):
    """What was imported, in a sentence."""
    return _("导入好了：新写 %(new)s 份草稿，更新 %(changed)s 份。", new=len(found.new), changed=len(found.changed))


PROJECTS = Table(
    kind="projects",
    action="project:import",
    take=take,
    plan=plan,
    look=look,
    carry_out=lambda sheet, _found, by: carry_out(sheet, by),
    said=said,
)
