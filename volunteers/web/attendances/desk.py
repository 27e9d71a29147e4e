"""What waits for a lead: a list in which somebody has no tick yet, or a walk-in no answer.

It is due when it closes, 10 working days after the shift (67号令 art. 11).
"""

from flask import url_for
from sqlalchemy import case, select

from kernel import clock, waiting
from kernel.db import seen
from kernel.i18n import _

from ...attendances.leading import LOOKED_BACK, is_unticked
from ...attendances.window import DAYS
from ...deadline import due_after
from ...duty import Duty
from ...shift import Shift, Status


def unticked(asker):
    """The shifts that this person leads and that ended in the last month."""
    if asker.id is None:
        return None
    role = case((Duty.role == "", ""), else_=" · " + Duty.role)
    found = select(
        Shift.id, Duty.activity + role, Shift.ends_at, due_after(Shift.ends_at, DAYS, LOOKED_BACK.days)
    ).join(Shift.duty)
    first = clock.at(clock.today()) - LOOKED_BACK
    over = (Shift.ends_at <= waiting.now()) & (Shift.ends_at > first) & (Shift.status == Status.PLANNED)
    return seen(found.where(Duty.lead_id == asker.id, over, is_unticked()))


DESK = waiting.Desk(
    kind="attendance.unticked",
    label=_("名单还没点完"),
    action=_("点名单"),
    query=unticked,
    url=lambda id: url_for("attendances.show", id=id),
)
