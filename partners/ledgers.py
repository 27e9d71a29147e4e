"""台账 of partners: who they are, who acts for them, what they can do. A committee's are those registered with it."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from communities.catalogue import Capability
from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel.db import db, seen
from kernel.i18n import _
from kernel.ledger import Filters, Ledger, register

from .kind import Kind
from .member import Member
from .partner import Partner, partner_capability
from .partner_sheet import COLUMNS, cells
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
    beside = joinedload(Partner.place), joinedload(Partner.category)
    many = selectinload(Partner.areas), selectinload(Partner.capabilities)
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
    found = select(Capability, Partner).join(partner_capability, partner_capability.c.capability_id == Capability.id)
    found = found.join(Partner, Partner.id == partner_capability.c.partner_id).where(Partner.id.in_(mine))
    found = found.options(joinedload(Partner.place)).order_by(Capability.position, Capability.id, Partner.id)
    for capability, partner in db.session.execute(seen(found)):
        contact = partner.contact_name, partner.contact_phone
        yield [capability.label, partner.name, partner.kind.label, partner.place.name, partner.offers, *contact]


PARTNERS = Ledger("partners", _("合伙人台账"), COLUMNS, partners)
MEMBERS = Ledger(
    "members",
    _("合伙人成员台账"),
    {
        "partner_id": _("合伙人编号"),
        "partner": _("合伙人"),
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
        "partner": _("合伙人"),
        "kind": _("类别"),
        "place": _("所在"),
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
