"""What partners put into calendars: what they booked and lend, and the agreements that run out."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from communities.place import Place
from communities.post import STAFF, Post
from kernel import clock
from kernel.agenda import OWNER, SINCE, Source, Window
from kernel.calendar import Event
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import site_url
from kernel.recurrence import Rule, recurring

from .agreements.agreement import Agreement
from .agreements.party import Party
from .event import event_of_agreement, event_of_booked_series, event_of_booking, event_of_taken_time
from .member import Member, Role, living, memberships
from .resources.booking import Booking
from .resources.booking_words import HOLDING, State
from .resources.resource import Resource
from .resources.series import Series

NEVER_HELD = (State.REFUSED, State.LAPSED, State.WITHDRAWN)


def speaks(person) -> bool:
    """Whether this person belongs to a partner or an office; for nobody else is there anything to look up."""
    return bool(partners_of(person) or offices_of(person))


def partners_of(person) -> list[int]:
    """The partners of a person."""
    return [member.partner_id for member in memberships(person)]


def offices_of(person) -> list[int]:
    """The places in whose office he is."""
    return [post.place_id for post in person.posts if post.office in STAFF]


def booked_by(person) -> ColumnElement[bool]:
    """A condition on bookings: booked in a name in which this person speaks."""
    return or_(Booking.partner_id.in_(partners_of(person)), Booking.office_id.in_(offices_of(person)))


def of_person(person, window: Window) -> list[Event]:
    """What his partners and offices have booked."""
    return booked(booked_by(person), window) if speaks(person) else []


def of_partner(partner, window: Window) -> list[Event]:
    """What a partner has booked, and what others have booked of it."""
    lent = Booking.resource_id.in_(select(Resource.id).where(Resource.partner_id == partner.id))
    return booked(or_(Booking.partner_id == partner.id, lent), window)


def of_resource(resource, window: Window) -> list[Event]:
    """When a resource is taken; nobody is named."""
    rows = db.session.scalars(bookings((Booking.resource_id == resource.id) & Booking.state.in_(HOLDING), window))
    return [event_of_taken_time(booking, site_url()) for booking in rows]


def bookings(where: ColumnElement[bool], window: Window) -> Select:
    """Those that are in a calendar, or were."""
    held = or_(Booking.state.not_in(NEVER_HELD), Booking.approved_at.is_not(None))
    asked = select(Booking).where(where, held, Booking.ends_at > window.begins)
    lent = joinedload(Booking.resource, innerjoin=True)
    place = lent.joinedload(Resource.place, innerjoin=True).joinedload(Place.parent)
    asked = asked.options(joinedload(Booking.series), joinedload(Booking.partner), joinedload(Booking.office))
    asked = asked.options(place, lent.joinedload(Resource.partner))
    return asked.order_by(Booking.starts_at, Booking.id)


def booked(where: ColumnElement[bool], window: Window) -> list[Event]:
    """Bookings as events: the dates of a series as one that repeats, the others by themselves."""
    rows = db.session.scalars(bookings(where, window)).all()
    series = {row.series.id: row.series for row in rows if row.series}
    found = [event_of_booking(row, site_url()) for row in rows if row.series is None]
    for id, one in series.items():
        found += repeated(one, [row for row in rows if row.series_id == id], window)
    return found


def repeated(series: Series, dates: list[Booking], window: Window) -> list[Event]:
    """A series of bookings; a date that was never asked for is left out of it."""
    rule = Rule(frozenset(series.weekdays), series.starts, series.ends, series.first, series.last)
    known = {clock.local(date.starts_at).date(): event_of_booking(date, site_url()) for date in dates}
    template = event_of_booked_series(series, dates, site_url())
    return recurring(template, rule, known, since=window.since, laid=series.last)


def agreements_of_person(person, window: Window) -> Iterator[Event]:
    """The last days of the agreements that his partners have signed, and that his offices keep."""
    own = signed(Party.partner_id.in_(partners_of(person))), Agreement.place_id.in_(offices_of(person))
    return agreements(or_(*own), window) if speaks(person) else iter(())


def agreements_of_partner(partner, window: Window) -> Iterator[Event]:
    """The last days of what a partner has signed."""
    return agreements(signed(Party.partner_id == partner.id), window)


def signed(party: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition on agreements: one of its parties is such a one."""
    return Agreement.id.in_(select(Party.agreement_id).where(party))


