"""台账 of incubations: every firm with its days, what it was given, and the partner that it became."""

from collections.abc import Iterator

from sqlalchemy.orm import selectinload

from kernel.db import db, seen
from kernel.i18n import _, joined
from kernel.ledger import Filters, Ledger, register

from .board import Board, totals
from .incubation import Incubation

COLUMNS = {
    "id": _("编号"),
    "name": _("企业"),
    "place": _("社区"),
    "stage": _("状态"),
    "applied_on": _("申请"),
    "since": _("入孵"),
    "graduated_on": _("毕业"),
    "left_on": _("退出"),
    "reason": _("原因"),
    "milestones": _("达到的里程碑"),
    "support": _("社区给的支持"),
    "partner": _("合伙人"),
}


def incubations(person, filters: Filters) -> Iterator[list]:
    """One row a firm, the newest application first; whom to ring stands on its page only."""
    rows = Board.asked_for(filters).rows(person)
    rows = rows.options(selectinload(Incubation.milestones), selectinload(Incubation.supports))
    for one in db.session.scalars(seen(rows)):
        days = [one.applied_on, one.since, one.graduated_on, one.left_on]
        reached = joined(milestone.what for milestone in one.milestones if milestone.reached_on)
        given = joined(f"{help.label} {n} {unit.label}" for help, unit, n in totals(one.given))
        partner = one.partner.name if one.is_partner and one.partner else ""
        yield [one.id, one.name, one.place.name, one.stage.label, *days, one.reason, reached, given, partner]


INCUBATIONS = Ledger("incubations", _("孵化台账"), COLUMNS, incubations)


def set_up() -> None:
    """Put it on the page of the ledgers."""
    register(INCUBATIONS)
