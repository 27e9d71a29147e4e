"""The proof of a ledger: every entry is read again, and what was changed or taken out is named by unit and number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kernel.db import db, seen
from kernel.i18n import _

from ..signup import Signup
from .chain import START, digest
from .entry import CHAINED, Entry
from .unit import RecordingUnit

AT_ONCE = 1000  # rows that are held in memory
DAY = 24 * 60  # minutes


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
    found = [*rows.chain(), *rows.beyond_a_day()]
    return Proof(unit, rows.entries, rows.minutes, tuple(found))


class Reading:
    """One way through the chain, counting."""

    def __init__(self, unit: RecordingUnit):
        self.unit, self.entries, self.minutes = unit, 0, 0
        self.served: dict[int, list[int]] = {}  # sign-up → the number of its first entry, its minutes

    def rows(self) -> Iterable[Any]:
        """The entries in their order, a thousand at a time."""
        columns = [getattr(Entry, name) for name in (*CHAINED, "hash")]
        mine = select(*columns, Signup.person_id.label("owner_id")).outerjoin(Signup, Signup.id == Entry.signup_id)
        mine = mine.where(Entry.unit_id == self.unit.id).order_by(Entry.number)
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
            yield from self.unlawful(row)
            expected, before = row.number + 1, row.hash
            self.count(row)
        yield from self.gone(range(expected, self.unit.entries + 1))
        if expected - 1 > self.unit.entries:
            yield self.found(expected - 1, _("比总账上记的条数多出来了，是从旁边写进来的。"))
        elif expected - 1 == self.unit.entries and before != self.unit.head:
            yield self.found(None, _("最后一条和总账上记的结尾对不上。"))

    def count(self, row) -> None:
        """Add it to the sums."""
        self.entries, self.minutes = self.entries + 1, self.minutes + row.minutes
        if row.signup_id is not None:
            self.served.setdefault(row.signup_id, [row.number, 0])[1] += row.minutes

    def unlawful(self, row) -> Iterator[Finding]:
        """What the rules never let through, whoever wrote it: one's own hours, and another's sign-up."""
        if row.confirmed_by_id == row.person_id:
            yield self.found(row.number, _("是本人给自己确认的。"))
        if row.owner_id not in (None, row.person_id):
            yield self.found(row.number, _("记在了别人的报名上。"))

    def beyond_a_day(self) -> Iterator[Finding]:
        """Sign-ups whose entries add up to less than nothing, or to more than a day."""
        for number, minutes in self.served.values():
            if not 0 <= minutes <= DAY:
                yield self.found(number, _("连同更正加起来，不到零或者超过一天。"))

    def gone(self, numbers: Iterable[int]) -> Iterator[Finding]:
        """These entries are not there."""
        return (self.found(number, _("这一条不见了。")) for number in numbers)

    def found(self, number: int | None, sentence) -> Finding:
        return Finding(self.unit.name, number, sentence)


def units() -> list[RecordingUnit]:
    """Everybody who keeps a ledger."""
    return list(db.session.scalars(select(RecordingUnit).order_by(RecordingUnit.id)))
