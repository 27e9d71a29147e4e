"""The code at the door: a page to hold up, the page that the scan opens, and the one button on it."""

from flask import Blueprint, current_app, g, redirect, request, url_for

from kernel import clock
from kernel.fields import Form
from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.request import Page, form_for, permit, say

from ...attendances import door, window
from ...attendances.attendance import HERE, Attendance
from ...attendances.walk_in import WalkIn
from ...shift import Shift
from ...signup import State
from ...volunteer import Volunteer

bp = Blueprint("door", __name__)
COOKIE = "scan"


@bp.get("/shifts/<int:id>/door")
@permit("attendance:keep", of=Shift)
def show(shift):
    """The code of this half minute, large, on the lead's phone, a tablet or a screen."""
    return Page(
        "attendances/door.html",
        shift=shift,
        duty=shift.duty,
        code=qr(whole_url("door.scan", id=shift.id, code=door.code(shift))),
        here=shift.count(*HERE),
        now=clock.now(),
        is_open=window.opens(shift) <= clock.now() < shift.ends_at and not shift.is_cancelled,
        opens=window.opens(shift),
    )


@bp.get("/shifts/<int:id>/door/<string:code>")
@permit("attendance:scan", of=Shift)
def scan(shift, code):
    """Where the code leads: the ticket goes into a cookie, so that it outlives signing in and is not passed on."""
    answer = redirect(url_for("door.enter", id=shift.id), 303)
    if door.is_code(shift, code):
        path, secure = f"/shifts/{shift.id}", current_app.config["SESSION_COOKIE_SECURE"]
        life = int(door.TICKET.total_seconds())
        answer.set_cookie(COOKIE, door.ticket(shift), life, path=path, httponly=True, samesite="Lax", secure=secure)
    return answer


def carried() -> str:
    """The ticket in this browser."""
    return request.cookies.get(COOKIE, "")


@bp.get("/shifts/<int:id>/check-in")
@permit("attendance:come", of=Shift)
def enter(shift):
    """One button: 签到; for whoever is not in the list, 今天临时来帮忙."""
    signup = shift.signup_of(g.person)
    return Page(
        "attendances/check_in.html",
        shift=shift,
        duty=shift.duty,
        signup=signup,
        attendance=Attendance.of(signup) if signup and signup.state in HERE else None,
        expected=signup is not None and signup.state in (State.CONFIRMED, State.ABSENT),
        scanned=door.scanned_at(shift, carried()),
        asked=WalkIn.of(shift, g.person),
        volunteer=Volunteer.of(g.person),
        opens=window.opens(shift),
        is_open=window.opens(shift) <= clock.now(),
        form=form_for(Form),
    )


@bp.post("/shifts/<int:id>/check-in")
@permit("attendance:come", of=Shift, form=Form, person_first=True, back=("door.enter", "here"))
def come_in(shift, _form):
    """签到, from the moment of the scan on."""
    door.come_in(shift, g.person, carried())
    say(_("签到好了，谢谢您来！"))


@bp.post("/shifts/<int:id>/walk-ins")
@permit("walk-in:ask", of=Shift, form=Form, person_first=True, back=("door.enter", "here"))
def help_today(shift, _form):
    """今天临时来帮忙: the lead sees it in the list."""
    WalkIn.ask(shift, g.person, at=door.moment_of(shift, carried()))
    say(_("告诉负责人了，请找他点一下头。"))
