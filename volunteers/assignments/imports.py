"""Those who look after buildings on an old list: a sheet is read and judged row by row; nothing is written."""

import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from communities.person import Person
from communities.place import Kind, Place, in_ranges
from communities.post import DECIDERS
from kernel.bulk import among
from kernel.db import db, seen
from kernel.i18n import _, both
from kernel.sheet_import import quiet
from kernel.sheets import Row, Sheet, SheetProblem, read

from .assignment import Assignment
from .state import LIVING, Role, Standing
from .terms import Wish

MOST = 1_000  # rows of one upload
COLUMNS: dict[str, Any] = {
    "compound": _("小区"),
    "building": _("楼栋"),
    "role": _("担任"),
    "name": _("姓名"),
    "phone": _("电话"),
}
CALLED = {"role": ["职务", "角色"], "phone": ["手机号", "联系电话"], "compound": ["院落"], "building": ["楼号"]}
NAME = re.compile(r".{1,40}")
PHONE = re.compile(r"1\d{10}|0\d{9,11}")
ROLES = {word: role for role in Role for word in (*map(str, both(role.label)), role.value)} | {"": Role.LEAD}


@dataclass
class Found:
    """One row that is to be written."""

    building: Place
    role: Role
    name: str
    phone: str
    person: Person | None


@dataclass
class Plan:
    """What a sheet would do."""

    problems: list[SheetProblem]
    new: list[Found] = field(default_factory=list)
    unchanged: int = 0


def take(data: bytes, filename: str, tick=quiet) -> Sheet:
    """Read an upload; no database. Raises `UnreadableSheet`."""
    known = {key: [*both(label), *CALLED.get(key, ())] for key, label in COLUMNS.items()}
    sheet = read(data, filename, columns=known, optional={"role"}, rows_max=MOST)
    tick(len(sheet.rows), len(sheet.rows))
    return sheet


def plan(sheet: Sheet, by) -> Plan:
    """Compare the rows with what is stored; nothing is written."""
    judge = Judge(sheet, Plan(list(sheet.problems)), [p.place.path for p in by.posts if p.office in DECIDERS])
    for row in sheet.rows:
        judge.judge(row)
    judge.found.problems.sort(key=lambda problem: problem.row)
    return judge.found


class Judge:
    """One row at a time, beside what is stored: buildings, people, the places that are taken."""

    def __init__(self, sheet: Sheet, found: Plan, paths: list[str]):
        self.sheet, self.found = sheet, found
        self.buildings = buildings({row["building"] for row in sheet.rows}, paths)
        self.people = people({row["phone"] for row in sheet.rows})
        ids = {place.id for places in self.buildings.values() for place in places}
        self.wanted = dict(db.session.execute(select(Wish.place_id, Wish.helpers).where(Wish.place_id.in_(ids))).all())
        rows = select(Assignment).where(Assignment.building_id.in_(ids), Assignment.state.in_(LIVING))
        self.held: dict[tuple[int, Any], Role] = {}
        self.taken: dict[tuple[int, Role], int] = {}
        for one in db.session.scalars(seen(rows)):
            self.held[one.building_id, one.person_id] = one.role
            if one.standing is Standing.HOLDER:
                self.count(one.building_id, one.role)

    def count(self, building: int, role: Role) -> None:
        self.taken[building, role] = self.taken.get((building, role), 0) + 1

    def wrong(self, row: Row, key: str, sentence) -> None:
        """Note a problem of a cell."""
        self.found.problems.append(SheetProblem(row.number, self.sheet.headers[key], sentence))

    def judge(self, row: Row) -> None:
        """Whether a row is new, there already, or wrong."""
        before = len(self.found.problems)
        building, role = self.building(row), ROLES.get(row["role"])
        if role is None:
            self.wrong(row, "role", _("请写“楼栋长”或“楼栋志愿者”。"))
        if not NAME.fullmatch(row["name"]):
            self.wrong(row, "name", _("请写姓名，最多 40 个字。"))
        if not PHONE.fullmatch(row["phone"]):
            self.wrong(row, "phone", _("请填 11 位手机号，或带区号的座机号。"))
        person = self.people.get(row["phone"])
        if person is not None and person.name != row["name"]:
            self.wrong(row, "phone", _("这个号码登记的是另一个姓名，请核对。"))
        if len(self.found.problems) == before and building is not None and role is not None:
            self.place(row, building, role, person)

    def building(self, row: Row) -> Place | None:
        """The one building of this name in the compound of this name; noted where there is none."""
        here = self.buildings.get((row["compound"], row["building"]), [])
        if not here:
            self.wrong(row, "building", _("您管的范围里没有这栋楼，请照地图上的名称写。"))
        elif len(here) > 1:
            self.wrong(row, "building", _("有 %(count)s 栋楼叫这个名字，请改写编码。", count=len(here)))
        return here[0] if len(here) == 1 else None

    def place(self, row: Row, building: Place, role: Role, person: Person | None) -> None:
        """Whether there is a place for him; who is there already stays as he is."""
        who = person.id if person else row["phone"]
        known = self.held.get((building.id, who))
        if known is not None:
            if known is role and person is not None:
                self.found.unchanged += 1
            else:
                self.wrong(row, "building", _("一个人在一栋楼只占一个位置，这个人在这栋楼已经有了。"))
            return
        if self.taken.get((building.id, role), 0) >= (1 if role is Role.LEAD else self.wanted.get(building.id, 1)):
            self.wrong(row, "building", _("这栋楼的这个位置已经有人，一个位置只由一人担任。"))
            return
        self.held[building.id, who] = role
        self.count(building.id, role)
        self.found.new.append(Found(building, role, row["name"], row["phone"], person))


def buildings(names: set[str], paths: list[str]) -> dict[tuple[str, str], list[Place]]:
    """The named buildings of these places, by (compound, name); a code names one in whatever compound."""
    compound = aliased(Place)
    words = among(names - {""})
    named = or_(Place.name.in_(words), Place.code.in_(words))
    found = select(Place, compound.name).join(compound, compound.id == Place.parent_id)
    found = found.where(Place.kind == Kind.BUILDING, named, in_ranges(Place.path, paths)).order_by(Place.path)
    known: dict[tuple[str, str], list[Place]] = {}
    for place, above in db.session.execute(seen(found)):
        for word in {place.name, place.code} & names:
            known.setdefault((above, word), []).append(place)
    return known


def people(phones: set[str]) -> dict[str, Person]:
    """Who is known by these numbers."""
    found = select(Person).where(Person.phone.in_(among(phones - {""})))
    return {str(person.phone): person for person in db.session.scalars(seen(found))}
