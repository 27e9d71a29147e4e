"""What waits for staff: shifts of the coming week that still want people."""

from datetime import timedelta

from flask import url_for
from sqlalchemy import Date, String, case, cast, literal, select

from communities.place import Place, in_ranges
from communities.post import STAFF
from kernel import clock, waiting
from kernel.i18n import _

from ..duty import Duty
from ..shift import Shift, Status

DAYS = 7


def gaps(asker):
    """The shifts of the next seven days, where this person is staff, that have free seats; due on their day."""
    paths = [post.place.path for post in asker.posts if post.office in STAFF]
    if not paths:
        return None
    week = [clock.today() + timedelta(days=number) for number in range(DAYS + 1)]
    day = case(
        *((Shift.starts_at < clock.at(d + timedelta(days=1)), literal(d, Date)) for d in week),
        else_=literal(week[-1], Date),
    )
    here = select(Place.id).where(in_ranges(Place.path, paths))
    until = clock.at(week[-1])
    wanted = select(Shift.id, subject(), Shift.changed_at, day).join(Shift.duty)
    coming = (Shift.starts_at > waiting.now()) & (Shift.starts_at < until) & (Shift.status == Status.PLANNED)
    return wanted.where(coming, Shift.taken < Shift.seats, Shift.place_id.in_(here))


def subject():
    """“义剪 · 引导排队，缺 2 人” as SQL, in the reader's language."""
    before, after = str(_("，缺 %(n)s 人", n="#")).split("#")
    role = case((Duty.role == "", ""), else_=" · " + Duty.role)
    return Duty.activity + role + before + cast(Shift.seats - Shift.taken, String) + after


DESK = waiting.Desk(
    kind="shift.gaps",
    label=_("活动缺人"),
    action=_("看看差谁"),
    query=gaps,
    url=lambda id: url_for("shifts.show", id=id),
)
