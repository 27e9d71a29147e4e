"""服务清单, as a page and as a sheet."""

import re
from typing import Any

from flask import make_response, request, url_for

from communities.catalogue import Capability
from communities.place import Place
from kernel import clock, sheets
from kernel.cursor import PAGE, pack, unpack
from kernel.i18n import _, joined, p_
from kernel.permits import may
from kernel.request import Page, permit
from kernel.text import clean_line, masked_phone

from ..ability import Level
from ..services import COUNTED, Services
from .choices import catalogue, shelves
from .register import LONGEST, ROWS, XLSX, places_near

HEADS = (
    _("会做什么"), p_("one", "合伙人"), _("类别"), _("做得怎么样"), _("凭什么说"), _("证书核对"), _("同时能做多少"),
    _("单位"), _("所在"), _("服务范围"), _("从哪天"), _("联系人"), _("电话"),
)  # fmt: skip
FILTERS = "capability", "place", "level", "q"


@permit("service:list")
def index() -> Page:
    """25 rows by the catalogue; the filters stay in the address."""
    services = asked_for(request.args)
    rows, total = services.page(unpack(request.args.get("page"), int, int, int, int))
    shown = rows[:PAGE]
    more = url_for("services.index", **kept(), page=pack(*Services.place_in_order(shown[-1]))) if rows[PAGE:] else None
    return Page(
        "partners/services.html",
        services=services,
        rows=shown,
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        places=places_near(services.place),
        shelves=shelves(catalogue(Capability)),
        levels=Level,
        kept=kept(),
        more=more,
    )


def asked_for(args) -> Services:
    """What the address asks for; what cannot be read is not asked for."""
    capability = args.get("capability", "")
    return Services(
        capability_id=int(capability) if re.fullmatch("[0-9]{1,9}", capability) else None,
        place=Place.at(clean_line(args["place"])[:40]) if args.get("place") else None,
        level=next((level for level in Level if level.value == args.get("level")), None),
        text=clean_line(args.get("q", ""))[:LONGEST],
    )


def kept() -> dict[str, Any]:
    """The filters of this address, without the cursor."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


@permit("service:list")
def sheet():
    """The same list as an Excel file; a phone number is whole for those who may ring it."""
    rows = asked_for(request.args).all(ROWS)
    notes = [_("截至 %(now)s，共 %(n)s 项。电话只对本社区工作人员和自己人完整显示。", now=clock.today(), n=len(rows))]
    if len(rows) == ROWS:
        notes.append(_("只列出前 %(n)s 项，请先按本领或地点筛选。", n=ROWS))
    response = make_response(sheets.write(str(_("服务清单")), HEADS, map(line, rows), notes=notes))
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="services-{clock.today()}.xlsx"'
    return response


def line(ability) -> list:
    """One row of the sheet."""
    partner = ability.partner
    phone = partner.contact_phone
    return [
        ability.capability.label,
        partner.name,
        partner.kind.label,
        ability.level.label,
        ability.evidence,
        ability.certified_on,
        ability.amount,
        ability.unit.label if ability.unit else None,
        partner.place.name,
        joined(place.name for place in partner.areas),
        ability.since,
        partner.contact_name,
        phone if may("partner:see-contact", partner) else masked_phone(phone) if phone else "",
    ]
