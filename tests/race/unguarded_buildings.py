"""Take the guards of a place in a building away, in the processes of a server under test: the test of the test."""

from contextlib import nullcontext

from sqlalchemy import Select

from kernel import site, work
from kernel.db import db
from volunteers.assignments import placing
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.state import Standing

from .unguarded import speak_plainly


def strip() -> None:
    """No turn for writers, no lock at BEGIN, no row locks, no condition in the INSERT: look, then write."""
    work.turn = nullcontext
    site.speak_sqlite = speak_plainly
    Select.with_for_update = lambda self, **_options: self
    placing.enter = enter


def enter(building, role, number, person, state, door, *, by, standing=Standing.HOLDER):
    """What most sites do."""
    facts = {"building_id": building.id, "role": role, "number": number, "standing": standing, "state": state}
    row = Assignment(person=person, door=door, asked_by_id=by.id, **facts)
    row.building = building
    db.session.add(row)
    db.session.flush()
    return row
