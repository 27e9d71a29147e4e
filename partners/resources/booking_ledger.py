"""台账 of bookings: who had what for how long, what for, and whether it was used."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, joinedload

from communities.place import Place, in_ranges
from communities.post import STAFF
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.ledger import Filters, Ledger, register

from .booking import Booking
from .quarter import quarters
from .resource import Resource

COLUMNS = {
    "id": _("编号"),
    "resource": _("场地或资源"),
    "sort": _("类别"),
    "owner": _("谁提供"),
    "place": _("在哪里"),
    "booker": _("谁约的"),
    "starts": _("开始"),
    "ends": _("结束"),
    "hours": _("小时（按刻钟）"),
    "units": _("数量"),
    "people": _("大约多少人"),
    "purpose": _("用来做什么"),
    "free": _("免费"),
    "state": _("状态"),
    "asked": _("申请时间"),
    "reason": _("原因"),
}


def lent_here(person, filters: Filters) -> Select:
    """The bookings of what is lent where this person serves; `from` and `to` are days, `place` the code of a place."""
    places = [post.place.path for post in person.posts if post.office in STAFF]
    inside = [place.path for place in [Place.at(filters["place"])] if place] if "place" in filters else places
    where = aliased(Place)
    found = (
        select(Booking).join(Resource, Resource.id == Booking.resource_id).join(where, where.id == Resource.place_id)
    )
    found = found.where(in_ranges(where.path, places), in_ranges(where.path, inside))
    if first := day_of(filters, "from"):
        found = found.where(Booking.ends_at > clock.at(first))
    if last := day_of(filters, "to"):
        found = found.where(Booking.starts_at < clock.at(last + timedelta(days=1)))
    return found.order_by(where.path, Resource.id, Booking.starts_at, Booking.id)


def day_of(filters: Filters, name: str) -> date | None:
    """A day in the filters; what cannot be read is not asked for."""
    try:
        return date.fromisoformat(filters.get(name, ""))
    except ValueError:
        return None


def bookings(person, filters: Filters) -> Iterator[list]:
    """One row a booking, by place and resource, in the order of time."""
    beside = joinedload(Booking.partner), joinedload(Booking.office)
    for one in db.session.scalars(seen(lent_here(person, filters).options(*beside))):
        lent, hours = one.resource, len(quarters(one.starts_at, one.ends_at)) / 4
        what = [one.id, lent.name, lent.sort.label, lent.owner_name, lent.place.name, one.booker_name]
        when = [one.starts_at, one.ends_at, int(hours) if hours == int(hours) else hours, one.units, one.people]
        yield [*what, *when, one.purpose, _("是") if one.is_free else "", one.state.label, one.asked_at, one.reason]


BOOKINGS = Ledger("bookings", _("预约台账"), COLUMNS, bookings)


def set_up() -> None:
    """Put it on the page of the ledgers."""
    register(BOOKINGS)
