"""Who may do what with places, people and posts."""

from kernel.permits import anyone, rules, signed_in

from .place import Place
from .post import CARERS, DECIDERS, Office, outranks


def oneself(person, subject) -> bool:
    """It is about the one who asks."""
    return person.id is not None and person.id == getattr(subject, "person_id", subject.id)


def serves_at_home(person, neighbour) -> bool:
    """Serves where this person lives, and may look after his account."""
    return person.holds(CARERS, neighbour.home)


def serves_home_of(person, thing) -> bool:
    """The same for what belongs to a person: a notice, a card."""
    return person.holds(CARERS, thing.person.home)


def serves_neighbour(person, neighbour) -> bool:
    """Serves where somebody else lives."""
    return neighbour.id != person.id and serves_at_home(person, neighbour)


def cares_at(person, place: Place) -> bool:
    """Staff or grid worker of this place."""
    return person.holds(CARERS, place)


def decides_at(person, place: Place) -> bool:
    """Committee of this place, or the offices above it."""
    return person.holds(DECIDERS, place)


def decides(person, subject=None) -> bool:
    """Decides somewhere."""
    return any(post.office in DECIDERS for post in person.posts)


def cares(person, subject) -> bool:
    """Staff or grid worker somewhere."""
    return any(post.office in CARERS for post in person.posts)


def holds_it(person, post) -> bool:
    """It is the asker's own post."""
    return post.person_id == person.id


def outranks_it(person, post) -> bool:
    """Decides about this post from an office above it."""
    return outranks(person, post.office, post.place)


def may_let_in(person, post) -> bool:
    """Decides about all posts of its holder, who lives nowhere else: nobody gets into an account by giving a post."""
    neighbour = post.person
    ranks = post.is_living and all(outranks(person, one.office, one.place) for one in neighbour.posts)
    return ranks and neighbour.id != person.id and (neighbour.home is None or serves_at_home(person, neighbour))


def runs_the_district(person, subject) -> bool:
    """The district's office."""
    return any(post.office is Office.DISTRICT_OFFICE for post in person.posts)


def asked_for_it(person, task) -> bool:
    """It is the asker's own task."""
    return person.id is not None and task.owner == person.id


def is_staff(person, subject) -> bool:
    """Holds any office."""
    return bool(person.posts)


def keeps_it(person, thing) -> bool:
    """Decides at its place."""
    return person.holds(DECIDERS, thing.place)


def fills_it(person, sheet) -> bool:
    """Decides at its place, or at one that lies in it: a subdistrict's sheet is for its communities too."""
    mine = (post.place for post in person.posts if post.office in DECIDERS)
    return keeps_it(person, sheet) or any(sheet.place.covers(place) for place in mine)


rules(
    {
        "account:sign-in": [anyone],
        "account:sign-out": [anyone],
        "account:change-own": [signed_in],
        "account:end-sign-in": [oneself],
        "card:use": [anyone],
        "card:print": [serves_at_home],
        "card:revoke": [oneself, serves_home_of],
        "consent:see": [oneself, serves_home_of],
        "consent:withdraw": [oneself],
        "data:copy": [signed_in],
        "closure:ask": [signed_in],
        "closure:ask-for": [serves_neighbour],
        "closure:take-back": [oneself, serves_home_of],
        "notice:list": [signed_in],
        "notice:read": [oneself],
        "call:list": [cares],
        "call:tick": [serves_home_of],
        "place:see": [anyone],
        "place:import": [runs_the_district],
        "place:export": [is_staff],
        "post:see": [is_staff],
        "post:give": [decides],
        "post:end": [outranks_it],
        "post:hand-over": [holds_it, outranks_it],
        "post:print-code": [may_let_in],
        "task:see": [asked_for_it],
        "staff:import": [decides],
        "staff:print-codes": [decides_at],
        "people:see": [cares],
        "catalogue:see": [anyone],
        "catalogue:edit": [runs_the_district],
        "calendar-day:see": [anyone],
        "calendar-day:edit": [runs_the_district],
        "journal:see": [anyone],
        "ledger:see": [decides],
        "proforma:list": [decides],
        "proforma:add": [decides_at],
        "proforma:see": [fills_it],
        "proforma:change": [keeps_it],
    }
)
