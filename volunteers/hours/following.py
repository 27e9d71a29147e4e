"""A list that was corrected after its hours were confirmed: somebody looks, and the ledger follows or stays as it is.

Nothing follows by itself. Either answer is one more entry: the difference, or 0 minutes for "seen, stays".
"""

from communities.journal import Audience
from kernel import clock
from kernel.i18n import _
from kernel.work import Refusal

from ..attendances.attendance import CHANGED, HERE, Attendance
from ..signup import Signup
from .correction import check_kind, recorded
from .entry import Entry, Kind, Reason, unit_of
from .review import OwnHours, of_signup
from .unit import RecordingUnit


class SameAgain(Refusal):
    """A colleague answered, or the list was put back."""

    message = _("这一条现在和到场记录一样，或者已经有人看过了。请刷新后再看。")


def look(row: Attendance, by) -> None:
    """Note on a row that was corrected whether the ledger says otherwise."""
    known = recorded(row.signup)
    differs = known is not None and known != minutes_of(row)
    row.differs_since = (row.differs_since or clock.now()) if differs else None
    row.changed_by_id = by.id if differs and by else None


def minutes_of(row: Attendance) -> int:
    """What would be recorded of it now."""
    return row.minutes if row.counts else 0


def reason_of(row: Attendance) -> Reason:
    """Why that is other than what was confirmed."""
    if row.signup.state not in HERE:
        return Reason.ABSENT
    return Reason.TIME if row.counts else Reason.SHORT


def may_answer(row: Attendance, person) -> bool:
    """Nobody answers about his own hours, or what he corrected himself."""
    return person.id not in (row.signup.person_id, row.changed_by_id)


def follow(signup: Signup, *, by) -> Entry:
    """更正: an entry with the difference. Refuses what is settled (`SameAgain`) and one's own (`OwnHours`)."""
    unit, row, known = held(signup, by)
    check_kind(unit, signup)
    entry = answered(unit, row, minutes_of(row) - known, reason_of(row), by=by)
    signup.note("hours.followed", by, tell=[signup.person], audience=Audience.PLACE, shift=signup.shift_id)
    return entry


def stay(signup: Signup, *, by) -> Entry:
    """不用更正: an entry of 0 minutes says that somebody looked. Refuses as `follow` does."""
    unit, row, _known = held(signup, by)
    entry = answered(unit, row, 0, None, by=by)
    signup.note("hours.stayed", by, tell=[signup.person], audience=Audience.PLACE, shift=signup.shift_id)
    return entry


def held(signup: Signup, by) -> tuple[RecordingUnit, Attendance, int]:
    """The ledger in which it stands, held; the row that differs; the minutes that were recorded."""
    unit = RecordingUnit.hold(*unit_of(signup))
    row, known = Attendance.of(signup), recorded(signup)
    if row is None or row.differs_since is None or known is None:
        raise SameAgain
    if not may_answer(row, by):
        raise OwnHours
    return unit, row, known


def answered(unit: RecordingUnit, row: Attendance, minutes: int, reason: Reason | None, *, by) -> Entry:
    """The entry of an answer; the row waits no longer."""
    facts = {"kind": Kind.CORRECTION, "minutes": minutes, "reason": reason, "proposed_by_id": row.changed_by_id}
    row.differs_since = row.changed_by_id = None
    return Entry.append(unit, by=by, **facts, **of_signup(row.signup))


if look not in CHANGED:
    CHANGED.append(look)
