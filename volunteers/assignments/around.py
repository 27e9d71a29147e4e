"""Whose compound it is: of its 楼栋长 and of its property manager; and what concerns those who live or serve there."""

from sqlalchemy import ColumnElement, CompoundSelect, Select, exists, select

from communities.person import Person
from communities.place import Place
from communities.sign_in import LATER, ask_along
from kernel.db import db, seen
from partners.announcement import compound_id
from partners.kind import Kind
from partners.member import Member, living, memberships
from partners.partner import Partner, partner_compound

from .assignment import Assignment
from .state import Role, State


def led(person) -> Select:
    """The buildings of which this person (an id or a column) is 楼栋长 today."""
    return select(Assignment.building_id).where(
        Assignment.person_id == person, Assignment.role == Role.LEAD, Assignment.in_post()
    )


def served(person) -> Select:
    """The compounds of the active property managers to which this person (an id or a column) belongs."""
    mine = select(partner_compound.c.place_id).join(Partner, Partner.id == partner_compound.c.partner_id)
    mine = mine.join(Member, Member.partner_id == Partner.id)
    return mine.where(living(person), Partner.kind == Kind.PROPERTY_MANAGER, Partner.active())


def kept(person) -> CompoundSelect:
    """The compounds that this person (an id or a column) looks after, as 楼栋长 or for the property manager."""
    return select(Place.parent_id).where(Place.id.in_(led(person))).union_all(served(person))


def concerned(person) -> ColumnElement[bool]:
    """A condition on places: where he lives or looks after a building, its compound, and what his firm manages."""
    homes = select(Person.home_id).where(Person.id == person, Person.home_id.is_not(None))
    held = select(Assignment.building_id).where(Assignment.person_id == person, Assignment.in_post())
    compounds = select(Place.parent_id).where(Place.id.in_(homes) | Place.id.in_(held))
    mine = served(person)
    return (
        Place.id.in_(homes)
        | Place.id.in_(held)
        | Place.id.in_(compounds)
        | Place.id.in_(mine)
        | Place.parent_id.in_(mine)
    )


def keeps(person) -> set[int]:
    """The ids of the compounds that a person looks after, loaded once a transaction; most look after none."""
    return person.remember("keeps_compounds", load)


def load(person) -> set[int]:
    if person.id is None:
        return set()
    firms = any(member.partner.kind is Kind.PROPERTY_MANAGER for member in memberships(person))
    wanted = kept(person.id) if firms else select(Place.parent_id).where(Place.id.in_(led(person.id)))
    return {id for id in db.session.scalars(seen(wanted)) if id is not None} if firms or leads(person) else set()


def leads(person) -> bool:
    """Whether this person is 楼栋长 somewhere; answered with the sign-in, and taken for true where nobody asked."""
    return person.remember("leads_a_building", lambda _somebody: True)


ask_along(
    "leads_a_building",
    exists().where(Assignment.person_id == Person.id, Assignment.role == Role.LEAD, Assignment.state == State.SERVING),
    lambda some: LATER if some else False,
)


def looks_after(person, place: Place) -> bool:
    """Whether a compound, or the one in which a building stands, is looked after by this person."""
    return compound_id(place) in keeps(person)
