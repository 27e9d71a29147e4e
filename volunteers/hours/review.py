"""The second confirmation: a day's proposals at once, what differs one by one, nobody his own (requirement 13)."""

from collections import defaultdict
from datetime import date

from communities.journal import Audience
from communities.place import Place
from communities.working_day import working_days_after
from kernel import clock
from kernel.i18n import _
from kernel.work import Refusal
from partners.partner import Partner

from ..shift import Shift
from ..signup import Signup
from .entry import Entry, Kind, Reason
from .proposal import Proposal, proposal_of, proposals
from .unit import RecordingUnit, keeper

DUE = 10  # working days after the activity: 67号令 art. 11
MOST = 24 * 60  # minutes


class OwnHours(Refusal):
    """Nobody confirms his own hours, or what he noted himself."""

    message = _("这条时长是您本人的，或者是您自己记的，要请另一位同事确认。")


class Settled(Refusal):
    """Once is enough."""

    message = _("这一条已经有人确认过了，或者不用确认。请刷新后看看。")


class ChangedMeanwhile(Refusal):
    """What is confirmed is what was shown."""

    message = _("您看的时候名单有了变动，一条都没有确认。请看看现在的，再确认一次。")


class WhyOther(Refusal):
    """Other minutes than the attendance says have a reason."""

    message = _("改了时长，请选一个原因。")
    field = "reason"


class TooLong(Refusal):
    """A shift has so many minutes."""

    message = _("一场活动不会超过 24 小时，请再看一眼。")
    field = "minutes"


def due(day: date) -> date:
    """By when the hours of this day are confirmed."""
    return working_days_after(day, DUE)


def settle(signup: Signup, minutes: int, reason: Reason | None, *, by) -> Entry:
    """Confirm one proposal as it is, or with other minutes and a reason; 0 minutes settle it without hours.

    Refuses what is settled (`Settled`), one's own (`OwnHours`), other minutes without a reason (`WhyOther`), too many.
    """
    unit = RecordingUnit.hold(*keeper(signup.shift))
    one = proposal_of(signup, unit)
    if one is None:
        raise Settled
    if not one.is_for(by):
        raise OwnHours
    if not 0 <= minutes <= MOST:
        raise TooLong
    if minutes == one.minutes:
        reason = one.reason
    elif reason is None:
        raise WhyOther
    entry = write(unit, one, minutes, reason, by=by)
    tell(signup.shift, [one], by=by)
    return entry


def confirm_quiet(place: Place, day: date, shown: dict[int, int], *, by, partner: Partner | None = None) -> int:
    """Confirm the quiet ones of a day that were shown (sign-up → minutes), all or none; how many; in the ledger of the
    place, or of a partner there.

    Refuses when any of them is another one by now (`ChangedMeanwhile`), and one's own (`OwnHours`).
    """
    unit = RecordingUnit.hold(place, partner)
    now = {one.signup.id: one for one in proposals(place, unit, day) if not one.doubts}
    wanted = [now[id] for id in shown if id in now]
    if not shown or len(wanted) < len(shown) or any(one.minutes != shown[one.signup.id] for one in wanted):
        raise ChangedMeanwhile
    if not all(one.is_for(by) for one in wanted):
        raise OwnHours
    told: dict[Shift, list[Proposal]] = defaultdict(list)
    for one in wanted:
        write(unit, one, one.minutes, None, by=by)
        told[one.signup.shift].append(one)
    for shift, ones in told.items():
        tell(shift, ones, by=by)
    return len(wanted)


def write(unit: RecordingUnit, one: Proposal, minutes: int, reason: Reason | None, *, by) -> Entry:
    """The entry of a proposal."""
    return Entry.append(
        unit,
        by=by,
        kind=Kind.SERVICE,
        reason=reason,
        minutes=minutes,
        proposed_by_id=one.attendance.by_id,
        **of_signup(one.signup),
    )


def of_signup(signup: Signup) -> dict:
    """What an entry says of the sign-up that it is about."""
    shift = signup.shift
    day = clock.local(shift.starts_at).date()
    about = {"duty_id": shift.duty_id, "shift_id": shift.id, "day": day}
    return {"signup_id": signup.id, "person_id": signup.person_id, **about}


def tell(shift: Shift, ones: list[Proposal], *, by) -> None:
    """One line for a shift, however many people it is about; each of them is told."""
    people = [one.signup.person for one in ones]
    shift.note("hours.confirmed", by, tell=people, audience=Audience.PLACE, shift=shift.id, count=len(ones))
