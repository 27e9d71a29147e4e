"""Who may do what with partners."""

from communities.permits import decides_at
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
        "partner:apply": [signed_in],
        "partner:edit": [manages],
        "partner:verify": [committee_of_partner],
        "partner:refuse": [committee_of_partner],
        "partner:suspend": [committee_of_partner],
        "partner:resume": [committee_of_partner],
        "partner:end": [committee_of_partner, manages],
        "partner:see-handling": [committee_of_partner, manages],
        "partner:members": [manages],
        "partner:leave": [belongs],
        "agreement:list": [may_be_a_party],
        "agreement:see": [may_be_a_party],
        "agreement:write": [decides_at],
        "agreement:edit": [committee_of_agreement],
    }
)
