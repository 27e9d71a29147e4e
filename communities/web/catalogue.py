"""The catalogues: everybody reads them, the district edits them."""

from flask import Blueprint, g
from wtforms.validators import Regexp

from kernel.db import db
from kernel.fields import Count, Form, Line, Pick, Tick, row_id
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from ..catalogue import Capability, Category

bp = Blueprint("catalogue", __name__, url_prefix="/catalogue")
TITLES = {"categories": _("事项类别"), "capabilities": _("本领")}


class EntryForm(Form):
    """An entry of a catalogue."""

    name = Line(_("名称"))
    name_en = Line(_("英文名称"), needed=False)
    code = Line(
        _("编码"),
        most=40,
        checks=[Regexp(r"[a-z0-9_\-]+\Z", message=_("编码用小写字母、数字、横线，比如 repair。"))],
        description=_("表格和接口里用的短名，小写字母、数字、横线。"),
    )
    parent_id = Pick(_("上一级"), coerce=row_id, needed=False)
    position = Count(_("顺序"), most=9999, description=_("数小的排在前面。"))
    is_example = Tick(_("这只是示例，还没有按本区的叫法定下来"))

    @property
    def facts(self) -> dict:
        """What was filled in."""
        return {name: self[name].data for name in ("code", "name", "name_en", "parent_id", "position", "is_example")}


@bp.get("/")
@permit("catalogue:see")
def index():
    """Both catalogues in their order."""
    shelves = [("categories", entries(Category)), ("capabilities", entries(Capability))]
    return Page("communities/catalogue.html", shelves=shelves, titles=TITLES)


def entries(model) -> list:
    """The entries of a catalogue, each followed by those below it."""
    found = list(db.session.scalars(model.seen_by(g.person)))
    return [
        entry for top in found if top.parent_id is None for entry in (top, *(e for e in found if e.parent_id == top.id))
    ]


def shelf(name: str, model) -> Blueprint:
    """The pages that edit one catalogue."""
    pages = Blueprint(name, __name__, url_prefix=f"/catalogue/{name}")

    def page(entry=None):
        found = entries(model)
        facts = {name: getattr(entry, name) for name in EntryForm().facts} if entry else {"position": len(found) + 1}
        form = form_for(EntryForm, **facts)
        tops = [(top.id, top.label) for top in found if top.parent_id is None and top is not entry]
        form.parent_id.choices = [("", _("没有，放在最上面")), *tops]
        return Page("communities/catalogue_entry.html", form=form, entry=entry, shelf=name, title=TITLES[name])

    @pages.get("/new")
    @permit("catalogue:edit")
    def new():
        return page()

    @pages.post("/")
    @permit("catalogue:edit", form=EntryForm, back=(f"{name}.new", None))
    def create(form):
        entry = model.enter(by=g.person, **form.facts)
        say(_("“%(name)s”加好了。", name=entry.name))
        return Back("catalogue.index")

    @pages.get("/<int:id>")
    @permit("catalogue:edit", of=model)
    def show(entry):
        return page(entry)

    @pages.post("/<int:id>")
    @permit("catalogue:edit", of=model, form=EntryForm, back=(f"{name}.show", None))
    def change(entry, form):
        entry.change(by=g.person, **form.facts)
        say(_("“%(name)s”改好了。", name=entry.name))
        return Back("catalogue.index")

    @pages.post("/<int:id>/removal")
    @permit("catalogue:edit", of=model, back=(f"{name}.show", None))
    def remove(entry):
        entry.remove(by=g.person)
        say(_("“%(name)s”去掉了。", name=entry.name))
        return Back("catalogue.index")

    return pages


shelves = [shelf("categories", Category), shelf("capabilities", Capability)]
