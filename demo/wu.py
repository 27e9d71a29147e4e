"""② The hours of 吴女士（示例）: 61.5 last year, 48.0 this year, 6.5 of them this month, one of them put right.

They follow from the day of the load, whichever it is: on the first three days of a month there is room for fewer hours,
and in January the year has no more than the month. Her Saturdays and Tuesdays of the last days still wait.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from communities.person import Person
from communities.place import Place
from kernel import clock
from volunteers.attendances.attendance import Way
from volunteers.hours.basics import Basics
from volunteers.hours.certificate import Certificate
from volunteers.hours.unit import RecordingUnit
from volunteers.shift import Shift, Status
from volunteers.signup import State

from .attendances import Coming
from .scale import DONGFANG
from .shifts import Service, start
from .signups import sign_up
from .town import Town
from .week import activity

DAY = timedelta(days=1)
WALK, DESK = 60, 90  # minutes of an evening's patrol and of an afternoon at the desk
LATER = 30  # minutes that she stayed one afternoon beyond what was noted first
THIS_MONTH = {WALK: 3, DESK: 2}  # with the correction 6.5 hours
THIS_YEAR, LAST_YEAR = 2880, 3690  # minutes: 48.0 and 61.5 hours


def serve(town: Town) -> None:
    """All that she has done before today, in duties of her own story; nobody else is asked for them."""
    here = town.community(DONGFANG)
    walk = replace(activity("联防巡查", "巡查员"), role="晚间巡查", weekdays=(), starts=time(19))
    desk = replace(activity("便民服务站", "值班"), role="下午值班", weekdays=(), starts=time(14, 30), seats=2)
    services = {WALK: start(town, here, walk), DESK: start(town, here, desk)}
    town.prompt = {service.id for service in services.values()}
    for day, minutes in sorted(plan(town.today)):
        id = held(town, services[minutes], day, minutes)
        if minutes == DESK and day >= town.today.replace(day=1):
            town.corrected = town.corrected or id


def plan(today: date) -> Iterator[tuple[date, int]]:
    """(day, minutes) of everything: this month, the months before it, last year."""
    first, january = today.replace(day=1), date(today.year, 1, 1)
    month = {minutes: spread(number, first, today) for minutes, number in THIS_MONTH.items()}
    served = sum(minutes * len(days) for minutes, days in month.items()) + (LATER if month[DESK] else 0)
    parts = [month]
    if first > january:
        parts.append({kind: spread(n, january, first) for kind, n in counts(THIS_YEAR - served).items()})
    parts.append({kind: spread(n, date(today.year - 1, 1, 1), january) for kind, n in counts(LAST_YEAR).items()})
    for part in parts:
        for minutes, days in part.items():
            yield from ((day, minutes) for day in days)


def counts(minutes: int) -> dict[int, int]:
    """So many patrols and so many afternoons that together have these minutes (a multiple of 30)."""
    desks = 15 + (minutes // 30 - 15 * 3) % 2
    return {WALK: (minutes - DESK * desks) // WALK, DESK: desks}


def spread(number: int, first: date, end: date) -> list[date]:
    """So many days from the first to before the end, about as far from each other; fewer where it is short."""
    length = (end - first).days
    number = min(number, length)
    return [first + place * length // number * DAY for place in range(number)]


def held(town: Town, service: Service, day: date, minutes: int) -> int:
    """One shift to which she came and stayed; the id of her sign-up."""
    starts = clock.at(day, service.activity.starts)
    ends = starts + timedelta(minutes=minutes)
    facts = {"seats": service.activity.seats, "taken": 1, "changed_at": starts - 7 * DAY}
    shift = town.rows.add(
        Shift,
        duty_id=service.id,
        place_id=service.place,
        starts_at=starts,
        ends_at=ends,
        status=Status.PLANNED,
        **facts,
    )
    wu = town.cast["wu"]
    row = {"arrived_at": starts, "left_at": ends, "closed_by_clock": True, "way": Way.CODE, "by_id": service.lead}
    came = Coming(State.DONE, row)
    return sign_up(town, shift, service.place, wu, State.CONFIRMED, starts - 2 * DAY, starts, came)


def certify(session, town: Town) -> None:
    """Her certificate of last year, which is genuine: what was said to be a copy of it is made by `forged`."""
    place = session.get_one(Place, town.community(DONGFANG).id)
    wu = session.get_one(Person, town.cast["wu"])
    last = town.today.year - 1
    Basics.give(wu, name="", id_tail="", by=wu)
    Certificate.issue(wu, RecordingUnit.hold(place), date(last, 1, 1), date(last, 12, 31), by=wu)
