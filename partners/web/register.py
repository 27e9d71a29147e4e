"""The register of partners, as a page and as a sheet."""

import re
from typing import Any

from flask import g, make_response, request, url_for

from communities.catalogue import Capability
from communities.place import Kind as PlaceKind
from communities.place import Place
from kernel import clock, sheets
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db, seen
from kernel.i18n import _, joined, p_
from kernel.permits import may
from kernel.request import Page, permit
from kernel.text import clean_line, masked_phone

from ..kind import Kind
from ..register import COUNTED, Register
from .choices import catalogue, shelves

LONGEST = 64  # characters of a query
ROWS = 5000  # rows of a sheet
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = (
    _("编号"), p_("one", "合伙人"), _("类别"), _("状态"), _("所在"), _("服务范围"), _("会做什么"), _("能提供什么"),
    _("加入日期"), _("核实到"), _("联系人"), _("电话"),
)  # fmt: skip


@permit("partner:list")
def index() -> Page:
    """25 partners, newest first; the filters stay in the address."""
    register = asked_for(request.args)
    before = unpack(request.args.get("page"), int)
    rows, total = register.page(g.person, before[0] if before else None)
    shown = rows[:PAGE]
    return Page(
        "partners/index.html",
        register=register,
        kinds=Kind,
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        partners=shown,
        places=places_near(register.place),
        shelves=shelves(catalogue(Capability)),
        kept=kept(),
        more=url_for("partners.index", **kept(), page=pack(shown[-1].id)) if len(rows) > PAGE else None,
    )


def asked_for(args) -> Register:
    """What the address asks for; what cannot be read is not asked for."""
    capability = args.get("capability", "")
    return Register(
        kind=next((kind for kind in Kind if kind.value == args.get("kind")), None),
        place=Place.at(clean_line(args["place"])[:40]) if args.get("place") else None,
        capability_id=int(capability) if re.fullmatch("[0-9]{1,9}", capability) else None,
        text=clean_line(args.get("q", ""))[:LONGEST],
    )


def kept() -> dict[str, Any]:
    """The filters of this address, without the cursor."""
    return {name: request.args[name] for name in ("kind", "place", "capability", "q") if request.args.get(name)}


def places_near(place: Place | None) -> list[Place]:
    """What the filter of places offers: the way up, the place, and what lies directly below it."""
    top = Place.kind.in_((PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT))
    wanted = Place.id.in_(place.ancestor_ids) | (Place.parent_id == place.id) if place else top
    return list(db.session.scalars(seen(Place.seen_by(g.person).where(wanted).order_by(Place.path).limit(300))))


@permit("partner:list")
def sheet():
    """The same list as an Excel file; a phone number is whole for those who may ring it."""
    register = asked_for(request.args)
    partners = register.all(g.person, ROWS)
    notes = [
        _("截至 %(now)s，共 %(n)s 家。电话只对本社区工作人员和自己人完整显示。", now=clock.today(), n=len(partners))
    ]
    if len(partners) == ROWS:
        notes.append(_("只列出最近加入的 %(n)s 家，请先按类别或地点筛选。", n=ROWS))
    response = make_response(sheets.write(str(_("合伙人名册")), HEADS, map(line, partners), notes=notes))
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="partners-{clock.today()}.xlsx"'
    return response


def line(partner) -> list:
    """One row of the sheet."""
    phone = partner.contact_phone
    return [
        partner.id,
        partner.name,
        partner.kind.label,
        partner.stage_now.label,
        partner.place.name,
        joined(place.name for place in partner.areas),
        joined(capability.label for capability in partner.capabilities),
        partner.offers or partner.skills,
        partner.active_since,
        partner.verified_until,
        partner.contact_name,
        phone if may("partner:see-contact", partner) else masked_phone(phone) if phone else "",
    ]
