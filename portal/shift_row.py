"""A shift as a line of a list: plain values from one statement, built once for each shape of the question."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Float, Integer, Select, String, bindparam, case, func, literal, or_, select

from communities.catalogue import Capability
from communities.place import Place
from kernel.cursor import after
from kernel.db import Instant, seen
from kernel.i18n import _, language, span
from volunteers.duty import Danger, Duty
from volunteers.shift import Shift, Status
from volunteers.signup import Signup, State
from volunteers.tickets.counter import Counter
from volunteers.tickets.slot import Slot

RINGS = (  # metres of walk, and the heading of the ring
    (330, _("步行 5 分钟以内")),
    (1000, _("步行 15 分钟以内")),
    (2000, _("步行半小时以内")),
)
FARTHER = _("更远一些")


class Skill(NamedTuple):
    """What a duty asks for, in two languages."""

    name: str
    name_en: str

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if language() == "en" and self.name_en else self.name


class Row(NamedTuple):
    """One shift of a list, with what its gates ask of shift and duty; `waiting` is the length of its queue."""

    id: int
    starts_at: datetime
    ends_at: datetime
    seats: int
    taken: int
    least: int
    duty_id: int
    place_id: int
    activity: str
    role: str
    meeting_point: str
    danger: Danger
    insurance_policy: str
    capability_id: int | None
    opens_before: int | None
    closes_before: int | None
    late_join: bool
    confirms: bool
    least_age: int | None
    most_age: int | None
    needs_proof: bool
    fair_cap: int | None
    skill: str | None
    skill_en: str | None
    place: str
    lat: float | None
    lon: float | None
    rank: int
    total: int
    waiting: int
    door: str | None  # what the residents' door says, where there is one
    tickets: int | None
    given: int

    @property
    def tickets_left(self) -> int:
        """Places for residents that nobody holds."""
        return (self.tickets or 0) - self.given

    @property
    def is_cancelled(self) -> bool:
        """Never: the statement asks for planned ones only."""
        return False

    @property
    def title(self) -> str:
        """活动 · 岗位."""
        return f"{self.activity} · {self.role}" if self.role else self.activity

    @property
    def when(self) -> str:
        """Day and time in words."""
        return span(self.starts_at, self.ends_at)

    @property
    def address(self) -> str:
        """Its page; part of the public surface, so it needs no look-up for each of 25 rows."""
        return f"/shifts/{self.id}"

    @property
    def left(self) -> int:
        """Free seats."""
        return self.seats - self.taken

    @property
    def missing(self) -> int:
        """As `Shift.missing`."""
        return max(self.least - self.taken, 0)

    @property
    def is_insured(self) -> bool:
        """As `Duty.is_insured`."""
        return self.danger is not Danger.HIGH or bool(self.insurance_policy)

    @property
    def capability(self) -> Skill:
        """What it asks for."""
        return Skill(self.skill or "", self.skill_en or "")

    @property
    def point(self) -> "Row":
        """Where it is on the map."""
        return self

    @property
    def ring(self) -> int:
        """How far it is: the number of its ring."""
        return self.rank // 2

    @property
    def heading(self) -> Any:
        """How far the ring of this row is."""
        return RINGS[self.ring][1] if self.ring < len(RINGS) else FARTHER


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
