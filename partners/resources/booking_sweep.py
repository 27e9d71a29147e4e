"""The clock of bookings and offers: unconfirmed times are passed on, vain wishes end, owners are reminded."""

from datetime import timedelta

from sqlalchemy import and_, or_, select

from kernel import clock
from kernel.db import db
from kernel.jobs import every_minute
from kernel.work import work

from .booking import Booking
from .booking_words import OPEN, State
from .offering import REMIND
from .resource import Resource
from .resource_words import Status

ASK_BEFORE = timedelta(days=4)  # before the last moment to confirm
SETTLED = timedelta(days=3)  # after the end: whatever nobody noted was used


@every_minute
def lapse_bookings() -> None:
    """Let go what nobody confirmed and end what came to nothing, each resource in a transaction of its own."""
    now = clock.now()
    unconfirmed = and_(Booking.state == State.GRANTED, Booking.confirmed_at.is_(None), Booking.confirm_by <= now)
    vain = and_(Booking.state.in_(OPEN), Booking.starts_at <= now)
    for id in db.session.scalars(select(Booking.resource_id).where(or_(unconfirmed, vain)).distinct()).all():
        with work():
            resource = locked(id)
            resource.lapse()
            resource.run_out()


@every_minute
def ask_to_confirm() -> None:
    """Ask whoever booked whether it is still needed, once, some days before the last moment to say so."""
    now = clock.now()
    near = and_(Booking.confirm_by > now, Booking.confirm_by <= now + ASK_BEFORE)
    unasked = and_(Booking.state == State.GRANTED, Booking.confirmed_at.is_(None), Booking.reminded_at.is_(None))
    for id in db.session.scalars(select(Booking.resource_id).where(near, unasked).distinct()).all():
        with work() as session:
            locked(id)
            mine = select(Booking).where(Booking.resource_id == id, near, unasked).order_by(Booking.id)
            for booking in session.scalars(mine).all():
                booking.ask_to_confirm()


@every_minute
def settle_bookings() -> None:
    """What was granted, and is days ago, was used: the owner notes only who stayed away."""
    over = and_(Booking.state == State.GRANTED, Booking.ends_at <= clock.now() - SETTLED)
    for id in db.session.scalars(select(Booking.resource_id).where(over).distinct()).all():
        with work() as session:
            locked(id)
            for booking in session.scalars(select(Booking).where(Booking.resource_id == id, over)).all():
                booking.mark_used(by=None)


@every_minute
def remind_owners() -> None:
    """Ask owners 30 and 7 days before the last day of an offer whether it still stands."""
    today = clock.today()
    near = Resource.valid_until.between(today, today + timedelta(days=max(REMIND)))
    offered = db.session.scalars(select(Resource).where(near, Resource.status != Status.ENDED))
    for id in [resource.id for resource in offered if resource.reminder_due]:
        with work():
            resource = locked(id)
            if resource.reminder_due:
                resource.remind()


def locked(id: int) -> Resource:
    """The resource, held until the end of this transaction."""
    wanted = select(Resource).where(Resource.id == id).with_for_update(of=Resource, key_share=True)
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()
