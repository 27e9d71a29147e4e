"""Whether an entry is in the national system (product.md rule 14): beside the ledger, which never changes."""

from datetime import datetime

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Instant, Model, db, seen
from kernel.i18n import _
from kernel.work import Refusal

from .entry import Entry, Kind
from .unit import RecordingUnit


class State(Choice):
    """How far an entry is on its way."""

    NONE = "none", _("未汇入")
    EXPORTED = "exported", _("已导出")
    ENTERED = "entered", _("已汇入")


BEFORE = {State.EXPORTED: None, State.ENTERED: State.EXPORTED}


class NothingToMark(Refusal):
    """All of it was marked already, or is not exported yet."""

    message = _("没有可以标记的：要先导出，再汇入；已经标过的不用再标。")


class Sync(Model):
    """One entry that left for the national system; no row: it has not."""

    __tablename__ = "hour_sync"

    entry_id: Mapped[int] = mapped_column(ForeignKey("hour_entry.id"), primary_key=True)
    state: Mapped[State] = mapped_column(stored(State))
    at: Mapped[datetime] = mapped_column(Instant, default=clock.now)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


def mark(unit: RecordingUnit, state: State, *, by) -> int:
    """Every entry that is as far as the step before goes one further; how many. Refuses none (`NothingToMark`)."""
    mine = select(Entry.id).where(Entry.unit_id == unit.id, Entry.kind != Kind.TRANSFER)
    known = select(Sync.entry_id)
    if state is State.EXPORTED:
        ids = list(db.session.scalars(seen(mine.where(Entry.id.not_in(known)))))
        db.session.add_all(Sync(entry_id=id, state=state, by_id=by.id) for id in ids)
    else:
        rows = db.session.scalars(select(Sync).where(Sync.entry_id.in_(mine), Sync.state == BEFORE[state])).all()
        ids = [row.entry_id for row in rows]
        for row in rows:
            row.state, row.at, row.by_id = state, clock.now(), by.id
    if not ids:
        raise NothingToMark
    unit.note(f"hours.{state.value}", by, count=len(ids))
    return len(ids)


def counts(unit: RecordingUnit) -> dict[State, int]:
    """How many entries are how far."""
    rows = select(Sync.state, func.count()).select_from(Entry).outerjoin(Sync, Sync.entry_id == Entry.id)
    mine = rows.where(Entry.unit_id == unit.id, Entry.kind != Kind.TRANSFER).group_by(Sync.state)
    return {state or State.NONE: number for state, number in db.session.execute(seen(mine))}
