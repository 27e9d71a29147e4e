"""What waits for the lead and for staff: somebody without an account who took a number is to be rung."""

from flask import url_for
from sqlalchemy import case, func, or_, select

from communities.place import Place, in_ranges
from communities.post import STAFF
from kernel import waiting
from kernel.db import seen
from kernel.i18n import _

from ...duty import Duty
from ...shift import Shift
from ...tickets.ticket import Ticket


def to_ring(asker):
    """The shifts of which somebody has to be told by telephone."""
    if asker.id is None:
        return None
    paths = [post.place.path for post in asker.posts if post.office in STAFF]
    mine = Duty.lead_id == asker.id
    if paths:
        mine = or_(mine, Shift.place_id.in_(select(Place.id).where(in_ranges(Place.path, paths))))
    role = case((Duty.role == "", ""), else_=" · " + Duty.role)
    found = select(Shift.id, Duty.activity + role, func.min(Ticket.call_since), waiting.no_due())
    found = found.select_from(Ticket).join(Ticket.shift).join(Shift.duty)
    found = found.where(mine, Ticket.call_since.is_not(None), Shift.ends_at > waiting.now())
    return seen(found.group_by(Shift.id, Duty.activity, Duty.role))


DESK = waiting.Desk(
    kind="ticket.to_ring",
    label=_("取了号的人要打电话告诉"),
    action=_("去打电话"),
    query=to_ring,
    url=lambda id: url_for("tickets.index", id=id),
)
