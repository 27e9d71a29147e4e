"""What came with an adoption beside working time: the list of it, one more, and what does not count."""

from flask import abort, g
from sqlalchemy import select

from kernel.db import db, seen
from kernel.fields import Count, Form, Line, Lines
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from ..adoption import Adoption
from ..in_kind import GIVEN_IN, MOST, InKind
from ..part import Part


class GivenForm(Form):
    """What, about how much, and how that was found."""

    what = Line(_("投入了什么"), most=120, description=_("例如：维修配件、场地、印刷、午餐。人时按约定另算。"))
    yuan = Count(_("约合多少元"), least=1, most=MOST, description=_("只是估算，网站不经手钱。"))
    basis = Lines(_("怎么估出来的"), most=500, description=_("例如：对外价每场 200 元，用了 3 场。会写在参与证明上。"))


class StrikeForm(Form):
    """Why it does not count."""

    reason = Lines(_("为什么划掉"), most=500, description=_("一句话就够，对方会看到。"))


@permit("in-kind:see", of=Adoption)
def index(adoption) -> Page:
    """What is noted, and what was struck."""
    part, given = noted(adoption)
    return Page(
        "projects/in_kind.html",
        adoption=adoption,
        part=part,
        given=given,
        yuan=sum(one.yuan for one in given if one.struck_at is None),
        form=form_for(GivenForm) if adoption.state in GIVEN_IN else None,
        strike=form_for(StrikeForm),
    )


def noted(adoption: Adoption) -> tuple[Part, list[InKind]]:
    """The part that was adopted, and everything that was noted, in its order: one statement."""
    rows = select(Part, InKind).outerjoin(InKind, InKind.adoption_id == adoption.id)
    rows = rows.where(Part.id == adoption.part_id).order_by(InKind.id)
    found = db.session.execute(seen(rows)).all()
    return found[0][0], [given for _part, given in found if given is not None]


@permit("in-kind:note", of=Adoption, form=GivenForm, back=("in_kind.index", "given"))
def note_down(adoption, form):
    """One more."""
    InKind.note_down(adoption, form.what.data, form.yuan.data, form.basis.data, by=g.person)
    say(_("记下了。社区出参与证明时会写上这一笔和它的依据。"))


def page_of(id) -> Back:
    """The list that it stands on."""
    adoption = db.session.scalar(select(InKind.adoption_id).where(InKind.id == id)) or abort(404)
    return Back("in_kind.index", "given", id=adoption)


@permit("in-kind:strike", of=InKind, form=StrikeForm, back=page_of)
def strike(given, form):
    """It does not count."""
    given.strike(form.reason.data, by=g.person)
    say(_("划掉了“%(what)s”，以后的证明不再算它；已经出具的证明不变。", what=given.what))
