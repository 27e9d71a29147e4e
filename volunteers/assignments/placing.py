"""The doors into a building: a claim, an offer, a partner's member, a hand-over, an old list."""

from typing import Any

from sqlalchemy import exists, func, insert, literal, select
from sqlalchemy.exc import IntegrityError

from communities.person import Person
from communities.place import Kind, Place
from communities.purpose import Way
from communities.working_day import working_days_after
from kernel import clock
from kernel.db import db, seen
from kernel.work import Refusal

from ..volunteer import Volunteer
from .assignment import Assignment
from .reasons import (
    AdultsOnly,
    HoldsAlready,
    JoinFirst,
    NoBuilding,
    PlaceTaken,
    TooMany,
)
from .state import LIVING, Door, Role, Standing, State
from .terms import ANSWER_DAYS, MOST_HELPERS, Terms, Wish


def refusals(building: Place, person, around=None) -> list[Refusal]:
    """Every reason why this person cannot take a place in this building, whichever place; none means that he can.

    `around` (see chain.py) says what a page has read already of somebody who has no place here.
    """
    if building.kind is not Kind.BUILDING:
        return [NoBuilding()]
    volunteer = Volunteer.of(person)
    if volunteer is None:
        return [JoinFirst()]
    found: list[Refusal] = [] if volunteer.is_adult_on(clock.today()) else [AdultsOnly()]
    held = set() if around else places_of(person)
    most = (around.terms if around else Terms.of(building)).most
    if building.id in held:
        found.append(HoldsAlready())
    elif (around.own if around else len(held)) >= most:
        found.append(TooMany(most=most))
    return found


def places_of(person) -> set[int]:
    """The buildings that this person holds or is asked for; days of standing in for somebody count as well."""
    mine = select(Assignment.building_id).where(Assignment.person_id == person.id, Assignment.state.in_(LIVING))
    return set(db.session.scalars(seen(mine)))


def check(building: Place, person) -> None:
    """Raise the first of `refusals`."""
    if found := refusals(building, person):
        raise found[0]


def seats(building: Place, role: Role) -> int:
    """How many places of this role the building has."""
    return 1 if role is Role.LEAD else Wish.of(building)


def living(building: Place, role: Role, standing: Standing) -> Any:
    """A condition: holds a place of this role, or is asked for it."""
    here = (Assignment.building_id == building.id) & (Assignment.role == role)
    return here & (Assignment.standing == standing) & Assignment.state.in_(LIVING)


def free_number(building: Place, role: Role) -> int:
    """The first free place of this role. Raises `PlaceTaken`."""
    taken = set(db.session.scalars(seen(select(Assignment.number).where(living(building, role, Standing.HOLDER)))))
    free = (number for number in range(1, seats(building, role) + 1) if number not in taken)
    number = next(free, None)
    if number is None:
        raise PlaceTaken
    return number


def enter(
    building: Place, role: Role, number: int, person, state: State, door: Door, *, by, standing=Standing.HOLDER
) -> Assignment:
    """The row, by the second and third guard: inserted only where the place is free, and unique. Raises `PlaceTaken`.

    The first guard is the lock of the building's row, which the caller holds.
    """
    facts = {"building_id": building.id, "role": role, "number": number, "standing": standing, "state": state}
    facts |= {"person_id": person.id, "door": door, "asked_at": clock.now(), "asked_by_id": by.id, "reason": ""}
    columns = Assignment.__table__.c
    taken = exists().where(living(building, role, standing), Assignment.number == number)
    row = select(*(literal(value, columns[name].type) for name, value in facts.items())).where(~taken)
    try:
        id = db.session.scalar(insert(Assignment).from_select(list(facts), row).returning(Assignment.id))
    except IntegrityError as error:
        raise (HoldsAlready if "person" in str(error.orig) else PlaceTaken) from None
    if id is None:
        raise PlaceTaken
    person.forget()
    return db.session.scalars(seen(select(Assignment).where(Assignment.id == id))).one()


def claim(building: Place, role: Role, *, by) -> Assignment:
    """我来照看: a volunteer asks for an open place; the committee answers in two working days.

    At once where the community lets residents of the building begin at once. Raises the first of `refusals`.
    """
    check(building, by)
    row = enter(building, role, free_number(building, role), by, State.APPLIED, Door.CLAIM, by=by)
    row.yes_on, row.yes_way = clock.today(), Way.SCREEN
    if by.home_id == building.id and Terms.of(building).residents_at_once:
        row.begin(by=by)
    else:
        row.wait_for_committee()
        row.note("assignment.claimed", by, **row.named)
    return row


def offer(building: Place, role: Role, person: Person, *, by) -> Assignment:
    """Staff proposes it to a volunteer, who answers within five working days. Raises the first of `refusals`."""
    check(building, person)
    row = enter(building, role, free_number(building, role), person, State.INVITED, Door.OFFER, by=by)
    row.approved_by_id = by.id
    return invite(row, by)


def name_member(partner, building: Place, role: Role, person: Person, *, by) -> Assignment:
    """A partner asks for a place and names a member, who says yes; then the committee answers.

    Raises what `partner.member` raises for somebody else, and the first of `refusals`.
    """
    partner.member(person)
    check(building, person)
    row = enter(building, role, free_number(building, role), person, State.INVITED, Door.PARTNER, by=by)
    row.partner_id = partner.id
    return invite(row, by)


def invite(row: Assignment, by, verb: str = "assignment.offered") -> Assignment:
    """Ask the person, with the day to answer by."""
    row.answer_due = working_days_after(clock.today(), ANSWER_DAYS)
    row.note(verb, by, tell=[row.person], reply_by=row.answer_due.isoformat(), **row.named)
    return row


def bring_in(building: Place, role: Role, person, *, by) -> Assignment:
    """From an old list: the place is kept until the person has signed. Raises `PlaceTaken`, `HoldsAlready`."""
    row = enter(building, role, free_number(building, role), person, State.UNCONFIRMED, Door.PAPER, by=by)
    row.approved_by_id = by.id
    return row


def load_of(person) -> int:
    """How many buildings this person looks after now."""
    mine = (Assignment.person_id == person.id) & (Assignment.standing == Standing.HOLDER) & Assignment.in_post()
    return db.session.scalar(seen(select(func.count()).select_from(Assignment).where(mine))) or 0


def set_helpers(building: Place, helpers: int, *, by) -> None:
    """How many helpers a building wants, one to three; whoever serves stays."""
    Wish.settle(building, min(max(helpers, 1), MOST_HELPERS))
