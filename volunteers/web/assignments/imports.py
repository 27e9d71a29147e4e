"""Those on an old list: upload, see what it would do, confirm; the slips to sign."""

from io import BytesIO

from flask import Blueprint, g, send_file, url_for
from sqlalchemy import select
from sqlalchemy.orm import aliased

from communities.place import Kind, Place, in_ranges
from communities.post import DECIDERS
from kernel.db import db, seen
from kernel.i18n import _
from kernel.import_pages import Importer, import_pages
from kernel.request import Page, permit
from kernel.sheets import template

from ...assignments import people
from ...assignments.importing import ASSIGNMENTS
from ...assignments.imports import COLUMNS
from ...assignments.state import Role

bp = Blueprint("assignment_imports", __name__, url_prefix="/assignment-imports")
PAGES = Importer(
    table=ASSIGNMENTS, back="portal.today", new="assignments/import.html", show="assignments/import_preview.html"
)
import_pages(bp, PAGES)

EXPLAINED = {
    "compound": _("必填，照地图上的名称写。"),
    "building": _("必填，名称或编码，要在您管的范围里。"),
    "role": _("楼栋长或楼栋志愿者；空着算楼栋长。"),
    "name": _("必填。"),
    "phone": _("必填，用来认人和通知，页面上不显示全号。"),
}


@bp.get("/template.xlsx")
@permit("assignment:import")
def blank():
    """An empty sheet with these columns, the compounds to choose from, and what each column wants."""
    heads = {key: str(label) for key, label in COLUMNS.items()}
    paths = [post.place.path for post in g.person.posts if post.office in DECIDERS]
    building = aliased(Place)
    here = select(Place.name).join(building, building.parent_id == Place.id).where(building.kind == Kind.BUILDING)
    names = db.session.scalars(seen(here.where(in_ranges(Place.path, paths)).distinct().order_by(Place.name)))
    choices = {heads["role"]: [str(role.label) for role in Role], heads["compound"]: list(names)}
    notes = [(head, EXPLAINED[key]) for key, head in heads.items()]
    data = template(list(heads.values()), choices, notes=notes)
    return send_file(BytesIO(data), as_attachment=True, download_name="building-stewards-template.xlsx")


@permit("building:offer", of=Place, by="code")
def slips(place) -> Page:
    """确认单 of everybody in a place who has not signed yet."""
    back = url_for("coverage.show", code=place.code)
    return Page("assignments/slips.html", rows=people.unsigned(place), place=place, back_url=back)
