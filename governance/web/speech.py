"""What the journal says of needs, and where search and journal lead. A need is named by its number, never by words."""

from flask import url_for
from sqlalchemy import select

from communities import journal
from communities.catalogue import Category
from kernel import paper_number, search
from kernel.db import db, seen
from kernel.i18n import _

from ..answer_text import AnswerText
from ..need import Need
from ..theme import Theme

SENTENCES = {
    "need.said": _("收到居民反映的一件事 %(need)s"),
    "need.noted": _("%(by)s 替居民记下一件事 %(need)s"),
    "need.verified": _("%(by)s 核实了 %(need)s"),
    "need.reworded": _("%(by)s 改了 %(need)s 谁能看、公开怎么说"),
    "need.declined": _("%(by)s 没有受理 %(need)s，原因写在它的页面上"),
    "need.contact_seen": _("%(by)s 看了 %(need)s 反映人的电话"),
    "need.routed": _("%(by)s 把 %(need)s 转给“%(partner)s”"),
    "need.returned": _("“%(partner)s”退回了 %(need)s，原因写在它的页面上"),
    "need.came_back": _("“%(partner)s”现在办不了 %(need)s，退回给社区"),
    "need.for_meeting": _("%(need)s 退回了两次，提到下一次多网合一会上"),
    "need.taken": _("“%(partner)s”接下了 %(need)s"),
    "need.taken_here": _("%(by)s：社区自己来办 %(need)s"),
    "need.taken_up": _("社区为 %(need)s 立了公益项目"),
    "need.let_go": _("%(need)s 的项目撤回了，回到社区再想办法"),
    "need.solved": _("%(need)s 办好了，请反映的人说一句解决了没有"),
    "need.confirmed": _("反映的人说 %(need)s 解决了"),
    "need.confirmed_again": _("四周以后再问，%(need)s 还是好的"),
    "need.reopened": _("%(need)s 又打开了，还有没解决的"),
    "need.asked_again": _("%(need)s 办好四周了，再问一句解决了没有"),
    "need.merged": _("%(need)s 和 %(into)s 是同一件事，并到那一件一起办"),
    "need.late": _("%(need)s 过了期限，街道看得到"),
    "needs.imported": _("%(by)s 用表格导入了 %(new)s 件需求"),
    "theme.gathered": _("%(by)s 把 %(number)s 件需求归成专题“%(theme)s”"),
    "theme.joined": _("%(by)s 把 %(need)s 放进专题“%(theme)s”"),
    "theme.left": _("%(by)s 把 %(need)s 从专题“%(theme)s”里拿出来"),
    "theme.reported": _("专题“%(theme)s”有了新进展"),
    "need_route.set": _("%(by)s 定了转办：%(place)s的“%(category)s”转给“%(partner)s”，%(days)s 个工作日"),
    "need_route.ended": _("%(by)s 去掉了%(place)s“%(category)s”转给“%(partner)s”的一行"),
    "answer_text.written": _("%(by)s 加了答复模板“%(answer_text)s”"),
    "answer_text.rewritten": _("%(by)s 改了答复模板“%(answer_text)s”"),
}


def numbers(ids: set[int]) -> dict[int, str]:
    """The numbers of these needs as they stand on receipts."""
    return {id: paper_number.shown(number) for id, number in journal.name_of(Need, "number")(ids).items()}


def categories(ids: set[int]) -> dict[int, str]:
    """The names of these categories in the reader's language."""
    rows = db.session.scalars(seen(select(Category).where(Category.id.in_(ids))))
    return {row.id: row.label for row in rows}


def address(id: int) -> str:
    """Where a need is shown."""
    return url_for("needs.show", id=id)


def set_up() -> None:
    """Tell the journal and the search."""
    journal.speaks(SENTENCES)
    journal.names("theme", journal.name_of(Theme, "title"))
    journal.addresses("theme", lambda id: url_for("themes.show", id=id))
    for key in ("need", "into"):
        journal.names(key, numbers)
    journal.names("category", categories)
    journal.names("answer_text", journal.name_of(AnswerText, "title"))
    journal.addresses("need", address)
    journal.addresses("need_route", lambda id: url_for("need_routes.index"))
    journal.addresses("answer_text", lambda id: url_for("answer_texts.index"))
    search.searchable("need", Need, _("需求"), lambda need: address(need.id))
