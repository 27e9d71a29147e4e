"""Proposals: what attendance says of an ended shift and nobody confirmed yet, with what asks for a second look."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from communities.journal import Line
from communities.place import Kind, Place, in_ranges
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _

from ..attendances.attendance import HERE, Attendance
from ..duty import Duty
from ..shift import Shift
from ..signup import Signup
from .entry import Entry, Reason
from .entry import Kind as EntryKind
from .unit import RecordingUnit, kinds

LATE = timedelta(days=3)
LONGEST = 12 * 60  # minutes of one person on one day
DAY = timedelta(days=1)


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


def done_at(place: Place):
    """A condition on shifts: they belong to the ledger of this place."""
    if place.kind is not Kind.COMMUNITY:
        return Shift.place_id == place.id
    return Shift.place_id.in_(select(Place.id).where(in_ranges(Place.path, [place.path])))


def unsettled(*columns) -> Select:
    """Sign-ups of people who came to a shift that has ended, and that no entry settles; with attendance and duty."""
    settled = select(Entry.signup_id).where(Entry.kind == EntryKind.SERVICE, Entry.signup_id == Signup.id)
    open_ones = select(*columns).join(Attendance.signup).join(Signup.shift).join(Shift.duty)
    came = (Signup.state.in_(HERE), Shift.ends_at <= clock.now())
    return seen(open_ones.where(*came, ~settled.correlate(Signup).exists()))


def waiting_days(place: Place, unit: RecordingUnit | None) -> dict[date, int]:
    """Day → how many proposals wait, the oldest first."""
    rows = unsettled(Shift.starts_at, func.count()).where(done_at(place), Duty.service_kind.in_(kinds(unit)))
    days: dict[date, int] = defaultdict(int)
    for starts_at, number in db.session.execute(rows.group_by(Shift.starts_at).order_by(Shift.starts_at)):
        days[clock.local(starts_at).date()] += number
    return days


def proposals(place: Place, unit: RecordingUnit | None, day: date) -> list[Proposal]:
    """All that waits of one day, shift by shift, each with its doubts; four statements."""
    here = unsettled(Attendance).where(done_at(place), Duty.service_kind.in_(kinds(unit)), on(day))
    return judged(here.order_by(Shift.starts_at, Shift.id, Signup.id))


def proposal_of(signup: Signup, unit: RecordingUnit | None) -> Proposal | None:
    """The one of this sign-up; None when it is settled, or counts for nothing here."""
    mine = unsettled(Attendance).where(Signup.id == signup.id, Duty.service_kind.in_(kinds(unit)))
    return next(iter(judged(mine)), None)


def on(day: date):
    """A condition: the shift began on this day in Asia/Shanghai."""
    return (Shift.starts_at >= clock.at(day)) & (Shift.starts_at < clock.at(day + DAY))


def judged(wanted: Select) -> list[Proposal]:
    """The proposals of a statement, with what is doubtful about each."""
    eager = contains_eager(Attendance.signup)
    shift = eager.contains_eager(Signup.shift)
    loaded = wanted.join(Signup.person).options(eager.contains_eager(Signup.person), shift.contains_eager(Shift.duty))
    found = [Proposal(row) for row in db.session.scalars(loaded.execution_options(populate_existing=True))]
    if found:
        noted, others = noted_at(found), elsewhere(found)
        for one in found:
            one.doubts = list(doubts(one, noted.get(one.signup.id), others[one.signup.person_id]))
    return found


def noted_at(found: list[Proposal]) -> dict[int, datetime]:
    """Sign-up → when somebody last wrote down that the person came."""
    ids = [one.signup.id for one in found]
    rows = select(Line.subject_id, func.max(Line.at)).where(
        Line.subject == "signup", Line.verb == "signup.arrived", Line.subject_id.in_(ids)
    )
    return dict(db.session.execute(rows.group_by(Line.subject_id)).all())


@dataclass(frozen=True)
class Other:
    """Time of the same person on a neighbouring day that stands in the ledger, or waits as well."""

    signup_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    minutes: int


def elsewhere(found: list[Proposal]) -> dict[int, list[Other]]:
    """Person → his other times around these days."""
    others: dict[int, list[Other]] = defaultdict(list)
    for one in found:
        shift = one.signup.shift
        others[one.signup.person_id].append(
            Other(one.signup.id, shift.duty.title, shift.starts_at, shift.ends_at, one.minutes)
        )
    first = min(one.signup.shift.starts_at for one in found) - DAY
    last = max(one.signup.shift.ends_at for one in found) + DAY
    facts = (Duty.activity, Duty.role, Shift.starts_at, Shift.ends_at, func.sum(Entry.minutes))
    known = select(Entry.person_id, Entry.signup_id, *facts).join(Entry.shift).join(Shift.duty)
    known = known.where(Entry.person_id.in_(others), Shift.starts_at < last, Shift.ends_at > first)
    keys = (Entry.person_id, Entry.signup_id, Duty.activity, Duty.role, Shift.starts_at, Shift.ends_at)
    for person, signup, activity, role, starts, ends, minutes in db.session.execute(seen(known.group_by(*keys))):
        title = " · ".join(filter(None, (activity, role)))
        others[person].append(Other(signup or 0, title, starts, ends, minutes))
    return others


def doubts(one: Proposal, noted: datetime | None, others: Iterable[Other]):
    """What asks for a second look."""
    row, shift = one.attendance, one.signup.shift
    if not row.counts:
        yield _(
            "在场 %(now)s 分钟，不到计划的 %(share)s%%，按规定不计入", now=row.minutes, share=shift.duty.presence_share
        )
    elif row.minutes != one.planned:
        yield _("计划 %(planned)s 分钟，在场 %(now)s 分钟", planned=one.planned, now=row.minutes)
    if row.closed_by_clock and row.by_id == one.signup.person_id:
        yield _("没有签退，按计划的结束时间算")
    if noted and noted - shift.ends_at > LATE:
        yield _("结束 3 天以后才补记")
    if one.signup.queued_at > shift.starts_at:
        yield _("报名表上原来没有，是开始以后加的")
    day = clock.local(shift.starts_at).date()
    total = 0
    for other in others:
        total += other.minutes if clock.local(other.starts_at).date() == day else 0
        if other.signup_id != one.signup.id and other.starts_at < shift.ends_at and shift.starts_at < other.ends_at:
            yield _("和“%(other)s”的时间重了", other=other.title)
    if total > LONGEST:
        yield _("这一天加起来超过 12 小时")
