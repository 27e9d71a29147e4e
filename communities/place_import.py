"""Importing places: all rows of a sheet are stored, or none."""

from itertools import groupby

from sqlalchemy import select, text

from kernel import search
from kernel.bulk import insert_all, new_ids, update_all
from kernel.db import Model, db
from kernel.i18n import _
from kernel.sheet_import import Table
from kernel.sheets import NotImportable

from .journal import Audience, Line
from .place import Kind, Place, replant
from .place_plan import Change, Plan, everything, look, plan
from .place_sheet import Places, take

TABLE = Model.metadata.tables["place"]  # without the mapper: half the time for ten thousand rows
LEVEL = {kind: level for level, kind in enumerate(Kind)}
UNSEARCHED = {Kind.BUILDING}  # nobody looks for “3号楼” alone: its compound is found, and shows it


def carry_out(places: Places, *, by, found: Plan | None = None) -> Plan:
    """Store all rows, inside `work()`; `by` is None for the command line. Raises `NotImportable`.

    `found` is the plan as it was made before the transaction: it counts when nothing has changed since, so that the
    lock is held for the writing only. A place that gets another parent takes along all that lies in it. The same sheet
    again changes nothing.
    """
    if db.engine.dialect.name == "postgresql":  # two imports of the same new code come one after the other
        db.session.execute(text("LOCK TABLE place IN SHARE ROW EXCLUSIVE MODE"))
    if found is None or found.known != everything():
        found = plan(places)
    if found.problems:
        raise NotImportable(count=len(found.problems))
    if found.new or found.changed:
        ids = {row.code: row.id for row in found.known.values()} | add(found)
        change(found, ids)
        if any("parent" in change.facts for change in found.changed):
            replant()
        named = [*found.new, *(change.given for change in found.changed if "name" in change.facts)]
        search.index_all("place", {ids[given.code]: given.name for given in named if given.kind not in UNSEARCHED})
        tell(found, by)
    return found


def add(found: Plan) -> dict[str, int]:
    """Insert the new places; their ids are taken before, so that one statement writes the paths too. Ids by code."""
    spots = {row.code: (row.id, row.path) for row in found.known.values()}
    parents_first = sorted(found.new, key=lambda given: LEVEL[given.kind])
    rows = []
    for id, given in zip(new_ids(TABLE, len(parents_first)), parents_first, strict=True):
        parent_id, above = spots.get(given.parent, (None, "/"))
        spots[given.code] = id, f"{above}{id}/"
        row = {
            "id": id, "kind": given.kind, "code": given.code, "name": given.name, "parent_id": parent_id,
            "path": spots[given.code][1], "position": given.natural if given.position is None else given.position,
            "lat": given.lat, "lon": given.lon, "households": given.households, "about": "",
        }  # fmt: skip
        rows.append(row)
    insert_all(TABLE, rows)
    return {given.code: spots[given.code][0] for given in parents_first}


def change(found: Plan, ids: dict[str, int]) -> None:
    """Update the changed places, one statement for each set of facts that changes."""
    for facts, changes in groupby(sorted(found.changed, key=facts_of), key=facts_of):
        rows = [{"id": change.id} | {fact: change.facts[fact][1] for fact in facts} for change in changes]
        for row in rows:
            if "parent" in facts:
                row["parent_id"] = ids[row.pop("parent")]
        update_all(TABLE, rows)
    db.session.expire_all()


def facts_of(change: Change) -> tuple[str, ...]:
    """Which facts change."""
    return tuple(change.facts)


def tell(found: Plan, by) -> None:
    """The one line in the journal."""
    root = db.session.scalars(select(Place.id).where(Place.kind == Kind.DISTRICT).order_by(Place.id)).first()
    ids = {"new": len(found.new), "changed": len(found.changed)}
    line = Line(
        verb="places.imported", by_id=by.id if by else None, place_id=root, audience=Audience.PLACE,
        subject="place", subject_id=root, ids=ids,
    )  # fmt: skip
    db.session.add(line)


def said(found: Plan):
    """What was imported, in a sentence."""
    return _("导入好了：新增 %(new)s 个，更新 %(changed)s 个。", new=len(found.new), changed=len(found.changed))


PLACES = Table(
    kind="places",
    action="place:import",
    take=take,
    plan=lambda places, by: plan(places),
    look=look,
    carry_out=lambda places, found, by: carry_out(places, by=by, found=found),
    said=said,
)
