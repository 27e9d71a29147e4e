"""On paper: the list to tick by hand, and the slip of somebody who was signed up by staff."""

from flask import Blueprint, url_for

from kernel.paper import qr, whole_url
from kernel.request import Page, permit

from ...shift import Shift
from ...signup import Signup
from .lists import rows_of

bp = Blueprint("rosters", __name__)
slips = Blueprint("slips", __name__)
SPARE = 5  # empty lines for walk-ins


@bp.get("/shifts/<int:id>/roster")
@permit("attendance:keep", of=Shift)
def roster(shift):
    """A4: who is expected, a box to tick, a line to sign."""
    back = url_for("attendances.show", id=shift.id)
    return Page(
        "attendances/roster.html", shift=shift, duty=shift.duty, rows=rows_of(shift, {}), spare=SPARE, back_url=back
    )


@slips.get("/signups/<int:id>/slip")
@permit("signup:slip", of=Signup)
def slip(signup):
    """What somebody without a phone takes home: when, where, whom to ring, who signed him up."""
    shift = signup.shift
    return Page(
        "attendances/slip.html",
        signup=signup,
        shift=shift,
        duty=shift.duty,
        code=qr(whole_url("shifts.show", id=shift.id)),
        back_url=url_for("shifts.show", id=shift.id),
    )
