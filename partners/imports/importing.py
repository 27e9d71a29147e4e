"""Importing partners: all rows of a sheet are stored, or none. The committee's own list is its verification."""

from typing import Any

from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from communities.catalogue import Capability, Category
from communities.journal import Audience, Line
from communities.person import Person
from communities.place import Place
from kernel.db import db, seen
from kernel.i18n import _
from kernel.sheet_import import Table
from kernel.sheets import NotImportable
from kernel.work import Refusal

from .judge import Change, New, Plan
from .known import Known, registered
from .plan import look, plan
from .sheet import Partners, take
from .store import add, change
from .told import join


class CodesTaken(Refusal):
    """Somebody was registered with one of these codes while they were written."""

    message = _("表里有统一社会信用代码刚刚被别家登记了，整张表都没有导入。请重新上传，再核对一遍。")


def carry_out(partners: Partners, *, by, found: Plan | None = None) -> Plan:
    """Store all rows, inside `work()`. Raises `NotImportable` and `CodesTaken`.

    `found` is the plan as it was made before the transaction: it counts when nothing has changed since, so that the
    lock is held for the writing only. The same sheet again changes nothing.
    """
    if db.engine.dialect.name == "postgresql":  # two imports of the same new partner come one after the other
        db.session.execute(text("LOCK TABLE partner IN SHARE ROW EXCLUSIVE MODE"))
    if found is None or stale(found):
        found = plan(partners, by)
    if found.problems:
        raise NotImportable(count=len(found.problems))
    if found.new or found.changed:
        read_again(found)
        try:
            with db.session.begin_nested():
                add(found, by)
                change(found, by)
        except IntegrityError as error:
            raise CodesTaken from error
        db.session.expire_all()
        join(found, by)
        tell(found, by)
    return found


def stale(found: Plan) -> bool:
    """Whether somebody changed a partner of these places since the rows were judged."""
    now = Known(found.known.paths)
    registered(now)
    return now.words != found.known.words


def read_again(found: Plan) -> None:
    """What was read before the transaction is read again in a few statements, and not row by row."""
    judged: list[New | Change] = [*found.new, *found.changed]
    listed = [one for row in judged for rows in row.lists.values() for one in rows]
    people, places = [person for row in judged for person in row.people], [row.place for row in found.new]
    for model in (Person, Place, Capability, Category):
        states: list[Any] = [inspect(row) for row in (*people, *listed, *places) if isinstance(row, model)]
        ids = {state.identity[0] for state in states if state.identity}
        again = select(model).where(model.id.in_(ids)).execution_options(populate_existing=True)
        db.session.scalars(seen(again)).all()


def tell(found: Plan, by) -> None:
    """The one line about the whole sheet; each partner has its own besides."""
    counts = {"new": len(found.new), "changed": len(found.changed), "place": by.office_place_id}
    line = Line(
        verb="partners.imported", by_id=by.id, place_id=by.office_place_id, audience=Audience.PLACE,
        subject="place", subject_id=by.office_place_id, ids=counts,
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()


def said(found: Plan):
    """What was imported, in a sentence."""
    return _("导入好了：新登记 %(new)s 家，更新 %(changed)s 家。", new=len(found.new), changed=len(found.changed))


PARTNERS = Table(
    kind="partners",
    action="partner:import",
    take=take,
    plan=plan,
    look=look,
    carry_out=lambda partners, found, by: carry_out(partners, by=by, found=found),
    said=said,
)
