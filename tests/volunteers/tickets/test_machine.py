"""Whatever residents do in whatever order: never more than there are places, all of a party or none, and in order."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from communities.journal import Line
from kernel import clock
from kernel.db import db
from kernel.work import Refusal, work
from volunteers.queue import READY_BEFORE
from volunteers.tickets.counter import Counter
from volunteers.tickets.handout import Handout
from volunteers.tickets.ticket import HOLDS_PLACES, LIVING, Holder, State, Ticket
from volunteers.waking import waking_after, waking_between

from .conftest import FACTS

PEOPLE, SIZES = st.integers(0, 7), st.integers(1, 2)


class Residents(RuleBasedStateMachine):
    """Tickets beside a plain list: `holds` has places in a slot, `offered` for a time, `waiting` is in order."""

    def __init__(self, site, salon, minutes):
        super().__init__()
        self.world = salon
        site.store.restore("salon")
        db.session.rollback()
        self.travel = time_machine.travel(self.world.shift2.starts_at - timedelta(days=4, hours=17), tick=False)
        self.traveller = self.travel.start()
        self.work = work()
        self.work.__enter__()
        self.shift, self.lin = self.world.shift2, self.world.lin
        self.places = [2] if minutes is None else [2, 1, 1]
        Counter.set_up(self.shift.duty, by=self.lin, **FACTS | {"tickets": sum(self.places), "minutes": minutes})
        self.tickets: dict[int, Ticket] = {}
        self.size: dict[int, int] = {}
        self.holds: dict[int, int] = {}
        self.offered: dict[int, tuple[int, object]] = {}
        self.waiting: list[int] = []
        self.offers = 0

    def teardown(self):
        self.work.__exit__(None, None, None)
        self.travel.stop()

    def free(self, slot):
        taken = [who for who, where in self.holds.items() if where == slot]
        taken += [who for who, (where, _until) in self.offered.items() if where == slot]
        return self.places[slot] - sum(self.size[who] for who in taken)

    def room(self, size):
        return next((slot for slot in range(len(self.places)) if self.free(slot) >= size), None)

    def ask_next(self):
        for who in list(self.waiting):
            slot = self.room(self.size[who])
            if slot is not None:
                self.waiting.remove(who)
                left = waking_between(clock.now(), self.shift.starts_at - READY_BEFORE)
                time = max(timedelta(hours=2), min(timedelta(hours=12), left / 4))
                self.offered[who] = (slot, waking_after(clock.now(), time))
                self.offers += 1

    def lives(self, who):
        return who in self.holds or who in self.offered or who in self.waiting

    @rule(parties=st.lists(st.tuples(PEOPLE, SIZES), min_size=1, max_size=3))
    def some_come(self, parties):
        for who, size in parties:
            self.take(who, size)

    def take(self, who, size):
        holder = Holder(name=f"居民{who}（示例）", phone=f"103{who:08}")
        if self.lives(who) or size > max(self.places):
            with pytest.raises(Refusal):
                Handout(self.shift).take(holder, size, by=None)
            return
        ticket = self.tickets[who] = Handout(self.shift).take(holder, size, by=None)
        self.size[who] = size
        slot = self.room(size)
        if slot is None or any(self.room(self.size[other]) is not None for other in self.waiting):
            self.waiting.append(who)
            assert ticket.state is State.WAITING
        else:
            self.holds[who] = slot
            assert ticket.state is State.TAKEN

    @precondition(lambda self: self.tickets)
    @rule(data=st.data())
    def accept(self, data):
        who = data.draw(st.sampled_from(sorted(self.tickets)))
        if who not in self.offered:
            with pytest.raises(Refusal):
                Handout(self.shift).accept(self.tickets[who], by=None)
            return
        Handout(self.shift).accept(self.tickets[who], by=None)
        self.holds[who] = self.offered.pop(who)[0]

    @precondition(lambda self: self.tickets)
    @rule(data=st.data())
    def give_back(self, data):
        who = data.draw(st.sampled_from(sorted(self.tickets)))
        if not self.lives(who):
            with pytest.raises(Refusal):
                Handout(self.shift).give_back(self.tickets[who], by=None)
            return
        Handout(self.shift).give_back(self.tickets[who], by=None)
        self.holds.pop(who, None)
        self.offered.pop(who, None)
        if who in self.waiting:
            self.waiting.remove(who)
        self.ask_next()

    @precondition(lambda self: sum(self.places) < 6 and len(self.waiting) > 1)
    @rule()
    def one_more_place(self):
        Handout(self.shift).resize(sum(self.places) + 1, by=self.lin)
        self.places[self.places.index(min(self.places))] += 1
        self.ask_next()

    @precondition(lambda self: self.shift.starts_at - clock.now() > timedelta(days=2))
    @rule(hours=st.integers(1, 12))
    def time_passes_and_the_sweep_runs(self, hours):
        self.traveller.shift(timedelta(hours=hours))
        for _twice in range(2):
            Handout(self.shift).lapse()
        self.offered = {who: offer for who, offer in self.offered.items() if offer[1] > clock.now()}
        self.ask_next()

    @precondition(lambda self: self.waiting)
    @rule()
    def it_is_called_off_and_takes_place_after_all(self):
        self.shift.cancel("下雨", by=self.lin)
        self.shift.restore(by=self.lin)
        asked = sorted([*self.offered, *self.waiting], key=lambda who: self.tickets[who].queued_at)
        self.waiting, self.offered = asked, {}
        self.ask_next()

    def of_shift(self, *states):
        mine = select(Ticket).where(Ticket.shift_id == self.shift.id)
        return mine.where(Ticket.state.in_(states)) if states else mine

    @invariant()
    def places_are_what_is_held(self):
        slots = Handout(self.shift).slots
        assert [slot.places for slot in slots] == self.places
        assert [slot.left for slot in slots] == [self.free(number) for number in range(len(self.places))]
        held = sum(ticket.size for ticket in db.session.scalars(self.of_shift(*HOLDS_PLACES)))
        assert held == sum(slot.taken for slot in slots) <= sum(self.places)

    @invariant()
    def everybody_is_where_the_list_says(self):
        waiting = list(db.session.scalars(Handout(self.shift).tickets(State.WAITING)))
        assert [ticket.id for ticket in waiting] == [self.tickets[who].id for who in self.waiting]
        living = {ticket.id: ticket for ticket in db.session.scalars(self.of_shift(*LIVING))}
        assert {self.tickets[who].id for who in self.tickets if self.lives(who)} == living.keys()
        for who, slot in self.holds.items():
            ticket = self.tickets[who]
            assert (ticket.state, ticket.slot.number, ticket.size) == (State.TAKEN, slot, self.size[who])
        for who, (slot, until) in self.offered.items():
            ticket = self.tickets[who]
            assert (ticket.state, ticket.slot.number, ticket.offered_until) == (State.OFFERED, slot, until)

    @invariant()
    def numbers_are_given_once_and_each_offer_has_one_line(self):
        numbers = sorted(ticket.number for ticket in db.session.scalars(self.of_shift()))
        assert numbers == list(range(1, len(numbers) + 1))
        said = select(func.count()).select_from(Line).where(Line.verb == "ticket.offered")
        assert db.session.scalar(said) == self.offers


@pytest.mark.parametrize("minutes", [None, 30])
def test_the_tickets_are_a_line(site, salon, minutes):
    quick = settings(
        max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Residents(site, salon, minutes), settings=quick)
