"""Papers: what staff saw of a volunteer's certificates, for the duties that need proof."""

from flask import Blueprint, abort, g
from sqlalchemy import select

from communities.catalogue import Capability
from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.fields import Day, Form, Line, Pick, row_id
from kernel.i18n import _
from kernel.request import Back, Page, form_for, one, permit, say

from ..qualification import Qualification
from ..volunteer import Volunteer
from .guardian import lock_person

bp = Blueprint("papers", __name__)


class PaperForm(Form):
    """What was seen; the paper itself stays with its owner."""

    capability_id = Pick(_("证明会什么"), coerce=row_id)
    paper = Line(_("证件名称"), most=120, description=_("比如“红十字救护员证”。不记证号，也不留复印件。"))
    until = Day(_("有效期到哪天"), needed=False, description=_("长期有效的不填。"))


@bp.get("/volunteers/<int:id>/papers")
@permit("volunteer:papers", of=Volunteer)
def show(volunteer):
    """What was seen already, and the form for one more."""
    form = form_for(PaperForm)
    choosable = db.session.scalars(Capability.choosable(g.person))
    form.capability_id.choices = [("", _("请选择")), *((row.id, row.label) for row in choosable)]
    papers = list(db.session.scalars(Qualification.of(volunteer.person)))
    facts = {"volunteer": volunteer, "neighbour": volunteer.person, "papers": papers, "on": clock.today()}
    return Page("volunteers/papers.html", form=form, **facts)


@bp.post("/volunteers/<int:id>/papers")
@permit("volunteer:papers", of=Volunteer, form=PaperForm, first=lock_person, back=("papers.show", "papers"))
def note(volunteer, form):
    """Somebody saw it."""
    capability = one(Capability, form.capability_id.data)
    Qualification.note_seen(volunteer.person, capability, form.paper.data, form.until.data, by=g.person)
    say(_("记下了，%(name)s可以报要这张证件的岗位了。", name=volunteer.person.called))


def page_of(id: int) -> Back:
    """The page of whose paper it is."""
    owner = select(Qualification.person_id).where(Qualification.id == id).scalar_subquery()
    volunteer = db.session.scalar(seen(select(Volunteer.id).where(Volunteer.person_id == owner))) or abort(404)
    return Back("papers.show", "papers", id=volunteer)


def lock_owner(id: int) -> None:
    """The person before the paper."""
    owner = select(Qualification.person_id).where(Qualification.id == id).scalar_subquery()
    db.session.execute(select(Person.id).where(Person.id == owner).with_for_update(key_share=True))


@bp.post("/papers/<int:id>/end")
@permit("paper:end", of=Qualification, form=Form, first=lock_owner, back=page_of)
def end(paper, _form):
    """It counts no more."""
    paper.end(by=g.person)
    say(_("撤下了；已经报好的活动不变，请负责人看看要不要另请人。"))
