"""What of a shift and of a stop is sent to a group: nobody's name is in it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from kernel import clock
from kernel.db import db
from kernel.group_text import shortened, written
from kernel.i18n import _, joined, moment, span

from .duty import Duty
from .shift import Shift, Status
from .stop import Stop

SHORT = 60  # characters of each list


def of_shift(shift: Shift, url: str) -> str:
    """Place, what, when, where to meet, who is wanted still, the way there."""
    duty = shift.duty
    lines = [
        _("【%(place)s】%(title)s", place=shift.where, title=duty.activity),
        _(
            "%(when)s，%(where)s集合",
            when=span(shift.starts_at, shift.ends_at),
            where=duty.meeting_point or shift.where,
        ),
        *asked_for(shift),
        _("要会：%(what)s", what=duty.capability.label) if duty.capability else "",
    ]
    return written(lines, url)


def asked_for(shift: Shift) -> list[object]:
    """Who is wanted for it, and for the other roles of the same activity; or that nobody is."""
    if shift.is_cancelled:
        return [_("这一场取消了：%(reason)s", reason=shift.why)]
    if shift.starts_at <= clock.now():
        return [_("这一场已经开始了")]
    wanted = joined(
        str(_("%(role)s %(left)s 人", role=one.duty.role or one.duty.activity, left=one.left))
        for one in [shift, *beside(shift)]
        if one.left
    )
    if not wanted:
        return [_("名额满了，可以候补")]
    least = _("至少 %(least)s 人才办，还差 %(missing)s 人", least=shift.least, missing=shift.missing)
    return [_("还要：%(wanted)s", wanted=shortened(wanted, SHORT)), least if shift.missing else ""]


def beside(shift: Shift) -> list[Shift]:
    """The other roles of the same activity at the same time and place."""
    same = (Shift.starts_at == shift.starts_at) & (Shift.place_id == shift.place_id) & (Shift.id != shift.id)
    rows = select(Shift).join(Shift.duty).where(same, Duty.activity == shift.duty.activity)
    rows = rows.where(Shift.status == Status.PLANNED).options(contains_eager(Shift.duty)).order_by(Shift.id)
    return list(db.session.scalars(rows))


def of_stop(stop: Stop, shifts: Sequence[Shift], url: str) -> str:
    """Place, why, from when until when, what does not take place; or that it does again."""
    place, hours = stop.place.name, span(stop.starts_at, stop.until)
    if stop.lifted_at is not None:
        lines = [_("【%(place)s】停掉的活动恢复了", place=place), hours, _("报过名的人都通知了，各场的时间点开看。")]
        return written(lines, url)
    titles = joined(f"{moment(shift.starts_at)} {shift.duty.title}" for shift in shifts)
    lines = [
        _("【%(place)s】%(why)s，停 %(n)s 场活动", place=place, why=shortened(stop.why, SHORT), n=len(shifts)),
        hours,
        shortened(titles, 2 * SHORT),
        _("报了名的人都通知了；恢复了会另外说。"),
    ]
    return written(lines, url)
