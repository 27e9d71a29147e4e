"""签退 before the planned end, by oneself or by the lead."""

from flask import Blueprint, abort, g
from sqlalchemy import select

from kernel.db import db, seen
from kernel.fields import Clock, Form
from kernel.i18n import _
from kernel.request import Back, permit, say

from ...attendances import ticking
from ...attendances.attendance import Attendance
from ...signup import Signup

bp = Blueprint("moves", __name__)


class LeaveForm(Form):
    """When the person left; now where nothing is written."""

    left = Clock(_("几点走"), needed=False)


def to_shift(id: int) -> Back:
    """The page of the shift."""
    mine = Attendance.seen_by(g.person).where(Attendance.id == id).with_only_columns(Attendance.signup_id)
    shift = select(Signup.shift_id).where(Signup.id.in_(mine))
    return Back("shifts.show", "signup", id=db.session.scalar(seen(shift)) or abort(404))


def to_list(id: int) -> Back:
    """The lead's list."""
    return Back("attendances.show", "list", id=to_shift(id).keys["id"])


@bp.post("/attendances/<int:id>/departure")
@permit("attendance:leave", of=Attendance, form=Form, back=to_shift)
def leave(attendance, _form):
    """先走了, by oneself."""
    attendance.leave(by=g.person)
    say(_("签退好了，路上慢走。"))


@bp.post("/attendances/<int:id>/end")
@permit("attendance:leave", of=Attendance, form=LeaveForm, back=to_list)
def end(attendance, form):
    """先走了, as the lead writes it down; also puts an end right that the clock assumed."""
    shift = attendance.signup.shift
    attendance.leave(by=g.person, at=ticking.moment_in(shift, form.left.data))
    say(_("%(person)s的签退记好了。", person=attendance.signup.person.called))
