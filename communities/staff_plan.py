"""What a sheet of staff would do: each row is looked up and judged before anything is written."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from kernel.bulk import among
from kernel.db import db, seen
from kernel.i18n import _, day, joined
from kernel.sheet_import import shown
from kernel.sheets import SheetProblem

from .account import Account
from .office import AT
from .person import Person
from .place import Place, in_ranges
from .post import Post, outranks
from .staff_sheet import Staff, Wanted

LISTED = 100  # rows that are shown one by one


@dataclass
class StaffPlan:
    """Rows to carry out with their place, how many are already so, and what is wrong."""

    problems: list[SheetProblem]
    people: dict[str, Person] = field(default_factory=dict)  # by phone: who is known already
    new: list[tuple[Wanted, Place]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def newcomers(self) -> list[Wanted]:
        """The first row of everybody who is not known yet."""
        first = {wanted.phone: wanted for wanted, _place in reversed(self.new)}
        return [wanted for phone, wanted in sorted(first.items()) if phone not in self.people]


def plan(staff: Staff, *, by) -> StaffPlan:
    """Compare the rows with what is stored, with the rights of `by`."""
    found = StaffPlan(list(staff.sheet.problems), known_people(staff))
    places = known_places(staff, by)
    held = living_posts(list(found.people.values()))
    taken = set(names_taken(staff)) - found.people.keys()
    names, said = dict[str, str](), set[tuple]()
    for wanted in staff.rows:
        here = places.get(wanted.place, [])
        wrong = misfit(wanted, here, by) or clash(wanted, found.people, names, taken)
        if wrong:
            found.problems.append(SheetProblem(wanted.number, staff.sheet.headers[wrong[0]], wrong[1]))
            continue
        what = (wanted.phone, wanted.office, here[0].id)
        person = found.people.get(wanted.phone)
        if what in said or (person and (person.id, wanted.office, here[0].id) in held):
            found.unchanged += 1
        else:
            found.new.append((wanted, here[0]))
        said.add(what)
    found.problems.sort(key=lambda problem: problem.row)
    return found


def known_people(staff: Staff) -> dict[str, Person]:
    """Whoever has one of these numbers: a number is one person, wherever he lives."""
    phones = {wanted.phone for wanted in staff.rows}
    return {
        person.phone or "": person
        for person in db.session.scalars(seen(select(Person).where(Person.phone.in_(among(phones)))))
    }


def names_taken(staff: Staff):
    """The numbers that are somebody's user name."""
    phones = {wanted.phone for wanted in staff.rows}
    return db.session.scalars(seen(select(Account.username).where(Account.username.in_(among(phones)))))


def known_places(staff: Staff, by) -> dict[str, list[Place]]:
    """The places within one's reach by what the rows call them: a code is one place, a name may be several."""
    words = {wanted.place for wanted in staff.rows}
    named = among(words)
    near = select(Place).where(in_ranges(Place.path, by.reach), or_(Place.code.in_(named), Place.name.in_(named)))
    found: dict[str, list[Place]] = {}
    for place in db.session.scalars(near.order_by(Place.path)):
        for word in {place.code, place.name} & words:
            found.setdefault(word, []).append(place)
    return found


def living_posts(people: list[Person]) -> set[tuple]:
    """(person, office, place) of what these people hold now."""
    ids = [person.id for person in people]
    rows = db.session.execute(
        select(Post.person_id, Post.office, Post.place_id).where(Post.person_id.in_(ids), Post.is_now())
    )
    return {tuple(row) for row in rows}


def misfit(wanted: Wanted, here: list[Place], by):
    """What is wrong with office and place of a row: (column, sentence) or None."""
    if not here:
        return "place", _("在您管的范围里没有找到“%(place)s”。", place=wanted.place[:40])
    if len(here) > 1:
        return "place", _("有 %(count)s 个地方叫“%(place)s”，请改写编码。", count=len(here), place=wanted.place[:40])
    if here[0].kind not in AT[wanted.office]:
        levels = joined(kind.label for kind in AT[wanted.office])
        return "place", _("“%(office)s”设在%(levels)s这一级。", office=wanted.office.label, levels=levels)
    if not outranks(by, wanted.office, here[0]):
        return "office", _("“%(office)s”要由上一级来安排。", office=wanted.office.label)
    return None


def clash(wanted: Wanted, people: dict[str, Person], names: dict[str, str], taken: set[str]):
    """A number with two names is a slip of the pen."""
    known = people.get(wanted.phone)
    if known and known.name != wanted.name:
        return "phone", _("这个手机号登记的是另一个姓名，请核对。")
    if wanted.phone in taken:
        return "phone", _("这个手机号是别人的用户名，请核对。")
    if names.setdefault(wanted.phone, wanted.name) != wanted.name:
        return "phone", _("表里这个手机号前面写的是“%(name)s”。", name=names[wanted.phone])
    return None


def look(found: StaffPlan) -> dict[str, Any]:
    """What it would do, in words and numbers: the first rows one by one, with the day and whether an account is new."""
    rows = [
        [wanted.name, str(wanted.office.label), place.name, day(wanted.since), wanted.phone in found.people]
        for wanted, place in found.new[:LISTED]
    ]
    counts = {"new": len(found.new), "newcomers": len(found.newcomers), "unchanged": found.unchanged}
    return counts | {"rows": rows, "writes": len(found.new)} | shown(found.problems)
