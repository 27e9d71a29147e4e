"""台账 of building assignments: every row of the buildings where a person decides, its history included."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from communities.person import Person
from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel.db import db, seen
from kernel.i18n import _
from kernel.ledger import Filters, Ledger, register

from .assignment import Assignment

COLUMNS = {
    "id": _("编号"),
    "compound": _("小区"),
    "building": _("楼栋"),
    "role": _("担任"),
    "person": _("姓名"),
    "phone": _("电话"),
    "state": _("状态"),
    "door": _("来路"),
    "partner": _("哪家派的"),
    "yes_on": _("本人同意的日期"),
    "yes_way": _("怎么同意的"),
    "collected_by": _("谁收的签字"),
    "since": _("从哪天起"),
    "until": _("到哪天"),
    "reason": _("原因"),
}


def rows(person, filters: Filters) -> Iterator[list]:
    """One row an assignment, building by building, phones masked."""
    paths = [post.place.path for post in person.posts if post.office in DECIDERS]
    inside = [place.path for place in [Place.at(filters["place"])] if place] if "place" in filters else paths
    collector = aliased(Person)
    found = select(Assignment, collector.name).join(Assignment.building)
    found = found.outerjoin(collector, collector.id == Assignment.collected_by_id)
    found = found.where(in_ranges(Place.path, paths), in_ranges(Place.path, inside))
    beside = contains_eager(Assignment.building).joinedload(Place.parent), joinedload(Assignment.person)
    found = found.options(*beside, joinedload(Assignment.partner))
    for one, collected in db.session.execute(seen(found.order_by(Place.path, Assignment.role.desc(), Assignment.id))):
        compound = one.building.parent
        where = compound.name if compound else "", one.building.name, one.title
        who = one.person.name, one.person.masked_phone, one.state.label, one.door.label
        yes = one.partner.name if one.partner else None, one.yes_on, one.yes_way.label if one.yes_way else None
        yield [one.id, *where, *who, *yes, collected, one.since, one.until, one.reason]


def set_up() -> None:
    """Tell the kernel."""
    register(Ledger("assignments", _("楼栋包联台账"), COLUMNS, rows))
