"""Partners from a sheet: upload, see what it would change, confirm; and a template with lists to choose from."""

from io import BytesIO

from flask import Blueprint, g, send_file
from sqlalchemy import select

from communities.catalogue import Capability, Category
from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel.db import db, seen
from kernel.i18n import _, joined
from kernel.import_pages import Importer, import_pages
from kernel.request import permit
from kernel.sheets import template

from ..applying import ANSWERS
from ..imports.importing import PARTNERS
from ..imports.sheet import PHONES, TAKEN
from ..kind import ASKED, Fact, Kind

bp = Blueprint("partner_imports", __name__, url_prefix="/partner-imports")
PAGES = Importer(
    table=PARTNERS,
    back="ledgers.index",
    new="partners/import.html",
    show="partners/import_preview.html",
)
import_pages(bp, PAGES)

NEEDED = _("必填。")
EXPLAINED = {
    "id": _("新登记的空着；改已经登记的，照台账上的编号写。"),
    "name": _("必填，最多 80 个字。"),
    "kind": _("必填，从下拉列表里选；登记以后不能用表改。"),
    "stage": _("不用填：状态到合伙人的页面上办。"),
    "place": _("必填，您管的社区（街道、区的单位写街道、区），写名称或编码。"),
    "address": _("可以空着。"),
    "areas": _("写名称或编码，几个用顿号隔开；空着就是所在的社区，物业和业委会是管理的小区。"),
    "capabilities": _("从“选项”里选，几个用顿号隔开。"),
    "offers": _("写得越具体越容易对上，例如：每月两次上门修小家电。"),
    "about": _("居民会看到。"),
    "contact_name": NEEDED,
    "contact_phone": _("必填，11 位手机号，或带区号的座机号。"),
    "active_since": _("可以空着，空着就是今天；写成 2026-12-01 这样。"),
    PHONES: _("在您范围内登记过的人的手机号，几个用顿号隔开；新登记的，第一个是管理员。表上没写的成员不会动。"),
}


@bp.get("/template.xlsx")
@permit("partner:import")
def blank():
    """An empty sheet with these columns, lists to choose from, and what each column wants."""
    heads = {key: str(label) for key, label in TAKEN.items() if key != "stage"}
    choices = {heads[key]: words for key, words in offered().items()}
    several = {heads[key] for key in ("areas", "capabilities", Fact.FUNCTIONS.value)}
    notes = [(head, explained(key)) for key, head in heads.items()]
    data = template(list(heads.values()), choices, several=several, notes=notes)
    return send_file(BytesIO(data), as_attachment=True, download_name="partners-template.xlsx")


def offered() -> dict[str, list[str]]:
    """What can be chosen: kinds, places where this person decides, entries of the catalogues."""
    paths = [post.place.path for post in g.person.posts if post.office in DECIDERS]
    here = select(Place.name).where(in_ranges(Place.path, paths), Place.kind.in_(ANSWERS)).order_by(Place.path)
    places = list(db.session.scalars(seen(here)))
    able, work = (
        [row.label for row in db.session.scalars(seen(model.seen_by(g.person)))] for model in (Capability, Category)
    )
    kinds = [str(kind.label) for kind in Kind]
    return {"kind": kinds, "place": places, "areas": places, "capabilities": able, Fact.FUNCTIONS.value: work}


def explained(key: str):
    """What a column wants; of the facts of some kinds, of which."""
    if key in EXPLAINED:
        return EXPLAINED[key]
    kinds = joined(kind.label for kind in Kind if Fact(key) in ASKED[kind])
    return _("%(kinds)s要填，别的类别空着。", kinds=kinds)
