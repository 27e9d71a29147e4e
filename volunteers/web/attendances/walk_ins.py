"""What the lead says to walk-ins, and those whom he adds himself."""

from flask import Blueprint, abort, g, redirect, url_for

from kernel.db import db, seen
from kernel.fields import Form
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Back, permit, say

from ...attendances import ticking
from ...attendances.attendance import Way
from ...attendances.walk_in import WalkIn, add
from ...shift import Shift
from ..somebody import count_number, lock_somebody, with_phone
from .forms import HelperForm

bp = Blueprint("walk_ins", __name__)


def to_list(id: int) -> Back:
    """The list of the shift that it is about."""
    own = WalkIn.seen_by(g.person).where(WalkIn.id == id).with_only_columns(WalkIn.shift_id)
    return Back("attendances.show", "list", id=db.session.scalar(seen(own)) or abort(404))


@bp.get("/walk-ins/<int:id>")
@permit("walk-in:see", of=WalkIn)
def show(row):
    """Where the journal's lines about a walk-in lead: the list for the lead, the page of the shift for himself."""
    page = "attendances.show" if may("attendance:keep", row.shift) else "shifts.show"
    return redirect(url_for(page, id=row.shift_id))


@bp.post("/walk-ins/<int:id>/acceptance")
@permit("walk-in:answer", of=WalkIn, form=Form, back=to_list)
def accept(row, _form):
    """Welcome."""
    row.take(by=g.person)
    say(_("%(person)s加进名单了，时间从他扫码算起。", person=row.person.called))


@bp.post("/walk-ins/<int:id>/refusal")
@permit("walk-in:answer", of=WalkIn, form=Form, back=to_list)
def decline(row, _form):
    """There are hands enough."""
    row.decline(by=g.person)
    say(_("好的，告诉%(person)s这次不缺人了。", person=row.person.called))


@bp.post("/shifts/<int:id>/helpers")
@permit(
    "attendance:keep",
    of=Shift,
    form=HelperForm,
    before=count_number,
    first=lock_somebody,
    back=("attendances.show", "list"),
)
def add_known(shift, form, _counted):
    """Somebody who is there, by phone number; whoever is not known is registered at /volunteers/new first."""
    person = with_phone(form.phone.data)
    at = ticking.moment_in(shift, form.at.data)
    add(shift, person, way=Way.LIST, by=g.person, at=at or ticking.on_time(shift))
    say(_("%(person)s加进名单了。", person=person.called))
