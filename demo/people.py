"""The people of the demo data: offices along the responsibility chain, and volunteers."""

from datetime import date, timedelta
from random import Random

from communities.channel import Channel
from communities.consent import Consent
from communities.post import Office, Post
from communities.purpose import Purpose, Way, newest
from volunteers.volunteer import Volunteer, volunteer_capability

from . import names
from .community import Community, Helper
from .town import Town

LINKED_LEADERS = 10  # 常委联系街道: one more than there are subdistricts
WAYS = (Channel.INBOX, Channel.PHONE, Channel.SLIP, Channel.GROUP)
WAYS_OF_THE_OLD, WAYS_OF_THE_YOUNG = (50, 28, 10, 12), (92, 2, 0, 6)
SKILLS_OF_THE_OLD = "haircut sewing sharpening singing dancing calligraphy cooking mediation nursing appliance".split()
SKILLS_OF_THE_YOUNG = "phones tutoring photography driving electrics plumbing first_aid law listening language".split()


def appoint(town: Town) -> None:
    """Whoever runs the district, its subdistricts and communities, and those who are linked with them."""
    rng = town.rng("offices")
    for district, _ in town.districts:
        serve(town, rng, Office.DISTRICT_OFFICE, district, "主任")
    for number, subdistrict in enumerate(town.subdistricts):
        serve(town, rng, Office.SUBDISTRICT_OFFICE, subdistrict, "主任")
        serve(town, rng, Office.LINKED_LEADER, subdistrict, "常委")
        if number % 9 == 0:
            for _ in range(LINKED_LEADERS - 9):
                serve(town, rng, Office.LINKED_LEADER, subdistrict, "常委", also=True)
    for community in town.communities:
        staff(town, community)


def staff(town: Town, community: Community) -> None:
    """The committees, grid workers, paired leaders and cadres of one community."""
    rng = community.rng
    community.lead_id = serve(town, rng, Office.COMMITTEE, community.id, "书记")
    serve(town, rng, Office.RESIDENTS_COMMITTEE, community.id, "主任")
    for _ in range(community.quota.paired):
        serve(town, rng, Office.PAIRED_LEADER, community.id, "处长", also=True)
    for grid in community.grids + community.dedicated:
        serve(town, rng, Office.GRID_WORKER, grid, "网格员")
    for number in range(community.quota.cadres):
        compound, _ = community.compounds[number % len(community.compounds)]
        serve(town, rng, Office.CADRE, compound, "干部", also=True)


def serve(town: Town, rng: Random, office: Office, place: int, title: str, *, also: bool = False) -> int:
    """Somebody in an office that nobody holds yet (`also`: or that several hold); the id of the one who holds it."""
    key = (office.value, place)
    if key in town.holders and not also:
        return town.holders[key]
    person = town.person(names.officer(rng, title), days=1500)
    return take_office(town, person, office, place, town.today - timedelta(days=rng.randint(120, 1400)))


def take_office(town: Town, person: int, office: Office, place: int, since: date) -> int:
    """This person holds the office from that day on."""
    town.rows.add(Post, person_id=person, office=office, place_id=place, since=since)
    town.holders.setdefault((office.value, place), person)
    return person


def enlist(town: Town) -> None:
    """The volunteers of every community, beside those who are there already."""
    for community in town.communities:
        for _ in range(community.quota.volunteers - len(community.volunteers)):
            volunteer(town, community)
        town.tick()


def volunteer(town: Town, community: Community) -> None:
    """One more volunteer who lives in some building of the community; most are over sixty."""
    rng = community.rng
    old = rng.random() < 0.62
    way = rng.choices(WAYS, WAYS_OF_THE_OLD if old else WAYS_OF_THE_YOUNG)[0]
    days = rng.randint(10, 1100)
    person = town.person(names.person(rng, old=old), rng.choice(community.buildings), way, days)
    is_minor = not old and rng.random() < 0.04
    skills = rng.sample(SKILLS_OF_THE_OLD if old else SKILLS_OF_THE_YOUNG, rng.choice((0, 1, 1, 2)))
    join(town, community, person, skills, days, is_minor=is_minor)


def join(
    town: Town,
    community: Community,
    person: int,
    skills=(),
    days: int = 800,
    *,
    is_minor: bool = False,
    birth: date | None = None,
) -> Helper:
    """A person becomes a volunteer, with what he can do."""
    since = town.today - timedelta(days=days)
    id = town.rows.add(Volunteer, person_id=person, since=since, says_adult=not is_minor, birth_date=birth)
    if is_minor:
        agreed(town, community, person, since)
    known = [town.capabilities[code] for code in skills]
    for capability in known:
        town.rows.add(volunteer_capability, volunteer_id=id, capability_id=capability)
    helper = Helper(person, frozenset(known), not is_minor)
    community.volunteers.append(helper)
    return helper


def agreed(town: Town, community: Community, minor: int, since: date) -> None:
    """The guardian of a minor signed at the desk of the community."""
    by = town.holders.get((Office.COMMITTEE.value, community.id))
    facts = {"purpose": Purpose.GUARDIAN, "version": newest(Purpose.GUARDIAN), "way": Way.SIGNED, "since": since}
    guardian = names.person(town.rng(f"guardian {minor}"))
    town.rows.add(Consent, person_id=minor, guardian=guardian.name, asked_by_id=by, **facts)
