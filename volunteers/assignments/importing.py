"""Importing an old list: all rows of a sheet are stored, as 待本人确认, or none."""

from typing import Any

from sqlalchemy import select

from communities.journal import Audience, Line
from communities.person import Person
from communities.place import Place
from kernel.db import db
from kernel.i18n import _
from kernel.sheet_import import Table, shown
from kernel.sheets import NotImportable, Sheet

from ..volunteer import Volunteer
from .imports import Found, Plan, plan, take
from .placing import bring_in


def carry_out(sheet: Sheet, by) -> Plan:
    """Store all rows, inside `work()`; the same sheet again changes nothing. Raises `NotImportable`."""
    first = plan(sheet, by)
    ids = sorted({row.building.id for row in first.new})
    held = select(Place.id).where(Place.id.in_(ids)).order_by(Place.id).with_for_update(key_share=True)
    db.session.execute(held)
    found = plan(sheet, by)  # judged again, now that nobody else can take a place
    if found.problems:
        raise NotImportable(count=len(found.problems))
    known: dict[str, Person] = {}
    for row in found.new:
        person = row.person or known.get(row.phone) or register(row, by)
        known[row.phone] = person
        bring_in(row.building, row.role, person, by=by)
    if found.new:
        tell(found, by)
    return found


def register(row: Found, by) -> Person:
    """Somebody who is not known yet; he is told on the slip what is stored."""
    joined = Volunteer.join(name=row.name, phone=row.phone, home=row.building, password_hash=None, by=by)
    return joined.person


def tell(found: Plan, by) -> None:
    """One line for the whole sheet."""
    place = by.office_place_id
    line = Line(
        verb="assignment.listed", by_id=by.id, place_id=place, audience=Audience.PLACE, subject="place",
        subject_id=place, ids={"count": len(found.new)},
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()


def look(found: Plan) -> dict[str, Any]:
    """What it would do, in words and numbers."""
    added = [[row.building.name, str(row.role.label), row.name] for row in found.new[:50]]
    counts = {"new": len(found.new), "unchanged": found.unchanged, "writes": len(found.new)}
    return counts | {"added": added} | shown(found.problems)


def said(found: Plan):
    """What was imported, in a sentence."""
    return _("导入好了：%(new)s 人等本人签字。请印确认单，签好后在这里记上。", new=len(found.new))


ASSIGNMENTS = Table(
    kind="assignments",
    action="assignment:import",
    take=take,
    plan=plan,
    look=look,
    carry_out=lambda sheet, _found, by: carry_out(sheet, by),
    said=said,
)
