"""The own activities of whoever lends a resource, from a calendar file: times at which it is closed to others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from communities.post import STAFF
from kernel import clock
from kernel.calendar_file import Found, begin
from kernel.calendar_import import Judge, Line
from kernel.db import db
from kernel.i18n import _, span
from kernel.imported_event import ImportedEvent
from kernel.work import Refusal

from ..member import Role, memberships
from .booking import Booking
from .booking_words import HOLDING
from .closure import Closure
from .resource_words import Status


class PromisedThen(Refusal):
    """A file takes nobody's time away."""

    message = _("%(when)s 已经约给别人了，没有动它。请先和对方商量，空出来以后再传一次。")


class TimesOfResource(Judge):
    """The file of the owner; what is promised to somebody is left alone."""

    of = "resource"

    def load(self) -> dict[int, tuple[datetime, datetime, bool]]:
        """Its closures to come, and beside them the times that are promised."""
        mine = (Closure.resource_id == self.owner.id) & (Closure.ends_at > clock.now())
        rows = db.session.execute(select(Closure.id, Closure.starts_at, Closure.ends_at).where(mine))
        held = (Booking.resource_id == self.owner.id) & Booking.state.in_(HOLDING) & (Booking.ends_at > clock.now())
        asked = select(Booking.starts_at, Booking.ends_at).where(held).order_by(Booking.starts_at)
        self.promised = db.session.execute(asked).all()
        return {id: (start, end, False) for id, start, end in rows}

    def row_of(self, known: ImportedEvent) -> tuple[datetime, datetime, bool] | None:
        """A closure is taken back by dropping it, and its id may be another one's by now: only its hours tell."""
        row = self.rows.get(known.row)
        return row if row == (known.starts_at, known.ends_at, known.cancelled) else None

    def why_not(self, found: Found, row: int) -> Refusal | None:
        """Somebody has a time in it."""
        start, end = begin(found.starts), begin(found.ends)
        for first, last in self.promised:
            if first < end and last > start:
                return PromisedThen(when=span(first, last))
        return None

    def usual(self) -> dict[str, Any]:
        """A reason that tells nobody what it is."""
        return {"reason": str(_("自己的活动要用"))}

    def closures(self, lines: Sequence[Line]) -> list[Closure]:
        """The rows of these lines."""
        return list(db.session.scalars(select(Closure).where(Closure.id.in_([line.row for line in lines]))))

    def adds(self, lines: Sequence[Line], facts: dict[str, Any], by) -> list[int]:
        """Closed then; everybody reads why."""
        closures = self.owner.close_at([line.hours for line in lines], facts["reason"], by=by)
        return [closure.id for closure in closures]

    def moves(self, lines: Sequence[Line], facts: dict[str, Any], by) -> list[int]:
        """Closed at the new times first, so that nobody is given what is taken back at once."""
        before = self.closures(lines)
        ids = self.adds(lines, facts, by)
        self.owner.open_again(*before, by=by)
        return ids

    def calls_off(self, lines: Sequence[Line], by) -> None:
        """Open again."""
        self.owner.open_again(*self.closures(lines), by=by)


def lent_by(person) -> list:
    """What a person's partners lend by him, and his offices; the latest first."""
    resource = Booking.resource.property.entity.class_
    partners = [one.partner_id for one in memberships(person) if one.role is Role.MANAGER]
    offices = [post.place_id for post in person.posts if post.office in STAFF]
    own = resource.partner_id.in_(partners) | (resource.partner_id.is_(None) & resource.place_id.in_(offices))
    wanted = select(resource).where(own, resource.status != Status.ENDED).order_by(resource.id.desc()).limit(50)
    return list(db.session.scalars(wanted))