def agreements(where: ColumnElement[bool], window: Window) -> Iterator[Event]:
    """Agreements whose last day lies in the window."""
    near = Agreement.until.between(window.since, window.until)
    rows = db.session.scalars(select(Agreement).where(where, near).order_by(Agreement.id))
    return (event_of_agreement(row, row.until, site_url()) for row in rows if row.until)


def own_partners() -> Select:
    """The partners of the owner of a calendar, as SQL."""
    return select(Member.partner_id).where(living(OWNER))


def own_offices() -> Select:
    """The places in whose office he is."""
    return select(Post.place_id).where(Post.person_id == OWNER, Post.office.in_(STAFF), Post.is_now())


def managed_partners() -> Select:
    """The partners for which the owner of a calendar answers, as SQL."""
    return own_partners().where(Member.role == Role.MANAGER)


def manages_some() -> ColumnElement[bool]:
    """A condition: there is one."""
    return managed_partners().exists()


def has_partner() -> ColumnElement[bool]:
    """A condition: the owner of a calendar belongs to a partner."""
    return own_partners().exists()


def speaks_for_some() -> ColumnElement[bool]:
    """A condition: he belongs to a partner or to an office."""
    return or_(own_partners().exists(), own_offices().exists())


def changes_of_bookings(where: ColumnElement[bool]) -> Select:
    """How many, and when one last changed."""
    return seen(select(func.count(Booking.id), func.max(Booking.changed_at)).where(where, Booking.ends_at > SINCE))


def changes_of_agreements(where: ColumnElement[bool]) -> Select:
    """How many, and how often they were changed."""
    return select(func.count(Agreement.id), func.sum(Agreement.version), func.max(Agreement.until)).where(where)


def stamps_of_person() -> Sequence[Select]:
    """When a booking of his partners or offices changed."""
    return (changes_of_bookings(or_(Booking.partner_id.in_(own_partners()), Booking.office_id.in_(own_offices()))),)


def stamps_of_partner() -> Sequence[Select]:
    """When a booking by or of a partner changed."""
    lent = select(Resource.id).where(Resource.partner_id == OWNER)
    return (changes_of_bookings(or_(Booking.partner_id == OWNER, Booking.resource_id.in_(lent))),)


def stamps_of_resource() -> Sequence[Select]:
    """When a booking of a resource changed."""
    return (changes_of_bookings(Booking.resource_id == OWNER),)


def stamps_of_agreements() -> Sequence[Select]:
    """When an agreement of his partners or offices changed."""
    mine = signed(Party.partner_id.in_(own_partners()))
    return (changes_of_agreements(or_(mine, Agreement.place_id.in_(own_offices()))),)


def stamps_of_signed() -> Sequence[Select]:
    """When an agreement of a partner changed."""
    return (changes_of_agreements(signed(Party.partner_id == OWNER)),)


SOURCES = (
    Source("person", "booking", _("约好的场地"), of_person, stamps_of_person, only=speaks_for_some, suits=speaks),
    Source("partner", "booking", _("约好的场地"), of_partner, stamps_of_partner),
    Source("resource", "booking", _("约出去的时间"), of_resource, stamps_of_resource),
    Source(
        "person",
        "agreement",
        _("到期的协议"),
        agreements_of_person,
        stamps_of_agreements,
        only=speaks_for_some,
        suits=speaks,
        goes=True,
    ),
    Source("partner", "agreement", _("到期的协议"), agreements_of_partner, stamps_of_signed, goes=True),
)
