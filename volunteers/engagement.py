"""Engagements: where a person is taken, as far back as a fair share looks; loaded once a transaction."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Integer, Select, bindparam, select

from communities.place import Place
from kernel import clock
from kernel.db import Instant, db, seen

from .signup import APPOINTED, HOLDS_SEAT, LIVING, Signup, State
from .terms import FAIR_SPAN


@dataclass(frozen=True)
class Engagement:
    """A time at which a person is taken, or was."""

    shift_id: int
    duty_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    state: State
    offered_until: datetime | None
    signup_id: int
    place_id: int
    lat: float | None
    lon: float | None

    @property
    def holds_seat(self) -> bool:
        """Confirmed, or a seat is held for the answer; an offer whose time is over holds nothing."""
        if self.state is State.OFFERED and self.offered_until is not None:
            return self.offered_until > clock.now()
        return self.state in HOLDS_SEAT

    @property
    def is_to_come(self) -> bool:
        """Whether it has not ended."""
        return self.ends_at > clock.now()

    @property
    def span(self) -> str:
        """07:00–08:00"""
        return f"{clock.local(self.starts_at):%H:%M}–{clock.local(self.ends_at):%H:%M}"

    @property
    def words(self) -> str:
        """What and when."""
        return f"{self.title} {self.span}"


def load(person) -> list[Engagement]:
    if person.id is None:
        return []
    since = clock.now() - FAIR_SPAN
    rows = db.session.execute(taken(), {"person": person.id, "since": since})
    return [
        Engagement(shift, duty, f"{activity} · {role}" if role else activity, *rest)
        for shift, duty, activity, role, *rest in rows
    ]


@cache
def taken() -> Select:
    """The statement for the sign-ups of a `person` that count, of shifts that end after `since`, built once."""
    shift = Signup.shift.property.entity.class_
    duty = shift.duty.property.entity.class_
    when = (shift.starts_at, shift.ends_at, Signup.state, Signup.offered_until, Signup.id)
    mine = select(shift.id, duty.id, duty.activity, duty.role, *when, Place.id, Place.lat, Place.lon)
    mine = mine.select_from(Signup).join(Signup.shift).join(shift.duty).join(shift.place)
    person, since = bindparam("person", type_=Integer), bindparam("since", type_=Instant)
    states = Signup.state.in_({*APPOINTED, *LIVING} - {State.ABSENT})
    return seen(mine.where(Signup.person_id == person, states, shift.ends_at > since).order_by(shift.starts_at))


def counted(person) -> list[Engagement]:
    """What this person signed up for since two weeks ago, waiting included."""
    return person.remember("engagements", load)


def living(person) -> list[Engagement]:
    """What this person signed up for from now on, waiting included."""
    return [engagement for engagement in counted(person) if engagement.is_to_come and engagement.state in LIVING]


def engagements(person) -> list[Engagement]:
    """Where this person is expected: confirmed, or a seat is held for the answer."""
    return [engagement for engagement in living(person) if engagement.holds_seat]


def held(person) -> list[Engagement]:
    """The same with what was done in the last two weeks: what weeks and fair shares count."""
    return [engagement for engagement in counted(person) if engagement.holds_seat]
