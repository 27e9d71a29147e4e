"""What waits for somebody: requests to answer, bookings to confirm, offers whose time is nearly over."""

from datetime import timedelta

from sqlalchemy import Select, and_, func, or_, select

from communities.place import Place
from communities.post import STAFF, Office
from kernel import clock
from kernel.waiting import no_due, now

from .booking import Booking
from .booking_words import State
from .offering import REMIND
from .resource import Resource
from .resource_words import Status
from .series import Series

COMMUNITY_OFFICES = {Office.COMMITTEE, Office.RESIDENTS_COMMITTEE}


def run_by(asker):
    """A condition on resources: this person is the first who answers; None for whoever answers for none.

    A community's office answers for all of its community, an office above it for what stands at its own level.
    """
    posts = [post for post in asker.posts if post.office in STAFF]
    mine = asker.partners
    if not posts and not mine:
        return None
    inside = select(Place.id).where(Place.within(*(p.place for p in posts if p.office in COMMUNITY_OFFICES)))
    here = or_(Resource.place_id.in_([post.place_id for post in posts]), Resource.place_id.in_(inside))
    office = and_(or_(Resource.partner_id.is_(None), Resource.office_answers), here)
    return or_(Resource.partner_id.in_(mine), office)


def to_answer(asker) -> Select | None:
    """Requests for a single time."""
    mine = run_by(asker)
    if mine is None:
        return None
    asked = select(Booking.id, Resource.name, Booking.asked_at, Booking.answer_due).join(Booking.resource)
    return asked.where(mine, Booking.state == State.ASKED, Booking.series_id.is_(None), Booking.starts_at > now())


def series_to_answer(asker) -> Select | None:
    """Requests for a time every week: one line for all of its dates."""
    mine = run_by(asker)
    if mine is None:
        return None
    due = func.min(Booking.answer_due)
    asked = select(Series.id, Resource.name, Series.asked_at, due).join(Booking, Booking.series_id == Series.id)
    asked = asked.join(Resource, Resource.id == Series.resource_id).where(mine, Booking.state == State.ASKED)
    return asked.where(Booking.starts_at > now()).group_by(Series.id, Resource.name, Series.asked_at)


def to_confirm(asker) -> Select | None:
    """What this person's partners or offices have booked, and are asked about."""
    mine = asker.partners
    offices = [post.place_id for post in asker.posts if post.office in STAFF]
    if not mine and not offices:
        return None
    asked = select(Booking.id, Resource.name, Booking.reminded_at, no_due()).join(Booking.resource)
    booked = or_(Booking.partner_id.in_(mine), Booking.office_id.in_(offices))
    open_ = and_(Booking.state == State.GRANTED, Booking.confirmed_at.is_(None), Booking.confirm_by > now())
    return asked.where(booked, open_, Booking.reminded_at.is_not(None))


def to_renew(asker) -> Select | None:
    """Offers whose last day is near, or was a while ago."""
    mine = run_by(asker)
    if mine is None:
        return None
    last = clock.today() + timedelta(days=max(REMIND))
    near = and_(Resource.valid_until <= last, Resource.status != Status.ENDED)
    return select(Resource.id, Resource.name, Resource.offered_at, Resource.valid_until).where(mine, near)
