"""⑥ 幸福剧场, free for the groups of 东方社区: 26 Tuesdays of a choir, two refused and one healed; 52 hours a month."""

from datetime import time, timedelta
from random import Random

from communities.working_day import holidays
from kernel import clock
from partners.kind import Kind
from partners.resources.booking_words import State, Why
from partners.resources.resource_words import Sort
from partners.resources.series import Series

from .community import Community, Taker
from .lending import DAY, GROUPS, WEEK, Lent, book, offer, state_of, when
from .names import marked, officer
from .partners import enter
from .scale import DONGFANG
from .town import Town

TUESDAY, DATES, BEHIND = 1, 26, 13  # dates of the series, and how many of them lie behind us
WAITS, HEALED = 18, 15  # the numbers of the dates that were refused
MONTH = (("舞蹈队", 26, "舞蹈排练", 19), ("太极队", 16, "太极拳练习", 9), ("合唱团", 10, "合唱排练", 16))


def open_the_theatre(town: Town, centres: dict[str, list[Lent]]) -> None:
    """The theatre, the groups that use it, the choir's Tuesdays, and the hours of this month."""
    here = town.community(DONGFANG)
    rng = town.rng("theatre")
    street = partner(town, rng, here, Kind.INSTITUTION, "幸福路管委会", "把自己的剧场拿出来给街坊用。")
    groups = {
        name: partner(town, rng, here, Kind.RESIDENT_GROUP, f"东方老年{name}", "居民自己组织的团体。")
        for name, *_rest in MONTH
    }
    hall = offer(
        town, Sort.VENUE, "幸福剧场", here.id, street, spot="幸福中路，公园南门对面", capacity=200, step_free=True,
        equipment="舞台、灯光、音响、200 个座位", conditions="不能用明火；散场请带走垃圾。", confirm_days=3,
        contact_name="剧场值班室", contact_phone="02900000086", valid_until=town.today + timedelta(days=300),
    )  # fmt: skip
    tuesdays(town, here, hall, groups["合唱团"])
    still_needed(town, here, hall)
    for name, hours, purpose, hour in MONTH:
        fill_up(town, rng, hall, groups[name], hours, purpose, hour)
    wait_for_an_answer(town, here, centres[DONGFANG][-1], groups["太极队"])


def partner(town: Town, rng: Random, here: Community, kind: Kind, name: str, about: str) -> Taker:
    """A partner of the story."""
    manager = town.person(officer(rng, "队长" if kind in GROUPS else "主任"))
    facts = {"about": about, "members_count": rng.randint(20, 45) if kind in GROUPS else None}
    return enter(town, rng, kind, marked(name), here.id, manager, days=500, **facts)


def tuesdays(town: Town, here: Community, hall: Lent, choir: Taker) -> None:
    """26 Tuesdays from 14:00 to 16:00, holidays left out: two were taken by the community, and one of these healed."""
    days = dates(town)
    asked = when(days[0], 9) - 14 * DAY
    facts = {"partner_id": choir.id, "purpose": "合唱排练", "people": 40, "asked_at": asked}
    id = town.rows.add(
        Series, resource_id=hall.id, weekdays=[TUESDAY], starts=time(14), ends=time(16), first=days[0], last=days[-1],
        skip_holidays=True, **facts,
    )  # fmt: skip
    lead = town.lead_of(here.id)
    ids = {"series": id, "granted": DATES - 2, "waiting": 2}
    town.note(asked, "series.booked", "series", id, by=choir.manager_id, place=here.id, **ids)
    for number, day in enumerate(days):
        start, end = when(day, 14), when(day, 16)
        if number in (WAITS, HEALED):
            state = State.GRANTED if number == WAITS else State.WITHDRAWN
            own = {"office_id": here.id, "purpose": "居民议事会", "is_free": False, "asked_at": asked - 5 * DAY}
            taken = book(town, hall, start, end, state, **own)
            town.note(asked - 5 * DAY, "booking.taken", "booking", taken, by=lead, place=here.id, booking=taken)
        if number == WAITS:
            book(town, hall, start, end, State.WAITING, series_id=id, why=Why.TAKEN, approved_at=asked, **facts)
            continue
        mine = book(town, hall, start, end, state_of(town, Random(number), end), series_id=id, **facts)
        if number == HEALED:
            freed = town.now - 2 * DAY
            town.note(freed, "booking.withdrawn", "booking", taken, by=lead, place=here.id, booking=taken)
            tell = [choir.manager_id]
            town.note(freed, "booking.healed", "booking", mine, by=None, place=here.id, tell=tell, booking=mine)


