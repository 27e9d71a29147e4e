"""The tickets of one shift: who gets one, who waits, who gives one back; a queue as `volunteers.queue` describes it."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Select, case, func, or_, select, update

from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import moment

from ..refusals import ShiftCancelled, ShiftOver
from . import refusals
from .slot import Slot, deal, lay_out
from .ticket import LIVING, Holder, NotInThisState, State, Ticket, with_people

TICK = timedelta(microseconds=1)


class Handout:
    """Every verb is called with the row of the shift locked."""

    def __init__(self, shift: Any):
        self.shift = shift
        self.counter = shift.duty.counter

    @property
    def total(self) -> int:
        """How many persons get a ticket: the date's own number, else the duty's."""
        own = self.shift.tickets
        return own if own is not None else self.counter.tickets if self.counter else 0

    @property
    def is_open(self) -> bool:
        """Whether residents take tickets here."""
        return self.counter is not None and self.counter.is_open and self.total > 0

    @cached_property
    def slots(self) -> list[Slot]:
        """The timetable: as stored since the first ticket was taken, else as the terms say now."""
        stored = list(db.session.scalars(select(Slot).where(Slot.shift_id == self.shift.id).order_by(Slot.number)))
        return stored or lay_out(self.shift, self.total, self.counter.minutes if self.counter else None)

    @property
    def given(self) -> int:
        """How many places somebody holds."""
        return sum(slot.taken for slot in self.slots)

    @property
    def left(self) -> int:
        """How many are free."""
        return sum(slot.left for slot in self.slots)

    @property
    def most(self) -> int:
        """The largest party that there can be a place for."""
        return min(self.counter.most, max(slot.places for slot in self.slots)) if self.counter else 0

    @property
    def is_over(self) -> bool:
        """Whether tickets are given at the door only from now on, or not at all."""
        return self.shift.is_cancelled or self.shift.starts_at <= clock.now()

    def tickets(self, *states: State) -> Select:
        """The tickets in these states with their people, in the order of the queue."""
        mine = select(Ticket).where(Ticket.shift_id == self.shift.id, Ticket.state.in_(states))
        return with_people(mine.order_by(Ticket.queued_at, Ticket.id))

    def waiting(self) -> list[Ticket]:
        """Who waits, in order."""
        return list(db.session.scalars(self.tickets(State.WAITING)))

    def held_by(self, holder: Holder) -> Ticket | None:
        """The living ticket of this person or phone number."""
        phone = holder.person.phone if holder.person else holder.phone
        mine = [Ticket.person_id == holder.person.id] if holder.person else []
        if phone:
            known = select(Person.id).where(Person.phone == phone)
            mine += [Ticket.phone == phone, Ticket.person_id.in_(known)]
        if not mine:
            return None
        living = Ticket.state.in_(LIVING) & (Ticket.shift_id == self.shift.id)
        return db.session.scalars(seen(select(Ticket).where(living, or_(*mine)).limit(1))).first()

    def room(self, size: int) -> list[Slot]:
        """The slots with places for all of a party."""
        return [slot for slot in self.slots if slot.left >= size]

    def line(self) -> list[tuple[datetime, int]]:
        """Since when who waits, and how many come together, in order; nobody's name."""
        mine = select(Ticket.queued_at, Ticket.size).where(Ticket.shift_id == self.shift.id)
        mine = mine.where(Ticket.state == State.WAITING).order_by(Ticket.queued_at, Ticket.id)
        return [(at, size) for at, size in db.session.execute(seen(mine))]

    def fits(self) -> bool:
        """Whether somebody waits for whom the free places would do."""
        return self.left > 0 and any(self.room(size) for _since, size in self.line())

    def gives(self, size: int) -> list[Slot]:
        """The slots that a party gets at once: free for all of it, and nobody waits for whom they would do."""
        return self.room(size) if self.shift.is_rushed or not self.fits() else []

    def take(self, holder: Holder, size: int, *, by, slot: int | None = None, local=False, **facts: Any) -> Ticket:
        """A number with places for all of a party in one slot, or the end of the queue where there are none.

        `slot` is the number of the slot that is wanted, else it is the first one with room; `local` is the word that
        they live here. Refuses what is shut, over or cancelled, a second ticket, a party that is too large, and a slot
        that is full while others are not.
        """
        self._is_given_out()
        self._may_take(holder, size, local or by is not holder.person)
        free = self.gives(size)
        chosen = free[0] if free else None
        if free and slot is not None:
            chosen = next((one for one in free if one.number == slot), None)
            if chosen is None:
                raise refusals.SlotFull
        ticket = self.enter(holder, size, chosen if chosen and self._hold(chosen, size) else None, by=by, **facts)
        ticket.say("taken" if ticket.slot else "waiting", by)
        return ticket

    def _is_given_out(self) -> None:
        if self.shift.is_cancelled:
            raise ShiftCancelled
        if self.shift.starts_at <= clock.now():
            raise ShiftOver
        if not self.is_open:
            raise refusals.NoTickets

    def _may_take(self, holder: Holder, size: int, says_local: bool) -> None:
        if self.counter.local and not says_local:
            raise refusals.SayLocal
        if not 1 <= size <= self.most:
            raise refusals.PartyTooLarge(most=self.most)
        held = self.held_by(holder)
        if held is not None and held.has_lapsed:
            self.lapse()
        elif held is not None:
            raise refusals.HasTicket

    def enter(self, holder: Holder, size: int, slot: Slot | None, *, by, **facts: Any) -> Ticket:
        """The row, with the next number: taken where it has its places, else at the end of the queue."""
        said = (holder.name, holder.phone) if holder.person is None else ("", "")
        number, last = db.session.execute(
            seen(select(func.max(Ticket.number), func.max(Ticket.queued_at)).where(Ticket.shift_id == self.shift.id))
        ).one()
        ticket = Ticket(
            shift=self.shift,
            number=(number or 0) + 1,
            slot=slot,
            size=size,
            state=State.TAKEN if slot else State.WAITING,
            person=holder.person,
            name=said[0],
            phone=said[1],
            queued_at=max(clock.now(), last + TICK) if last else clock.now(),
            by_id=by.id if by else None,
            **facts,
        )
        db.session.add(ticket)
        return ticket

    def accept(self, ticket: Ticket, *, by) -> None:
        """Yes to an offer, or when all are asked at once, to what is free now."""
        if ticket.has_lapsed:
            raise refusals.OfferOver
        if self.shift.ends_at <= clock.now():
            raise ShiftOver
        if ticket.state is State.WAITING and self.shift.is_rushed:
            slot = next(iter(self.room(ticket.size)), None)
            if slot is None or not self._hold(slot, ticket.size):
                raise refusals.PlaceGone
            ticket.slot = slot
        elif ticket.state is not State.OFFERED:
            raise NotInThisState(state=ticket.state.label)
        ticket.move(State.TAKEN)
        ticket.call_since = None
        ticket.say("taken", by)

    def give_back(self, ticket: Ticket, *, by) -> None:
        """退号, at any time before the end; its places go to who is next."""
        if self.shift.ends_at <= clock.now():
            raise ShiftOver
        held = ticket.state in (State.TAKEN, State.OFFERED)
        ticket.move(State.RETURNED)
        ticket.call_since = None
        ticket.say("returned", by)
        if held:
            self.free(ticket)
        self.promote()

    def lapse(self) -> None:
        """Let offers go whose time is over, and ask who is next; found by the sweep."""
        for ticket in db.session.scalars(self.tickets(State.OFFERED)).all():
            if ticket.has_lapsed:
                ticket.move(State.LAPSED)
                ticket.say("lapsed", None)
                ticket.call_since = None
                self.free(ticket)
        self.promote()

    def promote(self) -> None:
        """Offer free places in order, to each party when there are enough for all of it; may run again at any time.

        Where they do not do for a party, whoever is behind it is asked, and it keeps its place.
        """
        if self.is_over or not self.left:
            return
        waiting = self.waiting()
        if self.shift.is_rushed:
            self._ask_all(waiting)
            return
        for ticket in waiting:
            slot = next(iter(self.room(ticket.size)), None)
            if slot is not None and self._hold(slot, ticket.size):
                ticket.slot = slot
                ticket.move(State.OFFERED)
                until = ticket.offered_until = self.shift.answer_until
                ticket.say("offered", None, call=True, until=int(until.timestamp()))

    def _ask_all(self, waiting: list[Ticket]) -> None:
        asked = [ticket for ticket in waiting if self.room(ticket.size)]
        for ticket in asked:
            ticket.ring()
        if asked:
            tell = [ticket.person for ticket in asked if ticket.person]
            self.shift.note("ticket.first_yes", None, tell=tell, shift=self.shift.id)

    def resize(self, tickets: int | None, *, by) -> None:
        """The date's own number of places; none is the duty's. Refuses fewer than are held (`TooFewTickets`)."""
        self.check(self.counter.tickets if tickets is None else tickets)
        self.shift.tickets = tickets
        self.settle()
        self.shift.note("shift.tickets", by, shift=self.shift.id, count=self.total)

    def check(self, total: int) -> None:
        """Refuse a number below what is held."""
        if total < self.given:
            raise refusals.TooFewTickets(when=moment(self.shift.starts_at), given=self.given)

    def settle(self) -> None:
        """Bring the stored timetable to the number of places that holds now, and ask who waits."""
        if self.slots[0].id is not None:
            for slot, places in zip(self.slots, deal(self.total, [slot.taken for slot in self.slots]), strict=True):
                slot.places = places
            db.session.flush()
        self.promote()

    def hold_at_door(self, size: int) -> Slot | None:
        """Places for who stands at the door, in a slot that is not over where there is one; None when all are held."""
        now = clock.now()
        late = [slot for slot in self.room(size) if slot.span(self.shift)[1] > now]
        return next((slot for slot in late or self.room(size) if self._hold(slot, size)), None)

    def _hold(self, slot: Slot, size: int) -> bool:
        """Take places of a slot; a conditional statement, so that never more are taken than there are."""
        if slot.id is None:
            db.session.add_all(self.slots)
            db.session.flush()
        free = (Slot.id == slot.id) & (Slot.taken + size <= Slot.places)
        took = update(Slot).where(free).values(taken=Slot.taken + size).returning(Slot.id)
        won = db.session.scalar(took.execution_options(synchronize_session=False)) is not None
        db.session.refresh(slot, ["taken"])
        return won

    def free(self, ticket: Ticket) -> None:
        """Its places are free again."""
        self._count(ticket, {"taken": Slot.taken - ticket.size})

    def widen(self, ticket: Ticket) -> None:
        """It has places again though others may have got them: as many more as that takes."""
        taken = Slot.taken + ticket.size
        self._count(ticket, {"taken": taken, "places": case((taken > Slot.places, taken), else_=Slot.places)})

    def _count(self, ticket: Ticket, values: dict) -> None:
        changed = update(Slot).where(Slot.id == ticket.slot_id).values(values)
        db.session.execute(changed.execution_options(synchronize_session=False))
        for slot in self.slots:
            if slot.id == ticket.slot_id:
                db.session.refresh(slot, ["taken", "places"])
