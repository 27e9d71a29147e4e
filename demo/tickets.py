"""⑦ 卫星医院: residents take tickets. 20 places, 35 asked, a couple waits as two; the haircuts have a door as well."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

from kernel import clock
from volunteers.signup import State as SignedUp
from volunteers.tickets.counter import Counter
from volunteers.tickets.slot import Slot, lay_out
from volunteers.tickets.ticket import State, Ticket

from . import names
from .scale import DONGFANG
from .shifts import Service, start
from .town import Town
from .week import SATURDAY, activity, upcoming

CLINIC, HAIRCUTS = "卫星医院义诊", "义剪"
ABOUT = "登记、量血压、按号叫人，看诊的大夫是卫生服务中心派来的。"
RISK = "只检查和咨询，不开药；有人不舒服先叫大夫。"
PLACES, MINUTES = 20, 30
IN_A_SLOT = (2, 1, 1, 1)  # each of four slots: a couple and three more
WAITING = (2, *[1] * 13)  # 15 more persons asked; a couple is first
CUT = (1, 1, 2, 1, 1, 1)  # haircuts so far: seven of twelve


@dataclass(frozen=True)
class Door:
    """What stands on the button, how many places a date has, how long a slot is."""

    label: str
    tickets: int
    minutes: int | None


DOORS = {CLINIC: Door("我要看诊", PLACES, MINUTES), HAIRCUTS: Door("我要理发", 12, None)}


def plan(town: Town) -> None:
    """The clinic in the compound: once in four weeks, on a Saturday that is near."""
    here = town.community(DONGFANG)
    saturday = upcoming(town.today + timedelta(days=6), SATURDAY)
    clinic = replace(
        activity("血压角", "登记"), activity=CLINIC, role="引导登记", weekdays=(SATURDAY,), weeks=4,
        starts=time(14, 30), minutes=120, seats=4, about=ABOUT, risk=RISK,
    )  # fmt: skip
    first = saturday - timedelta(weeks=4 * (town.scale.days // 28 + 1))
    facts = {"place_id": here.compound_31, "meeting_point": "31小区东门"}
    service = start(town, here, clinic, first=first, **facts)
    service.placed[saturday] = [(helper.id, SignedUp.CONFIRMED) for helper in service.people[:2]]
    here.services.append(service)


def give(town: Town) -> None:
    """Both doors, and the tickets of the next date of each."""
    here = town.community(DONGFANG)
    for service in here.services:
        if service.activity.role in ("引导登记", "引导排队") and service.activity.activity in DOORS:
            door = DOORS[service.activity.activity]
            facts = {"label": door.label, "tickets": door.tickets, "minutes": door.minutes}
            town.rows.add(Counter, duty_id=service.id, **facts)
            day = min(day for day in service.dates if day > town.today)
            hand_out(town, service, day, door)


def hand_out(town: Town, service: Service, day: date, door: Door) -> None:
    """The slots of one date with those who come, and those who wait."""
    starts = clock.at(day, service.activity.starts)
    length = timedelta(minutes=service.activity.minutes)
    shift = SimpleNamespace(id=service.dates[day], starts_at=starts, ends_at=starts + length)
    sizes = IN_A_SLOT if door.minutes else CUT
    at = town.now - timedelta(days=3)
    queue = Queue(town, service, shift.id, at)
    for slot in lay_out(shift, door.tickets, door.minutes):
        facts = {name: getattr(slot, name) for name in ("shift_id", "number", "after", "minutes", "places")}
        queue.enter(sizes, State.TAKEN, town.rows.add(Slot, taken=sum(sizes), **facts))
    queue.enter(WAITING if door.minutes else (), State.WAITING, None)


class Queue:
    """Numbers in the order of asking; 吴女士 has the third number of the clinic."""

    def __init__(self, town: Town, service: Service, shift: int, at: datetime):
        self.town, self.service, self.shift, self.at = town, service, shift, at
        self.number, self.rng = 0, town.rng(f"tickets {service.activity.activity}")

    def enter(self, sizes: Iterable[int], state: State, slot: int | None) -> None:
        """Parties of these sizes, one after the other."""
        for size in sizes:
            self.number += 1
            self.at += timedelta(minutes=self.rng.randint(3, 40))
            wu = self.number == 3 and self.service.activity.activity == CLINIC
            who = self.own() if wu else self.guest()
            facts = {"number": self.number, "size": size, "state": state, "slot_id": slot, "queued_at": self.at}
            id = self.town.rows.add(Ticket, shift_id=self.shift, **facts, **who)
            ids = {"shift": self.shift, "number": self.number}
            self.town.note(self.at, f"ticket.{state}", "ticket", id, by=None, place=self.service.place, **ids)

    def own(self) -> dict:
        """With an account nothing else is kept."""
        return {"person_id": self.town.cast["wu"], "by_id": self.town.cast["wu"]}

    def guest(self) -> dict:
        """How to call somebody who does not exist, and a number that does not either."""
        phone = f"100{99_000_000 + self.service.id % 1000 * 1000 + self.number}"
        return {"name": names.person(self.rng, old=True).called, "phone": phone}
