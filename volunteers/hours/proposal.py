"""Proposals: what attendance says of an ended shift and nobody confirmed yet, with what asks for a second look."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased, contains_eager

from communities.journal import Line
from communities.place import Kind, Place, in_ranges
from kernel import clock
from kernel.db import db, seen

from ..attendances.attendance import HERE, Attendance
from ..duty import Duty
from ..shift import Shift
from ..signup import Signup
from .doubts import clashes, doubts
from .entry import Entry, Reason
from .entry import Kind as EntryKind
from .unit import RecordingUnit, entrusted_at, kinds

DAY = timedelta(days=1)
DAYS = 14  # that are shown at once
STARTS = 300  # different moments at which shifts began, read at most for them


@dataclass
class Proposal:
    """One person's time on one shift; `doubts` are sentences, and none means that it is quiet."""

    attendance: Attendance
    doubts: list[Any] = field(default_factory=list)

    @property
    def signup(self) -> Signup:
        """Whose time it is."""
        return self.attendance.signup

    @property
    def minutes(self) -> int:
        """What would be recorded: the time of presence, nothing where it was too short to count."""
        return self.attendance.minutes if self.attendance.counts else 0

    @property
    def reason(self) -> Reason | None:
        """Why nothing would be recorded."""
        return None if self.attendance.counts else Reason.SHORT

    @property
    def planned(self) -> int:
        """Minutes of the whole shift."""
        return (self.signup.shift.ends_at - self.signup.shift.starts_at) // timedelta(minutes=1)

    def is_for(self, person) -> bool:
        """Whether this person may confirm it: it is not his own, and somebody else noted it."""
        return person.id not in (self.signup.person_id, self.attendance.by_id)


def done_at(place: Place, unit: RecordingUnit | None):
    """A condition on shifts and their duties: they belong to this ledger; `unit` None is that of the place itself."""
    inside = select(Place.id).where(in_ranges(Place.path, [place.path]))
    here = Shift.place_id.in_(inside) if place.kind is Kind.COMMUNITY else Shift.place_id == place.id
    theirs = entrusted_at(place.id)
    if unit is not None and unit.partner_id is not None:
        return here & (Duty.recorder_id == unit.partner_id) & Duty.recorder_id.in_(theirs)
    return here & (Duty.recorder_id.is_(None) | Duty.recorder_id.not_in(theirs))


def unsettled(*columns) -> Select:
    """Sign-ups of people who came to a shift that has ended, and that no entry settles; with attendance and duty."""
    settled = select(Entry.signup_id).where(Entry.kind == EntryKind.SERVICE, Entry.signup_id == Signup.id)
    open_ones = select(*columns).select_from(Attendance).join(Attendance.signup).join(Signup.shift).join(Shift.duty)
    came = (Signup.state.in_(HERE), Shift.ends_at <= clock.now())
    return seen(open_ones.where(*came, ~settled.correlate(Signup).exists()))


def people():
    """How many came to a shift and wait; counted per shift, so that a ledger begins with the shifts of its place."""
    settled = select(Entry.signup_id).where(Entry.kind == EntryKind.SERVICE, Entry.signup_id == Signup.id)
    came = select(func.count(Attendance.id)).join(Attendance.signup)
    came = came.where(Signup.shift_id == Shift.id, Signup.state.in_(HERE), ~settled.correlate(Signup).exists())
    return came.correlate(Shift).scalar_subquery()


@dataclass(frozen=True)
class Days:
    """Day → how many proposals wait, the oldest `DAYS` of them; where the next ones begin, and how many wait in all."""

    shown: dict[date, int]
    later: date | None
    number: int


