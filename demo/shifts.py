"""The duties of the demo data with a year of shifts, and who signed up for them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from kernel import clock
from volunteers.duty import Danger, Duty
from volunteers.series import DutySeries
from volunteers.shift import Shift, Status
from volunteers.signup import HOLDS_SEAT, State

from .activities import Activity, activities
from .attendances import Coming, attend
from .community import Community, Helper
from .contracts import grounds
from .signups import demand, settle, sign_up
from .town import Town

AHEAD = 28  # days
DUTIES = (8, 10)  # a community
OUTDOORS = {"联防巡查", "垃圾分类督导", "停车引导", "送餐上门", "环境整治", "防汛值守"}
LEAST = {"联防巡查": 2, "独居老人探访": 2, "防汛值守": 2, "楼道清洁": 3, "环境整治": 5}  # fewer people cannot do it
REASON = "场地临时检修，停一次。"


@dataclass
class Service:
    """A duty that meets: its id, where, when, and the volunteers that come to it."""

    id: int
    activity: Activity
    place: int
    first: date
    people: list[Helper]
    lead: int | None = None
    placed: dict[date, list[tuple[int, State]]] = field(default_factory=dict)
    dates: dict[date, int] = field(default_factory=dict)  # the shifts that were written, by day
    series: int | None = None  # the rule whose dates these are

    def meets_on(self, day: date) -> bool:
        """Whether there is a shift on this day."""
        weeks = (day - self.first).days // 7
        return weeks >= 0 and day.weekday() in self.activity.weekdays and weeks % self.activity.weeks == 0


def run(town: Town) -> None:
    """A choice of activities in every community, over the days of the scale and four weeks ahead."""
    for community in town.communities:
        rng, services = community.rng, community.services
        told = {service.activity.activity for service in services}
        for activity in rng.sample(activities(), rng.randint(*DUTIES)):
            if activity.activity not in told:
                services.append(start(town, community, at_local_time(activity, community)))
        for day in days(town):
            today = [service for service in services if service.meets_on(day)]
            busy = {person for service in today for person, _ in service.placed.get(day, ())}
            for service in today:  # nobody serves twice a day, so nobody is in two places
                hold(town, rng, service, day, busy)
        town.tick()


def at_local_time(activity: Activity, community: Community) -> Activity:
    """The activity half an hour earlier or later than elsewhere, all its roles at the same time."""
    minutes = Random(f"{community.code}{activity.activity}").choice((-30, 0, 0, 30))
    moment = datetime.combine(date.min, activity.starts) + timedelta(minutes=minutes)
    return replace(activity, starts=moment.time())


def days(town: Town) -> list[date]:
    """From the first day of the history to the last that is planned."""
    first = town.today - timedelta(days=town.scale.days)
    return [first + timedelta(days=number) for number in range(town.scale.days + AHEAD + 1)]


def start(town: Town, community: Community, activity: Activity, *, first: date | None = None, **facts) -> Service:
    """The duty of an activity here, with its circle of volunteers who can do it."""
    rng = community.rng
    able = [helper for helper in community.volunteers if fits(helper, activity, town)]
    able = [helper for helper in able if helper.id not in town.actors]
    people = rng.sample(able, min(len(able), activity.seats * 4 + rng.randint(4, 10)))
    spot, name = rng.choice(community.compounds)
    meeting = f"{name}东门" if activity.danger is not Danger.NONE else "社区党群服务中心一楼"
    insurance = f"示例保单-{community.code[6:]}" if activity.danger is Danger.HIGH and rng.random() < 0.5 else ""
    place = spot if rng.random() < 0.25 else community.id
    lead = people[0].id if people else community.lead_id
    begin = first or town.today - timedelta(days=town.scale.days)
    facts = {"place_id": place, "meeting_point": meeting, "lead_id": lead} | facts
    facts |= grounds(activity.category, in_compound=facts["place_id"] != community.id)
    id = town.rows.add(
        Duty, category_id=town.categories[activity.category], activity=activity.activity,
        role=activity.role, service_kind=activity.service, about=activity.about,
        risk_note=activity.risk, danger=activity.danger, insurance_policy=insurance,
        capability_id=town.capabilities[activity.skill] if activity.skill else None,
        outdoor=activity.activity in OUTDOORS,
        written_at=clock.at(town.today) - timedelta(days=town.scale.days + 7), **facts,
    )  # fmt: skip
    town.index("duty", id, f"{activity.activity} · {activity.role}", activity.about)
    monday = begin - timedelta(days=begin.weekday())
    service = Service(id, activity, facts["place_id"], monday, people, facts["lead_id"])
    if activity.danger is Danger.HIGH and not insurance:
        service.people = []  # 条例 art. 17: nobody may sign up yet
    if activity.weeks == 1:
        people = {"seats": activity.seats, "least": LEAST.get(activity.activity, 0)}
        service.series = town.rows.add(DutySeries, duty_id=id, first=monday, **people, **rule(activity))
    planned = town.now - timedelta(days=rng.uniform(0.2, 27))
    count = sum(day > town.today and service.meets_on(day) for day in days(town))
    ids = {"duty": id, "shifts": count}
    if count:
        town.note(planned, "duty.planned", "duty", id, by=facts["lead_id"], place=service.place, public=True, **ids)
    return service


def rule(activity: Activity) -> dict:
    """When an activity meets every week, as columns of a series."""
    ends = (datetime.combine(date.min, activity.starts) + timedelta(minutes=activity.minutes)).time()
    return {"weekdays": "".join(map(str, activity.weekdays)), "starts": activity.starts, "ends": ends}


def fits(helper: Helper, activity: Activity, town: Town) -> bool:
    """Whether this volunteer may do it."""
    if not helper.is_adult and activity.danger is not Danger.NONE:
        return False
    return activity.skill is None or town.capabilities[activity.skill] in helper.skills


def hold(town: Town, rng: Random, service: Service, day: date, busy: set[int]) -> None:
    """One shift with its sign-ups: those who are placed there first, then by chance."""
    activity, placed = service.activity, service.placed.get(day, [])
    starts = clock.at(day, activity.starts)
    ends = starts + timedelta(minutes=activity.minutes)
    is_over = starts <= town.now
    cancelled = not placed and rng.random() < 0.012
    seats = activity.seats
    wanted = demand(rng, (day - town.today).days, seats)
    pool = service.people
    fresh = [helper.id for helper in rng.sample(pool, min(len(pool), wanted + 2)) if helper.id not in busy]
    coming = placed + [(id, None) for id in fresh[: max(0, wanted - len(placed))]]
    busy.update(id for id, _ in coming)
    states = settle(rng, coming, seats, cancelled=cancelled, is_over=is_over)
    taken = sum(state in HOLDS_SEAT for _, state in states)
    changed = min(starts - timedelta(days=28), town.now - timedelta(days=1))
    id = town.rows.add(
        Shift, duty_id=service.id, place_id=service.place, starts_at=starts, ends_at=ends, seats=seats, taken=taken,
        status=Status.CANCELLED if cancelled else Status.PLANNED, sequence=int(cancelled), changed_at=changed,
        reason=REASON if cancelled else "", by_hand=cancelled,
        series_id=service.series, occurrence_on=day if service.series else None,
        least=LEAST.get(activity.activity, 0),
    )  # fmt: skip
    service.dates[day] = id
    if cancelled:
        told = min(starts, town.now) - timedelta(hours=rng.uniform(2, 20))
        town.note(told, "shift.cancelled", "shift", id, by=None, place=service.place, public=True, shift=id)
    asked = sorted(min(starts, town.now) - timedelta(hours=rng.uniform(1, 400)) for _ in states)
    for (person, state), at in zip(states, asked, strict=True):
        coming = Coming(state)
        if state is State.CONFIRMED and service.lead:
            coming = attend(town, id, person, service.lead, starts, ends)
        sign_up(town, id, service.place, person, state, at, starts, coming)
