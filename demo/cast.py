"""The people with a demo account, one for each role."""

from dataclasses import dataclass
from datetime import date, timedelta

from communities.account import Account
from communities.channel import Channel
from communities.post import Office

from .names import MARK, Named
from .people import join, take_office
from .scale import DONGFANG, XIANDONG
from .town import Town

ROLES = {  # user name: (key in the stories, name, form of address, role)
    "volunteer": ("wu", "吴玉兰", "吴女士", "志愿者 volunteer"),
    "volunteer2": ("zhou", "周长安", "周师傅", "志愿者，申请中的合伙人 volunteer, applying partner"),
    "partner": ("zhao", "赵晨光", "赵社长", "合伙人 partner"),
    "committee": ("lin", "林秀英", "林书记", "社区党委 Party committee of 东方社区"),
    "grid": ("sun", "孙文斌", "孙网格员", "网格员 grid worker"),
    "department": ("qian", "钱立新", "钱科长", "职能部门 department"),
    "subdistrict": ("he", "何卫东", "何主任", "街道 subdistrict"),
    "district": ("gao", "高远", "高主任", "区 district"),
    "other-committee": ("other", "林建国", "林书记", "另一个社区 committee of another community"),
}
AT_HOME = ("wu", "zhou", "zhao")
SKILLS = {"wu": ["singing"], "zhou": ["sharpening", "carpentry"], "zhao": ["appliance", "phones"]}
AGE = 67  # of 吴女士


@dataclass(frozen=True)
class Seat:
    """An office of somebody with an account."""

    office: Office
    place: int


def engage(town: Town, password_hash: str) -> None:
    """Everybody with an account: who they are, where they live, what office they hold."""
    here, other = town.community(DONGFANG), town.community(XIANDONG)
    first = min(building for building in here.buildings if building > here.compound_31)
    seats = {
        "lin": Seat(Office.COMMITTEE, here.id),
        "other": Seat(Office.COMMITTEE, other.id),
        "sun": Seat(Office.GRID_WORKER, here.grids[0]),
        "he": Seat(Office.SUBDISTRICT_OFFICE, here.subdistrict_id),
        "gao": Seat(Office.DISTRICT_OFFICE, here.district_id),
    }
    for username, (key, name, called, _) in ROLES.items():
        way = Channel.PHONE if key == "wu" else Channel.INBOX
        home = first if key in AT_HOME else None
        person = town.person(Named(name + MARK, called + MARK), home, way, days=900)
        town.rows.add(Account, person_id=person, username=username, password_hash=password_hash)
        town.cast[key] = person
        if key in seats:
            take_office(town, person, seats[key].office, seats[key].place, town.today - timedelta(days=700))
        if key in AT_HOME:
            birth = date(town.today.year - AGE, 1, 1) if key == "wu" else None
            join(town, here, person, SKILLS[key], days=880, birth=birth)
