"""Who may do what with duties, their rules, shifts and sign-ups."""

from communities.permits import cares_at, serves_home_of
from communities.post import STAFF
from kernel.permits import anyone, rules, signed_in
from projects.permits import adopter, committee_of_adoption

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


def keeps_seat(person, seat) -> bool:
    """Speaks for the adopter that keeps it."""
    return adopter(person, seat.adoption)


def asked_to_sit(person, seat) -> bool:
    """Is the member who is asked."""
    return person.id is not None and seat.person_id == person.id


def organises_seat(person, seat) -> bool:
    """Staff or lead, after a call; and who lets a seat go that nobody will take."""
    return organises_duty(person, seat.shift.duty)


def organises_series(person, series) -> bool:
    """Leads the duty whose rule it is, or is staff of its place."""
    return organises_duty(person, series.duty)


def own_place(person, place) -> bool:
    """It is he who comes every week, or is asked to."""
    return person.id is not None and place.person_id == person.id


def organises_place(person, place) -> bool:
    """Leads the duty, or is staff of its place; answers for somebody after a call."""
    return organises_duty(person, place.series.duty)


def staff_of_stop(person, stop) -> bool:
    """Staff of the place at which it was called."""
    return person.holds(STAFF, stop.place)


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
        "shift:move": [organises_shift],
        "shift:restore": [organises_shift],
        "shift:see-people": [organises_shift],
        "signup:see": [own_signup, organises_signup],
        "signup:accept": [own_signup, organises_signup],
        "signup:withdraw": [own_signup, organises_signup],
        "series:see": [anyone],
        "series:edit": [organises_series],
        "series:ask": [signed_in],
        "series:offer": [organises_series],
        "standing:see": [own_place, organises_place],
        "standing:grant": [organises_place],
        "standing:answer": [own_place, organises_place],
        "standing:end": [own_place, organises_place],
        "stop:see": [anyone],
        "stop:call": [staff_at],
        "stop:lift": [staff_of_stop],
        "seat:list": [adopter, committee_of_adoption],
        "seat:keep": [adopter],
        "seat:see": [keeps_seat, asked_to_sit, organises_seat],
        "seat:name": [keeps_seat],
        "seat:give-back": [keeps_seat, organises_seat],
        "seat:answer": [asked_to_sit, organises_seat],
    }
)
