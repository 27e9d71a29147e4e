"""The hours of the demo data: what is older than a week is confirmed, in the chain of each community."""

from datetime import datetime, time, timedelta

from sqlalchemy import insert, select

from communities.place import Place, in_ranges
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from volunteers.attendances.attendance import Attendance
from volunteers.duty import Duty, ServiceKind
from volunteers.hours.chain import START, digest
from volunteers.hours.entry import CHAINED, Entry, Kind, Reason
from volunteers.hours.unit import RecordingUnit
from volunteers.shift import Shift
from volunteers.signup import Signup, State

from .community import Community
from .town import Town

WAITS = timedelta(days=7)  # what was this week is still to be confirmed
MINUTE = timedelta(minutes=1)


def confirm(town: Town) -> None:
    """Each community in its own chain, in the order of the shifts; all at once, for what is in a ledger stays there."""
    with work() as session:
        for community in town.communities:
            keep(session, town, community)


def keep(session, town: Town, community: Community) -> None:
    """The ledger of a community; nobody confirms what is his own, or what he noted himself."""
    rows = [row for row in served(town, community) if community.lead_id not in (row.person_id, row.by_id)]
    if not rows:
        return
    unit = RecordingUnit(place_id=community.id, entries=len(rows), head=START)
    session.add(unit)
    session.flush()
    entries = []
    for number, row in enumerate(rows, start=1):
        facts = {"unit_id": unit.id, "number": number, "confirmed_by_id": community.lead_id} | entry(row)
        unit.head = digest({name: facts.get(name) for name in CHAINED}, unit.head)
        entries.append(facts | {"hash": unit.head})
    session.execute(insert(Entry), entries)


def served(town: Town, community: Community) -> list:
    """Who came to what, the oldest first."""
    here = select(Place.id).where(in_ranges(Place.path, [community.path]))
    columns = (Attendance.arrived_at, Attendance.left_at, Attendance.by_id, Signup.id.label("signup_id"))
    about = (Signup.person_id, Shift.id.label("shift_id"), Shift.starts_at, Shift.ends_at, Duty.id.label("duty_id"))
    rows = select(*columns, *about, Duty.presence_share).select_from(Attendance).join(Attendance.signup)
    rows = rows.join(Signup.shift).join(Shift.duty).where(Shift.place_id.in_(here), Signup.state == State.DONE)
    old = Duty.service_kind == ServiceKind.VOLUNTEER, Shift.ends_at < town.now - WAITS
    return list(db.session.execute(seen(rows.where(*old).order_by(Shift.starts_at, Signup.id))))


def entry(row) -> dict:
    """What was recorded of one row, some days later."""
    left: datetime = min(row.left_at or row.ends_at, row.ends_at)
    present = max(left - max(row.arrived_at, row.starts_at), timedelta()) // MINUTE
    counts = 100 * present >= row.presence_share * ((row.ends_at - row.starts_at) // MINUTE)
    day = clock.local(row.starts_at).date()
    return {
        "kind": Kind.SERVICE,
        "signup_id": row.signup_id,
        "person_id": row.person_id,
        "minutes": present if counts else 0,
        "day": day,
        "duty_id": row.duty_id,
        "shift_id": row.shift_id,
        "reason": None if counts else Reason.SHORT,
        "proposed_by_id": row.by_id,
        "confirmed_at": clock.at(day + timedelta(days=3), time(10)),
    }
