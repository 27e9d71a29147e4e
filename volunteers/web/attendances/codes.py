"""计时码: a sheet to print and cut, and where the code of a slip is typed."""

from flask import Blueprint, g, url_for

from communities.attempt import Attempt
from kernel.db import db
from kernel.i18n import _
from kernel.request import Page, form_for, locked, permit, say

from ...attendances import ticking
from ...attendances.time_code import TRIES_AN_HOUR, CodeUnknown, TimeCode, TooManyCodes, shown
from ...shift import Shift
from .forms import CodeForm, CodesForm, ForForm

bp = Blueprint("codes", __name__)


def count_try(_form) -> None:
    """Count a try before anybody looks whether the code is right. Raises `TooManyCodes`."""
    if g.person.id and not Attempt.count_hourly("time-code", g.person, TRIES_AN_HOUR):
        raise TooManyCodes


@bp.post("/shifts/<int:id>/time-codes")
@permit("attendance:keep", of=Shift, form=CodesForm, back=("attendances.show", "list"))
def make(shift, form):
    """A sheet of slips: the only time that the codes are seen; earlier unused ones are void."""
    codes = [shown(code) for code in TimeCode.print(shift, form.count.data, by=g.person)]
    db.session.flush()
    back = url_for("attendances.show", id=shift.id)
    return Page("attendances/codes.html", shift=shift, duty=shift.duty, codes=codes, back_url=back).answer()


@bp.get("/time-code")
@permit("time-code:use")
def show():
    """Where a volunteer types the code of his slip."""
    return Page("attendances/code.html", form=form_for(CodeForm))


@bp.post("/time-code")
@permit("time-code:use", form=CodeForm, before=count_try, person_first=True, back=("codes.show", "code"))
def use(form, _counted):
    """签到 by oneself."""
    row = TimeCode.find(form.code.data)
    if row is None:
        raise CodeUnknown
    shift = locked(Shift, row.shift_id)
    TimeCode.use(form.code.data, shift, g.person, by=g.person)
    say(_("“%(title)s”的签到记好了，谢谢您！", title=shift))


@bp.post("/shifts/<int:id>/time-codes/use")
@permit("attendance:keep", of=Shift, form=ForForm, before=count_try, back=("attendances.show", "list"))
def use_for(shift, form, _counted):
    """The slip that somebody handed to the lead."""
    signup = ticking.list_of(shift).get(form.signup_id.data)
    if signup is None:
        raise ticking.NotInTheList
    at = ticking.moment_in(shift, form.at.data)
    TimeCode.use(form.code.data, shift, signup.person, by=g.person, at=at)
    say(_("%(person)s的计时码记好了。", person=signup.person.called))
