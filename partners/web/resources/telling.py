"""What journal, search, 今天要办 and the pages of places and partners say of resources and their bookings."""

from flask import g, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities import journal
from kernel import search, slots, waiting
from kernel.db import db, seen
from kernel.i18n import _, span
from kernel.permits import may

from ...resources import booking_desk, booking_ledger, booking_loss
from ...resources.booking import Booking
from ...resources.listed import ResourceList
from ...resources.resource import Resource
from ...resources.series import Series

SHOWN = 6
SENTENCES = {
    "resource.offered": _("%(owner)s提供了“%(resource)s”，在资源清单里可以约"),
    "resource.rewritten": _("%(by)s 改了“%(resource)s”的说明"),
    "resource.renewed": _("%(by)s 确认“%(resource)s”继续提供"),
    "resource.paused": _("%(by)s 暂停了“%(resource)s”的预约，原因写在它的页面上"),
    "resource.resumed": _("%(by)s 恢复了“%(resource)s”的预约"),
    "resource.ended": _("%(by)s 办理了“%(resource)s”不再提供，原因写在它的页面上"),
    "resource.closed": _("%(by)s 记下“%(resource)s”临时不开放"),
    "resource.opened": _("%(by)s 让“%(resource)s”提前重新开放"),
    "resource.expiring": _("“%(resource)s”提供的期限快到了，请确认还提供不提供"),
    "booking.taken": _("约好了：%(booking)s"),
    "booking.asked": _("有人申请，请在两个工作日内答复：%(booking)s"),
    "booking.asked_again": _("空出来了，又可以答复：%(booking)s"),
    "booking.waits": _("先排队，空出来自动处理：%(booking)s"),
    "booking.granted": _("答应了：%(booking)s"),
    "booking.healed": _("空出来了，已经约给您：%(booking)s"),
    "booking.refused": _("没有约上，原因写在预约页上：%(booking)s"),
    "booking.released": _("提供方收回了，原因写在预约页上：%(booking)s"),
    "booking.withdrawn": _("约的人不去了：%(booking)s"),
    "booking.to_confirm": _("还用吗？请点“确认要用”，不然会放出给别人：%(booking)s"),
    "booking.confirmed": _("确认要用：%(booking)s"),
    "booking.lapsed": _("没有按时确认，已经放出：%(booking)s"),
    "booking.closed": _("这段时间临时不开放，先排队，重新开放自动恢复：%(booking)s"),
    "booking.ended": _("不再提供了，这次用不成，原因写在预约页上：%(booking)s"),
    "booking.ran_out": _("到时间了，没有等到：%(booking)s"),
    "booking.used": _("用过了：%(booking)s"),
    "booking.not_used": _("约了没来：%(booking)s"),
    "series.booked": _("每周固定约好了 %(granted)s 个日子，%(waiting)s 个在排队：%(series)s"),
    "series.asked": _("申请每周固定用，%(granted)s 个日子等答复，%(waiting)s 个在排队：%(series)s"),
    "series.accepted": _("答应了每周固定用：%(granted)s 个日子约好，%(waiting)s 个在排队：%(series)s"),
    "series.refused": _("每周固定用没有约上，原因写在各个日子上：%(series)s"),
    "series.withdrawn": _("以后的 %(dates)s 个日子都不去了：%(series)s"),
    "series.confirmed": _("确认要用 %(dates)s 个日子：%(series)s"),
}


def names_of_bookings(ids: set[int]) -> dict[int, str]:
    """“幸福剧场”11月28日 周六 14:00–16:00 · 东方合唱团."""
    rows = select(Booking).where(Booking.id.in_(ids))
    rows = rows.options(joinedload(Booking.partner), joinedload(Booking.office))
    return {
        one.id: str(
            _(
                "“%(resource)s”%(when)s · %(booker)s",
                resource=one.resource.name,
                when=span(one.starts_at, one.ends_at),
                booker=one.booker_name,
            )
        )
        for one in db.session.scalars(seen(rows))
    }


def names_of_series(ids: set[int]) -> dict[int, str]:
    """“幸福剧场” · 东方合唱团."""
    rows = select(Series).where(Series.id.in_(ids)).options(joinedload(Series.partner), joinedload(Series.office))
    return {
        one.id: str(_("“%(resource)s” · %(booker)s", resource=one.resource.name, booker=one.booker_name))
        for one in db.session.scalars(seen(rows))
    }


def owners(ids: set[int]) -> dict[int, str]:
    """Who lends these."""
    return {one.id: one.owner_name for one in db.session.scalars(seen(select(Resource).where(Resource.id.in_(ids))))}


def starts(ids: set[int]) -> dict:
    """By when one has to know of a booking: its beginning."""
    return dict(db.session.execute(seen(select(Booking.id, Booking.starts_at).where(Booking.id.in_(ids)))).all())


def booking_url(id: int) -> str:
    """Where a booking is answered or kept."""
    return url_for("bookings.show", id=id)


def series_url(id: int) -> str:
    """Where a series is answered or kept."""
    return url_for("series.show", id=id)


def resource_url(id: int) -> str:
    """Where a resource is shown and kept up."""
    return url_for("resources.show", id=id)


def of_partner(partner) -> str | None:
    """What this partner lends, and for whoever speaks for it the way to lend more."""
    found, total, _units = ResourceList(partner_id=partner.id).page(g.person)
    if not found and not may("resource:offer", partner):
        return None
    return render_template("resources/of_partner.html", partner=partner, resources=found[:SHOWN], total=total)


def of_place(place) -> str | None:
    """What is lent in this place."""
    found, total, _units = ResourceList(place=place).page(g.person)
    if not found and not may("resource:offer-here", place):
        return None
    return render_template("resources/of_place.html", place=place, resources=found[:SHOWN], total=total)


def set_up() -> None:
    """Tell them."""
    booking_ledger.set_up()
    booking_loss.set_up()
    journal.speaks(SENTENCES)
    journal.names("resource", journal.name_of(Resource))
    journal.names("owner", owners)
    journal.names("booking", names_of_bookings)
    journal.names("series", names_of_series)
    journal.addresses("resource", resource_url)
    journal.addresses("booking", booking_url)
    journal.addresses("series", series_url)
    journal.deadlines("booking", starts)
    search.searchable("resource", Resource, _("资源"), lambda resource: resource_url(resource.id))
    slots.fill("partner.below", of_partner)
    slots.fill("place.below", of_place)
    for desk in (
        waiting.Desk("booking.asked", _("有人申请用场地"), _("去答复"), booking_desk.to_answer, booking_url),
        waiting.Desk("series.asked", _("有人申请每周固定用"), _("去答复"), booking_desk.series_to_answer, series_url),
        waiting.Desk("booking.confirm", _("约了的还用吗"), _("去确认"), booking_desk.to_confirm, booking_url),
        waiting.Desk("resource.expiring", _("提供的期限快到了"), _("去确认"), booking_desk.to_renew, resource_url),
    ):
        waiting.register(desk)
