"""Who may do what with partners."""

from communities.permits import decides, decides_at, is_staff
from communities.post import DECIDERS, STAFF
from kernel.permits import anyone, rules, signed_in

from .announcement import compound_id
from .kind import Kind
from .member import Role, active_managed_by, memberships


def committee_of_partner(person, partner) -> bool:
    """The committee of the place where it applied, or an office above it."""
    return person.holds(DECIDERS, partner.place)


def speaks_for(person, partner_id: int) -> bool:
    """Is a manager of the partner with this id, which need not be loaded for that."""
    return any(m.partner_id == partner_id and m.role is Role.MANAGER for m in memberships(person))


def manages(person, partner) -> bool:
    """Speaks for this partner."""
    return speaks_for(person, partner.id)


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


def runs_it(person, incubation) -> bool:
    """The committee of the community that raises the firm, or an office above it; nobody decides about his own."""
    return person.holds(DECIDERS, incubation.place) and not founded_it(person, incubation)


def founded_it(person, incubation) -> bool:
    """The account that is linked as the founder's."""
    return person.id is not None and person.id == incubation.founder_id


def speaks_for_it(person, incubation) -> bool:
    """The founder, or a manager of the partner that it became."""
    return founded_it(person, incubation) or any(
        m.partner_id == incubation.partner_id and m.role is Role.MANAGER for m in memberships(person)
    )


def graduated_from_it(person, incubation) -> bool:
    """The founder, once it may become a partner."""
    return founded_it(person, incubation) and incubation.may_apply


def may_be_a_party(person, subject) -> bool:
    """Serves somewhere, or belongs to a partner: what is listed is what this person may see."""
    return bool(person.posts) or bool(memberships(person))


def staffs(person, place) -> bool:
    """Holds an office of this place, or one above it."""
    return person.holds(STAFF, place)


def holds_an_office(person, subject) -> bool:
    """Holds an office somewhere, in whose name something can be booked."""
    return any(post.office in STAFF for post in person.posts)


def owns_resource(person, resource) -> bool:
    """Speaks for the partner that lends it; without a partner, holds the office of its place or one above it."""
    return manages(person, resource.partner) if resource.partner else staffs(person, resource.place)


def runs_resource(person, resource) -> bool:
    """Its owner, or the office that answers for the owner."""
    return owns_resource(person, resource) or (resource.office_answers and staffs(person, resource.place))


def lends(person, booking) -> bool:
    """The same for a booking or a series of it."""
    return runs_resource(person, booking.resource)


def booked(person, booking) -> bool:
    """Speaks for the partner that booked, or holds the office that did."""
    if booking.partner_id is not None:
        return any(m.partner_id == booking.partner_id and m.role is Role.MANAGER for m in memberships(person))
    return any(post.office in STAFF and post.place_id == booking.office_id for post in person.posts)


def comes_along(person, booking) -> bool:
    """Is a member of the partner that booked."""
    return any(m.partner_id == booking.partner_id for m in memberships(person))


def manages_the_compound(person, place) -> bool:
    """Speaks for an active property manager that serves this compound."""
    mine = (partner for partner in active_managed_by(person) if partner.kind is Kind.PROPERTY_MANAGER)
    return any(place.id == compound.id for partner in mine for compound in partner.compounds)


def tells_here(person, place) -> bool:
    """Staff of the place, or speaks for the property manager of the compound."""
    return staffs(person, place) or manages_the_compound(person, place)


def staffs_announced(person, announcement) -> bool:
    """Staff of the place that it is about."""
    return staffs(person, announcement.place)


def told_it(person, announcement) -> bool:
    """Speaks for the property manager that told it, which serves the compound still."""
    mine = (partner for partner in active_managed_by(person) if partner.id == announcement.partner_id)
    return any(compound_id(announcement.place) == compound.id for partner in mine for compound in partner.compounds)


def committee_of_contract(person, service) -> bool:
    """The committee of the compound: who is paid for a service does not say alone that it is no longer his."""
    return decides_at(person, service.place)


def serves_where_it_is(person, booking) -> bool:
    """Serves at the place of the resource, or above it."""
    return any(post.place.covers(booking.resource.place) for post in person.posts)


rules(
    {
        "partner:list": [anyone],
        "partner:see": [anyone],
        "partner:see-contact": [committee_of_partner, belongs],
        "partner:reveal-contact": [is_staff, manages_an_active_partner],
        "partner:apply": [signed_in],
        "partner:import": [decides],
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
        "incubation:index": [anyone],
        "incubation:board": [is_staff],
        "incubation:apply": [signed_in],
        "incubation:see": [signed_in],
        "incubation:see-contact": [runs_it, speaks_for_it],
        "incubation:edit": [runs_it, speaks_for_it],
        "incubation:run": [runs_it],
        "incubation:leave": [runs_it, speaks_for_it],
        "incubation:reach": [runs_it, speaks_for_it],
        "incubation:say-branch": [founded_it],
        "incubation:end-branch": [runs_it, founded_it],
        "incubation:become": [graduated_from_it],
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
        "contract:see": [anyone],
        "contract:add": [decides_at, manages_the_compound],
        "contract:end": [committee_of_contract],
        "announcement:see": [anyone],
        "announcement:make": [tells_here],
        "announcement:change": [staffs_announced, told_it],
        "resource:list": [anyone],
        "resource:see": [anyone],
        "resource:see-contact": [manages_an_active_partner, holds_an_office, runs_resource],
        "resource:offer": [manages],
        "resource:offer-here": [staffs],
        "resource:edit": [owns_resource],
        "resource:run": [runs_resource],
        "resource:book": [manages_an_active_partner, holds_an_office],
        "calendar:import": [signed_in],
        "booking:list": [manages_an_active_partner, holds_an_office],
        "booking:see": [booked, comes_along, lends, serves_where_it_is],
        "booking:answer": [lends],
        "booking:keep": [booked],
    }
)
