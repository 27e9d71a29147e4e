"""The statements behind a list of shifts, built once for each shape of the question."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Float, Integer, Select, String, bindparam, case, func, literal, or_, select

from communities.catalogue import Capability
from communities.place import Place
from kernel.cursor import after
from kernel.db import Instant, seen
from volunteers.duty import Duty
from volunteers.shift import Shift, Status
from volunteers.signup import Signup, State
from volunteers.tickets.counter import Counter
from volunteers.tickets.slot import Slot

from .shift_row import RINGS


class Shape(NamedTuple):
    """What a question consists of; two questions of one shape differ in values only."""

    rings: bool = False
    near: bool = False
    place: bool = False
    category: bool = False
    text: bool = False
    door: bool = False
    with_seats: bool = False
    short: bool = False
    cursor: bool = False


def ring() -> Any:
    """The ring of a place seen from home: squared metres of walk against squared radii.

    `north` and `east` are metres of walk for a degree, `lat` and `lon` are home.
    """
    north = (Place.lat - bindparam("lat", type_=Float)) * bindparam("north", type_=Float)
    east = (Place.lon - bindparam("lon", type_=Float)) * bindparam("east", type_=Float)
    squared = north * north + east * east
    return case(*((squared <= radius**2, number) for number, (radius, _words) in enumerate(RINGS)), else_=len(RINGS))


def asked(query: Select, shape: Shape) -> Select:
    """The shifts that take place between `start` and `end`, as far as the shape narrows them down."""
    between = (Shift.starts_at > bindparam("start"), Shift.starts_at < bindparam("end"))
    query = query.where(*between, Shift.status == Status.PLANNED)
    if shape.with_seats:
        query = query.where(Shift.taken < Shift.seats)
    if shape.short:
        query = query.where(Shift.taken < Shift.least)
    for name in ("near", "place"):
        if getattr(shape, name):  # from the places to their shifts: the days alone hold the shifts of a whole city
            part = select(Place.id).where(Place.path >= bindparam(name), Place.path < bindparam(f"{name}_end"))
            query = query.where(Shift.place_id.in_(part))
    if shape.door:
        query = query.join(Counter, Counter.duty_id == Shift.duty_id).where(Counter.is_open)
    if shape.category or shape.text:
        query = query.join(Duty, Duty.id == Shift.duty_id)
    if shape.category:
        query = query.where(Duty.category_id == bindparam("category"))
    if shape.text:
        words = bindparam("text", type_=String)
        query = query.where(or_(Duty.activity.like(words, escape="\\"), Duty.role.like(words, escape="\\")))
    return query


def page(shape: Shape) -> Any:
    """Which shifts a page of `limit` rows has (nearer ring, free seats, sooner), and how many there are."""
    rank = ring() * 2 + case((Shift.taken >= Shift.seats, 1), else_=0) if shape.rings else literal(0, Integer)
    total = func.count().over() if shape.near else literal(0, Integer)
    query = asked(select(Shift.id, rank.label("rank"), total.label("total")), shape)
    if shape.rings:
        query = query.join(Place, Place.id == Shift.place_id)
    order = (rank, Shift.starts_at, Shift.id) if shape.rings else (Shift.starts_at, Shift.id)
    if shape.cursor:
        shown = (bindparam("rank", type_=Integer), bindparam("shown", type_=Instant), bindparam("id", type_=Integer))
        query = query.where(after(order, shown if shape.rings else shown[1:]))
    return query.order_by(*order).limit(bindparam("limit", type_=Integer)).subquery("page")


@cache
def rows(shape: Shape) -> Select:
    """The statement of a page of `limit` rows: which they are is found among ids, then what they say is joined."""
    found = page(shape)
    in_line = select(func.count()).where(Signup.shift_id == Shift.id, Signup.state == State.WAITING)
    waiting = case((Shift.taken >= Shift.seats, in_line.correlate(Shift).scalar_subquery()), else_=0)
    given = select(func.coalesce(func.sum(Slot.taken), 0)).where(Slot.shift_id == Shift.id)
    query = select(
        Shift.id,
        Shift.starts_at,
        Shift.ends_at,
        Shift.seats,
        Shift.taken,
        Shift.least,
        Shift.duty_id,
        Shift.place_id,
        Duty.activity,
        Duty.role,
        Duty.meeting_point,
        Duty.danger,
        Duty.insurance_policy,
        Duty.capability_id,
        Duty.opens_before,
        Duty.closes_before,
        Duty.late_join,
        Duty.confirms,
        Duty.least_age,
        Duty.most_age,
        Duty.needs_proof,
        Duty.fair_cap,
        Capability.name,
        Capability.name_en,
        Place.name,
        Place.lat,
        Place.lon,
        found.c.rank,
        found.c.total,
        waiting,
        Counter.label,
        func.coalesce(Shift.tickets, Counter.tickets),
        case((Counter.id.is_not(None), given.correlate(Shift).scalar_subquery()), else_=0),
    )
    query = query.select_from(found).join(Shift, Shift.id == found.c.id).join(Duty, Duty.id == Shift.duty_id)
    query = query.join(Place, Place.id == Shift.place_id)
    query = query.join(Counter, (Counter.duty_id == Shift.duty_id) & Counter.is_open, isouter=True)
    query = query.join(Capability, Capability.id == Duty.capability_id, isouter=True)
    return seen(query.order_by(found.c.rank, Shift.starts_at, Shift.id))


@cache
def total(shape: Shape) -> Select:
    """The statement that counts up to `limit` of them."""
    some = asked(select(Shift.id), shape).limit(bindparam("limit", type_=Integer))
    return select(func.count()).select_from(some.subquery())
