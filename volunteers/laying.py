"""The part of a series that writes its dates: which ones stand, and what becomes of them, in few statements."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from communities.journal import Audience
from communities.person import Person
from kernel import clock
from kernel.db import db, seen

from .manning import LIVING as SEATED
from .pattern import Pattern
from .pledged_seat import PledgedSeat
from .reconciling import Changes, Occurrence
from .shift import Shift, Status
from .signup import LIVING, Signup
from .tickets.calling_off import holders, is_awaited

FACTS = (Shift.starts_at, Shift.ends_at, Shift.seats, Shift.least, Shift.sequence)


class Laying:
    """Every verb is called with the row of the series locked."""

    if TYPE_CHECKING:
        id: Any
        duty_id: Any
        duty: Any
        seats: Any
        least: Any
        pattern: Any
        note: Any

    def standing(self, wanted: list[date], pattern: Pattern, *, lock: bool) -> tuple[list[Occurrence], set[datetime]]:
        """The coming dates of this series, and the starts that other shifts of the duty hold.

        A date that the rule of another series let go, and on which this one meets, is taken over.
        """
        ours = (Shift.series_id == self.id) & (Shift.occurrence_on >= clock.today())
        coming = (Shift.duty_id == self.duty_id) & or_(Shift.starts_at > clock.now(), ours)
        if lock:  # what is counted below is counted after nobody else can sign up
            db.session.execute(select(Shift.id).where(coming).order_by(Shift.id).with_for_update(key_share=True))
        signed_up = select(Signup.id).where(Signup.shift_id == Shift.id, Signup.state.in_(LIVING)).exists()
        awaited = or_(signed_up, is_awaited(Shift.id))
        more = (Shift.status, Shift.taken > 0, awaited, Shift.by_hand, Shift.stop_id, Shift.series_id)
        asked = seen(select(Shift.id, Shift.occurrence_on, *FACTS, *more).where(coming))
        rows: Sequence[Any] = db.session.execute(asked).all()
        standing = [occurrence(*row[:-1]) for row in rows if row[-1] == self.id]
        starts = {pattern.span(day)[0]: day for day in set(wanted) - {one.on for one in standing}}
        busy = set()
        for id, _on, starts_at, *rest, _series in (row for row in rows if row[-1] != self.id):
            day = starts.get(starts_at)
            other = occurrence(id, day, starts_at, *rest) if day else None
            if other and other.cancelled and not other.stays:
                standing.append(other)
            else:
                busy.add(starts_at)
        return standing, busy

    def put(self, changes: Changes) -> None:
        """Write what changes: one statement for the dates that follow, one for those that stay, one for new ones."""
        now, new = clock.now(), {"series_id": self.id, "duty_id": self.duty_id, "place_id": self.duty.place_id}
        follow: list[tuple[Occurrence, date | None, Status]] = [
            (one, day, Status.PLANNED) for one, day in changes.moved + changes.restored
        ]
        follow += [(one, None, Status.CANCELLED) for one in changes.dropped]
        changed = [self._row(one, day, status) | {"changed_at": now} for one, day, status in follow]
        stay = [{"id": one.id, "occurrence_on": day} for one, day in changes.kept if day]
        for rows in filter(None, (changed, stay)):
            db.session.execute(update(Shift), rows)
        if changes.created:
            rows = [new | self._by_rule(day) | self._people for day in changes.created]
            db.session.execute(insert(Shift), rows)
        let_go(Shift)

    def _row(self, one: Occurrence, day: date | None, status: Status) -> dict:
        row = {"id": one.id, "series_id": self.id, "occurrence_on": one.on, "status": status, "reason": ""}
        row |= {"starts_at": one.starts_at, "ends_at": one.ends_at, "seats": one.seats, "least": one.least}
        row |= self._by_rule(day) | self._people if day else {}
        row |= {"asked_at": None, "goes_ahead": False}
        as_before = (row["starts_at"], row["ends_at"], status is Status.CANCELLED)
        moved = as_before != (one.starts_at, one.ends_at, one.cancelled)
        return row | {"sequence": one.sequence + int(moved)}

    @property
    def _people(self) -> dict:
        return {"seats": self.seats, "least": self.least}

    def _by_rule(self, day: date) -> dict:
        starts_at, ends_at = self.pattern.span(day)
        return {"occurrence_on": day, "starts_at": starts_at, "ends_at": ends_at}

    def tell_kept(self, verb: str, shifts: list[int], by) -> None:
        """Tell whoever is expected on a date that stays, once each."""
        if people := expected_on(shifts):
            self.note(verb, by, tell=people, audience=Audience.PARTIES, rule=self.id)


def occurrence(
    id: int, on: date, starts_at, ends_at, seats, least, sequence, status, is_taken, signed_up, by_hand, stop
) -> Occurrence:
    """A row as the rule sees it; what has begun is left alone by everybody."""
    begun = starts_at <= clock.now()
    occupied, decided = (is_taken or signed_up) and not begun, by_hand or stop is not None or begun
    facts = {"starts_at": starts_at, "ends_at": ends_at, "seats": seats, "least": least, "sequence": sequence}
    return Occurrence(id, on, **facts, cancelled=status is Status.CANCELLED, occupied=occupied, decided=decided)


def expected_on(shifts: list[int]) -> list[Person]:
    """Whoever signed up for one of these shifts, and who is asked or answers for a seat that is kept there."""
    if not shifts:
        return []

    def people(of: InstrumentedAttribute, *where):
        return Person.id.in_(select(of).where(*where))

    seats = PledgedSeat.shift_id.in_(shifts) & PledgedSeat.state.in_(SEATED)
    signed_up = people(Signup.person_id, Signup.shift_id.in_(shifts), Signup.state.in_(LIVING))
    told = or_(signed_up, holders(shifts), people(PledgedSeat.person_id, seats), people(PledgedSeat.by_id, seats))
    return list(db.session.scalars(seen(select(Person).where(told).order_by(Person.id))))


def let_go(model) -> None:
    """What the session holds of these rows was changed by statements: it is read again."""
    for row in list(db.session.identity_map.values()):
        if isinstance(row, model):
            db.session.expire(row)
