"""Who may do what with projects and adoptions."""

from communities.permits import cares_at, decides
from communities.post import CARERS, DECIDERS
from kernel.permits import anyone, rules, signed_in
from partners.member import memberships
from partners.permits import belongs, manages, manages_an_active_partner

from .stage import Stage


def committee_of_project(person, project) -> bool:
    """The committee of the place, or an office above it."""
    return person.holds(DECIDERS, project.place)


def drafts_it(person, project) -> bool:
    """Serves where it was written, as long as it is a draft: grid workers write what the committee publishes."""
    return project.stage is Stage.DRAFT and person.holds(CARERS, project.place)


def committee_of_adoption(person, adoption) -> bool:
    """The same for what was adopted of it."""
    return person.holds(DECIDERS, adoption.project.place)


def adopter(person, adoption) -> bool:
    """Speaks for the partner that took it on."""
    return manages(person, adoption.partner)


def belongs_somewhere(person, subject) -> bool:
    """Is in a partner."""
    return person.id is not None and bool(memberships(person))


def strikes(person, given) -> bool:
    """The committee of the project, unless it is its own partner's."""
    return committee_of_adoption(person, given.adoption) and not belongs(person, given.adoption.partner)


def gave(person, given) -> bool:
    """Speaks for the partner that gave it."""
    return manages(person, given.adoption.partner)


def certifies(person, partner) -> bool:
    """Decides somewhere, and is no part of this partner: nobody certifies what his own partner did."""
    return decides(person, partner) and not belongs(person, partner)


def certified_it(person, certificate) -> bool:
    """Decides where it was asked for or issued, and is no part of its partner."""
    return person.holds(DECIDERS, certificate.place) and not belongs(person, certificate.partner)


def asked_for_it(person, certificate) -> bool:
    """Speaks for its partner."""
    return manages(person, certificate.partner)


rules(
    {
        "project:list": [anyone],
        "project:see": [anyone],
        "project:desk": [decides],
        "project:ours": [belongs_somewhere],
        "project:write": [cares_at],
        "project:import": [decides],
        "project:edit": [committee_of_project, drafts_it],
        "project:cut": [committee_of_project, drafts_it],
        "project:attach": [committee_of_project, drafts_it],
        "project:follow": [signed_in],
        "project:share": [anyone],
        "project:hand-in": [drafts_it],
        "project:give-back": [committee_of_project],
        "project:see-contact": [committee_of_project, manages_an_active_partner],
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
        "in-kind:see": [committee_of_adoption, adopter],
        "in-kind:note": [committee_of_adoption, adopter],
        "in-kind:strike": [strikes, gave],
        "participation:check": [anyone],
        "participation:list": [belongs, decides],
        "participation:ask": [manages],
        "participation:issue": [certifies],
        "participation:decline": [certified_it],
        "participation:withdraw": [certified_it],
        "participation:drop": [asked_for_it],
    }
)
