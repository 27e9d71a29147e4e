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
from volunteers.hours.correction import Correction
from volunteers.hours.correction_state import State as Granted
from volunteers.hours.entry import CHAINED, Entry, Kind, Reason
from volunteers.hours.review import due
from volunteers.hours.unit import RecordingUnit
from volunteers.shift import Shift
from volunteers.signup import Signup, State

from . import wu
from .community import Community
from .town import Town

WAITS = timedelta(days=7)  # what was this week is still to be confirmed
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def confirm(town: Town) -> None:
    """Each community in its own chain, in the order of the shifts; all at once, for what is in a ledger stays there."""
    with work() as session:
        for community in town.communities:
            keep(session, town, community)
        wu.certify(session, town)


def keep(session, town: Town, community: Community) -> None:
    """The ledger of a community; nobody confirms what is his own, or what he noted himself."""
    rows = [row for row in served(town, community) if community.lead_id not in (row.person_id, row.by_id)]
    if not rows:
        return
    said = [fact for row in rows for fact in entries(town, row)]
    unit = RecordingUnit(place_id=community.id, entries=len(said), head=START)
    session.add(unit)
    session.flush()
    written = []
    for number, fact in enumerate(said, start=1):
        facts = {"unit_id": unit.id, "number": number, "confirmed_by_id": community.lead_id} | fact
        unit.head = digest({name: facts.get(name) for name in CHAINED}, unit.head)
        written.append(facts | {"hash": unit.head})
    session.execute(insert(Entry), written)
    for row in rows:
        if row.signup_id == town.corrected:
            session.add(wish(town, unit, row, community.lead_id))


def entries(town: Town, row) -> list[dict]:
    """What was recorded of one row; where it was put right, that as well."""
    first = entry(town, row)
    if row.signup_id != town.corrected:
        return [first]
    more = {"kind": Kind.CORRECTION, "reason": Reason.TIME, "minutes": wu.LATER, "proposed_by_id": row.person_id}
    return [first, first | more | {"confirmed_at": min(first["confirmed_at"] + WAITS, town.now)}]


def wish(town: Town, unit: RecordingUnit, row, lead_id: int) -> Correction:
    """② What she asked for: 1.5 hours were noted, 2.0 it was."""
    asked = min(row.ends_at + timedelta(hours=20), town.now)
    answer = {"state": Granted.GRANTED, "answered_by_id": lead_id, "answered_at": min(asked + DAY, town.now)}
    minutes, said = (row.ends_at - row.starts_at) // MINUTE + wu.LATER, "那天来的人多，收摊晚了半个小时。"
    facts = {"minutes": minutes, "reason": Reason.TIME, "said": said, "asked_at": asked}
    return Correction(
        unit=unit,
        signup_id=row.signup_id,
        person_id=row.person_id,
        due=due(clock.local(asked).date()),
        **facts,
        **answer,
    )


def served(town: Town, community: Community) -> list:
    """Who came to what, the oldest first."""
    here = select(Place.id).where(in_ranges(Place.path, [community.path]))
    columns = (Attendance.arrived_at, Attendance.left_at, Attendance.by_id, Signup.id.label("signup_id"))
    about = (Signup.person_id, Shift.id.label("shift_id"), Shift.starts_at, Shift.ends_at, Duty.id.label("duty_id"))
    rows = select(*columns, *about, Duty.presence_share).select_from(Attendance).join(Attendance.signup)
    rows = rows.join(Signup.shift).join(Shift.duty).where(Shift.place_id.in_(here), Signup.state == State.DONE)
    old = Duty.service_kind == ServiceKind.VOLUNTEER, (Shift.ends_at < town.now - WAITS) | Duty.id.in_(town.prompt)
    return list(db.session.execute(seen(rows.where(*old).order_by(Shift.starts_at, Signup.id))))


def entry(town: Town, row) -> dict:
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
        "confirmed_at": min(clock.at(day + timedelta(days=3), time(10)), town.now),
    }
