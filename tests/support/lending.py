"""幸福剧场 and those who want it: a hall that an institution lends, a choir, a dance group and a firm."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

from kernel import clock
from partners.kind import Kind
from partners.partner import Partner
from partners.resources.booker import Booker
from partners.resources.resource import Resource
from partners.resources.resource_words import Sort

ALL_WEEK = [[[480, 1320]] for _day in range(7)]  # 08:00–22:00
TUESDAY = 1
PHONE = "02900000018"


def facts(**more):
    """What an owner says of a hall, unless a test says otherwise."""
    said = {
        "sort": Sort.VENUE,
        "name": "幸福剧场",
        "hours": ALL_WEEK,
        "free_for": [Kind.RESIDENT_GROUP.value, Kind.TEAM.value],
        "contact_name": "值班室",
        "contact_phone": PHONE,
        "valid_until": clock.today() + timedelta(days=300),
        "equipment": "舞台、音响、200 个座位",
    }
    return said | more


def lend(world) -> SimpleNamespace:
    """The hall, its owner and three groups, written inside `work()`."""
    here, lin = world.community, world.lin
    owner = Partner.apply(Kind.INSTITUTION, "幸福路管委会（示例）", here, by=world.qian)
    choir = Partner.apply(Kind.RESIDENT_GROUP, "东方合唱团（示例）", here, by=world.wu, contact_name="吴阿姨")
    dancers = Partner.apply(Kind.RESIDENT_GROUP, "东方舞蹈队（示例）", here, by=world.zhou, contact_name="周师傅")
    choir.contact_phone, dancers.contact_phone = world.wu.phone, world.zhou.phone
    for partner in (owner, choir, dancers):
        partner.verify(by=lin)
    hall = Resource.offer(here, owner, by=world.qian, **facts())
    return SimpleNamespace(owner=owner, choir=choir, dancers=dancers, hall=hall)


def booker(partner) -> Booker:
    """A partner as a booker."""
    return Booker(partner)


def coming(weekday: int, weeks: int = 1) -> date:
    """Such a weekday, so many weeks after the next Monday."""
    monday = clock.today() + timedelta(days=7 - clock.today().weekday())
    return monday + timedelta(days=weekday, weeks=weeks - 1)


def at(day: date, hour: float) -> datetime:
    """The moment of an hour of a day: 14.25 is a quarter past two."""
    return clock.at(day, time(int(hour), round(hour % 1 * 60)))


def span(day: date, first: float, last: float) -> tuple[datetime, datetime]:
    """From one hour to another."""
    return at(day, first), at(day, last)
