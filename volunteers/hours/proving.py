"""The proof of a ledger: every entry is read again, and what was changed or taken out is named by unit and number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from kernel.db import db, seen
from kernel.i18n import _

from ..signup import Signup
from .chain import START, digest
from .entry import CHAINED, Entry
from .unit import RecordingUnit

AT_ONCE = 1000  # rows that are held in memory


@dataclass(frozen=True)
class Finding:
    """What is wrong: in whose ledger, at which number (None: about the ledger as a whole), and the sentence."""

    unit: str
    number: int | None
    sentence: Any


@dataclass(frozen=True)
class Proof:
    """What a proof of one ledger found: how many entries with how many minutes, where its chain ends, what is wrong."""

    unit: RecordingUnit
    entries: int
    minutes: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it was written."""
        return not self.findings


def prove(unit: RecordingUnit) -> Proof:
    """Read the ledger of a unit from its first entry to its last."""
    rows = Reading(unit)
    found = [*rows.chain(), *sums(unit)]
    return Proof(unit, rows.entries, rows.minutes, tuple(found))


class Reading:
    """One way through the chain, counting."""

    def __init__(self, unit: RecordingUnit):
        self.unit, self.entries, self.minutes = unit, 0, 0

    def rows(self) -> Iterable[Any]:
        """The entries in their order, a thousand at a time."""
        columns = [getattr(Entry, name) for name in (*CHAINED, "hash")]
        mine = select(*columns).where(Entry.unit_id == self.unit.id).order_by(Entry.number)
        return db.session.execute(seen(mine).execution_options(yield_per=AT_ONCE))

    def chain(self) -> Iterator[Finding]:
        """What does not fit. What follows a missing entry cannot be computed, so it is taken as it stands."""
        expected, before = 1, START
        for row in self.rows():
            missing = range(expected, row.number)
            yield from self.gone(missing)
            content = {name: getattr(row, name) for name in CHAINED}
            if not missing and digest(content, before) != row.hash:
                yield self.found(row.number, _("这一条被改过，或者它前面的被换过。"))
            expected, before = row.number + 1, row.hash
            self.entries, self.minutes = self.entries + 1, self.minutes + row.minutes
        yield from self.gone(range(expected, self.unit.entries + 1))
        if expected - 1 > self.unit.entries:
            yield self.found(expected - 1, _("比总账上记的条数多出来了，是从旁边写进来的。"))
        elif expected - 1 == self.unit.entries and before != self.unit.head:
            yield self.found(None, _("最后一条和总账上记的结尾对不上。"))

    def gone(self, numbers: Iterable[int]) -> Iterator[Finding]:
        """These entries are not there."""
        return (self.found(number, _("这一条不见了。")) for number in numbers)

    def found(self, number: int | None, sentence) -> Finding:
        return Finding(self.unit.place.name, number, sentence)


def sums(unit: RecordingUnit) -> Iterator[Finding]:
    """What the rules never let through, whoever wrote it: one's own hours, another's sign-up, less than nothing."""
    name = unit.place.name
    mine = Entry.unit_id == unit.id
    own = select(Entry.number).where(mine, Entry.confirmed_by_id == Entry.person_id)
    for number in db.session.scalars(seen(own.order_by(Entry.number))):
        yield Finding(name, number, _("是本人给自己确认的。"))
    other = select(Entry.number).join(Signup, Signup.id == Entry.signup_id).where(mine)
    for number in db.session.scalars(seen(other.where(Signup.person_id != Entry.person_id).order_by(Entry.number))):
        yield Finding(name, number, _("记在了别人的报名上。"))
    total, first = func.sum(Entry.minutes), func.min(Entry.number)
    of_signup = select(first).where(mine, Entry.signup_id.is_not(None)).group_by(Entry.signup_id)
    for number in db.session.scalars(seen(of_signup.having(or_(total < 0, total > 24 * 60)).order_by(first))):
        yield Finding(name, number, _("连同更正加起来，不到零或者超过一天。"))


def units() -> list[RecordingUnit]:
    """Everybody who keeps a ledger."""
    return list(db.session.scalars(select(RecordingUnit).order_by(RecordingUnit.id)))
