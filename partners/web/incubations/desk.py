"""What the reader of an incubation's page can do there: one form for each step that is his to take now."""

from typing import Any

from flask import g

from communities.purpose import TEXTS, Purpose, newest
from kernel import clock
from kernel.i18n import day
from kernel.permits import may
from kernel.request import form_for

from ...incubations.incubating import MOVES, PAST, Stage
from ...incubations.incubation import Incubation
from .forms import (
    BranchForm,
    FounderForm,
    HeardBranchForm,
    LeaveForm,
    MilestoneForm,
    ReachedForm,
    RefusalForm,
    StepForm,
    StrikeForm,
)

STEPPED = (Stage.APPLIED, Stage.INCUBATING)  # from here a step leads on that has a day
RAISED = (Stage.INCUBATING, Stage.GRADUATED)


def named(form, word: str):
    """One of several forms of a page: its fields get ids of their own."""
    for field in form:
        field.id = field.label.field_id = f"{word}-{field.short_name}"
    return form


def forms_for(incubation: Incubation) -> dict[str, Any]:
    """The forms by name; None for what is not this person's or not now."""
    runs, leaves = may("incubation:run", incubation), may("incubation:leave", incubation)
    stage, today = incubation.stage, clock.today()
    founder = incubation.founder_id is not None and incubation.founder_id == g.person.id
    raised = stage in RAISED
    return {
        "runs": runs,
        "is_founder": founder,
        "today": today,
        "words": TEXTS[Purpose.BRANCH][newest(Purpose.BRANCH)],
        "step": named(form_for(StepForm, on=today), "step") if runs and stage in STEPPED else None,
        "refusal": named(form_for(RefusalForm), "refusal") if runs and stage is Stage.APPLIED else None,
        "leave": named(form_for(LeaveForm, on=today), "leave") if leaves and Stage.LEFT in MOVES[stage] else None,
        "plan": named(form_for(MilestoneForm), "plan") if runs and stage is Stage.INCUBATING else None,
        "reached": reached_forms(incubation) if raised and may("incubation:reach", incubation) else {},
        "strike": strike_form(incubation) if runs and incubation.given else None,
        "branch": named(form_for(BranchForm), "branch") if founder and raised else None,
        "heard": named(form_for(HeardBranchForm), "heard") if runs and raised and incubation.founder_id else None,
        "linking": named(form_for(FounderForm), "linking") if runs and stage not in PAST else None,
    }


def reached_forms(incubation: Incubation) -> dict[int, ReachedForm]:
    """A form under each open milestone: as it was sent if it was sent for this one, else a fresh one."""
    sent = g.get("form")
    forms = {}
    for milestone in incubation.milestones:
        if milestone.is_open:
            is_sent = isinstance(sent, ReachedForm) and sent.milestone.data == str(milestone.id)
            fresh = {"formdata": None, "milestone": milestone.id, "on": clock.today()}
            forms[milestone.id] = named(sent if is_sent else ReachedForm(**fresh), f"reached-{milestone.id}")
    return forms


def strike_form(incubation: Incubation) -> StrikeForm:
    """With every entry that counts."""
    form = named(form_for(StrikeForm), "strike")
    form.support.choices = [(row.id, f"{day(row.day)} {row.what} {row.amount}") for row in incubation.given]
    return form
