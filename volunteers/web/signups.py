"""One person's sign-up: yes to an offer, and leaving, by himself or by staff after a call."""

from flask import Blueprint, abort, g, redirect, request, url_for
from sqlalchemy import select

from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.fields import Form
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from .. import alternatives
from ..shift import Shift
from ..signup import Signup
from ..swapping import hold
from .shift_forms import ReasonForm, WithdrawalForm
from .shifts import LISTS

bp = Blueprint("signups", __name__)
PAGES = LISTS | {"me": ("portal.me", "agenda")}


def to_shift(id: int) -> Back:
    """The section of the shift's page that has the buttons; the roster when staff pressed one there.

    Who came by the short address sees there what becomes of his seat.
    """
    own = Signup.seen_by(g.person).where(Signup.id == id)
    shift_id = db.session.scalar(seen(own.with_only_columns(Signup.shift_id))) or abort(404)
    if request.values.get("back") == "no":
        return Back("signups.leave", "leave", id=shift_id)
    return Back("shifts.show", "people" if request.values.get("back") == "people" else "signup", id=shift_id)


def lock_both(id: int) -> None:
    """The person and the shift of a sign-up (and those of the same wish), before its row: as everybody locks."""
    row = db.session.execute(seen(select(Signup.person_id, Signup.shift_id).where(Signup.id == id))).one_or_none()
    if row is not None:
        hold(Person, {row.person_id})
        hold(Shift, alternatives.shifts_of(row.shift_id, row.person_id))


@bp.get("/signups/<int:id>")
@permit("signup:see", of=Signup)
def show(signup):
    """Where the journal's lines about a sign-up lead: the page of its shift."""
    return redirect(url_for("shifts.show", id=signup.shift_id))


@bp.get("/no/<int:id>")
@permit("shift:sign-up", of=Shift)
def leave(shift):
    """这次去不了, where the text of an event leads: one button for who signed up, the page of the shift for others.

    Looking changes nothing: calendar servers and chats fetch the addresses that they find in a text.
    """
    mine = shift.signup_of(g.person)
    if mine is None:
        return redirect(url_for("shifts.show", id=shift.id))
    db.session.scalar(Shift.whole(shift.id))  # what the page says, in one statement
    return Page("volunteers/leave.html", shift=shift, mine=mine, form=form_for(Form), now=clock.now())


@bp.post("/signups/<int:id>/acceptance")
@permit("signup:accept", of=Signup, form=Form, first=lock_both, back=to_shift, backs=PAGES)
def accept(signup, form):
    """我去."""
    signup.shift.accept(signup.person, by=g.person)
    say(_("已报名“%(title)s”，到时候见！", title=signup.shift))


@bp.post("/signups/<int:id>/confirmation")
@permit("signup:decide", of=Signup, form=Form, first=lock_both, back=to_shift)
def confirm(signup, _form):
    """The lead's yes."""
    signup.shift.confirm(signup.person, by=g.person)
    say(_("好的，%(person)s会来，已经告诉他了。", person=signup.person.called))


@bp.post("/signups/<int:id>/no")
@permit("signup:decide", of=Signup, form=ReasonForm, first=lock_both, back=to_shift)
def turn_down(signup, form):
    """The lead's no."""
    signup.shift.turn_down(signup.person, form.reason.data or "", by=g.person)
    say(_("记下了，%(person)s会看到原因。", person=signup.person.called))


@bp.post("/signups/<int:id>/first")
@permit("signup:decide", of=Signup, form=ReasonForm, first=lock_both, back=to_shift)
def call_first(signup, form):
    """Somebody is asked before his turn."""
    signup.shift.call_first(signup.person, form.reason.data or "", by=g.person)
    say(_("%(person)s排到第一位了，原因记在办理经过里。", person=signup.person.called))


@bp.post("/signups/<int:id>/withdrawal")
@permit("signup:withdraw", of=Signup, form=WithdrawalForm, first=lock_both, back=to_shift, backs=PAGES)
def withdraw(signup, form):
    """这次去不了; no reason is asked, one may be given."""
    signup.shift.withdraw(signup.person, by=g.person, reason=form.reason.data or "")
    say(_("好的，这次不去了，名额让给别人；下次再来。"))
