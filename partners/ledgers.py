"""台账 of partners: who they are, who acts for them, what they can do. A committee's are those registered with it."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from communities.catalogue import Capability
from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel.db import db, seen
from kernel.i18n import _, p_
from kernel.ledger import Filters, Ledger, register

from .ability import Ability
from .imports.sheet import COLUMNS, cells
from .kind import Kind
from .member import Member
from .partner import Partner
from .standing import PAST


def registered(person, filters: Filters) -> Select:
    """The partners that stand in the register of a place where this person decides; history is left out."""
    places = [post.place.path for post in person.posts if post.office in DECIDERS]
    inside = [place.path for place in [Place.at(filters["place"])] if place] if "place" in filters else places
    found = select(Partner).join(Partner.place).where(in_ranges(Place.path, places), in_ranges(Place.path, inside))
    found = found.where(Partner.stage.not_in(PAST)).order_by(Place.path, Partner.id)
    kind = next((kind for kind in Kind if kind.value == filters.get("kind")), None)
    return found.where(Partner.kind == kind) if kind else found


def partners(person, filters: Filters) -> Iterator[list]:
    """One row a partner, in the columns that an import reads."""
    beside = joinedload(Partner.place), joinedload(Partner.consenting)
    lists = Partner.areas, Partner.capabilities, Partner.compounds, Partner.functions
    many = map(selectinload, lists)
    for partner in db.session.scalars(seen(registered(person, filters).options(*beside, *many))):
        yield list(cells(partner).values())


def members(person, filters: Filters) -> Iterator[list]:
    """One row a living membership; a phone number is masked, whoever needs it whole rings from the call list."""
    mine = registered(person, filters).with_only_columns(Partner.id, maintain_column_froms=True).order_by(None)
    found = select(Member).join(Member.partner).where(Member.partner_id.in_(mine), Member.until.is_(None))
    found = found.options(joinedload(Member.partner), joinedload(Member.person))
    for member in db.session.scalars(seen(found.order_by(Partner.name, Member.partner_id, Member.role, Member.id))):
        partner, who = member.partner, member.person
        yield [partner.id, partner.name, who.called, member.role.label, who.masked_phone, member.since]


def capabilities(person, filters: Filters) -> Iterator[list]:
    """One row for everything that a partner can do, in the order of the catalogue."""
    mine = registered(person, filters).with_only_columns(Partner.id, maintain_column_froms=True).order_by(None)
    found = select(Ability).join(Ability.capability).join(Ability.partner).where(Partner.id.in_(mine))
    found = found.where(Ability.until.is_(None)).order_by(Capability.position, Capability.id, Partner.id)
    eager = contains_eager(Ability.capability), contains_eager(Ability.partner).joinedload(Partner.place)
    for ability in db.session.scalars(seen(found.options(*eager))):
        partner, unit = ability.partner, ability.unit.label if ability.unit else None
        how = ability.level.label, ability.evidence, ability.certified_on, ability.amount, unit
        contact = partner.offers, partner.contact_name, partner.contact_phone
        yield [ability.capability.label, partner.name, partner.kind.label, partner.place.name, *how, *contact]


PARTNERS = Ledger("partners", _("合伙人台账"), COLUMNS, partners)
MEMBERS = Ledger(
    "members",
    _("合伙人成员台账"),
    {
        "partner_id": _("合伙人编号"),
        "partner": p_("one", "合伙人"),
        "person": _("成员"),
        "role": _("身份"),
        "phone": _("手机号（部分隐去）"),
        "since": _("从哪天"),
    },
    members,
)
CAPABILITIES = Ledger(
    "capabilities",
    _("合伙人能力台账"),
    {
        "capability": _("会做什么"),
        "partner": p_("one", "合伙人"),
        "kind": _("类别"),
        "place": _("所在"),
        "level": _("做得怎么样"),
        "evidence": _("凭什么说"),
        "certified_on": _("证书核对"),
        "amount": _("同时能做多少"),
        "unit": _("单位"),
        "offers": _("能为社区做什么"),
        "contact_name": _("联系人"),
        "contact_phone": _("联系电话"),
    },
    capabilities,
)


def set_up() -> None:
    """Put them on the page of the ledgers."""
    for ledger in (PARTNERS, MEMBERS, CAPABILITIES):
        register(ledger)
