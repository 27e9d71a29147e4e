"""The page of one project: what is to be done, who does what of it, and what happened."""

from dataclasses import dataclass

from flask import g

from communities.journal import tell
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Page, form_for, permit
from partners.member import active_managed_by, managed_by

from .. import whole
from ..adoption import Adoption
from ..part import Part
from ..project import Project
from ..stage import UNSEEN, WRITTEN, Stage
from ..standing import State
from .adoption_forms import ALL, AdoptionForm, LeaveForm, RefusalForm, ReportForm, answer_form
from .attachments import AttachmentForm
from .forms import GiveBackForm, MoveForm, OutcomeForm, PartForm, named
from .photos import album


@dataclass(frozen=True)
class Promise:
    """One adoption as the reader sees it; the forms that are not his are None."""

    adoption: Adoption
    answer: RefusalForm | None
    leave: LeaveForm | None
    deliver: ReportForm | None
    tells_why: bool


@dataclass(frozen=True)
class PartRow:
    """A part, who took what of it, and in a draft the form that takes it out."""

    part: Part
    living: list[Promise]
    ended: list[Promise]
    drop: MoveForm | None


@permit("project:see", of=Project)
def show(project) -> Page:
    """Everything about it that this person may know."""
    line, follows, grounds = whole.read(project, g.person)
    edits, closes, reviews = (
        may("project:cut", project),
        may("project:close", project),
        may("project:give-back", project),
    )
    waits = project.stage is Stage.REVIEW
    return Page(
        "projects/show.html",
        project=project,
        line=line,
        rows=[part_row(part, project, edits) for part in project.parts],
        told=tell(whole.handling(project, g.person)),
        adoption=adoption_form(project),
        mine=managed_by(g.person),
        moves=named(MoveForm(formdata=None), "move") if edits else None,
        give_back=named(form_for(GiveBackForm), "give-back") if reviews and waits else None,
        new_part=named(form_for(PartForm), "part") if edits and project.takes_parts else None,
        attach=named(form_for(AttachmentForm), "attach") if edits and project.stage is not Stage.CLOSED else None,
        album=album(project) if project.stage is Stage.CLOSED else None,
        public=project.stage not in UNSEEN,
        follows=follows,
        grounds=grounds,
        cares=may("project:see-needs", project),
        follow=named(MoveForm(formdata=None), "follow"),
        outcome=named(form_for(OutcomeForm), "outcome") if closes and project.can_close else None,
    )


def part_row(part: Part, project: Project, edits: bool) -> PartRow:
    """A part with the adoptions of it, oldest first."""
    promises = [promise(adoption) for adoption in project.adoptions if adoption.part_id == part.id]
    return PartRow(
        part,
        living=[one for one in promises if one.adoption.is_living],
        ended=[one for one in promises if not one.adoption.is_living and one.tells_why],
        drop=named(MoveForm(formdata=None), f"drop-{part.id}") if edits and project.stage in WRITTEN else None,
    )


def promise(adoption: Adoption) -> Promise:
    """An adoption with what this person may say to it now."""
    asked, running = adoption.state is State.ASKED, adoption.state is State.RUNNING
    decides = asked and may("adoption:decline", adoption)
    leaves = (asked or running) and may("adoption:leave", adoption)
    delivers = running and may("adoption:deliver", adoption)
    return Promise(
        adoption,
        answer=answer_form(RefusalForm, "answer", adoption) if decides else None,
        leave=answer_form(LeaveForm, "leave", adoption) if leaves else None,
        deliver=answer_form(ReportForm, "deliver", adoption) if delivers else None,
        tells_why=may("adoption:see-reason", adoption),
    )


def adoption_form(project: Project) -> AdoptionForm | None:
    """The form that takes something on: for managers of active partners, while something is left."""
    if project.stage is not Stage.OPEN or not may("project:adopt", project):
        return None
    left = [part for part in project.parts if part.left]
    form = named(form_for(AdoptionForm), "adopt")
    form.partner_id.choices = [(partner.id, partner.name) for partner in active_managed_by(g.person)]
    form.part_id.choices = [
        (part.id, _("%(part)s，还剩 %(left)s %(unit)s", part=part.title, left=part.left, unit=part.unit))
        for part in left
    ]
    if len(left) > 1:
        form.part_id.choices.append((ALL, _("剩下的全部：%(amount)s", amount=project.remaining)))
    return form
