"""The moves of a need: by staff, by whoever was asked, and by whoever said it."""

from flask import g, request
from sqlalchemy import select

from communities.catalogue import Category
from kernel.db import db
from kernel.i18n import _, day
from kernel.request import Back, one, permit, say
from partners.partner import Partner

from ..need import Need
from ..need_state import Privacy
from ..recheck import Way
from .forms import (
    ByTableForm,
    DeclineForm,
    MergeForm,
    ReopenForm,
    ReturnForm,
    RouteForm,
    SolveForm,
    StillWrongForm,
    VerifyForm,
    WordingForm,
)

PAGE = ("needs.show", "need")


@permit("need:verify", of=Need, form=VerifyForm, back=PAGE)
def verify(need, form):
    """It is so."""
    category = one(Category, form.category_id.data)
    need.verify(category, privacy=Privacy(form.privacy.data), matter=form.matter.data or "", by=g.person)
    say(_("核实好了，下一步转给能办的人。"))


@permit("need:reword", of=Need, form=WordingForm, back=PAGE)
def reword(need, form):
    """Other public words, or none any more."""
    need.reword(Privacy(form.privacy.data), form.matter.data or "", by=g.person)
    public = need.privacy is Privacy.MATTER
    say(_("改好了，人人都看得到这一句。") if public else _("改好了，现在只有经办的人看得到。"))


@permit("need:decline", of=Need, form=DeclineForm, back=("needs.refusal", None))
def decline(need, form) -> Back:
    """Nothing that is done here."""
    need.decline(form.reason.data, by=g.person)
    say(_("没有受理，原因会告诉反映的人。"))
    return Back("needs.show", id=need.id)


@permit("need:route", of=Need, form=ByTableForm, back=PAGE)
def route(need, form):
    """To whom the table says."""
    need.route_on(by=g.person)
    said_routed(need)


@permit("need:route", of=Need, form=RouteForm, back=("needs.routing", None))
def route_to(need, form) -> Back:
    """To somebody else."""
    need.route_on(partner=one(Partner, form.partner_id.data), reason=form.reason.data or "", by=g.person)
    said_routed(need)
    return Back("needs.show", id=need.id)


def said_routed(need) -> None:
    """Whom it went to, and by when it is done."""
    say(_("转给了“%(partner)s”，%(day)s 前办完。", partner=need.partner.name, day=day(need.due)))


@permit("need:return", of=Need, form=ReturnForm, back=PAGE)
def send_back(need, form) -> Back:
    """Not ours; from here on it is not theirs to see."""
    need.send_back(form.reason.data, owner=form.owner.data or "", by=g.person)
    say(_("退回给社区了，不算没办好。谢谢您说明原因。"))
    return Back("needs.index")


@permit("need:take", of=Need, back=PAGE)
def take(need):
    """We deal with it."""
    need.taken(by=g.person)
    say(_("接下来了，%(day)s 前办完。", day=day(need.due)))


@permit("need:solve", of=Need, form=SolveForm, back=PAGE)
def solve(need, form):
    """It is done."""
    need.solved(form.answer.data, by=g.person)
    say(_("办好了，谢谢！反映的人会被问一句解决了没有。"))


@permit("need:reopen", of=Need, form=ReopenForm, back=PAGE)
def reopen(need, form):
    """Not done after all."""
    need.reopen(form.reason.data, by=g.person)
    say(_("又打开了。"))


def hold_both(id) -> None:
    """Two needs are held in the order of their ids, whichever goes into the other."""
    sent = request.form.get("into", "")
    ids = {id, int(sent)} if sent.isascii() and sent.isdecimal() and len(sent) < 10 else {id}
    held = select(Need.id).where(Need.id.in_(ids)).order_by(Need.id)
    db.session.execute(held.with_for_update(of=Need, key_share=True)).all()


@permit("need:merge", of=Need, form=MergeForm, first=hold_both, back=("needs.duplicates", None))
def merge(need, form) -> Back:
    """It goes with another one."""
    other = one(Need, form.into.data)
    need.merge_into(other, by=g.person)
    say(_("并到 %(number)s 了，那一件有进展时会一起告诉。", number=other.shown_number))
    return Back("needs.show", id=other.id)


@permit("need:answer", of=Need, back=PAGE)
def confirm(need):
    """解决了."""
    need.confirm(way=Way.ACCOUNT, by=g.person)
    say(_("谢谢您告诉我们。"))


@permit("need:answer", of=Need, form=StillWrongForm, back=PAGE)
def still_wrong(need, form):
    """没解决."""
    need.still_wrong(form.reason.data, way=Way.ACCOUNT, by=g.person)
    say(_("又打开了，社区会接着办。"))


@permit("need:call", of=Need, back=PAGE)
def call_yes(need):
    """Somebody rang: 解决了."""
    need.confirm(way=Way.CALL, by=g.person)
    say(_("记下了：电话问过，解决了。"))


@permit("need:call", of=Need, form=StillWrongForm, back=PAGE)
def call_no(need, form):
    """Somebody rang: 没解决."""
    need.still_wrong(form.reason.data, way=Way.CALL, by=g.person)
    say(_("又打开了，接着办。"))
