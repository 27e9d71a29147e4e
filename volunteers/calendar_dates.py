"""The dates of a duty from a calendar file: shifts, by the verbs with which one adds, moves and calls off by hand."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from communities.place import Place
from kernel import clock
from kernel.calendar_file import Found
from kernel.calendar_import import Judge, Line
from kernel.db import db
from kernel.i18n import _, moment
from kernel.work import Refusal
from partners.contract_service import ContractService

from .calling_off import call_off, restore
from .duty import Duty
from .refusals import ShiftOver
from .shift import Shift
from .single_date import SameTime
from .status import Status
from .stop import Stop
from .stop_hours import StoppedThen

LONGEST = timedelta(hours=24)


class WholeDay(Refusal):
    """People need to know when to come."""

    message = _("整天的活动没写几点到几点，请在原来的日历里写上时间。")


class TooLong(Refusal):
    """A shift is one day's work."""

    message = _("一场最多 24 小时，请在原来的日历里分成几场。")


class DatesOfDuty(Judge):
    """The file of whoever leads a duty; seats are asked once for all new dates."""

    of = "duty"

    @classmethod
    def also(cls) -> tuple[ColumnElement, ...]:
        """Whether owners pay somebody for this work; `load` asks itself where nobody looked."""
        return (ContractService.around(Place, Duty.category_id),)

    def load(self) -> dict[int, tuple[datetime, datetime, bool]]:
        """Its shifts to come, and what no new one may begin with."""
        duty = self.owner
        mine = (Shift.duty_id == duty.id) & (Shift.starts_at > clock.now())
        asked = select(Shift.id, Shift.starts_at, Shift.ends_at, Shift.status, Shift.seats, Shift.least).where(mine)
        found = db.session.execute(asked.order_by(Shift.id)).all()
        rows = {one.id: (one.starts_at, one.ends_at, one.status is Status.CANCELLED) for one in found}
        self.people = {"seats": found[-1].seats, "least": found[-1].least} if found else {"seats": 3, "least": 0}
        self.starts = {start: id for id, (start, _end, _off) in rows.items()}
        self.stops = db.session.scalars(Stop.living_around(duty.place)).all()
        self.grounds = self.no_grounds()
        return rows

    def usual(self) -> dict[str, Any]:
        """As many people as the last date that was planned wants."""
        return self.people

    def no_grounds(self) -> Refusal | None:
        """Why the duty has no new dates at all."""
        if self.known_also == (False,):
            return None
        try:
            self.owner.must_have_grounds()
        except Refusal as refusal:
            return refusal
        return None

    def why_not(self, found: Found, row: int) -> Refusal | None:
        """No hours, too long, another one then, or a stop; the first of those in the file has the time."""
        start, end = found.starts, found.ends
        if not (isinstance(start, datetime) and isinstance(end, datetime)):
            return WholeDay()
        if end - start > LONGEST:
            return TooLong()
        if start in self.starts and (row == 0 or self.starts[start] != row):
            return SameTime()
        for stop in self.stops:
            if stop.covers(self.owner, self.owner.place, start, end):
                return StoppedThen(place=stop.place.name, why=stop.why, until=moment(stop.until))
        if row == 0 and self.grounds is not None:
            return self.grounds
        self.starts[start] = row
        return None

    def missing(self) -> Refusal | None:
        """What has begun stays as it was."""
        return ShiftOver()

    def held(self, lines: Sequence[Line]) -> list[Shift]:
        """The shifts of these lines, locked by id, in the order of the lines."""
        ids = [line.row for line in lines]
        found = select(Shift).where(Shift.id.in_(ids)).order_by(Shift.id).with_for_update(key_share=True)
        known = {shift.id: shift for shift in db.session.scalars(found.execution_options(populate_existing=True))}
        return [known[id] for id in ids]

    def adds(self, lines: Sequence[Line], facts: dict[str, Any], by) -> list[int]:
        """More dates."""
        new = Shift.put_down(self.owner, [line.hours for line in lines], facts["seats"], by=by, least=facts["least"])
        db.session.flush()
        return [shift.id for shift in new]

    def moves(self, lines: Sequence[Line], facts: dict[str, Any], by) -> list[int]:
        """Other times; whoever signed up is told."""
        for line, shift in zip(lines, self.held(lines), strict=True):
            shift.move_to(*line.hours, by=by)
        return [line.row for line in lines]

    def calls_off(self, lines: Sequence[Line], by) -> None:
        """Called off, for the reason that whoever signed up reads."""
        call_off(self.held(lines), str(_("主办方的日历里取消了")), by=by)

    def restores(self, lines: Sequence[Line], by) -> None:
        """They take place after all, where the file puts them."""
        shifts = self.held(lines)
        restore(shifts, by=by)
        for line, shift in zip(lines, shifts, strict=True):
            shift.by_hand = True
            if shift.hours != line.hours:
                shift.move_to(*line.hours, by=by)


def led_by(person) -> list:
    """The duties that a person leads, the latest first."""
    return list(db.session.scalars(select(Duty).where(Duty.lead_id == person.id).order_by(Duty.id.desc()).limit(50)))
