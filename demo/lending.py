"""What communities and partners of the demo data lend: rooms, halls, car parks, equipment, and who uses them weekly."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from communities.working_day import holidays
from kernel import clock
from partners.kind import Kind
from partners.resources.booking import Booking
from partners.resources.booking_words import HOLDING, State
from partners.resources.quarter import Quarter, quarters
from partners.resources.resource import Resource
from partners.resources.resource_words import Sort
from partners.resources.series import Series

from .community import Community, Taker
from .names import marked
from .scale import deal, example_district, read
from .town import Town

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
PARKS, PLACES = 86, 18_000  # shared car parks of the district and their places, as the report says
ALL_WEEK = [[[480, 1320]]] * 7  # 08:00–22:00
OFFICE_HOURS = [[[510, 720], [840, 1080]]] * 5 + [[[540, 1020]]] * 2
NIGHTS = [[[0, 480], [1080, 1440]]] * 5 + [[[0, 1440]]] * 2  # what firms and schools leave empty
GROUPS = (Kind.RESIDENT_GROUP, Kind.TEAM)
FREE_FOR = [kind.value for kind in GROUPS]
ROOMS = (  # of a 党群服务中心: name, where, capacity, equipment
    ("活动室", "二楼东头", 60, "音响、镜子墙、折叠椅 40 把"),
    ("书画室", "二楼西头", 24, "画案 6 张、笔墨、投影"),
    ("医疗保健室", "一楼", 8, "血压计、诊疗床、轮椅"),
)
TIDY = "用完关灯关窗，桌椅放回原处。"
USES = {
    "合唱": "合唱排练", "舞蹈": "舞蹈排练", "书画": "书画课", "太极": "太极拳练习", "棋": "棋友活动", "读书": "读书会",
    "摄影": "摄影小组活动", "秦腔": "秦腔排练",
}  # fmt: skip
HOURS = (9, 14, 16, 19)
LENDERS = (Kind.INSTITUTION, Kind.PROPERTY_MANAGER)  # who has a hall or a yard that stands empty at night
TOOLS = (("投影仪", 2), ("折叠桌椅", 20), ("户外音响", 1), ("急救箱", 4), ("拉杆车", 6))


@dataclass
class Lent:
    """A resource while it is booked: its id, its place, its units, and the quarters that are taken."""

    id: int
    place: int
    units: int = 1
    taken: set[int] = field(default_factory=set)

    def is_free(self, start: datetime, end: datetime) -> bool:
        """Whether nobody has any of it."""
        return self.taken.isdisjoint(quarters(start, end))


def lend(town: Town) -> dict[str, list[Lent]]:
    """Rooms in every community, some equipment and expertise, and the shared car parks; the rooms by community."""
    centres = {}
    for community in town.communities:
        rng = town.rng(f"lending {community.code}")
        centre = centres[community.code] = [room(town, rng, community, *facts) for facts in ROOMS]
        use_weekly(town, rng, community, centre[0])
        use_weekly(town, rng, community, centre[1])
        things(town, rng, community)
    park(town)
    return centres


def offer(town: Town, sort: Sort, name: str, place: int, partner: Taker | None = None, **facts) -> Lent:
    """A resource in the list, offered some months ago, with its line in the journal."""
    at = town.now - timedelta(days=town.rng(f"offered {name}").randint(60, 300))
    until = town.today + timedelta(days=town.rng(f"until {name}").randint(100, 400))
    facts = {"valid_until": until, "hours": ALL_WEEK, "free_for": FREE_FOR, "free_hours": 30} | facts
    owner = {"partner_id": partner.id if partner else None, "place_id": place, "offered_at": at}
    id = town.rows.add(Resource, sort=sort, name=name, **owner, **facts)
    by = partner.manager_id if partner else town.lead_of(place)
    town.note(at, "resource.offered", "resource", id, by=by, place=place, public=True, resource=id, owner=id)
    town.index("resource", id, name, facts.get("spot", ""), facts.get("equipment", ""), facts.get("conditions", ""))
    return Lent(id, place, facts.get("quantity", 1))


def room(town: Town, rng: Random, community: Community, name: str, floor: str, capacity: int, equipment: str) -> Lent:
    """A room of the service centre, which the office of the community lends."""
    facts = {"spot": f"党群服务中心{floor}", "capacity": capacity, "equipment": equipment, "step_free": "一楼" in floor}
    facts |= {"hours": OFFICE_HOURS if rng.random() < 0.5 else ALL_WEEK, "closed_on_holidays": True}
    facts |= {"contact_name": "党群服务中心前台", "at_once": name != "医疗保健室", "conditions": TIDY}
    return offer(town, Sort.ROOM, f"{community.stem}党群服务中心{name}", community.id, **facts)


def use_weekly(town: Town, rng: Random, community: Community, lent: Lent) -> None:
    """Some groups of the community meet here every week, from four weeks ago to four weeks ahead."""
    groups = [taker for taker in community.takers if taker.kind in GROUPS]
    for group in rng.sample(groups, min(len(groups), rng.randint(1, 3))):
        weekday, hour = rng.randrange(5), rng.choice(HOURS[:3])
        first = town.today - 4 * WEEK
        first += ((weekday - first.weekday()) % 7) * DAY
        days = [first + number * WEEK for number in range(8)]
        weekly(town, rng, lent, group, days, hour, 1.5, purpose=use_of(town, group))


def use_of(town: Town, group: Taker) -> str:
    """What a group does, as its name says."""
    return next((use for word, use in USES.items() if word in group.name), "例会")


def weekly(town: Town, rng: Random, lent: Lent, group: Taker, days: list[date], hour: int, length: float, *, purpose):
    """The same time on all of these days but holidays, as far as it is free; the id of the series, if any."""
    off = holidays(days[0], days[-1])
    spans = [(when(day, hour), when(day, hour) + timedelta(hours=length)) for day in days if day not in off]
    spans = [span for span in spans if lent.is_free(*span)]
    if not spans:
        return None
    asked = min(town.now, spans[0][0]) - timedelta(days=rng.uniform(3, 20))
    facts = {"partner_id": group.id, "purpose": purpose, "people": rng.randint(8, 40), "asked_at": asked}
    last = spans[0][0] + timedelta(hours=length)
    id = town.rows.add(
        Series, resource_id=lent.id, weekdays=[days[0].weekday()], starts=time(hour), ends=clock.local(last).time(),
        first=days[0], last=days[-1], skip_holidays=True, **facts,
    )  # fmt: skip
    for start, end in spans:
        book(town, lent, start, end, state_of(town, rng, end), series_id=id, **facts)
    ids = {"series": id, "granted": len(spans), "waiting": 0}
    town.note(asked, "series.booked", "series", id, by=group.manager_id, place=lent.place, **ids)
    return id


def when(day: date, hour: int) -> datetime:
    """An hour of a day in Beijing."""
    return clock.at(day, time(hour))


def state_of(town: Town, rng: Random, end: datetime) -> State:
    """What has become of a booking by now."""
    if end > town.now - 3 * DAY:
        return State.GRANTED
    return State.NOT_USED if rng.random() < 0.04 else State.USED


def book(town: Town, lent: Lent, start: datetime, end: datetime, state: State, *, asked_at: datetime, **facts) -> int:
    """A booking, with its quarter hours where it holds them; it needs no further confirmation."""
    known = {"approved_at": asked_at, "confirmed_at": asked_at} if state in HOLDING else {}
    facts = {"is_free": "office_id" not in facts, "changed_at": asked_at, **known} | facts
    id = town.rows.add(
        Booking, resource_id=lent.id, starts_at=start, ends_at=end, state=state, asked_at=asked_at, **facts
    )
    if state in HOLDING:
        for quarter in quarters(start, end):
            town.rows.add(Quarter, resource_id=lent.id, quarter=quarter, unit=1, booking_id=id)
        lent.taken.update(quarters(start, end))
    return id


def things(town: Town, rng: Random, community: Community) -> None:
    """Equipment of the community, and what a firm or institution has to lend."""
    tool, number = rng.choice(TOOLS)
    facts = {"quantity": number, "spot": "党群服务中心库房", "contact_name": "党群服务中心前台", "hours": OFFICE_HOURS}
    offer(town, Sort.EQUIPMENT, f"{community.stem}{tool}", community.id, **facts)
    lenders = [taker for taker in community.takers if taker.kind in LENDERS]
    if lenders:
        owner = rng.choice(lenders)
        facts = {"capacity": rng.choice((20, 40, 80)), "at_once": rng.random() < 0.5, "confirm_days": 3}
        facts |= {"office_answers": rng.random() < 0.3, "contact_name": "办公室", "equipment": "投影、话筒"}
        offer(town, Sort.VENUE, f"{bare(owner)}会议厅", community.id, owner, **facts)
    experts = [taker for taker in community.takers if "律师" in taker.name]
    for owner in experts[:1]:
        hours = [[[840, 1020]] if day == 2 else [] for day in range(7)]
        facts = {"capability_id": town.capabilities["law"], "hours": hours, "at_once": False, "quantity": 2}
        offer(town, Sort.EXPERTISE, f"{bare(owner)}法律咨询", community.id, owner, free_hours=None, **facts)


def bare(taker: Taker) -> str:
    """The name of a partner without its mark, to go on with."""
    return taker.name.replace(marked(""), "")


def park(town: Town) -> None:
    """86 car parks with 18,000 places in each district, dealt to its communities alike at every scale."""
    for number in range(1, town.scale.districts + 1):
        rows = read("communities.csv") if number == 1 else example_district(number)[1]
        codes = [row["code"] for row in rows]
        rng = town.rng(f"parking {codes[0][:6]}")
        chosen = sorted(rng.sample(codes, PARKS))
        sizes = deal(PLACES, [rng.uniform(0.4, 1.8) for _ in chosen], rng)
        there = {community.code: community for community in town.communities}
        for code, places in zip(chosen, sizes, strict=True):
            if code in there:
                one_park(town, there[code], places)


def one_park(town: Town, community: Community, places: int) -> None:
    """A car park that an institution, a firm or the community shares at night and at weekends."""
    rng = town.rng(f"park {community.code}")
    lenders = [taker for taker in community.takers if taker.kind in LENDERS]
    owner = rng.choice(lenders) if lenders else None
    name = f"{bare(owner) if owner else community.stem}共享停车场"
    facts = {"quantity": places, "hours": NIGHTS, "contact_name": "门岗", "conditions": "早上 8 点前开走，车上留电话。"}
    facts |= {"free_for": FREE_FOR + [Kind.RESIDENT.value], "free_hours": None, "spot": "地面和地下一层"}
    offer(town, Sort.PARKING, name, community.id, owner, **facts)
