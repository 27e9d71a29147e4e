"""这栋楼找谁: the line of responsibility from the subdistrict to the building; offices and units, no private number."""

from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import CompoundSelect, Integer, String, bindparam, cast, func, or_, select, union_all

from communities.office import Office
from communities.place import Kind, Place
from communities.post import Post
from kernel.db import db, seen
from kernel.i18n import _
from partners.kind import Kind as PartnerKind
from partners.member import Member
from partners.partner import Partner, partner_area, partner_compound

from .assignment import Assignment
from .state import LIVING
from .terms import Terms, Wish

MANAGE = (PartnerKind.PROPERTY_MANAGER, PartnerKind.HOMEOWNERS, PartnerKind.INTERIM_PROPERTY)
OFFICES = {
    Kind.SUBDISTRICT: (Office.LINKED_LEADER,),
    Kind.COMMUNITY: (Office.PAIRED_LEADER, Office.COMMITTEE),
    Kind.GRID: (Office.GRID_WORKER,),
    Kind.COMPOUND: (Office.CADRE,),
}
SAID = {
    Office.LINKED_LEADER: _("常委联系"),
    Office.PAIRED_LEADER: _("处级包抓"),
    Office.COMMITTEE: _("社区书记"),
    Office.GRID_WORKER: _("网格员"),
    Office.CADRE: _("下沉干部"),
}


@dataclass
class Link:
    """One office or unit of a level: what it is, whether it is filled, which units stand behind it."""

    label: object
    filled: bool
    units: list[tuple[int | None, str]] = field(default_factory=list)


@dataclass
class Level:
    """A place above the building, and who answers for it."""

    place: Place
    links: list[Link]


@dataclass
class Surroundings:
    """The places from the root to the building, what the community has set, how many helpers are wanted.

    `own` is the number of places that whoever looks at it has, in whatever buildings.
    """

    line: list[Place]
    terms: Terms
    helpers: int
    own: int

    @property
    def compound(self) -> Place:
        """What the building stands in."""
        return self.line[-2]

    @property
    def community(self) -> Place:
        """The community that it lies in."""
        return next(place for place in self.line if place.kind is Kind.COMMUNITY)


def surroundings(building: Place, person=None) -> Surroundings:
    """All that is fixed round a building, and how many places `person` has anywhere; one query."""
    mine = (Assignment.person_id == (person.id if person else None)) & Assignment.state.in_(LIVING)
    own = select(func.count()).select_from(Assignment).where(mine).scalar_subquery()
    joined = select(Place, Terms, Wish.helpers, own).outerjoin(Terms, Terms.place_id == Place.id)
    joined = joined.outerjoin(Wish, Wish.place_id == Place.id)
    rows = db.session.execute(seen(joined.where(Place.id.in_(building.ancestor_ids)).order_by(Place.path))).all()
    terms = next((row[1] for row in rows if row[1]), None) or Terms.usual(building)
    return Surroundings([row[0] for row in rows], terms, rows[-1][2] or 1, rows[-1][3])


def levels(around: Surroundings) -> list[Level]:
    """Who answers at each level above the building; one query."""
    ids = {place.kind: place.id for place in around.line}
    keys = {f"id{n}": ids.get(kind, 0) for n, kind in enumerate(OFFICES)}
    filled: dict[tuple[int, str], list] = {}
    for place, what, unit, name in db.session.execute(who(), keys | {"compound": around.compound.id}):
        filled.setdefault((place, what), []).append((unit, name))
    return [Level(place, links(place, filled)) for place in around.line if place.kind in OFFICES]


def links(place: Place, filled) -> list[Link]:
    """The offices of one level; at the compound also property and homeowners."""
    found = []
    for office in OFFICES[place.kind]:
        units = filled.get((place.id, office.value))
        found.append(Link(SAID[office], units is not None, [unit for unit in dict.fromkeys(units or []) if unit[1]]))
    if place.kind is Kind.COMPOUND:
        for label, kinds in ((_("物业"), MANAGE[:1]), (_("业委会、物管会"), MANAGE[1:])):
            units = [unit for kind in kinds for unit in filled.get((place.id, kind.value), [])]
            found.append(Link(label, bool(units), units))
    return found


@cache
def who() -> CompoundSelect:
    """Offices in post at four places and the units of the compound, as (place, what, id, name); built once."""
    unit = (Member.person_id == Post.person_id) & Member.until.is_(None) & (Post.office == Office.CADRE)
    department = (Partner.id == Member.partner_id) & (Partner.kind == PartnerKind.DEPARTMENT)
    posts = select(Post.place_id, cast(Post.office, String), Partner.id, Partner.name)
    posts = posts.outerjoin(Member, unit).outerjoin(Partner, department)
    here = [bindparam(f"id{n}", type_=Integer) for n in range(len(OFFICES))]
    posts = posts.where(Post.place_id.in_(here), Post.is_now())
    compound = bindparam("compound", type_=Integer)
    theirs = [select(one.c.partner_id).where(one.c.place_id == compound) for one in (partner_compound, partner_area)]
    units = select(compound, cast(Partner.kind, String), Partner.id, Partner.name)
    units = units.where(Partner.kind.in_(MANAGE), Partner.active(), or_(*(Partner.id.in_(one) for one in theirs)))
    return seen(union_all(posts, units))
