"""Services without a weekly rule go on: the shifts of the four weeks ahead, in the rhythm of those that are there."""

from datetime import datetime, timedelta

from sqlalchemy import func, insert, select

from kernel import clock
from kernel.work import work
from volunteers.series import DutySeries
from volunteers.shift import Shift

RHYTHM = timedelta(days=28)  # every pattern of the demo data comes round in four weeks
COPIED = (Shift.duty_id, Shift.place_id, Shift.starts_at, Shift.ends_at, Shift.seats, Shift.least)


def top_up() -> int:
    """Continue each duty to four weeks from now; how many shifts are new. Once more changes nothing.

    A shift comes again when its duty met 28 days before it too, so that what happened once is not repeated.
    """
    now = clock.now()
    until = clock.at(clock.today() + RHYTHM + timedelta(days=1))
    with work() as session:
        newest = session.scalar(select(func.max(Shift.starts_at))) or now
        recent = Shift.starts_at > min(newest, now) - 3 * RHYTHM
        known: dict[int, dict[datetime, tuple]] = {}
        ruled = select(DutySeries.duty_id).where(DutySeries.going_on())  # the sweep lays their dates
        for duty, *facts in session.execute(select(*COPIED).where(recent, Shift.duty_id.not_in(ruled))):
            known.setdefault(duty, {})[facts[1]] = tuple(facts)
        rows = [row for duty, met in known.items() for row in continued(duty, met, now, until)]
        if rows:
            session.execute(insert(Shift), rows)
    return len(rows)


def continued(duty: int, met: dict[datetime, tuple], now: datetime, until: datetime) -> list[dict]:
    """The shifts of one duty that are missing between now and the end of the four weeks."""
    end = max(met)
    rows = []
    for place, starts, ends, seats, least in met.values():
        if starts > end - RHYTHM and starts - RHYTHM in met:
            moment, length = starts + RHYTHM, ends - starts
            while moment < until:
                if moment > now:
                    facts = {"starts_at": moment, "ends_at": moment + length, "seats": seats, "least": least}
                    rows.append({"duty_id": duty, "place_id": place} | facts)
                moment += RHYTHM
    return rows
