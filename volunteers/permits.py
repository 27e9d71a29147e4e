"""Who may do what with duties, their rules, shifts and sign-ups."""

from communities.permits import cares_at, decides, decides_at, serves_home_of
from communities.post import STAFF
from kernel.permits import anyone, rules, signed_in
from partners.permits import speaks_for
from projects.permits import adopter, committee_of_adoption

from .hours.entry import unit_of
from .hours.unit import RecordingUnit
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


def own_swap(person, swap) -> bool:
    """It is his own seat, or he said yes to it."""
    return person.id is not None and person.id in (swap.giver.id, swap.taker_id)


def can_take(person, swap) -> bool:
    """Is asked, by name or with others."""
    return person.id is not None and swap.is_asked(person)


def organises_swap(person, swap) -> bool:
    """Staff or lead, and neither of the two."""
    return organises_shift(person, swap.shift) and not own_swap(person, swap)


def asked_the_others(person, gathering) -> bool:
    """Wants to come with them."""
    return person.id is not None and gathering.asker_id == person.id


def is_asked_along(person, gathering) -> bool:
    """Is one of those who are asked."""
    return person.id is not None and any(one.person_id == person.id for one in gathering.companions)


def is_in_it(person, gathering) -> bool:
    """One of the two."""
    return asked_the_others(person, gathering) or is_asked_along(person, gathering)


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


def own_attendance(person, attendance) -> bool:
    """It is his own."""
    return own_signup(person, attendance.signup)


def organises_attendance(person, attendance) -> bool:
    """Staff or lead keeps the list."""
    return organises_signup(person, attendance.signup)


def own_walk_in(person, walk_in) -> bool:
    """It is his own."""
    return person.id is not None and walk_in.person_id == person.id


def answers_walk_in(person, walk_in) -> bool:
    """Whoever keeps the list."""
    return organises_shift(person, walk_in.shift)


def calls_for_shift(person, shift) -> bool:
    """Staff of the place, but not whoever keeps the list."""
    return shift.duty.lead_id != person.id and staff_at(person, shift.duty.place)


def calls_for(person, call_back) -> bool:
    """The same for somebody who was drawn."""
    return calls_for_shift(person, call_back.signup.shift)


def records_signup(person, signup) -> bool:
    """Confirms for the unit that records its hours; whose own they are, the verb looks."""
    place, partner = unit_of(signup)
    unit = RecordingUnit.of(place, partner) if partner else None
    return confirms_for(person, unit) if unit else person.holds(STAFF, place)


def staff_of_home(person, neighbour) -> bool:
    """Staff where the other one lives, whom somebody without a phone asks; never for oneself."""
    return neighbour.id != person.id and person.holds(STAFF, neighbour.home)


def staff_of_his_home(person, record) -> bool:
    """The same for what belongs to him."""
    return staff_of_home(person, record.person)


def own_hours(person, thing) -> bool:
    """They are his own: a certificate, a wish for a correction."""
    return person.id is not None and thing.person_id == person.id


def confirms_for(person, unit) -> bool:
    """A manager of the partner that records; staff of the place for its own ledger, and for one that was ended."""
    if unit.partner is not None and unit.records:
        return speaks_for(person, unit.partner_id)
    return person.holds(STAFF, unit.place)


def looks_after_unit(person, unit) -> bool:
    """Who confirms, and always staff of the place that let the partner record."""
    return confirms_for(person, unit) or person.holds(STAFF, unit.place)


def decides_at_unit(person, unit) -> bool:
    """The committee that let the partner record, or an office above it."""
    return decides_at(person, unit.place)


def staff_at_unit(person, unit) -> bool:
    """Staff of the place: what goes to the national system, goes from there."""
    return person.holds(STAFF, unit.place)


def staff_of_unit(person, thing) -> bool:
    """Looks after the unit that recorded it."""
    return looks_after_unit(person, thing.unit)


def another_of_unit(person, thing) -> bool:
    """Confirms for that unit, and it is somebody else's: nobody judges what is his own."""
    return confirms_for(person, thing.unit) and not own_hours(person, thing)


def is_volunteer(person, subject) -> bool:
    """Joined as a volunteer."""
    return Volunteer.of(person) is not None


rules(
    {
        "volunteer:join": [anyone],
        "volunteer:register": [cares_at],
        "volunteer:edit-own": [signed_in],
        "volunteer:guardian": [serves_home_of],
        "volunteer:papers": [serves_home_of],
        "paper:end": [serves_home_of],
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
        "shift:go-ahead": [organises_shift],
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
        "signup:decide": [organises_signup],
        "swap:list": [signed_in],
        "swap:see": [own_swap, can_take, organises_swap],
        "swap:offer": [own_signup],
        "swap:answer": [can_take],
        "swap:withdraw": [own_swap],
        "swap:object": [organises_swap],
        "gathering:see": [is_in_it],
        "gathering:answer": [is_asked_along],
        "gathering:call-off": [asked_the_others],
        "seat:list": [adopter, committee_of_adoption],
        "seat:keep": [adopter],
        "seat:see": [keeps_seat, asked_to_sit, organises_seat],
        "seat:name": [keeps_seat],
        "seat:give-back": [keeps_seat, organises_seat],
        "seat:answer": [asked_to_sit, organises_seat],
        "signup:slip": [organises_signup],
        "attendance:scan": [anyone],
        "attendance:come": [signed_in],
        "attendance:keep": [organises_shift],
        "attendance:leave": [own_attendance, organises_attendance],
        "walk-in:ask": [signed_in],
        "walk-in:see": [own_walk_in, answers_walk_in],
        "walk-in:answer": [answers_walk_in],
        "time-code:use": [signed_in],
        "call-back:draw": [calls_for_shift],
        "call-back:tell": [calls_for],
        "hours:review": [staff_at],
        "hours:settle": [records_signup],
        "hours:choose-kinds": [decides_at],
        "hours:entrust": [decides_at],
        "hours:end-trust": [decides_at_unit],
        "hours:see-unit": [looks_after_unit],
        "hours:run-unit": [confirms_for],
        "hours:mark-unit": [staff_at_unit],
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
