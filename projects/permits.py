"""Who may do what with projects and adoptions."""

from communities.permits import decides_at
from communities.post import DECIDERS
from kernel.permits import anyone, rules
from partners.permits import manages, manages_an_active_partner


def committee_of_project(person, project) -> bool:
    """The committee of the place, or an office above it."""
    return person.holds(DECIDERS, project.place)


def committee_of_adoption(person, adoption) -> bool:
    """The same for what was adopted of it."""
    return person.holds(DECIDERS, adoption.project.place)


def adopter(person, adoption) -> bool:
    """Speaks for the partner that took it on."""
    return manages(person, adoption.partner)


rules(
    {
        "project:list": [anyone],
        "project:see": [anyone],
        "project:write": [decides_at],
        "project:edit": [committee_of_project],
        "project:post": [committee_of_project],
        "project:withdraw": [committee_of_project],
        "project:close": [committee_of_project],
        "project:reopen": [committee_of_project],
        "project:adopt": [manages_an_active_partner],
        "adoption:see": [anyone],
        "adoption:see-reason": [committee_of_adoption, adopter],
        "adoption:accept": [committee_of_adoption],
        "adoption:decline": [committee_of_adoption],
        "adoption:leave": [adopter],
        "adoption:deliver": [adopter],
    }
)
