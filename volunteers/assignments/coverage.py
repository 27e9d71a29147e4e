"""Coverage: how far each building of a place is looked after; one statement, nothing is stored."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from sqlalchemy import Select, String, bindparam, case, func, select
from sqlalchemy.orm import aliased

from communities.place import Kind, Place, above
from communities.place_names import COMMUNITY
from kernel.choice import Choice
from kernel.db import db, seen
from kernel.i18n import _

from .assignment import Assignment
from .pause import Pause
from .state import Role, Standing, State
from .terms import COMFORT, Wish


class Pattern(Choice):
    """What a building looks like on the grid; the first that is true."""

    COVERED = "covered", _("已有人")
    NO_LEAD = "no_lead", _("缺楼栋长")
    NO_HELPER = "no_helper", _("缺志愿者")
    NOBODY = "nobody", _("无人包联")
    UNCONFIRMED = "unconfirmed", _("待本人确认")


GAPS = (Pattern.NOBODY, Pattern.NO_LEAD, Pattern.NO_HELPER, Pattern.UNCONFIRMED)


@dataclass(frozen=True)
class Cover:
    """One building: places that are filled today, that wait for a signature or for an answer."""

    id: int
    code: str
    name: str
    path: str
    households: int | None
    compound_id: int
    compound: str
    position: int
    helpers_wanted: int
    leads: int
    helpers: int
    unsigned_leads: int
    unsigned_helpers: int
    asked: int
    heavy: int

    @property
    def pattern(self) -> Pattern:
        """How far it is looked after; who is on an old list and has not signed yet is not in post."""
        no_lead, short = not self.leads, self.helpers < self.helpers_wanted
        if no_lead and not self.helpers:
            return Pattern.UNCONFIRMED if self.unsigned_leads + self.unsigned_helpers else Pattern.NOBODY
        if no_lead:
            return Pattern.UNCONFIRMED if self.unsigned_leads else Pattern.NO_LEAD
        if short:
            enough = self.helpers + self.unsigned_helpers >= self.helpers_wanted
            return Pattern.UNCONFIRMED if enough else Pattern.NO_HELPER
        return Pattern.COVERED

    @property
    def overloaded(self) -> bool:
        """Whether somebody here looks after more buildings than is comfortable."""
        return self.heavy > 0

    @property
    def label(self) -> str:
        """What stands in its field of the grid: “3” for 3号楼, at most three characters."""
        return re.sub("字|(号楼|号|栋|幢|楼|座)$", "", self.name)[:3] or self.name[:3]

    @property
    def missing(self) -> int:
        """Places that nobody fills."""
        return (not self.leads) + max(0, self.helpers_wanted - self.helpers)


def covers(place: Place) -> list[Cover]:
    """The buildings in a place, compound by compound, in their order."""
    paths = {"low": place.path, "high": above(place.path)}
    return [Cover(*row) for row in db.session.execute(of_range(), paths)]


def by_compound(found: list[Cover]) -> list[tuple[str, list[Cover]]]:
    """The buildings of each compound, in their order."""
    grouped = [list(rows) for _id, rows in groupby(found, lambda cover: cover.compound_id)]
    return [(rows[0].compound, rows) for rows in grouped]


def by_community(found: list[Cover]) -> dict[int, list[Cover]]:
    """The buildings by the id of their community."""
    grouped: dict[int, list[Cover]] = {}
    for cover in found:
        grouped.setdefault(int(cover.path.split("/")[COMMUNITY + 1]), []).append(cover)
    return grouped


def counts(found: list[Cover]) -> dict[Pattern, int]:
    """How many buildings have each pattern."""
    numbers = dict.fromkeys(Pattern, 0)
    for cover in found:
        numbers[cover.pattern] += 1
    return numbers


@cache
def of_range() -> Select:
    """The statement for the buildings whose path lies between `low` and `high`, built once."""
    compound = aliased(Place)
    held = Assignment
    loads = (
        select(held.person_id)
        .where(held.standing == Standing.HOLDER, held.in_post())
        .group_by(held.person_id)
        .having(func.count() > COMFORT)
        .subquery()
    )
    there = held.in_post() & Pause.id.is_(None)
    lead, helper = held.role == Role.LEAD, held.role == Role.HELPER
    unsigned = held.state == State.UNCONFIRMED

    def places(*conditions):
        """A place counts once, also while two people are in it."""
        filled = conditions[0]
        for condition in conditions[1:]:
            filled &= condition
        return func.count(func.distinct(case((filled, held.number))))

    found = select(
        Place.id,
        Place.code,
        Place.name,
        Place.path,
        Place.households,
        compound.id,
        compound.name,
        Place.position,
        func.coalesce(Wish.helpers, 1),
        places(lead, there),
        places(helper, there),
        places(lead, unsigned),
        places(helper, unsigned),
        func.count(case((held.state.in_((State.APPLIED, State.INVITED)), held.id))),
        func.count(case(((loads.c.person_id.is_not(None)) & there, held.id))),
    )
    found = found.join(compound, Place.parent_id == compound.id)
    found = found.outerjoin(Wish, Wish.place_id == Place.id)
    found = found.outerjoin(held, (held.building_id == Place.id) & held.ended_at.is_(None))
    found = found.outerjoin(Pause, (Pause.assignment_id == held.id) & Pause.is_now())
    found = found.outerjoin(loads, loads.c.person_id == held.person_id)
    low, high = bindparam("low", type_=String), bindparam("high", type_=String)
    found = found.where(Place.kind == Kind.BUILDING, Place.path >= low, Place.path < high)
    whole = (Place.id, Place.code, Place.name, Place.path, Place.households, Place.position)
    found = found.group_by(*whole, compound.id, compound.name, compound.position, Wish.helpers)
    return seen(found.order_by(compound.position, compound.id, Place.position, Place.id))
