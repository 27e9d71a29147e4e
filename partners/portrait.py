"""One partner with all that its page shows, in two statements whatever there is to show."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from sqlalchemy import Integer, Select, String, and_, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from communities.catalogue import Capability, Category
from communities.place import Place
from kernel.db import db, seen
from kernel.i18n import language

from .ability import Ability, Level, Unit
from .join_request import Answer, JoinRequest
from .partner import Partner, partner_area, partner_compound, partner_function
from .renewal import Outcome, Renewal
from .verification import Verification

OF = bindparam("partner", type_=Integer)
HOW = "level", "evidence", "amount", "unit", "certified_on"  # what is said of abilities only


@dataclass(frozen=True)
class Shown:
    """A place, a class of business or an ability, as the page says it."""

    id: int
    name: str
    name_en: str
    code: str
    level: Level | None
    evidence: str | None
    amount: int | None
    unit: Unit | None
    certified_on: date | None

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if language() == "en" and self.name_en else self.name

    @property
    def is_certified(self) -> bool:
        """Whether an office has looked at the certificate."""
        return self.certified_on is not None


@dataclass(frozen=True)
class Portrait:
    """A partner, who looked at it last, what it asks the committee now, and whether the reader asked to join it."""

    partner: Partner
    verification: Verification | None
    renewal: Renewal | None
    wish: JoinRequest | None
    lists: dict[str, list[Shown]] = field(default_factory=dict)

    @classmethod
    def of(cls, person, id: int) -> "Portrait | None":
        """The partner with this id, if this person may know of it."""
        looks = aliased(Verification)
        last = select(func.max(looks.id)).where(looks.partner_id == Partner.id).correlate(Partner).scalar_subquery()
        asked = and_(Renewal.partner_id == Partner.id, Renewal.outcome == Outcome.OPEN)
        mine = (JoinRequest.person_id == (person.id or 0)) & (JoinRequest.answer == Answer.OPEN)
        wanted = Partner.seen_by(person).where(Partner.id == id).select_from(Partner)
        wanted = wanted.outerjoin(Verification, Verification.id == last).outerjoin(Renewal, asked)
        wanted = wanted.outerjoin(JoinRequest, and_(JoinRequest.partner_id == Partner.id, mine))
        beside = joinedload(Partner.place, innerjoin=True), joinedload(Partner.consenting)
        entities = wanted.add_columns(Verification, Renewal, JoinRequest)
        row = db.session.execute(seen(entities.options(*beside, joinedload(Verification.place)))).first()
        if row is None:
            return None
        set_committed_value(row[0], "renewals", [row[2]] if row[2] else [])
        partner, verification, renewal, wish = row
        return cls(partner, verification, renewal, wish, lists(partner))


def lists(partner: Partner) -> dict[str, list[Shown]]:
    """What it can do (`abilities`), where it serves (`areas`), which `compounds` it manages, its `functions`."""
    found: dict[str, list[Shown]] = {what: [] for what in ("abilities", "areas", "compounds", "functions")}
    for what, _order, *words in db.session.execute(all_lines(), {"partner": partner.id}):
        found[what].append(Shown(*words))
    return found


@cache
def all_lines() -> Select:
    """The lines of one `partner`, list after list; built once."""
    parts = [
        what_it_can(),  # the first one lends its types to the others
        places("areas", partner_area),
        places("compounds", partner_compound),
        functions(),
    ]
    lines = union_all(*parts).subquery()
    return select(lines).order_by(lines.c.what, lines.c.place_in_order)


def line(what: str, order, id, name, name_en, code, **more) -> Select:
    """One part of the union; what does not belong to it is nothing."""
    rest = [more.get(key, null()).label(key) for key in HOW]
    place_in_order = cast(order, String).label("place_in_order")
    names = id.label("id"), name.label("name"), name_en.label("name_en"), code.label("code")
    return select(literal(what).label("what"), place_in_order, *names, *rest)


def what_it_can() -> Select:
    """Its living abilities, in the order of the catalogue."""
    more = {name: getattr(Ability, name) for name in HOW}
    order = func.substr(literal("0000000").concat(cast(Capability.position, String)), -7)
    names = Capability.id, Capability.name, Capability.name_en, Capability.code
    now = (Ability.partner_id == OF) & Ability.until.is_(None)
    return line("abilities", order, *names, **more).join(Ability.capability).where(now)


def places(what: str, table) -> Select:
    """Places that stand beside it in this table, in the order of the tree."""
    names = Place.id, Place.name, literal(""), Place.code
    beside = table.c.place_id == Place.id
    return line(what, Place.path, *names).join(table, beside).where(table.c.partner_id == OF)


def functions() -> Select:
    """Its classes of business."""
    names = Category.id, Category.name, Category.name_en, Category.code
    of = partner_function.c.category_id == Category.id
    order = func.substr(literal("0000000").concat(cast(Category.position, String)), -7)
    return line("functions", order, *names).join(partner_function, of).where(partner_function.c.partner_id == OF)


def abilities(partner: Partner) -> list[Ability]:
    """What it can do now, as rows, for those who edit or certify them."""
    now = select(Ability).join(Ability.capability).where(Ability.partner_id == partner.id, Ability.until.is_(None))
    return list(db.session.scalars(now.order_by(Capability.position, Capability.id)))