def waiting_days(place: Place, unit: RecordingUnit | None, since: date | None = None) -> Days:
    """The days that wait in a ledger, from a day on, the oldest first; one statement, however many there are."""
    over = select(Shift.starts_at, people().label("people")).join(Shift.duty).where(Shift.ends_at <= clock.now())
    over = over.where(done_at(place, unit), Duty.service_kind.in_(kinds(unit)))
    over = over.where(Shift.starts_at >= clock.at(since)) if since else over
    shift = over.subquery().c
    number = func.sum(shift.people)
    rows = select(shift.starts_at, number, func.sum(number).over()).where(shift.people > 0)
    rows = rows.group_by(shift.starts_at).order_by(shift.starts_at).limit(STARTS)
    found = db.session.execute(seen(rows)).all()
    days: dict[date, int] = defaultdict(int)
    for starts_at, some, _all in found:
        days[clock.local(starts_at).date()] += int(some)
    if len(found) == STARTS and len(days) > 1:
        days.popitem()  # perhaps not the whole of it
    shown = dict(islice(days.items(), DAYS))
    total = int(found[0][2]) if found else 0
    later = max(shown) + DAY if sum(shown.values()) < total else None
    return Days(shown, later, total)


def proposals(place: Place, unit: RecordingUnit | None, day: date) -> list[Proposal]:
    """All that waits of one day, shift by shift, each with its doubts; one statement."""
    here = judged(day).where(done_at(place, unit), Duty.service_kind.in_(kinds(unit)), on(day))
    return loaded(here.order_by(Shift.starts_at, Shift.id, Signup.id))


def proposal_of(signup: Signup, unit: RecordingUnit | None) -> Proposal | None:
    """The one of this sign-up; None when it is settled, or counts for nothing here."""
    mine = judged(clock.local(signup.shift.starts_at).date())
    found = loaded(mine.where(Signup.id == signup.id, Duty.service_kind.in_(kinds(unit))))
    return found[0] if found else None


def on(day: date):
    """A condition: the shift began on this day in Asia/Shanghai."""
    return (Shift.starts_at >= clock.at(day)) & (Shift.starts_at < clock.at(day + DAY))


def judged(day: date) -> Select:
    """The unsettled rows of a day, each with what the ledger and the journal say of it."""
    eager = contains_eager(Attendance.signup)
    shift = eager.contains_eager(Signup.shift).contains_eager(Shift.duty)
    noted = select(func.max(Line.at)).where(
        Line.subject == "signup", Line.subject_id == Signup.id, Line.verb == "signup.arrived"
    )
    told = (*(one.correlate(Signup, Shift).scalar_subquery() for one in (noted, *in_ledger(day))),)
    return (
        unsettled(Attendance, *told)
        .join(Signup.person)
        .options(eager.contains_eager(Signup.person), shift)
        .execution_options(populate_existing=True)
    )


def in_ledger(day: date) -> tuple[Select, Select]:
    """What else the person served: something at the same time, and how many minutes on the same day."""
    shift, duty = aliased(Shift), aliased(Duty)
    title = duty.activity + case((duty.role == "", ""), else_=" · " + duty.role)
    his = Entry.person_id == Signup.person_id
    clash = (
        select(title).select_from(Entry).join(shift, shift.id == Entry.shift_id).join(duty, duty.id == shift.duty_id)
    )
    overlap = (shift.starts_at < Shift.ends_at, shift.ends_at > Shift.starts_at, Entry.minutes > 0)
    total = select(func.coalesce(func.sum(Entry.minutes), 0)).where(his, Entry.day == day)
    return clash.where(his, Entry.signup_id != Signup.id, *overlap).limit(1), total


def loaded(wanted: Select) -> list[Proposal]:
    """The proposals of a statement, with what is doubtful about each, by itself and beside the others."""
    rows = [(Proposal(row), *told) for row, *told in db.session.execute(wanted)]
    of_person: dict[int, list[Proposal]] = defaultdict(list)
    for one, *_told in rows:
        of_person[one.signup.person_id].append(one)
    for one, noted, clash, known in rows:
        one.doubts = [*doubts(one, noted), *clashes(one, of_person[one.signup.person_id], clash, known)]
    return [one for one, *_told in rows]
