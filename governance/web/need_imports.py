"""Needs from a sheet: upload, see what it would write down, confirm; and a template with lists to choose from."""

from io import BytesIO

from flask import Blueprint, g, send_file
from sqlalchemy import select

from communities.catalogue import Category
from communities.place import Kind, Place, in_ranges
from communities.post import DECIDERS
from kernel.db import db, seen
from kernel.i18n import _
from kernel.import_pages import Importer, import_pages
from kernel.request import permit
from kernel.sheets import template

from ..imports.importing import NEEDS
from ..imports.sheet import TAKEN
from ..need_state import Source

bp = Blueprint("need_imports", __name__, url_prefix="/need-imports")
PAGES = Importer(table=NEEDS, back="needs.index", new="needs/import.html", show="needs/import_preview.html")
import_pages(bp, PAGES)

OFFERED = 500  # places to choose from
EXPLAINED = {
    "number": _("新记的空着，导入时给编号。"),
    "said_on": _("必填，写成 2026-12-01 这样。"),
    "place": _("必填，写编码，或者“31小区 1号楼”这样的名称，要在您管的范围里。"),
    "category": _("从下拉列表里选。选了就算核实过，空着的等核实。"),
    "source": _("从下拉列表里选；空着的，有工单号算 12345 工单，没有的算走访。"),
    "external_number": _("来自 12345 的必填；空格和横线不用管。"),
    "matter": _("写了人人都看得到：一句不带姓名、电话和门牌的话；不公开就空着。"),
    "households": _("写数字，空着算 1 户。"),
    "words": _("必填，照原话写。只有经办的人看得到。"),
    "name": _("怎么称呼。只有经办的人看得到，台账里隐去一部分。"),
    "phone": _("手机 11 位，固定电话带区号。只用来告诉结果，办完两年后清掉。"),
    "behalf_of": _("例如：楼上的李爷爷。只有经办的人看得到。"),
}


@bp.get("/template.xlsx")
@permit("need:import")
def blank():
    """An empty sheet with these columns, lists to choose from, and what each column wants."""
    heads = {key: str(label) for key, label in TAKEN.items()}
    choices = {heads[key]: words for key, words in offered().items()}
    notes = [(head, EXPLAINED[key]) for key, head in heads.items()]
    data = template(list(heads.values()), choices, several={heads["place"]}, notes=notes)
    return send_file(BytesIO(data), as_attachment=True, download_name="needs-template.xlsx")


def offered() -> dict[str, list[str]]:
    """What can be chosen: communities and compounds where this person decides, categories, ways of knowing."""
    paths = [post.place.path for post in g.person.posts if post.office in DECIDERS]
    small = Place.kind.in_((Kind.COMMUNITY, Kind.COMPOUND))
    here = select(Place.name).where(in_ranges(Place.path, paths), small).order_by(Place.path).limit(OFFERED)
    kinds = [row.label for row in db.session.scalars(seen(Category.choosable(g.person)))]
    places = list(dict.fromkeys(db.session.scalars(seen(here))))
    return {"place": places, "category": kinds, "source": [str(one.label) for one in Source]}
