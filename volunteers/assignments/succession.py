"""A second person in a place: who takes it over, who stands in while its holder is away."""

from communities.person import Person
from partners.member import memberships

from .assignment import Assignment
from .placing import check, enter, invite
from .reasons import NobodyToCallOff, NotInThisState, SomebodyComes, SomebodyElse
from .state import Door, Standing, State


def hand_over(old: Assignment, person: Person, *, by) -> Assignment:
    """Somebody takes the place over; he says yes, and where the holder asked him, the committee too.

    Raises `NotInThisState` for a place in which somebody only stands in, and what `join_in` raises.
    """
    if old.standing is not Standing.HOLDER:
        raise NotInThisState(state=old.standing.label)
    row = join_in(old, person, Standing.SUCCESSOR, Door.HANDOVER, by=by)
    if old.partner_id is not None and any(one.partner_id == old.partner_id for one in memberships(person)):
        row.partner_id = old.partner_id
    return row


def call_off_successor(old: Assignment, *, by) -> None:
    """Whom the holder asked, and who is not in post yet, is asked no more. Raises `NobodyToCallOff`."""
    row = old.seat_mate(Standing.SUCCESSOR)
    if row is None or row.state is State.SERVING or row.asked_by_id != by.id:
        raise NobodyToCallOff
    row.withdraw(by=by)


def stand_in(old: Assignment, person: Person, *, by) -> Assignment:
    """Somebody stands in for the days that the holder is away. Raises `NotInThisState` when he is not going to be."""
    pause = old.pause_now
    if pause is None:
        raise NotInThisState(state=old.state.label)
    row = join_in(old, person, Standing.SUBSTITUTE, Door.HANDOVER, by=by)
    row.since, row.until = pause.first, pause.last
    return row


def join_in(old: Assignment, person: Person, standing: Standing, door: Door, *, by) -> Assignment:
    """A second person in a place. Raises `SomebodyElse`, `SomebodyComes`, the first of `refusals`."""
    if not old.is_serving:
        raise NotInThisState(state=old.state.label)
    if person.id == old.person_id:
        raise SomebodyElse
    if old.seat_mate(standing) is not None:
        raise SomebodyComes
    check(old.building, person)
    row = enter(old.building, old.role, old.number, person, State.INVITED, door, by=by, standing=standing)
    row.approved_by_id = None if by.id == old.person_id else by.id
    return invite(row, by, "assignment.proposed" if by.id == old.person_id else "assignment.offered")
