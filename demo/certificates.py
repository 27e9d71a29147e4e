"""The certificates of the demo data: of the raised firms as the story tells, of two partners of each community."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from types import SimpleNamespace

from sqlalchemy import select

from communities.place import Place
from kernel import clock
from kernel.db import db
from kernel.paper_number import ALPHABET, GUESSES, check_sign
from partners.partner import Partner
from projects.certificate_state import State
from projects.counting import Counted, count
from projects.participation import Participation

from .community import Community, Taker
from .scale import HUANGHE
from .town import Town

A_YEAR = timedelta(days=365)
TOLD = ("老人家电义修的主力", "水电小修，随叫随到", "四点半课堂", "助浴和陪诊", "老街故事的讲述者")
WRONG = "漏算了一个已经结项的项目，另出一份。"


@dataclass(frozen=True)
class Paper:
    """One certificate on its way: of whom, by which place's office, how many days ago, in which state."""

    taker: Taker
    place: Place
    lead_id: int
    ago: int
    line: str = ""
    state: State = State.ISSUED
    days: timedelta = A_YEAR


def issue(town: Town) -> None:
    """Count what is written by now; what was not done is not certified."""
    town.rows.flush()
    rng, there = town.rng("certificates"), town.community(HUANGHE)
    huanghe = place_of(there)
    for number, taker in enumerate(town.raised):
        replaced = None
        if number == 0:  # ⑤: a mistake was withdrawn and replaced
            wrong = Paper(taker, huanghe, there.lead_id, 26, TOLD[number], State.WITHDRAWN, timedelta(days=400))
            replaced = write(town, rng, wrong)
        paper = Paper(taker, huanghe, there.lead_id, 20 - number, TOLD[number], days=timedelta(days=400))
        write(town, rng, paper, replaced)
    write(town, rng, Paper(town.raised[1], huanghe, there.lead_id, 1, state=State.ASKED, days=timedelta(days=200)))
    for community in town.communities:
        rng, here = town.rng(f"certificates {community.code}"), place_of(community)
        for taker in rng.sample(community.takers, min(len(community.takers), 3)):
            write(town, rng, Paper(taker, here, community.lead_id, rng.randint(3, 90)))


def place_of(community: Community) -> Place:
    """The place of a community, as the counting wants it."""
    return db.session.scalars(select(Place).where(Place.id == community.id)).one()


def write(town: Town, rng: Random, paper: Paper, replaces: int | None = None) -> int | None:
    """One certificate with its lines, if there is something to certify; its id."""
    day = town.today - timedelta(days=paper.ago)
    since, until = day - paper.days, day
    counted = count(SimpleNamespace(id=paper.taker.id), paper.place, since, until)
    if not counted:
        return None
    facts = {"partner_id": paper.taker.id, "place_id": paper.place.id, "since": since, "until": until}
    asked = min(clock.at(day, time(rng.randint(9, 16))), town.now)
    facts |= {"line": paper.line, "state": paper.state, "asked_at": asked, "replaces_id": replaces}
    id = town.rows.add(Participation, **facts | settled(town, rng, paper, day, counted))
    tell(town, paper, id, asked, day)
    return id


def settled(town: Town, rng: Random, paper: Paper, day: date, counted: Counted) -> dict:
    """What an answer adds to a wish."""
    if paper.state is State.ASKED:
        return {"answer_due": town.due(day)}
    body = f"{day.year:04}" + "".join(rng.choice(ALPHABET) for _sign in range(GUESSES))
    name = db.session.scalar(select(Partner.name).where(Partner.id == paper.taker.id))
    names = {"partner": name, "place": paper.place.name, "place_kind": paper.place.kind.value}
    issued = {"number": body + check_sign(body), "issued_on": day, "counted": counted.stored | names}
    if paper.state is State.WITHDRAWN:
        issued |= {"withdrawn_on": day + timedelta(days=2), "reason": WRONG}
    return issued


def tell(town: Town, paper: Paper, id: int, asked: datetime, day: date) -> None:
    """The lines of its way."""
    facts = {"place": paper.place.id, "partner": paper.taker.id}
    manager, lead = paper.taker.manager_id, paper.lead_id
    town.note(asked, "participation.asked", "participation", id, by=manager, tell=[lead], **facts)
    if paper.state is State.ASKED:
        return
    told = [manager] if manager else []
    issued = {"by": lead, "public": True, "tell": told, "committee": paper.place.id}
    town.note(min(asked + timedelta(hours=3), town.now), "participation.issued", "participation", id, **issued, **facts)
    if paper.state is State.WITHDRAWN:
        at = clock.at(day + timedelta(days=2), time(10))
        town.note(at, "participation.withdrawn", "participation", id, by=lead, tell=told, **facts)
