"""Who may do what with needs, the routing table, the texts of answers and themes."""

from communities.permits import cares, cares_at, decides, decides_at, runs_the_district
from communities.post import CARERS, DECIDERS
from kernel.permits import anyone, rules, signed_in
from partners.member import memberships
from partners.permits import manages


def cares_for_need(person, need) -> bool:
    """Staff or grid worker of its place, or of one above it."""
    return person.holds(CARERS, need.place)


def committee_of_need(person, need) -> bool:
    """The committee of its place, or an office above it."""
    return person.holds(DECIDERS, need.place)


def asked_to(person, need) -> bool:
    """Speaks for the partner that deals with it now."""
    return need.partner is not None and manages(person, need.partner)


def said_it(person, need) -> bool:
    """Follows it with his account."""
    return person.id is not None and need.voice.person_id == person.id


def took_it(person, need) -> bool:
    """Speaks for the partner that took it: only then is somebody to be rung from there."""
    return need.taken_on is not None and asked_to(person, need)


def cares_or_is_asked(person, subject) -> bool:
    """Staff or grid worker somewhere, or in a partner that may be asked."""
    return cares(person, subject) or bool(memberships(person))


def cares_for_theme(person, theme) -> bool:
    """Staff or grid worker of its place, or of one above it."""
    return person.holds(CARERS, theme.place)


def keeps_route(person, route) -> bool:
    """Decides at the place of the line."""
    return person.holds(DECIDERS, route.place)


def keeps_text(person, text) -> bool:
    """The office of the district that the text belongs to."""
    return person.holds(DECIDERS, text.place)


rules(
    {
        "need:say": [anyone],
        "need:follow": [anyone],
        "need:note": [cares],
        "need:import": [decides],
        "need:list": [signed_in],
        "need:handle-some": [cares_or_is_asked],
        "need:read-public": [anyone],
        "need:see": [signed_in],
        "need:notice": [anyone],
        "need:handle": [cares_for_need],
        "need:see-contact": [cares_for_need, took_it],
        "need:verify": [cares_for_need],
        "need:reword": [cares_for_need],
        "need:decline": [committee_of_need],
        "need:route": [committee_of_need],
        "need:merge": [cares_for_need],
        "need:return": [asked_to],
        "need:take": [committee_of_need, asked_to],
        "need:solve": [committee_of_need, asked_to],
        "need:reopen": [cares_for_need],
        "need:answer": [said_it],
        "need:call": [cares_for_need],
        "theme:list": [cares],
        "theme:gather": [cares_at],
        "theme:see": [signed_in],
        "theme:edit": [cares_for_theme],
        "need-route:list": [anyone],
        "need-route:set": [decides_at],
        "need-route:end": [keeps_route],
        "answer-text:list": [decides],
        "answer-text:add": [runs_the_district],
        "answer-text:edit": [keeps_text],
    }
)
