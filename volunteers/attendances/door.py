"""The code at the door: it changes every 30 seconds and is computed anew each time, so that nothing of it is stored.

The code is an HMAC of shift and step with the site's secret; the step before is right too, for slow hands. Whoever
scanned it carries a ticket, signed in the same way, while he signs in and presses the button.
"""

import hmac
from datetime import UTC, datetime, timedelta

from kernel import clock
from kernel.i18n import _
from kernel.tokens import keyed
from kernel.work import Refusal

from .attendance import Attendance, Way

STEP = 30  # seconds
LENGTH = 20  # hexadecimal signs: 80 bits
TICKET = timedelta(minutes=10)  # to sign in and press the button


class ScanAgain(Refusal):
    """The code is old or was never one."""

    message = _("二维码每半分钟换一次，这一张过时了。请再扫一次现场的二维码；扫不了，请负责人在名单上点一下。")


class ScanTooLate(Refusal):
    """Whoever comes after the end is written down by the lead."""

    message = _("这一场已经结束，扫码签到也就停了。您来过的话，请负责人在名单上补一下。")


def code(shift, step: int | None = None) -> str:
    """The code of a step, of the present one where none is given."""
    return keyed("door", str(shift.id), str(present_step() if step is None else step))[:LENGTH]


def present_step() -> int:
    """The number of the half minute that it is now."""
    return int(clock.now().timestamp()) // STEP


def is_code(shift, given: str) -> bool:
    """Whether this is the code of now or of the step before; takes as long for a wrong one."""
    now = present_step()
    return same(code(shift, now), given) | same(code(shift, now - 1), given)


def same(right: str, given: str) -> bool:
    """Compare in a time that says nothing about how much of it was right."""
    return hmac.compare_digest(right.encode(), given.encode("utf-8", "replace"))


def ticket(shift) -> str:
    """What somebody carries who has scanned the code just now."""
    at = str(int(clock.now().timestamp()))
    return f"{at}-{keyed('scan', str(shift.id), at)}"


def scanned_at(shift, carried: str) -> datetime | None:
    """When the holder of this ticket scanned the code of this shift; None where it is old, forged or another's."""
    at, _dash, signature = carried.partition("-")
    if not same(keyed("scan", str(shift.id), at), signature):
        return None
    moment = datetime.fromtimestamp(int(at), UTC)
    return moment if clock.now() - TICKET <= moment <= clock.now() else None


def moment_of(shift, carried: str) -> datetime:
    """When the holder came. Raises `ScanAgain`, and `ScanTooLate` after the end."""
    came = scanned_at(shift, carried)
    if came is None:
        raise ScanAgain
    if came >= shift.ends_at:
        raise ScanTooLate
    return came


def come_in(shift, person, carried: str) -> Attendance:
    """签到 by oneself with the ticket of the scan. Refuses as `moment_of` and `Attendance.arrive` do."""
    return Attendance.arrive(shift, person, way=Way.QR, by=person, at=moment_of(shift, carried))
