"""Old hours from a sheet: each row becomes a 转入记录 with its paper, shown apart, never part of our certificates."""

from decimal import Decimal
from typing import Any

from kernel.db import db
from kernel.i18n import _, both
from kernel.sheet_import import Table, quiet, shown
from kernel.sheets import NotImportable, Sheet, read

from .entry import Entry, Kind
from .transfer import HourTransfer
from .transfer_judge import COLUMNS, Judge, Plan, Taken
from .unit import RecordingUnit

MOST = 500  # rows of one upload: each is an entry of the chain, and whoever confirms hours waits meanwhile
SHOWN = 50  # rows that are shown one by one


def take(data: bytes, filename: str, tick=quiet) -> Sheet:
    """Read an upload; problems are in it. No database. Raises `UnreadableSheet`."""
    known = {key: both(label) for key, label in COLUMNS.items()}
    sheet = read(data, filename, columns=known, optional=("about",), rows_max=MOST)
    tick(len(sheet.rows), len(sheet.rows))
    return sheet


def plan(sheet: Sheet, by) -> Plan:
    """Compare with what is stored; nothing is written."""
    judge = Judge(sheet, by)
    for row in sheet.rows:
        judge.judge(row)
    judge.found.problems.sort(key=lambda problem: problem.row)
    return judge.found


def carry_out(sheet: Sheet, by) -> Plan:
    """Store all rows inside `work()`, or none. Raises `NotImportable`."""
    found = plan(sheet, by)
    if found.problems:
        raise NotImportable(count=len(found.problems))
    places = {one.place.id: one.place for one in found.new}
    for id in sorted(places):
        unit = RecordingUnit.hold(places[id])
        mine = [one for one in found.new if one.place.id == id]
        for one in mine:
            enter(unit, one, by)
        unit.note("hours.imported", by, count=len(mine))
    return found


def enter(unit: RecordingUnit, one: Taken, by) -> Entry:
    """The paper, and its entry in the chain."""
    paper = HourTransfer(unit=unit, person_id=one.person.id, noted_by_id=by.id, **one.facts)
    db.session.add(paper)
    db.session.flush()
    facts = {"minutes": paper.minutes, "day": paper.until, "transfer_id": paper.id, "person_id": paper.person_id}
    return Entry.append(unit, by=by, kind=Kind.TRANSFER, proposed_by_id=None, **facts)


def look(found: Plan) -> dict[str, Any]:
    """What it would do, in words and numbers."""
    rows = [
        [one.person.name, one.facts["issuer"], one.facts["paper_number"], str(Decimal(one.facts["minutes"]) / 60)]
        for one in found.new[:SHOWN]
    ]
    counts = {"new": len(found.new), "unchanged": found.unchanged, "writes": len(found.new), "added": rows}
    return counts | shown(found.problems)


def said(found: Plan):
    """What was imported, in a sentence."""
    return _("转入了 %(new)s 条，本人在“我的时长”里看得到。", new=len(found.new))


TRANSFERS = Table(
    kind="hour-transfers",
    action="hours:import",
    take=take,
    plan=plan,
    look=look,
    carry_out=lambda sheet, _found, by: carry_out(sheet, by),
    said=said,
)
