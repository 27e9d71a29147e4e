"""Who came to the shifts of the demo data: most did, some by the code at the door, most as the lead's list says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from volunteers.attendances.attendance import Attendance, Way
from volunteers.signup import State

from .town import Town

UNTICKED = timedelta(days=2)  # what was yesterday has still to be ticked
AWAY = 0.05
WAYS = ((0.45, Way.QR), (0.55, Way.CODE), (1.0, Way.LIST))


@dataclass(frozen=True)
class Coming:
    """What becomes of somebody who is expected: the state, and the row where he came."""

    state: State
    row: dict | None = None


def attend(town: Town, shift: int, person: int, lead: int, starts: datetime, ends: datetime) -> Coming:
    """Whether this person came; by a lot of its own, so that nothing else in the town is dealt otherwise."""
    if ends > town.now - UNTICKED:
        return Coming(State.CONFIRMED)
    rng = Random(f"{shift} {person}")
    if rng.random() < AWAY:
        return Coming(State.ABSENT)
    lot = rng.random()
    way = next(way for most, way in WAYS if lot < most)
    late = timedelta(minutes=rng.choice((0, 0, 0, 0, 4, 9))) if way is not Way.CODE else timedelta()
    early = timedelta(minutes=rng.choice((20, 30))) if rng.random() < 0.06 else timedelta()
    facts = {"arrived_at": starts + late, "left_at": ends - early, "closed_by_clock": not early}
    return Coming(State.DONE, facts | {"way": way, "by_id": lead if way is Way.LIST else person})


def write(town: Town, signup: int, coming: Coming) -> None:
    """The row of whoever came."""
    if coming.row is not None:
        town.rows.add(Attendance, signup_id=signup, **coming.row)
