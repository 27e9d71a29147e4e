"""Who may do what with projects and adoptions."""

from communities.permits import cares_at, decides
from communities.post import CARERS, DECIDERS
from governance.permits import cares_for_need, cares_for_theme
from kernel.permits import anyone, rules, signed_in
from partners.member import Role, memberships
from partners.permits import belongs, manages, manages_an_active_partner, speaks_for

from .stage import UNSEEN, Stage
from .standing import State


def committee_of_project(person, project) -> bool:
    """The committee of the place, or an office above it."""
    return person.holds(DECIDERS, project.place)


def is_published(person, project) -> bool:
    """Everybody may know of it."""
    return project.stage not in UNSEEN


def cares_for_project(person, project) -> bool:
    """Staff or grid worker of its place, or of one above it."""
    return person.holds(CARERS, project.place)


def drafts_it(person, project) -> bool:
    """Serves where it was written, as long as it is a draft: grid workers write what the committee publishes."""
    return project.stage is Stage.DRAFT and person.holds(CARERS, project.place)


def committee_of_adoption(person, adoption) -> bool:
    """The same for what was adopted of it."""
    return person.holds(DECIDERS, adoption.project.place)


def did_it(person, project) -> bool:
    """Speaks for a partner that has a part of it."""
    return any(manages(person, adoption.partner) for adoption in project.living_adoptions)


def committee_of_photo(person, photo) -> bool:
    """The committee of its project, or an office above it."""
    return committee_of_project(person, photo.project)


def added_it(person, photo) -> bool:
    """Put it there, and said that everybody in it agrees."""
    return person.id is not None and person.id == photo.by_id


def adopter(person, adoption) -> bool:
    """Speaks for the partner that took it on."""
    return speaks_for(person, adoption.partner_id)


def belongs_somewhere(person, subject) -> bool:
    """Is in a partner."""
    return person.id is not None and bool(memberships(person))


def leads_it(person, adoption) -> bool:
    """Speaks for the partner that leads its project."""
    lead = adoption.project.lead
    return lead is not None and manages(person, lead.partner)


def works_on_it(person, adoption) -> bool:
    """Speaks for a partner that was let in on the same project: who only asks does not count."""
    mine = {member.partner_id for member in memberships(person) if member.role is Role.MANAGER}
    inside = (one for one in adoption.project.living_adoptions if one.state is not State.ASKED)
    return any(one.partner_id in mine for one in inside)


def works_on_it_now(person, adoption) -> bool:
    """The same, until the project is closed: whom to ring is nobody's business after that."""
    return adoption.project.stage is not Stage.CLOSED and works_on_it(person, adoption)


def takes_it_over(person, adoption) -> bool:
    """Speaks for the partner that is asked to take it over now."""
    return adoption.offer is not None and manages(person, adoption.offer.to)


def judges(person, adoption) -> bool:
    """The committee of its project, unless it is its own partner's."""
    return committee_of_adoption(person, adoption) and not belongs(person, adoption.partner)


def committee_of_milestone(person, milestone) -> bool:
    """The committee of its project, or an office above it."""
    return committee_of_adoption(person, milestone.adoption)


def promised_it(person, milestone) -> bool:
    """Speaks for the partner that is to reach it, or has."""
    return adopter(person, milestone.adoption)


def sees_the_way(person, milestone) -> bool:
    """Speaks for a partner that was let in on the same project."""
    return works_on_it(person, milestone.adoption)


def committee_of_transfer(person, transfer) -> bool:
    """The committee of the project, unless it belongs to one of the two partners."""
    both = transfer.adoption.partner, transfer.to
    return committee_of_adoption(person, transfer.adoption) and not any(belongs(person, one) for one in both)


def offered_it(person, transfer) -> bool:
    """Speaks for the partner that wants to hand it over."""
    return adopter(person, transfer.adoption)


def is_asked_to(person, transfer) -> bool:
    """Speaks for the partner that is asked."""
    return manages(person, transfer.to)


def is_judged(person, evaluation) -> bool:
    """Speaks for the partner that it is about."""
    return adopter(person, evaluation.adoption)


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
        "project:write-from-need": [cares_for_need],
        "project:write-from-theme": [cares_for_theme],
        "project:see-needs": [cares_for_project],
        "project:see-origin": [is_published, cares_for_project],
        "project:edit": [committee_of_project, drafts_it],
        "project:cut": [committee_of_project, drafts_it],
        "project:attach": [committee_of_project, drafts_it],
        "project:add-photo": [committee_of_project, did_it],
        "project:show-photo": [committee_of_project],
        "photo:see": [anyone],
        "photo:show": [committee_of_photo],
        "photo:withdraw": [committee_of_photo, added_it],
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
        "adoption:stand-under": [committee_of_adoption, adopter],
        "adoption:accept": [committee_of_adoption],
        "adoption:decline": [committee_of_adoption],
        "adoption:leave": [adopter],
        "adoption:deliver": [adopter],
        "adoption:see-handling": [committee_of_adoption, adopter, takes_it_over],
        "adoption:see-contact": [committee_of_adoption, works_on_it_now],
        "adoption:lead": [committee_of_adoption, leads_it],
        "adoption:plan": [leads_it],
        "adoption:promise": [adopter],
        "adoption:pause": [adopter],
        "adoption:prolong": [judges],
        "adoption:hand-over": [adopter],
        "adoption:evaluate": [judges],
        "milestone:see-evidence": [committee_of_milestone, promised_it, sees_the_way],
        "milestone:reach": [promised_it],
        "transfer:answer": [is_asked_to],
        "transfer:approve": [committee_of_transfer],
        "transfer:withdraw": [offered_it, is_asked_to],
        "evaluation:reply": [is_judged],
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
