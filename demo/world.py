"""A small named world: one community, one neighbour of it, a dozen people. The tests' world."""

from datetime import date, time, timedelta
from types import SimpleNamespace

from communities.account import Account
from communities.person import Person
from communities.place import Kind, Place, plant
from communities.post import Office, Post
from kernel import clock, search
from kernel.passwords import hashed
from partners.kind import Kind as PartnerKind
from partners.member import Role
from partners.partner import Partner
from projects.project import Project
from volunteers.duty import Duty
from volunteers.pattern import Pattern
from volunteers.shift import Shift
from volunteers.volunteer import Volunteer

from . import catalogue

PASSWORD = "xincheng-100"
SATURDAY = 5


def build(session) -> SimpleNamespace:
    """Write the world into an empty site, inside `work()`; the rows by name."""
    categories, capabilities = catalogue.fill(session)
    world = SimpleNamespace(
        repair=categories["repair"],
        care=categories["care"],
        haircut=capabilities["haircut"],
        appliance=capabilities["appliance"],
    )
    lay_out(world)
    people(session, world)
    offices(world)
    partners(world)
    work_to_do(world)
    return world


def lay_out(world) -> None:
    """A district with one subdistrict; 东方社区 with a grid, a compound and two buildings; another community."""
    world.district = plant(Place(kind=Kind.DISTRICT, code="610102", name="新城区", lat=34.268, lon=108.956))
    world.subdistrict = world.district.add(Kind.SUBDISTRICT, "610102004", "韩森寨街道", lat=34.2528, lon=109.009)
    here = {"lat": 34.2513, "lon": 109.0144}
    world.community = world.subdistrict.add(Kind.COMMUNITY, "610102004003", "东方社区", households=5500, **here)
    other = {"lat": 34.2548, "lon": 109.001}
    world.other_community = world.subdistrict.add(Kind.COMMUNITY, "610102004001", "咸东社区", **other)
    world.grid = world.community.add(Kind.GRID, "610102004003-G1", "第一网格")
    world.compound = world.grid.add(Kind.COMPOUND, "610102004003-G1-Y31", "31小区", about="示例", **here)
    for number, (lat, lon) in enumerate([(34.2515, 109.0142), (34.2517, 109.0147)], 1):
        facts = {"position": number, "lat": lat, "lon": lon, "households": 60, "about": "示例"}
        building = world.compound.add(Kind.BUILDING, f"610102004003-G1-Y31-{number:03}", f"{number}号楼", **facts)
        setattr(world, f"building{number}", building)
    places = world.district, world.subdistrict, world.community, world.other_community, world.compound
    for place in places:
        search.index("place", place.id, place.name)


PEOPLE = {
    "lin": ("林书记", "committee", None),
    "sun": ("孙网格员", "grid", None),
    "zhao": ("赵社长", "partner", "building2"),
    "wu": ("吴阿姨", "volunteer", "building1"),
    "zhou": ("周师傅", "volunteer2", "building2"),
    "he": ("何主任", "subdistrict", None),
    "gao": ("高主任", "district", None),
    "qian": ("钱科长", "department", None),
    "stranger_lin": ("邻社区林书记", "other-committee", None),
}
VOLUNTEERS = ("wu", "zhou", "zhao")


def people(session, world) -> None:
    """Everybody has an account with the one password; three of them are volunteers."""
    hash = hashed(PASSWORD)
    for number, (key, (name, username, home)) in enumerate(PEOPLE.items(), 1):
        person = Person(name=f"{name}（示例）", phone=f"100{number:08}", home=getattr(world, home) if home else None)
        session.add(person)
        session.flush()
        Account.open(person, username, hash)
        setattr(world, key, person)
    for key in VOLUNTEERS:
        Volunteer.take(getattr(world, key), by=getattr(world, key))


def offices(world) -> None:
    """Who serves where."""
    since = clock.today() - timedelta(days=400)
    Post.give(world.gao, Office.DISTRICT_OFFICE, world.district, by=None, since=since)
    Post.give(world.he, Office.SUBDISTRICT_OFFICE, world.subdistrict, by=None, since=since)
    Post.give(world.lin, Office.COMMITTEE, world.community, by=None, since=since)
    Post.give(world.stranger_lin, Office.COMMITTEE, world.other_community, by=None, since=since)
    Post.give(world.sun, Office.GRID_WORKER, world.grid, by=None, since=since)


def partners(world) -> None:
    """Three active partners, and one that waits for the committee."""
    firm, team, department = PartnerKind.INCUBATED_FIRM, PartnerKind.TEAM, PartnerKind.DEPARTMENT
    here, lin = world.community, world.lin
    can_repair = {"capabilities": [world.appliance], "contact_name": world.zhao.name, "contact_phone": world.zhao.phone}
    world.egret = Partner.apply(
        firm,
        "白鹭科技（示例）",
        here,
        by=world.zhao,
        about="家电维修与便民服务",
        incubated_since=date(2022, 3, 1),
        **can_repair,
    )
    world.team = Partner.apply(team, "红管家·邻里情（示例）", here, by=None, members_count=42)
    world.department = Partner.apply(
        department, "区城管局（示例）", world.district, by=world.qian, functions=[world.repair]
    )
    for partner in (world.egret, world.team, world.department):
        partner.verify(by=lin)
    facts = {"about": "磨刀、修伞、换锁芯", "skills": "磨刀修伞"}
    world.applicant = Partner.apply(PartnerKind.RESIDENT, "周师傅磨刀（示例）", here, by=world.zhou, **facts)
    for person in (world.wu, world.zhou):  # members do the work; to take a project on is for managers
        world.team.join(person, Role.MEMBER, by=lin)


def work_to_do(world) -> None:
    """A project open for adoption; a duty with one seat next Saturday, another at the same time with three."""
    lin, here, today = world.lin, world.community, clock.today()
    world.project = Project.write(
        here,
        by=lin,
        title="31小区老人家电义修",
        about="为 63 户老人检修家里的电器。",
        category=world.repair,
        capabilities=[world.appliance],
        risk_note="用电安全：检修前先断电。",
        starts_on=today + timedelta(days=14),
        ends_on=today + timedelta(days=74),
    )
    world.project.cut("集中维修", "户", 43, by=lin, people=4, times=3, hours=4)
    world.project.cut("上门维修", "户", 20, by=lin, people=2, times=10, hours=2)
    world.project.post(by=lin)
    saturday = today + timedelta(days=2 + (SATURDAY - today.weekday() - 2) % 7)  # two to eight days ahead
    facts = {"by": lin, "category": world.care, "risk_note": "无特殊风险", "meeting_point": "31小区东门"}
    world.duty = Duty.write(here, activity="联防巡查", role="巡查员", **facts)
    world.duty2 = Duty.write(here, activity="义剪", role="引导排队", **facts)
    early = Pattern(frozenset({SATURDAY}), time(7), time(8), saturday, saturday)
    later = Pattern(frozenset({SATURDAY}), time(7, 30), time(9), saturday, saturday)
    [world.shift] = Shift.plan(world.duty, early, 1, by=lin)
    [world.shift2] = Shift.plan(world.duty2, later, 3, by=lin)
