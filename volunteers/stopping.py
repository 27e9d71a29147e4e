"""What a stop finds later: dates that a rule lays into its hours are called off with the rest."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from kernel import clock
from kernel.db import db

from .calling_off import call_off
from .shift import Shift, Status
from .stop import Stop


def stop_dates(series, *, by) -> None:
    """Call off the coming dates of a series that lie in a living stop, so that lifting it brings them back.

    What the organiser decided about one date stands: one that he restored by itself takes place.
    """
    for stop in db.session.scalars(Stop.living_around(series.duty.place)).all():
        hours = (Shift.starts_at < stop.until) & (Shift.ends_at > stop.starts_at) & (Shift.starts_at > clock.now())
        mine = select(Shift).join(Shift.duty).options(contains_eager(Shift.duty)).where(hours)
        mine = mine.where(Shift.series_id == series.id, Shift.status == Status.PLANNED, Shift.by_hand.is_(False))
        dates = db.session.scalars(mine.order_by(Shift.id)).all()
        found = [one for one in dates if stop.covers(one.duty, series.duty.place, *one.hours)]
        if found:
            call_off(found, stop.why, by=by, stop=stop)
