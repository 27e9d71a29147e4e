"""One person's hours as he sees them: sums by year, what waits, what stands in the ledger."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Select, extract, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from kernel import clock
from kernel.db import db, seen

from ..duty import Duty, ServiceKind
from ..shift import Shift
from ..signup import APPOINTED, Signup
from .correction import Correction
from .entry import Entry, Kind
from .unit import RecordingUnit

WAITS = timedelta(days=60)  # as long as what was not confirmed is shown
MOST = 20


@dataclass
class Year:
    """The minutes of a year by kind; what was taken over stands apart."""

    year: int
    ours: int = 0
    taken_over: int = 0
    times: int = 0
    months: dict[int, int] = field(default_factory=dict)  # month → minutes that were recorded here


@dataclass
class Sums:
    """All years, the newest first."""

    years: list[Year] = field(default_factory=list)

    @property
    def ours(self) -> int:
        """Minutes that were recorded here."""
        return sum(year.ours for year in self.years)

    @property
    def taken_over(self) -> int:
        """Minutes that others recorded."""
        return sum(year.taken_over for year in self.years)

    def in_month(self, day: date) -> int:
        """Minutes of the month in which this day lies, recorded here."""
        return self.of(day.year).months.get(day.month, 0)

    def of(self, year: int) -> Year:
        """One year, empty where nothing was served."""
        return next((one for one in self.years if one.year == year), Year(year))


def sums(person) -> Sums:
    """One statement."""
    year, month = extract("year", Entry.day), extract("month", Entry.day)
    rows = select(year, month, Entry.kind, func.sum(Entry.minutes), func.count(Entry.signup_id.distinct()))
    found: dict[int, Year] = {}
    mine = rows.where(Entry.person_id == person.id).group_by(year, month, Entry.kind)
    for number, in_month, kind, minutes, times in db.session.execute(seen(mine)):
        one = found.setdefault(int(number), Year(int(number)))
        if kind is Kind.TRANSFER:
            one.taken_over += minutes
        else:
            one.ours += minutes
            one.times += times if kind is Kind.SERVICE else 0  # a correction is of a sign-up that was served
            one.months[int(in_month)] = one.months.get(int(in_month), 0) + minutes
    return Sums([found[number] for number in sorted(found, reverse=True)])


def entries(person) -> Select:
    """(entry, the last wish for a correction of a service), the newest day first, with what they are about."""
    beside = joinedload(Entry.duty), joinedload(Entry.transfer), joinedload(Entry.unit).joinedload(RecordingUnit.place)
    wish = aliased(Correction)
    last = select(func.max(wish.id)).where(wish.signup_id == Entry.signup_id).scalar_subquery()
    mine = select(Entry, Correction).outerjoin(Correction, (Correction.id == last) & (Entry.kind == Kind.SERVICE))
    mine = mine.where(Entry.person_id == person.id).options(*beside)
    return seen(mine.order_by(Entry.day.desc(), Entry.id.desc()))


def waiting(person) -> list[tuple[Signup, Correction | None]]:
    """What was over lately and is not settled, with the last wish for a correction: to be confirmed, or 未到."""
    wish = aliased(Correction)
    last = select(func.max(wish.id)).where(wish.signup_id == Signup.id).scalar_subquery()
    settled = select(Entry.id).where(Entry.kind == Kind.SERVICE, Entry.signup_id == Signup.id).exists()
    rows = select(Signup, Correction).join(Signup.shift).join(Shift.duty).outerjoin(Correction, Correction.id == last)
    recent = Shift.ends_at > clock.now() - WAITS, Shift.ends_at <= clock.now()
    over = rows.where(Signup.person_id == person.id, *recent, ~settled, Signup.state.in_(APPOINTED))
    over = over.where(Duty.service_kind == ServiceKind.VOLUNTEER)
    eager = contains_eager(Signup.shift).contains_eager(Shift.duty)
    newest = over.options(eager).order_by(Shift.starts_at.desc()).limit(MOST)
    return [(signup, one) for signup, one in db.session.execute(seen(newest))]
