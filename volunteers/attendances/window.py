"""When attendance can be noted: from an hour before the start; the list stays open for ten working days."""

from datetime import datetime, timedelta

from communities.working_day import working_days_after
from kernel import clock
from kernel.i18n import _, moment
from kernel.work import Refusal

from ..refusals import ShiftCancelled

EARLY = timedelta(minutes=60)
DAYS = 10  # working days, as for the record itself: 67号令 art. 11


class TooEarly(Refusal):
    """Nobody has come before anybody can be there."""

    message = _("还没到签到的时候：%(from)s起可以签到，请到时候再来。")


class NotBegun(Refusal):
    """Whoever has not come yet may still come."""

    message = _("这一场还没开始，现在说没来还早，请等开始以后再点。")


class TooLate(Refusal):
    """The list is settled: what is wrong in it is put right in the record of hours."""

    message = _("这一场的名单到%(until)s就截止了。记录不对的，请本人在“我的”里申请更正。")


class OutOfTheShift(Refusal):
    """A moment that cannot be."""

    message = _("时间不对：要在%(from)s和%(until)s之间，也不能比现在晚。请再看一眼。")
    field = "at"


def opens(shift) -> datetime:
    """From when on people can arrive."""
    return shift.starts_at - EARLY


def closes(shift) -> datetime:
    """Until when the list can be changed: the end of the tenth working day after the shift."""
    last = working_days_after(clock.local(shift.ends_at).date(), DAYS)
    return clock.at(last + timedelta(days=1))


def check(shift) -> None:
    """Whether the list of this shift can be written now. Raises `ShiftCancelled`, `TooEarly`, `TooLate`."""
    if shift.is_cancelled:
        raise ShiftCancelled
    if clock.now() < opens(shift):
        raise TooEarly(**{"from": moment(opens(shift))})
    if shift.ends_at <= clock.now() and closes(shift) <= clock.now():
        raise TooLate(until=moment(closes(shift) - timedelta(minutes=1)))


def within(shift, at: datetime, first: datetime) -> datetime:
    """A moment of the shift from `first` on that has passed already. Raises `OutOfTheShift` for others."""
    if not first <= at <= min(shift.ends_at, clock.now()):
        raise OutOfTheShift(**{"from": moment(first), "until": moment(shift.ends_at)})
    return at
