"""Projects from a sheet: upload, see what it would change, confirm; and a template with lists to choose from."""

from io import BytesIO

from flask import Blueprint, g, send_file
from sqlalchemy import select

from communities.catalogue import Capability, Category
from communities.place import Kind, Place, in_ranges
from communities.post import DECIDERS
from kernel.db import db, seen
from kernel.i18n import _
from kernel.import_pages import Importer, import_pages
from kernel.request import permit
from kernel.sheets import template

from ..imports.importing import PROJECTS
from ..imports.sheet import TAKEN

bp = Blueprint("project_imports", __name__, url_prefix="/project-imports")
PAGES = Importer(
    table=PROJECTS,
    back="ledgers.index",
    new="projects/import.html",
    show="projects/import_preview.html",
)
import_pages(bp, PAGES)

EXPLAINED = {
    "id": _("新写的空着；改草稿的，照台账上的编号写。"),
    "title": _("必填，最多 120 个字。"),
    "place": _("必填，写名称或编码，要在您管的范围里。"),
    "category": _("必填，从下拉列表里选。"),
    "starts_on": _("必填，写成 2026-12-01 这样。"),
    "ends_on": _("必填，写成 2026-12-01 这样。"),
    "parts": _("一项写成“上门维修 20户（2人×10次×2小时）”这样，括号里可以不写，几项用分号隔开。"),
    "about": _("谁遇到了什么困难、希望怎么帮。不要写居民的姓名、电话和病情。"),
    "done_means": _("写看得见、数得清的，例如：63 户都检修过，修不了的写明原因。"),
    "capabilities": _("从“选项”里选，几个用顿号隔开。"),
    "provides": _("场地、材料、保险、联络人……写清楚，合伙人好估算自己要出多少。"),
    "risk_note": _("发布前必须写：可能的风险和注意事项；没有特别的风险，就写“无特殊风险”。"),
    "contact_name": _("合伙人打电话来问时接的人，写称呼就行。"),
    "contact_phone": _("最好是办公电话；只给核实过的合伙人和本地工作人员看。"),
}


@bp.get("/template.xlsx")
@permit("project:import")
def blank():
    """An empty sheet with these columns, lists to choose from, and what each column wants."""
    heads = {key: str(label) for key, label in TAKEN.items()}
    choices = {heads[key]: words for key, words in offered().items()}
    notes = [(head, EXPLAINED[key]) for key, head in heads.items()]
    data = template(list(heads.values()), choices, several={heads["capabilities"]}, notes=notes)
    return send_file(BytesIO(data), as_attachment=True, download_name="projects-template.xlsx")


def offered() -> dict[str, list[str]]:
    """What can be chosen: communities where this person decides, entries of the catalogues."""
    paths = [post.place.path for post in g.person.posts if post.office in DECIDERS]
    here = select(Place.name).where(in_ranges(Place.path, paths), Place.kind == Kind.COMMUNITY).order_by(Place.path)
    kinds, able = (
        [row.label for row in db.session.scalars(seen(one.choosable(g.person)))] for one in (Category, Capability)
    )
    return {"place": list(db.session.scalars(seen(here))), "category": kinds, "capabilities": able}
