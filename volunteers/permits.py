"""Who may do what with duties, shifts and sign-ups."""

from communities.permits import cares_at, decides, decides_at, serves_home_of
from communities.post import STAFF
from kernel.permits import anyone, rules, signed_in

from .volunteer import Volunteer


def staff_at(person, place) -> bool:
    """Committee or residents' committee of the place, or an office above."""
    return person.holds(STAFF, place)


def organises_duty(person, duty) -> bool:
    """Leads the duty, or is staff of its place."""
    return (person.id is not None and duty.lead_id == person.id) or person.holds(STAFF, duty.place)


def organises_shift(person, shift) -> bool:
    """The same for one of its dates."""
    return organises_duty(person, shift.duty)


def own_signup(person, signup) -> bool:
    """It is his own."""
    return person.id is not None and signup.person_id == person.id


def organises_signup(person, signup) -> bool:
    """Staff or lead answers on somebody's behalf, after a call."""
    return organises_duty(person, signup.shift.duty)


def records_signup(person, signup) -> bool:
    """Staff of the unit that records its hours; whose own they are, the verb looks."""
    return person.holds(STAFF, signup.shift.place)


def staff_of_home(person, neighbour) -> bool:
    """Staff where the other one lives, whom somebody without a phone asks; never for oneself."""
    return neighbour.id != person.id and person.holds(STAFF, neighbour.home)


def staff_of_his_home(person, record) -> bool:
    """The same for what belongs to him."""
    return staff_of_home(person, record.person)


def own_hours(person, thing) -> bool:
    """They are his own: a certificate, a wish for a correction."""
    return person.id is not None and thing.person_id == person.id


def staff_of_unit(person, thing) -> bool:
    """Staff of the unit that recorded it."""
    return person.holds(STAFF, thing.unit.place)


def another_of_unit(person, thing) -> bool:
    """The same, about somebody else's: nobody judges what is his own."""
    return staff_of_unit(person, thing) and not own_hours(person, thing)


def is_volunteer(person, subject) -> bool:
    """Joined as a volunteer."""
    return Volunteer.of(person) is not None


rules(
    {
        "volunteer:join": [anyone],
        "volunteer:register": [cares_at],
        "volunteer:edit-own": [signed_in],
        "volunteer:guardian": [serves_home_of],
        "duty:see": [anyone],
        "duty:write": [staff_at],
        "duty:edit": [organises_duty],
        "duty:plan": [organises_duty],
        "shift:list": [anyone],
        "shift:see": [anyone],
        "shift:sign-up": [signed_in],
        "shift:sign-up-for": [organises_shift],
        "shift:cancel": [organises_shift],
        "shift:resize": [organises_shift],
        "shift:see-people": [organises_shift],
        "signup:see": [own_signup, organises_signup],
        "signup:accept": [own_signup, organises_signup],
        "signup:withdraw": [own_signup, organises_signup],
        "hours:review": [staff_at],
        "hours:settle": [records_signup],
        "hours:choose-kinds": [decides_at],
        "hours:import": [decides],
        "hours:see-own": [signed_in],
        "hours:see-person": [staff_of_home],
        "correction:ask": [own_signup],
        "correction:see": [own_hours, staff_of_unit],
        "correction:answer": [another_of_unit],
        "correction:drop": [own_hours],
        "record:enter": [staff_of_home],
        "record:strike": [staff_of_his_home],
        "certificate:ask": [signed_in],
        "certificate:ask-for": [staff_of_home],
        "certificate:see": [own_hours, staff_of_unit],
        "certificate:check": [anyone],
        "certificate:revoke": [another_of_unit],
    }
)
