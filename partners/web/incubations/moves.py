"""What the committee does with a firm that it raises, and what the firm itself does: stages, milestones, the branch."""

from flask import abort, g

from communities.attempt import Attempt
from communities.purpose import Way
from kernel.i18n import _
from kernel.request import Back, permit, say

from ...incubations.branch import Branch, NoBranch
from ...incubations.incubation import Incubation
from ...membership import TooManyNumbers
from .forms import (
    BranchForm,
    FounderForm,
    HeardBranchForm,
    LeaveForm,
    MilestoneForm,
    ReachedForm,
    RefusalForm,
    StepForm,
)

BACK = ("incubations.show", "incubation")
NUMBERS_AN_HOUR = 20


@permit("incubation:run", of=Incubation, form=StepForm, back=BACK)
def accept(incubation, form):
    """It is taken in."""
    incubation.accept(form.on.data, by=g.person)
    say(_("“%(firm)s”入孵了。接下来可以定里程碑、记支持。", firm=incubation.name))


@permit("incubation:run", of=Incubation, form=RefusalForm, back=BACK)
def refuse(incubation, form):
    """Not this time."""
    incubation.refuse(form.reason.data or "", by=g.person)
    say(_("已答复“%(firm)s”这次没有录取，对方看到原因后可以改好再申请。", firm=incubation.name))


@permit("incubation:run", of=Incubation, form=StepForm, back=BACK)
def graduate(incubation, form):
    """It stands on its own feet."""
    incubation.graduate(form.on.data, by=g.person)
    say(_("“%(firm)s”毕业了！对方会收到消息，可以申请成为合伙人。", firm=incubation.name))


@permit("incubation:leave", of=Incubation, form=LeaveForm, back=BACK)
def leave(incubation, form):
    """It goes."""
    incubation.leave(form.on.data, form.reason.data or "", by=g.person)
    say(_("“%(firm)s”已退出孵化，做过的都还记着。", firm=incubation.name))


def shown(id, milestone) -> Back:
    """The page of the firm, for what has an address of its own below it."""
    return Back("incubations.show", "incubation", id=id)


def milestone_of(incubation, id: int):
    """A milestone of this firm; no other is known here."""
    return next((one for one in incubation.milestones if one.id == id), None) or abort(404)


@permit("incubation:run", of=Incubation, form=MilestoneForm, back=BACK)
def plan(incubation, form):
    """One more thing to reach."""
    milestone = incubation.plan(form.what.data, form.due.data, by=g.person)
    say(_("定好了：%(what)s。到期前一周会提醒双方。", what=milestone.what))


@permit("incubation:reach", of=Incubation, form=ReachedForm, back=shown)
def reach(incubation, form, milestone):
    """It was reached."""
    found = milestone_of(incubation, milestone)
    incubation.reach(found, form.on.data, form.note.data or "", by=g.person)
    say(_("记下了：%(what)s，达到了。", what=found.what))


@permit("incubation:run", of=Incubation, back=shown)
def drop(incubation, milestone):
    """It is not wanted any more."""
    found = milestone_of(incubation, milestone)
    incubation.drop(found, by=g.person)
    say(_("划掉了：%(what)s。", what=found.what))


def hold_founder(id):
    """The founder's row before the firm's: a consent is about the founder."""
    Branch.lock_founder(id)


@permit("incubation:say-branch", of=Incubation, form=BranchForm, first=hold_founder, back=BACK)
def note_branch(incubation, form):
    """The founder says it."""
    Branch.note_down(incubation, form.members.data, by=g.person)
    say(_("记下了，只记人数。想收回，随时在“账号与登录”里收回同意。"))


@permit("incubation:run", of=Incubation, form=HeardBranchForm, first=hold_founder, back=BACK)
def hear_branch(incubation, form):
    """Somebody heard it of the founder."""
    Branch.note_down(incubation, form.members.data, by=g.person, way=Way(form.way.data))
    say(_("记下了，只记人数；创办人会收到消息，随时可以收回。"))


@permit("incubation:end-branch", of=Incubation, back=BACK)
def end_branch(incubation):
    """It is not linked any more."""
    if incubation.branch is None:
        raise NoBranch
    incubation.branch.take_back(by=g.person)
    say(_("不再记了，人数已经清掉。"))


def count_number(_form) -> None:
    """Count the number before anybody looks whose it is. Raises `TooManyNumbers`."""
    if g.person.id and not Attempt.count_hourly("founder", g.person, NUMBERS_AN_HOUR):
        raise TooManyNumbers


@permit("incubation:run", of=Incubation, form=FounderForm, before=count_number, back=BACK)
def link_founder(incubation, form, _counted):
    """Let the founder's account see it."""
    person = incubation.link_founder(form.phone.data, by=g.person)
    say(_("连上了：%(person)s现在能看到这一页。不是这个人的话，请马上重新连。", person=person.called))
