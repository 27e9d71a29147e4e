"""The page of one adoption: who took on what, the steps of it, who does it too, and what happened."""

from dataclasses import dataclass
from typing import Any

from flask import g

from communities.journal import tell
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Page, form_for, permit

from .. import whole_adoption
from ..adoption import Adoption
from ..milestone import Milestone
from ..stage import Stage
from ..standing import State
from .forms import MoveForm, named
from .progress_forms import (
    AgreeForm,
    DayForm,
    EvaluationForm,
    PauseForm,
    PlanForm,
    ProgressForm,
    ProlongForm,
    PromiseForm,
    ReachForm,
    ReplyForm,
    TransferForm,
    TransferNoForm,
)
from .show import promise
from .transfers import takers


@dataclass(frozen=True)
class Step:
    """One milestone as the reader sees it: how it is drawn, and the forms that are his."""

    milestone: Milestone
    drawn: str
    late: int
    reach: ReachForm | None
    day: DayForm | None


@permit("adoption:see", of=Adoption)
def show(adoption) -> Page:
    """Everything about it that this person may know, and what he can do."""
    whole_adoption.read(adoption)
    late = adoption.lateness
    parties = may("adoption:see-handling", adoption)
    return Page(
        "adoptions/show.html",
        adoption=adoption,
        project=adoption.project,
        part=adoption.part,
        promise=promise(adoption),
        parties=parties,
        stands_under=may("adoption:stand-under", adoption),
        contacts=may("adoption:see-contact", adoption),
        inside=parties or any(may("milestone:see-evidence", one) for one in adoption.milestones[:1]),
        steps=[step(milestone, late.get(milestone.id, 0)) for milestone in adoption.milestones],
        successor=next((one for one in adoption.project.adoptions if one.took_over_id == adoption.id), None),
        before=next((one for one in adoption.project.adoptions if one.id == adoption.took_over_id), None),
        told=tell(whole_adoption.handling(adoption, g.person)),
        silent=adoption.silent_days if parties else 0,
        button=named(MoveForm(formdata=None), "button"),
        **forms_for(adoption),
    )


def step(milestone: Milestone, late: int) -> Step:
    """A milestone that is so many working days late, and the forms under it while it is open."""
    acts = milestone.is_open and may("milestone:reach", milestone)
    return Step(
        milestone,
        drawn=drawn(milestone, late),
        late=late,
        reach=under(ReachForm, "reach", milestone) if acts else None,
        day=under(DayForm, "day", milestone) if acts else None,
    )


def drawn(milestone: Milestone, late: int) -> str:
    """The mark on the line: done, late, the next one to reach, or what is over without being reached."""
    if milestone.reached_on:
        return "done"
    if late:
        return "late"
    return "now" if milestone.is_open else "next"


def under(kind, word: str, milestone: Milestone):
    """The form under one milestone: as it was sent if it was sent for this one, else a fresh one."""
    sent = g.get("form")
    mine = isinstance(sent, kind) and sent.milestone.data == str(milestone.id)
    form = sent if mine else kind(formdata=None, milestone=milestone.id)
    return named(form, f"{word}-{milestone.id}")


def forms_for(adoption: Adoption) -> dict[str, Any]:
    """The forms by name; None for what is not this person's or not now."""
    running = adoption.state is State.RUNNING
    adopts = running and may("adoption:promise", adoption)
    plans = running and adoption.leads and may("adoption:plan", adoption)
    silent = running and adoption.prolonged_on is None and may("adoption:prolong", adoption)
    closed = adoption.project.stage is Stage.CLOSED and adoption.state is State.DELIVERED
    judges = closed and adoption.evaluation is None and may("adoption:evaluate", adoption)
    return {
        "new_step": step_form(adoption) if adopts else None,
        "progress": named(form_for(ProgressForm), "progress") if adopts else None,
        "pause": named(form_for(PauseForm), "pause") if adopts and adoption.may_pause else None,
        "plan": named(form_for(PlanForm, plan=adoption.project.plan), "plan") if plans else None,
        "prolong": named(form_for(ProlongForm), "prolong") if silent else None,
        "evaluation": named(form_for(EvaluationForm), "evaluation") if judges else None,
        "reply": reply_form(adoption),
        **transfer_forms(adoption, adopts),
    }


def step_form(adoption: Adoption) -> PromiseForm:
    """A first step within 10 working days is proposed."""
    first = {"title": str(_("看现场，和社区对好时间")), "due": adoption.first_step_by}
    first = {} if adoption.milestones else first
    return named(form_for(PromiseForm, **first), "step")


def reply_form(adoption: Adoption) -> ReplyForm | None:
    """For its partner, once."""
    said = adoption.evaluation
    if said is None or said.replied_at is not None or not may("evaluation:reply", said):
        return None
    return named(form_for(ReplyForm), "reply")


def transfer_forms(adoption: Adoption, adopts: bool) -> dict[str, Any]:
    """What each of the three sides can say to a hand-over now."""
    offer = adoption.offer
    answers = offer is not None and offer.state == "offered" and may("transfer:answer", offer)
    approves = offer is not None and offer.state == "agreed" and may("transfer:approve", offer)
    hand_over = named(form_for(TransferForm), "transfer") if adopts and offer is None else None
    if hand_over is not None:
        hand_over.to_id.choices = takers(adoption)
    return {
        "offer": offer,
        "hand_over": hand_over,
        "agree": named(form_for(AgreeForm), "agree") if answers else None,
        "transfer_no": named(form_for(TransferNoForm), "no") if answers or approves else None,
        "approves": approves,
        "withdraws": offer is not None and not answers and may("transfer:withdraw", offer),
    }
