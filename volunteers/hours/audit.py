"""What `flask audit` computes again of this package: the chains, the certificates, and the seats of shifts (P3, P8)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from kernel import audit
from kernel.db import db, seen
from kernel.i18n import _

from ..manning import KEPT
from ..pledged_seat import PledgedSeat
from ..shift import Shift, Status
from ..signup import HOLDS_SEAT, Signup
from .certificate import Certificate
from .counting import in_period
from .entry import Entry
from .proving import Finding, prove, units


def hours() -> Iterator[Any]:
    """Every ledger from its first entry to its last."""
    for unit in units():
        yield from map(sentence, prove(unit).findings)


def sentence(finding: Finding) -> Any:
    """A finding as one line."""
    if finding.number is None:
        return _("%(unit)s：%(what)s", unit=finding.unit, what=finding.sentence)
    return _("%(unit)s，第 %(number)s 条：%(what)s", unit=finding.unit, number=finding.number, what=finding.sentence)


def certificates() -> Iterator[Any]:
    """Every certificate: its signature, its sum against the ledger of its day, the end of the chain that it names."""
    beside = joinedload(Certificate.unit), joinedload(Certificate.key), joinedload(Certificate.person)
    for paper in db.session.scalars(seen(select(Certificate).options(*beside).order_by(Certificate.id))):
        for what in faults(paper):
            yield _("证明 %(number)s：%(what)s", number=paper.shown_number, what=what)


def faults(paper: Certificate) -> Iterator[Any]:
    """What is wrong with one certificate."""
    if not paper.is_genuine:
        yield _("内容和签名对不上，被改过。")
        return
    days = paper.since, paper.until
    now = Entry.total(*in_period(paper.person, paper.unit, *days, upto=paper.entries))
    if now != paper.counted["minutes"]:
        yield _("写着 %(paper)s 分钟，台账里是 %(now)s 分钟。", paper=paper.counted["minutes"], now=now)
    last = select(Entry.hash).where(Entry.unit_id == paper.unit_id, Entry.number == paper.entries)
    if db.session.scalar(seen(last)) != paper.head:
        yield _("出证明时台账记到第 %(number)s 条，现在那一条不一样了。", number=paper.entries)


def seats() -> Iterator[Any]:
    """The counter of each shift that takes place against the sign-ups and the adopters that hold a seat."""
    held = select(func.count()).where(Signup.shift_id == Shift.id, Signup.state.in_(HOLDS_SEAT)).scalar_subquery()
    kept = select(func.count()).where(PledgedSeat.shift_id == Shift.id, PledgedSeat.state.in_(KEPT)).scalar_subquery()
    rows = select(Shift.id, Shift.taken, held + kept).where(Shift.status == Status.PLANNED, Shift.taken != held + kept)
    for id, taken, number in db.session.execute(seen(rows.order_by(Shift.id))):
        yield _("活动 %(id)s：记着 %(taken)s 个名额，报名的是 %(held)s 人。", id=id, taken=taken, held=number)


def set_up() -> None:
    """Register the checks."""
    audit.register("hours", hours)
    audit.register("certificates", certificates)
    audit.register("seats", seats)
