"""Who signs up for the shifts of the demo data, and what becomes of it."""

from datetime import datetime, timedelta
from random import Random

from volunteers.signup import HOLDS_SEAT, Signup, State

from . import attendances
from .attendances import Coming
from .town import Town


def demand(rng: Random, ahead: int, seats: int) -> int:
    """How many want to come: less the farther ahead it is, now and then more than there are seats."""
    low, high = (0.65, 1.3) if ahead < 0 else (0.4, 1.4) if ahead < 8 else (0.1, 1.1) if ahead < 15 else (0.0, 0.6)
    return round(seats * rng.uniform(low, high))


def settle(rng: Random, coming, seats: int, *, cancelled: bool, is_over: bool) -> list[tuple[int, State]]:
    """What became of each: seats go in the order of asking, the rest waits; now and then somebody left before."""
    if cancelled:
        return [(person, State.CANCELLED) for person, _ in coming]
    states, held = [], sum(state in HOLDS_SEAT for _, state in coming if state)
    for person, given in coming:
        if given:
            states.append((person, given))
        elif rng.random() < 0.07:
            states.append((person, State.WITHDRAWN))
        elif held < seats:
            states.append((person, State.CONFIRMED))
            held += 1
        else:
            states.append((person, State.LAPSED if is_over and rng.random() < 0.5 else State.WAITING))
    return states


def sign_up(
    town: Town, shift: int, place: int, person: int, state: State, at: datetime, starts: datetime, coming: Coming
) -> int:
    """A person's row for a shift, and whether he came; its id."""
    moved = state not in (State.CONFIRMED, State.WAITING)
    had_seat = state in (State.CONFIRMED, State.WITHDRAWN, State.CANCELLED)
    until = None
    if state is State.OFFERED:  # longer than an offer lives, so that whoever looks at the demo finds it open
        until = starts - timedelta(hours=12)
    changed = min(at + timedelta(hours=1), town.now) if moved else at
    id = town.rows.add(
        Signup, shift_id=shift, person_id=person, state=coming.state, sequence=int(moved), queued_at=at,
        changed_at=changed, offered_until=until, confirmed_at=at if had_seat else None, by_id=person,
    )  # fmt: skip
    attendances.write(town, id, coming)
    if until:
        ids = {"shift": shift, "person": person, "until": int(until.timestamp())}
        town.note(town.now, "signup.offered", "signup", id, by=None, place=place, tell=[person], **ids)
    return id
