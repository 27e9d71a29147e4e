"""What asks for a second look before a proposal is confirmed (requirement 13)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kernel.i18n import _

if TYPE_CHECKING:
    from .proposal import Proposal

LATE = timedelta(days=3)
LONGEST = 12 * 60  # minutes of one person on one day


def doubts(one: "Proposal", noted: datetime | None):
    """What asks for a second look in the row itself."""
    row, shift = one.attendance, one.signup.shift
    if not row.counts:
        facts = {"now": row.minutes, "share": shift.duty.presence_share}
        yield _("在场 %(now)s 分钟，不到计划的 %(share)s%%，按规定不计入", **facts)
    elif row.minutes != one.planned:
        yield _("计划 %(planned)s 分钟，在场 %(now)s 分钟", planned=one.planned, now=row.minutes)
    if row.closed_by_clock and row.by_id == one.signup.person_id:
        yield _("没有签退，按计划的结束时间算")
    if noted and noted - shift.ends_at > LATE:
        yield _("结束 3 天以后才补记")
    if one.signup.queued_at > shift.starts_at:
        yield _("报名表上原来没有，是开始以后加的")


def clashes(one: "Proposal", beside: "list[Proposal]", clash: str | None, known: int):
    """What asks for a second look because of the person's other times; `beside` are those that wait, this one too."""
    shift = one.signup.shift
    if clash:
        yield _("和“%(other)s”的时间重了", other=clash)
    for other in (two.signup.shift for two in beside if two is not one):
        if other.starts_at < shift.ends_at and shift.starts_at < other.ends_at:
            yield _("和“%(other)s”的时间重了", other=other.duty.title)
    if known + sum(two.minutes for two in beside) > LONGEST:
        yield _("这一天加起来超过 12 小时")
