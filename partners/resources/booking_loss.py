"""What a partner gives back of times and offers when it may do no more: called by its own moves, under its lock."""

from sqlalchemy import or_, select

from kernel import clock
from kernel.db import db
from kernel.i18n import _

from ..standing import LOSING, Stage
from .booking import Booking
from .booking_words import LIVING, OPEN
from .resource import Resource
from .resource_words import Status


def give_times_back(partner, by) -> None:
    """Requests are withdrawn; whoever has ended gives back granted times as well, and lends nothing any more.

    The partner is held before the resources, and these come in the order of their ids, as everywhere.
    """
    ended = partner.stage is Stage.ENDED
    lost = LIVING if ended else OPEN
    coming = (Booking.partner_id == partner.id) & Booking.state.in_(lost) & (Booking.starts_at > clock.now())
    wanted = Resource.id.in_(select(Booking.resource_id).where(coming))
    own = (Resource.partner_id == partner.id) & (Resource.status != Status.ENDED)
    held = select(Resource).where(or_(wanted, own) if ended else wanted).order_by(Resource.id)
    held = held.with_for_update(of=Resource, key_share=True).execution_options(populate_existing=True)
    for resource in db.session.scalars(held).all():
        mine = select(Booking).where(coming, Booking.resource_id == resource.id).order_by(Booking.id)
        for booking in db.session.scalars(mine).all():
            booking.withdraw(by=by)
        if ended and resource.partner_id == partner.id:
            resource.end(str(_("“%(partner)s”已退出合伙人。", partner=partner.name)), by=by)


def set_up() -> None:
    """Have it called."""
    if give_times_back not in LOSING:
        LOSING.append(give_times_back)
