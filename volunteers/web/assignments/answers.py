"""One assignment: yes and no, days away, another term, the end; my buildings in a list."""

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from communities.journal import Line, tell
from communities.place import Place
from kernel.db import db, seen
from kernel.fields import Form, scanned
from kernel.i18n import _, day
from kernel.permits import may
from kernel.receipt import new_key
from kernel.request import Page, form_for, permit, say

from ...assignments import people
from ...assignments.assignment import Assignment
from ...assignments.pause import Why
from ...assignments.state import Standing, State
from .doors import be_named
from .forms import AcceptForm, DeclineForm, PauseForm, ReasonForm, SignForm
from .successor import ProposeForm, choices, members

BACK = ("assignments.show", "assignment")
BACKS = {"me": ("portal.me", "buildings"), "mine": ("assignments.index", "buildings")}


@permit("assignment:list")
def index():
    """The buildings that I look after, and what I am asked."""
    return Page("assignments/index.html", rows=people.of_person(g.person), key=new_key())


@permit("assignment:see", of=Assignment)
def show(assignment):
    """Where it stands, what I can do, how it came to this."""
    load = select(Assignment).where(Assignment.id == assignment.id)
    load = load.options(joinedload(Assignment.building).joinedload(Place.parent))
    db.session.scalar(seen(load.options(joinedload(Assignment.partner), joinedload(Assignment.scan))))
    own = assignment.person_id == g.person.id
    hands_over = own and assignment.is_serving and assignment.standing is Standing.HOLDER
    proposing = form_for(ProposeForm)
    proposing.member.choices = choices(members(assignment) if hands_over else [])
    proposing.phone.flags.required = len(proposing.member.choices) == 1  # nobody to choose instead
    return Page(
        "assignments/show.html",
        one=assignment,
        own=own,
        staff=may("assignment:answer", assignment),
        handled=tell(list(db.session.scalars(Line.about(assignment)))),
        form=form_for(Form),
        accepting=form_for(AcceptForm),
        declining=form_for(DeclineForm),
        signing=form_for(SignForm),
        pausing=form_for(PauseForm),
        leaving=form_for(ReasonForm),
        State=State,
        hands_over=hands_over,
        proposing=proposing,
        successor=assignment.seat_mate(Standing.SUCCESSOR) if hands_over else None,
    )


@permit("assignment:accept", of=Assignment, form=AcceptForm, back=BACK, backs=BACKS)
def accept(assignment, form):
    """我愿意."""
    assignment.accept(by=g.person)
    be_named(assignment.person, form.named.data)
    if assignment.state is State.SERVING:
        say(_("从今天起，这栋楼由您照看。谢谢您！"))
    else:
        say(_("谢谢！社区在 2 个工作日内答复。"))


@permit("assignment:refuse", of=Assignment, form=ReasonForm, back=BACK, backs=BACKS)
def refuse(assignment, form):
    """这次不了, without penalty."""
    assignment.refuse(form.reason.data or "", by=g.person)
    say(_("好的，已经告诉社区了，没有任何影响。"))


@permit("assignment:withdraw", of=Assignment, form=ReasonForm, back=BACK, backs=BACKS)
def withdraw(assignment, form):
    """A claim or an offer is taken back."""
    assignment.withdraw(form.reason.data or "", by=g.person)
    say(_("撤回了，这个位置空出来了。"))


@permit("assignment:answer", of=Assignment, form=Form, back=BACK)
def approve(assignment, form):
    """The committee's yes."""
    assignment.approve(by=g.person)
    say(_("已同意，%(person)s从今天起照看这栋楼。", person=assignment.person.called))


@permit("assignment:answer", of=Assignment, form=DeclineForm, back=BACK)
def decline(assignment, form):
    """The committee's no, with its reason."""
    assignment.decline(form.reason.data, by=g.person)
    say(_("已答复%(person)s，原因他会看到。", person=assignment.person.called))


@permit("assignment:sign", of=Assignment, form=SignForm, before=scanned, back=BACK)
def sign(assignment, form, paper):
    """His yes on a slip of paper, collected by staff."""
    assignment.sign(form.signed_on.data, by=g.person, paper=paper)
    be_named(assignment.person, form.named.data, by=g.person)
    say(_("记下了，%(person)s已签字，现在是在任。", person=assignment.person.called))


@permit("assignment:sign", of=Assignment)
def slip(assignment):
    """确认单: one page to sign."""
    return Page("assignments/slips.html", rows=[assignment], place=assignment.building, back_url=None)


@permit("assignment:see", of=Assignment)
def scan(assignment):
    """The signed slip as it came."""
    if assignment.scan is None:
        raise NotFound
    return assignment.scan.answer()


@permit("assignment:pause", of=Assignment, form=PauseForm, back=BACK)
def pause(assignment, form):
    """Away for some days."""
    assignment.pause(form.first.data, form.last.data, Why(form.why.data), by=g.person)
    say(_("记下了。社区可以请人暂代，您随时可以提前回来。"))


@permit("assignment:pause", of=Assignment, form=Form, back=BACK)
def resume(assignment, form):
    """Back earlier."""
    assignment.resume(by=g.person)
    say(_("欢迎回来！"))


@permit("assignment:end", of=Assignment, form=Form, back=BACK)
def renew(assignment, form):
    """On for another term."""
    assignment.renew(by=g.person)
    say(_("续上了，到 %(day)s。谢谢您！", day=day(assignment.until)))


@permit("assignment:end", of=Assignment, form=ReasonForm, back=BACK, backs=BACKS)
def end(assignment, form):
    """先不照看了, by either side and without penalty."""
    assignment.end(form.reason.data or "", by=g.person)
    say(_("好的，这栋楼先不照看了。谢谢一直以来的照看！"))
