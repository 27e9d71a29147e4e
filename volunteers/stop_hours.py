"""The part of a stop that says what it covers; and the refusal to plan something into it by hand."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager

from communities.place import Place
from kernel import clock
from kernel.db import db
from kernel.i18n import _, moment
from kernel.work import Refusal


class StoppedThen(Refusal):
    """What is called off for these hours is not planned into them."""

    message = _("%(place)s这段时间停班（%(why)s，到 %(until)s）。请排到那以后；天好了，先恢复停班再排。")


class StopHours:
    """A stop holds from `starts_at` until `until` at its place and in it, for outdoor duties or for all."""

    if TYPE_CHECKING:
        place: Any
        place_id: Any
        starts_at: Any
        until: Any
        outdoor_only: Any
        lifted_at: Any
        why: Any

    @classmethod
    def living_around(cls, place: Place) -> Select:
        """Those that hold now or later at a place, at what it lies in, or somewhere in it; the oldest first."""
        stop: Any = cls
        here = or_(Place.id.in_(place.ancestor_ids), Place.within(place))
        living = stop.lifted_at.is_(None) & (stop.until > clock.now())
        rows = select(stop).join(stop.place).where(here, living).order_by(stop.id)
        return rows.options(contains_eager(stop.place))

    def covers(self, duty, place: Place, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether this duty at this place is called off in these hours, even in part."""
        within = self.starts_at < ends_at and self.until > starts_at
        return within and (duty.outdoor or not self.outdoor_only) and self.place.covers(place)


def refuse_stopped(shift_class: Any, duty, spans: Iterable[tuple[datetime, datetime]]) -> None:
    """Raises `StoppedThen` where a living stop covers one of these hours of a duty."""
    stop_class = shift_class.stop.property.entity.class_
    spans = list(spans)
    for stop in db.session.scalars(stop_class.living_around(duty.place)):
        if any(stop.covers(duty, duty.place, starts_at, ends_at) for starts_at, ends_at in spans):
            raise StoppedThen(place=stop.place.name, why=stop.why, until=moment(stop.until))
