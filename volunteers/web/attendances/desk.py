"""What waits for a lead: a list in which somebody has no tick yet, or a walk-in no answer."""

from datetime import timedelta

from flask import url_for
from sqlalchemy import case, exists, select

from kernel import clock, waiting
from kernel.db import seen
from kernel.i18n import _

from ...attendances.walk_in import Asking, WalkIn
from ...duty import Duty
from ...shift import Shift, Status
from ...signup import Signup, State

LOOKED_BACK = timedelta(days=30)


def unticked(asker):
    """The shifts that this person leads and that ended in the last month."""
    if asker.id is None:
        return None
    open_signup = exists().where(Signup.shift_id == Shift.id, Signup.state == State.CONFIRMED)
    open_walk_in = exists().where(WalkIn.shift_id == Shift.id, WalkIn.state == Asking.ASKED)
    role = case((Duty.role == "", ""), else_=" · " + Duty.role)
    found = select(Shift.id, Duty.activity + role, Shift.ends_at, waiting.no_due()).join(Shift.duty)
    first = clock.at(clock.today()) - LOOKED_BACK
    over = (Shift.ends_at <= waiting.now()) & (Shift.ends_at > first) & (Shift.status == Status.PLANNED)
    return seen(found.where(Duty.lead_id == asker.id, over, open_signup | open_walk_in))


DESK = waiting.Desk(
    kind="attendance.unticked",
    label=_("名单还没点完"),
    action=_("点名单"),
    query=unticked,
    url=lambda id: url_for("attendances.show", id=id),
)
