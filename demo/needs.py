"""The needs of the demo data: what residents say, whom it goes to, what came of it; ③ and ④ as far as needs go."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from governance.answer_text import AnswerText, Use
from governance.need_state import Source, State
from governance.route import Route
from governance.theme import Theme
from kernel import clock
from kernel.db import db, seen
from partners.kind import Kind as PartnerKind
from partners.member import Member, Role
from partners.partner import Partner
from projects.adoption import State as Adopted
from projects.origin import Origin
from projects.project import Stage

from . import names, projects
from .community import Community, Taker
from .complaints import APPLIANCES, NOISE, Complaint, answers, complaints
from .ideas import Idea
from .need_rows import DAYS, Office, said
from .projects import Share
from .scale import DONGFANG, XINGLE
from .town import Town

DEPARTMENTS = {
    "environment": "区城管局", "repair": "区住建局", "parking": "区交通局", "meals": "区市场监管局",
    "care": "区民政局", "health": "区卫健局", "children": "区教育局", "governance": "区住建局",
    "culture": "区文旅体育局", "jobs": "区人社局",
}  # fmt: skip
STATIONS = {"safety": "派出所", "law": "司法所"}  # of each subdistrict
STATES = (State.CONFIRMED, State.TAKEN, State.ROUTED, State.SOLVED, State.RECEIVED, State.VERIFIED, State.DECLINED)
FRESH = (State.RECEIVED, State.VERIFIED)  # something waits in every community
OFTEN = (34, 24, 11, 10, 9, 6, 6)
AGES = {  # days since it was said
    State.RECEIVED: (0, 1), State.VERIFIED: (0, 2), State.ROUTED: (1, 2), State.TAKEN: (3, 6), State.SOLVED: (6, 20),
    State.CONFIRMED: (12, 90), State.DECLINED: (5, 60),
}  # fmt: skip
IDEA = Idea(
    "食堂排风降噪", "environment", None,
    "17 户居民反映食堂排风机晚上太吵。派出所听两边的意见、约定关停的时间，城管局看着换好排风机。",
    "检查排风机时先断电；上门两人同行。",
    "排风机换了静音的，晚上十点以后停。回访了 14 户，13 户说解决了，一户还要再听几天。",
    (("听意见、定约定", "户", 17, 17, 2, 4, 2), ("看着换好排风机", "件", 2, 2, 2, 1, 3)),
)  # fmt: skip
QUIET = [(part, part[2]) for part in IDEA.parts]
LATE = 0.12  # of what is taken
SOURCES = (Source.SELF, Source.VISIT, Source.PHONE, Source.HOTLINE, Source.PAPER, Source.MEETING, Source.COUNTER)
HEARD = (40, 25, 12, 10, 5, 4, 4)


def write(town: Town) -> None:
    """The routing table and the texts of each district, the needs of each community, and the two stories."""
    office = Office(town)
    departments(town, office)
    for district, _name in town.districts:
        for answer in answers():
            facts = answer._asdict() | {"use": Use(answer.use)}
            town.rows.add(AnswerText, place_id=district, **facts)
    for community in town.communities:
        rng = Random(f"{town.seed}:needs:{community.code}")
        for number, complaint in enumerate(rng.sample(complaints(), rng.randint(8, 14))):
            state = FRESH[number] if number < len(FRESH) else rng.choices(STATES, OFTEN)[0]
            some(town, office, community, complaint, state, rng)
    stories(town, office)


def departments(town: Town, office: Office) -> None:
    """One line a category for each district; the police and the judicial office for each subdistrict."""
    town.rows.flush()
    managed = select(Partner.name, Partner.place_id, Partner.id, Member.person_id).join(Member)
    rows = db.session.execute(seen(managed.where(Partner.kind == PartnerKind.DEPARTMENT)))
    known = {(place, name): (id, manager) for name, place, id, manager in rows}
    wanted = [(district, district, DEPARTMENTS) for district, _name in town.districts]
    for place, (name, district) in town.subdistricts.items():
        stem = name.removesuffix("街道")
        wanted.append((place, district, {category: stem + word for category, word in STATIONS.items()}))
    for place, district, table in wanted:
        for category, name in table.items():
            partner = known[district, names.marked(name)]
            office.partners[place, category] = partner
            facts = {"category_id": town.categories[category], "partner_id": partner[0], "days": DAYS.get(category, 5)}
            town.rows.add(Route, place_id=place, since=town.today - timedelta(days=200), **facts)
    clerk, own = town.cast["qian"], office.asked(town.community(DONGFANG), "environment")
    since = town.today - timedelta(days=300)
    town.rows.add(Member, partner_id=own[0], person_id=clerk, role=Role.MANAGER, since=since)


def some(town: Town, office: Office, community: Community, complaint: Complaint, state: State, rng: Random) -> None:
    """One complaint, somewhere on its way."""
    late = state is State.TAKEN and rng.random() < LATE
    days = rng.randint(9, 16) if late else rng.randint(*AGES[state])
    source = rng.choices(SOURCES, HEARD)[0]
    place = rng.choice(community.buildings) if rng.random() < 0.7 else rng.choice(community.compounds)[0]
    said(town, office, community, complaint, rng, state=state, days=days, source=source, place=place)


def stories(town: Town, office: Office) -> None:
    """③ Three needs that the repair project takes up; ④ the noise of a canteen, 17 households in 2 grids."""
    here, rng = town.community(DONGFANG), town.rng("stories of needs")
    egret = (town.raised[0].id, town.raised[0].manager_id or here.lead_id)
    for number, (source, households, words) in enumerate(APPLIANCES):
        complaint = Complaint("repair", words, "老人家里的家电坏了没处修", "")
        facts = {"state": State.TAKEN, "days": 23 - number, "source": Source(source), "households": households}
        due = {"due": town.today + timedelta(days=45), "late_for": None}
        need = said(town, office, here, complaint, rng, place=here.compound_31, partner=egret, **facts, **due)
        ground(town, here, town.repair, need, 18, here.compound_31)
    lamp = next(complaint for complaint in complaints() if complaint.matter == "楼道灯不亮")
    home = min(building for building in here.buildings if building > here.compound_31)
    facts = {"state": State.SOLVED, "days": 9, "solved": 1, "source": Source.SELF, "requester": town.cast["wu"]}
    said(town, office, here, lamp, rng, place=home, **facts)
    there = next((community for community in town.communities if community.code == XINGLE), None)
    if there is None:
        return
    gathered = town.today - timedelta(days=31)
    facts = {"category_id": town.categories["environment"], "gathered_on": gathered, "title": "食堂排风噪音"}
    theme = town.rows.add(Theme, place_id=there.id, news="排风机换了静音的，晚上十点以后停，请大家再听几天。", **facts)
    town.note(clock.at(gathered) + timedelta(hours=15), "theme.gathered", "theme", theme, by=there.lead_id,
              place=there.id, theme=theme, number=len(NOISE))  # fmt: skip
    askeds = (office.asked(there, "safety"), office.asked(there, "environment"), office.asked(there, "environment"))
    police, city = (Taker(*asked, PartnerKind.DEPARTMENT) for asked in askeds[:2])
    shares = [[Share(police, QUIET[0][1], Adopted.DELIVERED)], [Share(city, QUIET[1][1], Adopted.DELIVERED)]]
    days = {"lasted": 19, "looked": 1}  # done on the day before the needs are solved
    project = projects.write(town, there, IDEA, IDEA.title, Stage.CLOSED, 27, QUIET, shares, place=there.id, **days)
    for number, ((source, households, words), asked) in enumerate(zip(NOISE, askeds, strict=True)):
        complaint = Complaint("environment", words, "食堂排风机晚上太吵", "换了静音排风机，晚上十点以后停。")
        state = State.SOLVED if source == "phone" else State.CONFIRMED
        days = {"state": state, "days": 34, "solved": 7}  # day 27 of the story
        place = there.compounds[number % 2][0]
        facts = {"source": Source(source), "households": households, "theme_id": theme, "partner": asked}
        need = said(town, office, there, complaint, rng, place=place, **days, **facts)
        ground(town, there, project, need, 26, there.id)


def ground(town: Town, community: Community, project: int, need: int, days: int, place: int) -> None:
    """So many days ago it was put to the project that answers it."""
    since = town.today - timedelta(days=days)
    town.rows.add(Origin, project_id=project, need_id=need, since=since)
    at, ids = clock.at(since) + timedelta(hours=16), {"project": project, "need": need}
    town.note(at, "project.grounded", "project", project, by=community.lead_id, place=place, **ids)