def dates(town: Town) -> list:
    """13 Tuesdays behind us and 13 ahead, without holidays."""
    tuesday = town.today + ((TUESDAY - town.today.weekday()) % 7 or 7) * DAY
    off = holidays(tuesday - 30 * WEEK, tuesday + 30 * WEEK)
    behind = [day for number in range(1, 30) if (day := tuesday - number * WEEK) not in off][:BEHIND]
    ahead = [day for number in range(30) if (day := tuesday + number * WEEK) not in off][: DATES - BEHIND]
    return sorted(behind + ahead)


def fill_up(town: Town, rng: Random, hall: Lent, group: Taker, hours: int, purpose: str, hour: int) -> None:
    """Single bookings until this group has so many hours in the month of the load."""
    first = town.today.replace(day=1)
    days = [first + number * DAY for number in range(31) if (first + number * DAY).month == first.month]
    left = hours - held_in(town, hall, group, days)
    for turn in range(6):
        for day in rng.sample(days, len(days)):
            start = when(day, hour) + turn * timedelta(hours=1)
            end = start + timedelta(hours=min(2, left))
            if left > 0 and clock.local(end).date() == day and hall.is_free(start, end):
                asked = min(start, town.now) - timedelta(days=rng.uniform(5, 20))
                facts = {"partner_id": group.id, "purpose": purpose, "asked_at": asked}
                id = book(town, hall, start, end, state_of(town, rng, end), **facts)
                town.note(asked, "booking.taken", "booking", id, by=group.manager_id, place=hall.place, booking=id)
                left -= min(2, left)


def held_in(town: Town, hall: Lent, group: Taker, days: list) -> int:
    """The hours that the group's Tuesdays give it in these days."""
    if "合唱" not in group.name:
        return 0
    series = dates(town)
    return 2 * sum(day in days for number, day in enumerate(series) if number != WAITS)


def still_needed(town: Town, here: Community, hall: Lent) -> None:
    """A booking of the committee's own, which it is asked to confirm."""
    day, lead = town.today + 5 * DAY, town.lead_of(here.id)
    until = clock.at(day - 3 * DAY, time(20))
    own = {"office_id": here.id, "purpose": "志愿者培训", "asked_at": town.now - 30 * DAY}
    asks = {"confirmed_at": None, "confirm_by": until, "reminded_at": town.now - timedelta(hours=3)}
    id = book(town, hall, when(day, 10), when(day, 12), State.GRANTED, **own, **asks)
    town.note(town.now - 30 * DAY, "booking.taken", "booking", id, by=lead, place=here.id, booking=id)
    at = town.now - timedelta(hours=3)
    town.note(at, "booking.to_confirm", "booking", id, by=None, place=here.id, tell=[lead], booking=id)


def wait_for_an_answer(town: Town, here: Community, health: Lent, group: Taker) -> None:
    """A request that the committee is to answer."""
    asked = town.now - timedelta(hours=20)
    day = town.today + 9 * DAY
    facts = {"partner_id": group.id, "purpose": "队员量血压", "people": 10, "asked_at": asked}
    due = town.due(clock.local(asked).date())
    id = book(town, health, when(day, 10), when(day, 11), State.ASKED, answer_due=due, **facts)
    tell = [town.lead_of(here.id)]
    town.note(asked, "booking.asked", "booking", id, by=group.manager_id, place=here.id, tell=tell, booking=id)
