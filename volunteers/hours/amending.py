"""What is to be put right in a ledger: the wishes of volunteers, and lists that were corrected after confirmation."""

from dataclasses import dataclass

from sqlalchemy import Integer, cast, func, null, select, union_all
from sqlalchemy.orm import contains_eager

from kernel.db import db, seen

from ..attendances.attendance import Attendance
from ..shift import Shift
from ..signup import Signup
from .correction import Correction
from .correction_state import State
from .entry import Entry, Kind
from .following import minutes_of
from .unit import RecordingUnit

MOST = 25


@dataclass(frozen=True)
class Changed:
    """A row of a list that says otherwise than the ledger: how many minutes were recorded."""

    row: Attendance
    known: int

    @property
    def signup(self) -> Signup:
        """Whose time it is."""
        return self.row.signup

    @property
    def minutes(self) -> int:
        """What the list says now."""
        return minutes_of(self.row)


@dataclass(frozen=True)
class Amending:
    """A ledger (None where nothing was recorded yet) with what is to be put right, and whether that is all."""

    unit: RecordingUnit | None
    wishes: list[Correction]
    changed: list[Changed]
    more: bool


def amending(*which) -> Amending:
    """All of it for the ledger that these conditions name, the oldest first, so many at once; one statement."""
    open_ones, known = waiting(), sums()
    rows = select(RecordingUnit, Correction, Attendance, known).outerjoin(
        open_ones, open_ones.c.unit_id == RecordingUnit.id
    )
    rows = rows.outerjoin(Correction, Correction.id == open_ones.c.wish_id)
    rows = rows.outerjoin(Attendance, Attendance.id == open_ones.c.row_id)
    rows = rows.outerjoin(Signup, Signup.id == func.coalesce(Correction.signup_id, Attendance.signup_id))
    rows = rows.outerjoin(Signup.shift).outerjoin(Shift.duty).outerjoin(Signup.person)
    rows = rows.where(*which).order_by(open_ones.c.since, open_ones.c.wish_id, open_ones.c.row_id).limit(MOST + 1)
    found = db.session.execute(seen(rows.options(*beside()).execution_options(populate_existing=True))).all()
    shown = found[:MOST]
    wishes = [wish for _unit, wish, _row, _known in shown if wish]
    changed = [Changed(row, known) for _unit, _wish, row, known in shown if row]
    return Amending(found[0][0] if found else None, wishes, changed, len(found) > MOST)


def waiting():
    """(unit, wish, row, since): the ids of what waits in each ledger."""
    no_id = cast(null(), Integer)
    asked = select(Correction.unit_id, Correction.id.label("wish_id"), no_id.label("row_id"), Correction.asked_at)
    differing = select(recorded_in(), no_id, Attendance.id, Attendance.differs_since)
    parts = asked.where(Correction.state == State.ASKED), differing.where(Attendance.differs_since.is_not(None))
    found = union_all(*parts).subquery()
    return select(found.c.unit_id, found.c.wish_id, found.c.row_id, found.c.asked_at.label("since")).subquery()


def recorded_in():
    """The ledger in which an attendance was recorded; looked up for each of the few rows that differ."""
    service = (Entry.signup_id == Attendance.signup_id) & (Entry.kind == Kind.SERVICE)
    return select(Entry.unit_id).where(service).correlate(Attendance).scalar_subquery().label("unit_id")


def sums():
    """The minutes that were recorded of a sign-up, corrections included."""
    return select(func.sum(Entry.minutes)).where(Entry.signup_id == Signup.id).correlate(Signup).scalar_subquery()


def beside():
    """What is shown with both: sign-up, shift, duty, person."""
    for signup in (contains_eager(Correction.signup), contains_eager(Attendance.signup)):
        yield signup.contains_eager(Signup.shift).contains_eager(Shift.duty)
        yield signup.contains_eager(Signup.person)
    yield contains_eager(Correction.person)
