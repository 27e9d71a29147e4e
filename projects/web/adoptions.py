"""Adoptions: a partner takes something on, the committee answers, the partner delivers or leaves."""

from flask import abort, g, request
from sqlalchemy import select

from kernel.db import db
from kernel.i18n import _, day, joined
from kernel.request import Back, permit, say
from partners.member import managed_by
from partners.partner import Partner

from ..adoption import Adoption
from ..project import Project
from .adoption_forms import ALL, AdoptionForm, LeaveForm, RefusalForm, ReportForm


def hold_partner(id) -> None:
    """A partner is held before the project: nobody adopts with a right that is taken away in this moment."""
    wanted = g.form.partner_id.data
    db.session.execute(select(Partner.id).where(Partner.id == wanted).with_for_update(of=Partner, key_share=True))


@permit("project:adopt", of=Project, form=AdoptionForm, first=hold_partner, back=("projects.show", "project"))
def adopt(project, form):
    """Take on some of a part, or all that is left of the project."""
    wanted = form.partner_id.data
    partner = next((one for one in managed_by(g.person) if one.id == wanted), None) or abort(404)
    pledge, part = form.pledge.data or "", form.part_id.data
    if part == ALL:
        made = project.adopt_all(partner, pledge=pledge, by=g.person)
    else:
        made = [project.adopt(partner, part, form.quantity.data, pledge=pledge, by=g.person)]
    taken = joined(f"{one.part.title} {one.quantity} {one.part.unit}" for one in made)
    if project.at_once:
        say(
            _("“%(partner)s”认领了：%(taken)s。这个项目不用等答复，今天就可以开始。", partner=partner.name, taken=taken)
        )
        return
    until = day(made[0].answer_due)
    say(_("“%(partner)s”认领了：%(taken)s。社区会在 %(day)s 前答复。", partner=partner.name, taken=taken, day=until))


def page_of(id) -> Back:
    """Its own page where the button stands there, else the page of its project."""
    if request.values.get("back") == "adoption":
        return Back("adoptions.show", "adoption", id=id)
    project_id = db.session.scalar(select(Adoption.project_id).where(Adoption.id == id)) or abort(404)
    return Back("projects.show", "project", id=project_id)


@permit("adoption:accept", of=Adoption, back=page_of)
def accept(adoption):
    """The committee says yes."""
    adoption.accept(by=g.person)
    say(_("已接受，“%(partner)s”会收到消息。", partner=adoption.partner.name))


@permit("adoption:decline", of=Adoption, form=RefusalForm, back=page_of)
def decline(adoption, form):
    """The committee says no, and why."""
    adoption.decline(form.reason.data, by=g.person)
    say(_("已婉拒，“%(partner)s”会看到原因；这一部分重新开放认领。", partner=adoption.partner.name))


@permit("adoption:leave", of=Adoption, form=LeaveForm, back=page_of)
def leave(adoption, form):
    """The partner cannot do it after all."""
    adoption.leave(form.reason.data, by=g.person)
    say(_("已退出，社区会看到原因；这一部分重新开放认领。谢谢您及时说明。"))


@permit("adoption:deliver", of=Adoption, form=ReportForm, back=page_of)
def deliver(adoption, form):
    """The partner has done it."""
    adoption.deliver(form.report.data, by=g.person)
    say(_("已交付，谢谢！社区确认后就会结项。"))
