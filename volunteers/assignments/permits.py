"""Who may do what with buildings and those who look after them."""

from communities.permits import decides, decides_at
from communities.post import STAFF
from kernel.permits import anyone, rules, signed_in
from partners.member import active_managed_by

from .around import looks_after


def own(person, assignment) -> bool:
    """It is his own."""
    return person.id is not None and assignment.person_id == person.id


def staff_of_building(person, assignment) -> bool:
    """Committee or residents' committee where the building stands, or an office above."""
    return person.holds(STAFF, assignment.building)


def staff_here(person, place) -> bool:
    """The same for a place."""
    return person.holds(STAFF, place)


def keeps_compound(person, place) -> bool:
    """楼栋长 in this compound, or a member of its property manager."""
    return looks_after(person, place)


def keeps_compound_of(person, shift) -> bool:
    """The same for a shift there."""
    return looks_after(person, shift.place)


def staff_of_shift(person, shift) -> bool:
    """Staff where it takes place."""
    return person.holds(STAFF, shift.place)


def manages_a_partner(person, place) -> bool:
    """Speaks for a partner that may take things on."""
    return bool(active_managed_by(person))


rules(
    {
        "coverage:see": [anyone],
        "coverage:settle": [decides_at],
        "compound:today": [staff_here, keeps_compound],
        "shift:reveal-lead": [staff_of_shift, keeps_compound_of],
        "building:see": [anyone],
        "building:claim": [signed_in],
        "building:claim-for-team": [manages_a_partner],
        "building:offer": [staff_here],
        "building:want": [staff_here],
        "assignment:list": [signed_in],
        "assignment:see": [own, staff_of_building],
        "assignment:accept": [own],
        "assignment:refuse": [own],
        "assignment:answer": [staff_of_building],
        "assignment:sign": [staff_of_building],
        "assignment:withdraw": [own, staff_of_building],
        "assignment:pause": [own, staff_of_building],
        "assignment:end": [own, staff_of_building],
        "assignment:hand-over": [staff_of_building],
        "assignment:propose": [own],
        "assignment:import": [decides],
    }
)
