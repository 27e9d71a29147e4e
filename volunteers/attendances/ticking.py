"""The lead's list: many ticks at once, made on paper or on a phone without network, and sent later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.orm import joinedload

from kernel import clock
from kernel.choice import Choice
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from ..shift import Shift
from ..signup import APPOINTED, Signup, State
from .attendance import HERE, Attendance, Way

DAY = timedelta(days=1)


class Mark(Choice):
    """What the list says of a person."""

    NONE = "", _("还没点")
    HERE = "here", _("来了")
    AWAY = "away", _("没来")


OF_STATE = {State.CONFIRMED: Mark.NONE, State.PRESENT: Mark.HERE, State.DONE: Mark.HERE, State.ABSENT: Mark.AWAY}


class NotOver(Refusal):
    """Whoever is not there yet may still come."""

    message = _("这一场还没结束，等结束以后再一起点“其余的都没来”。")


class NotInTheList(Refusal):
    """Whoever did not sign up is added first."""

    message = _("这位不在名单上；请先在“临时来的”里加进去，再点。")


@dataclass(frozen=True)
class Tick:
    """What somebody ticked, what the list said to him when he did, and when the person came where that was written."""

    signup_id: int
    mark: Mark
    was: Mark
    at: datetime | None = None


def mark_of(signup: Signup) -> Mark:
    """What the list says of this sign-up."""
    return OF_STATE[signup.state]


def list_of(shift: Shift) -> dict[int, Signup]:
    """Everybody who is or was expected, by the id of the sign-up."""
    rows = db.session.scalars(shift.people(*APPOINTED).options(joinedload(Signup.person, innerjoin=True)))
    return {signup.id: signup for signup in rows}


def tick(shift: Shift, ticks: Iterable[Tick], *, by) -> list[Tick]:
    """Carry the ticks out; those that somebody else ticked otherwise meanwhile come back and are left as they are.

    The shift is locked. Refuses as `Attendance.arrive` and `Attendance.absent` do, then none of them is carried out.
    """
    known, differing = list_of(shift), []
    rows = {row.signup_id: row for row in db.session.scalars(Attendance.of_shift(shift))}
    for one in ticks:
        signup = known.get(one.signup_id)
        if signup is None or one.mark is Mark.NONE:
            continue
        if one.mark is mark_of(signup):
            correct(rows.get(signup.id), one.at, by=by)
        elif one.was is not mark_of(signup):
            differing.append(one)
        elif one.mark is Mark.HERE:
            Attendance.arrive(shift, signup.person, way=way(shift), by=by, at=one.at or on_time(shift))
        else:
            Attendance.absent(shift, signup.person, by=by)
    return differing


def correct(row: Attendance | None, at: datetime | None, *, by) -> None:
    """Another time of arrival was written beside somebody who is here; the list knows minutes only."""
    if row is None or at is None or row.signup.state not in HERE:
        return
    if row.arrived_at.replace(second=0, microsecond=0) != at:
        row.correct(at, by=by)


def on_time(shift: Shift) -> datetime:
    """When somebody came of whom only that is said: at the start, or now before it."""
    return min(clock.now(), shift.starts_at)


def way(shift: Shift) -> Way:
    """A tick during the shift is the lead's list; after it, it is noted later."""
    return Way.LIST if clock.now() <= shift.ends_at + DAY else Way.LATER


def moment_in(shift: Shift, at: time | None) -> datetime | None:
    """A time of the clock as a moment of this shift: behind midnight where the shift goes on there."""
    if at is None:
        return None
    first = clock.local(shift.starts_at).date()
    moment = clock.at(first, at)
    return moment + DAY if moment < shift.starts_at - DAY / 2 else moment


def nobody_else(shift: Shift, *, by) -> int:
    """其余的都没来: whoever has no tick did not come. Returns how many. Refuses before the end (`NotOver`)."""
    if clock.now() < shift.ends_at:
        raise NotOver
    rest = list(db.session.scalars(shift.people(State.CONFIRMED)))
    for signup in rest:
        Attendance.absent(shift, signup.person, by=by)
    if rest:
        shift.note("shift.list_closed", by, shift=shift.id)
    return len(rest)
