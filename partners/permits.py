"""Who may do what with partners."""

from communities.permits import decides, decides_at, is_staff
from communities.post import DECIDERS
from kernel.permits import anyone, rules, signed_in

from .member import Role, memberships


def committee_of_partner(person, partner) -> bool:
    """The committee of the place where it applied, or an office above it."""
    return person.holds(DECIDERS, partner.place)


def manages(person, partner) -> bool:
    """Speaks for this partner."""
    return any(m.partner_id == partner.id and m.role is Role.MANAGER for m in memberships(person))


def belongs(person, partner) -> bool:
    """Is a member of this partner, manager or not."""
    return any(m.partner_id == partner.id for m in memberships(person))


def manages_an_active_partner(person, subject) -> bool:
    """Speaks for some partner that may take things on."""
    return any(m.role is Role.MANAGER and m.partner.is_active for m in memberships(person))


def manages_its_partner(person, thing) -> bool:
    """Speaks for the partner that an invitation or a request belongs to."""
    return manages(person, thing.partner)


def asked_himself(person, request) -> bool:
    """It is the asker's own request."""
    return request.person_id == person.id


def committee_of_agreement(person, agreement) -> bool:
    """The committee of the place that keeps it, or an office above it."""
    return person.holds(DECIDERS, agreement.place)


def may_be_a_party(person, subject) -> bool:
    """Serves somewhere, or belongs to a partner: what is listed is what this person may see."""
    return bool(person.posts) or bool(memberships(person))


rules(
    {
        "partner:list": [anyone],
        "partner:see": [anyone],
        "partner:see-contact": [committee_of_partner, belongs],
        "partner:reveal-contact": [is_staff, manages_an_active_partner],
        "partner:apply": [signed_in],
        "partner:edit": [manages],
        "partner:queue": [decides],
        "partner:verify": [committee_of_partner],
        "partner:refuse": [committee_of_partner],
        "partner:suspend": [committee_of_partner],
        "partner:resume": [committee_of_partner],
        "partner:end": [committee_of_partner, manages],
        "partner:ask-renewal": [manages],
        "partner:renew": [committee_of_partner],
        "partner:see-abilities": [committee_of_partner, manages],
        "partner:offer": [manages],
        "partner:certify": [committee_of_partner],
        "partner:see-handling": [committee_of_partner, manages],
        "partner:members": [manages],
        "partner:leave": [belongs],
        "partner:ask-to-join": [signed_in],
        "invitation:see": [anyone],
        "invitation:use": [signed_in],
        "invitation:revoke": [manages_its_partner],
        "join-request:see": [asked_himself, manages_its_partner],
        "join-request:answer": [manages_its_partner],
        "join-request:withdraw": [asked_himself],
        "service:list": [anyone],
        "agreement:list": [may_be_a_party],
        "agreement:see": [may_be_a_party],
        "agreement:write": [decides_at],
        "agreement:edit": [committee_of_agreement],
    }
)
