"""The people of a building and of a person: rows as pages show them."""

from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload

from communities.consent import Consent
from communities.person import Person
from communities.place import Place, in_ranges
from communities.purpose import Purpose
from kernel import clock
from kernel.bigrams import escape_like
from kernel.db import db, seen

from ..volunteer import Volunteer
from .assignment import Assignment
from .pause import Pause
from .state import LIVING, Role, Standing, State

LONGEST = 40  # characters of a search
MOST = 25
SLIPS = 300  # sheets of paper at once


@dataclass(frozen=True)
class Held:
    """One row of a building: who, whether he may be named in public, whether he is away today."""

    row: Assignment
    is_named: bool
    away: Pause | None


def agreed():
    """A condition: the person of an assignment agreed to be named on notices, and still does."""
    today = clock.today()
    yes = (Consent.person_id == Assignment.person_id) & (Consent.purpose == Purpose.NAMED) & Consent.ended_at.is_(None)
    return exists().where(yes, Consent.since <= today, or_(Consent.until.is_(None), Consent.until >= today))


def of_building(building: Place) -> list[Held]:
    """Everybody in a building's places or asked for one: leads first, then by number; one query."""
    found = select(Assignment, agreed(), Pause).join(Assignment.person).options(contains_eager(Assignment.person))
    found = found.outerjoin(Pause, (Pause.assignment_id == Assignment.id) & Pause.is_now())
    found = found.options(raiseload(Assignment.pauses)).where(Assignment.building_id == building.id)
    order = (Assignment.role.desc(), Assignment.number, Assignment.standing, Assignment.id)
    rows = db.session.execute(seen(found.where(Assignment.state.in_(LIVING)).order_by(*order)))
    return [Held(*row) for row in rows if not row[0].is_over and not row[0].has_lapsed]


def past(building: Place) -> list[Assignment]:
    """Who was here or was asked, newest first: the history of a building, for its staff."""
    found = select(Assignment).options(joinedload(Assignment.person, innerjoin=True))
    found = found.where(Assignment.building_id == building.id, Assignment.ended_at.is_not(None))
    return list(db.session.scalars(seen(found.order_by(Assignment.ended_at.desc(), Assignment.id.desc()).limit(MOST))))


def of_person(person) -> list[Assignment]:
    """One's own rows that live, offers first, with the names of the buildings; two queries."""
    found = select(Assignment).where(Assignment.person_id == person.id, Assignment.state.in_(LIVING))
    beside = joinedload(Assignment.building, innerjoin=True).joinedload(Place.parent)
    rows = db.session.scalars(seen(found.options(beside).order_by(Assignment.state, Assignment.id)))
    return [row for row in rows if not row.is_over and not row.has_lapsed]


def free_roles(held: list[Held], helpers: int) -> list[Role]:
    """The roles of which a place is free."""
    taken = {(one.row.role, one.row.number) for one in held if one.row.standing is Standing.HOLDER}
    wanted = {Role.LEAD: 1, Role.HELPER: helpers}
    return [role for role, count in wanted.items() if any((role, n) not in taken for n in range(1, count + 1))]


def candidates(asker, building: Place, q: str) -> list[tuple[Person, int]]:
    """Adult volunteers whom staff may ask: by name, neighbours first, with how many buildings each has; one query."""
    like = f"%{escape_like(q[:LONGEST])}%"
    near = select(Place.id).where(in_ranges(Place.path, asker.reach))
    mine = (Assignment.person_id == Person.id) & Assignment.state.in_(LIVING)
    number = select(func.count(Assignment.id)).where(mine).correlate(Person).scalar_subquery()
    found = select(Person, number).join(Volunteer, Volunteer.person_id == Person.id).join(Person.home)
    found = found.options(contains_eager(Person.home).joinedload(Place.parent))
    found = found.where(Person.home_id.in_(near), Volunteer.says_adult)
    found = found.where(or_(Person.name.like(like, escape="\\"), Person.called.like(like, escape="\\")))
    found = found.where(~exists().where(mine, Assignment.building_id == building.id))
    order = (Place.id != building.id, Place.parent_id != building.parent_id, Person.id)
    return [tuple(row) for row in db.session.execute(seen(found.order_by(*order).limit(MOST)))]


def unsigned(place: Place) -> list[Assignment]:
    """Names of old lists in a place that wait for a signature, building by building: the slips to print."""
    found = select(Assignment).join(Assignment.building).where(Assignment.state == State.UNCONFIRMED)
    beside = contains_eager(Assignment.building).joinedload(Place.parent), joinedload(Assignment.person)
    found = found.where(Place.within(place)).options(*beside).order_by(Place.path, Assignment.id)
    return list(db.session.scalars(seen(found.limit(SLIPS))))
