"""Who looks after the buildings of the demo data: 东方社区 as in the story, others as the district has them."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from communities.consent import Consent
from communities.purpose import Purpose, Way, newest
from communities.working_day import working_days_after
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.state import Door, Role, Standing, State
from volunteers.assignments.terms import ANSWER_DAYS, Wish

from .community import Community
from .scale import DONGFANG
from .town import Town

NO_LEAD, NO_HELPER, NOBODY = 6, 12, 4  # of the 84 buildings of 东方社区; the rest is covered
ONE_HELPER = 3  # of the covered ones want one helper, the others two: 201 places are filled
PEOPLE = 189  # in these places
THREE, TWO = 1, 10  # of them look after three buildings, after two
OTHERS = 3_416  # buildings of the district but for these 84
GAPS = {"no_lead": 112, "no_helper": 136, "nobody": 31}  # of them


@dataclass
class Hands:
    """The grown-up volunteers of a community in a random order, and who has which buildings already."""

    rng: Random
    people: list[int]
    held: dict[int, set[int]] = field(default_factory=dict)
    queue: list[int] = field(default_factory=list)

    def next(self, building: int) -> int | None:
        """The next in the queue who is not in this building; from the front again when it is empty."""
        for _ in range(2):
            for person in self.queue:
                if building not in self.held.setdefault(person, set()):
                    self.queue.remove(person)
                    self.held[person].add(building)
                    return person
            self.queue = list(self.people)
        return None


def look_after(town: Town) -> None:
    """Put volunteers into the buildings of every community."""
    dealt = dict.fromkeys(GAPS, 0)
    seen = 0
    for community in town.communities:
        if community.code == DONGFANG:
            tell_the_story(town, community)
            continue
        seen += len(community.buildings)
        wanted = {gap: seen * total // OTHERS - dealt[gap] for gap, total in GAPS.items()}
        dealt = {gap: dealt[gap] + wanted[gap] for gap in GAPS}
        rng = town.rng(f"buildings {community.code}")
        hands = Hands(rng, rng.sample(adults(community), len(adults(community))))
        gaps = [gap for gap, number in wanted.items() for _ in range(number)]
        chosen = rng.sample(community.buildings, min(len(gaps), len(community.buildings)))
        lacking = dict(zip(chosen, gaps, strict=False))
        for building in community.buildings:
            fill(town, hands, building, lacking.get(building, ""), 1)


def adults(community: Community) -> list[int]:
    """Who may look after a building."""
    return [helper.id for helper in community.volunteers if helper.is_adult]


def tell_the_story(town: Town, community: Community) -> None:
    """84 buildings: 62 covered, 6 without a lead, 12 that need a helper, 4 with nobody; 189 people in 201 places."""
    rng = town.rng("buildings")
    home = min(building for building in community.buildings if building > community.compound_31)
    free = rng.sample([one for one in community.buildings if one != home], len(community.buildings) - 1)
    gaps = ["nobody"] * NOBODY + ["no_lead"] * NO_LEAD + ["no_helper"] * NO_HELPER
    lacking = dict(zip(free, gaps, strict=False))
    actors = town.actors
    crowd = [id for id in adults(community) if id not in actors]
    wu = town.cast["wu"]
    crowd = [wu, *rng.sample(crowd, PEOPLE - 1)]
    busy = crowd[1 : 1 + THREE] * 2 + crowd[1 + THREE : 1 + THREE + TWO]
    hands = Hands(rng, [], queue=crowd + busy)
    single = set(free[len(gaps) : len(gaps) + ONE_HELPER])
    for building in [home, *free]:  # 吴女士 is the first in the queue: she is the lead of her own building
        fill(town, hands, building, lacking.get(building, ""), 1 if building in single or building in lacking else 2)
    spare = [id for id in adults(community) if id not in actors and id not in crowd]
    ask(town, community, spare, {gap: one for one, gap in lacking.items()})
    for person in crowd[::2]:
        named(town, community, person)


def fill(town: Town, hands: Hands, building: int, gap: str, helpers: int) -> None:
    """Whoever is in a building with this gap, or with none."""
    if helpers > 1:
        town.rows.add(Wish, place_id=building, helpers=helpers)
    if gap == "nobody":
        return
    if gap != "no_lead":
        serve(town, hands, building, Role.LEAD, 1)
    if gap != "no_helper":
        for number in range(1, helpers + 1):
            serve(town, hands, building, Role.HELPER, number)


def serve(town: Town, hands: Hands, building: int, role: Role, number: int) -> None:
    """Somebody is in post, by his own yes."""
    person = hands.next(building)
    if person is None:
        return
    begun = town.today - timedelta(days=hands.rng.randint(20, 700))
    way, door = hands.rng.choice([(Way.SCREEN, Door.CLAIM), (Way.SCREEN, Door.OFFER), (Way.SIGNED, Door.PAPER)])
    place(
        town, building, role, number, person, State.SERVING, door, asked_at=town.now - timedelta(days=720),
        yes_on=begun, yes_way=way, since=begun,
    )  # fmt: skip


def place(town: Town, building: int, role: Role, number: int, person: int, state: State, door: Door, **facts) -> int:
    """One row."""
    return town.rows.add(
        Assignment, building_id=building, role=role, number=number, standing=Standing.HOLDER, person_id=person,
        state=state, door=door, **facts,
    )  # fmt: skip


def ask(town: Town, community: Community, spare: list[int], example: dict[str, int]) -> None:
    """One volunteer has asked for a building without a lead; 周师傅 is asked for one with nobody."""
    yesterday = town.now - timedelta(days=1)
    due = town.due(yesterday.date())
    facts = {"asked_at": yesterday, "yes_on": yesterday.date(), "yes_way": Way.SCREEN, "answer_due": due}
    if spare:
        row = place(town, example["no_lead"], Role.LEAD, 1, spare[0], State.APPLIED, Door.CLAIM, **facts)
        said(town, row, "assignment.claimed", yesterday, spare[0], spare[0], example["no_lead"], Role.LEAD)
    reply_by = working_days_after(town.today, ANSWER_DAYS)
    zhou, building = town.cast["zhou"], example["nobody"]
    facts = {"asked_at": yesterday, "approved_by_id": community.lead_id, "answer_due": reply_by}
    row = place(town, building, Role.LEAD, 1, zhou, State.INVITED, Door.OFFER, **facts)
    by = community.lead_id
    words = {"tell": [zhou], "reply_by": reply_by.isoformat()}
    said(town, row, "assignment.offered", yesterday, by, zhou, building, Role.LEAD, **words)


def said(town: Town, row: int, verb: str, at, by: int, person: int, building: int, role: Role, **more) -> None:
    """The line of the journal."""
    ids = {"person": person, "building": building, "care": role.value} | more
    town.note(at, verb, "assignment", row, by=by, place=building, **ids)


def named(town: Town, community: Community, person: int) -> None:
    """He agreed to be named on the notice of the building."""
    facts = {"purpose": Purpose.NAMED, "version": newest(Purpose.NAMED), "way": Way.SIGNED}
    since = town.today - timedelta(days=60)
    town.rows.add(Consent, person_id=person, since=since, asked_by_id=community.lead_id, **facts)
