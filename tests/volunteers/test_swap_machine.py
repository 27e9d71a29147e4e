"""Whatever people, leads and the clock do with swaps: seats change hands two by two, as in two plain sets of names."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from partners.member import Role
from tests.demo.checks import wrong_seats
from tests.support.moves import attempt
from volunteers.pattern import Pattern
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.swap import Swap
from volunteers.swap_state import Swapping
from volunteers.sweep import lapse_offers, settle_swaps
from volunteers.volunteer import Volunteer

PEOPLE, SHIFTS = st.integers(0, 4), st.integers(0, 1)
WAYS = st.sampled_from(["person", "team", "board", "shift"])


class Trade(RuleBasedStateMachine):
    """Two shifts of two seats, one after the other, five people; `held` says who sits where."""

    def __init__(self, site, world):
        super().__init__()
        self.world = world
        site.store.restore("world")
        db.session.rollback()
        day = clock.today() + timedelta(days=6)
        self.travel = time_machine.travel(clock.at(day) - timedelta(days=5, hours=-9), tick=False)
        self.traveller = self.travel.start()
        with work():
            hours = [(9, 10), (12, 13)]
            shifts = []
            for start, end in hours:
                starts, ends = (clock.local(clock.at(day) + timedelta(hours=hour)).time() for hour in (start, end))
                shifts += Shift.plan(world.duty, Pattern(frozenset(), starts, ends, day, day), 2, by=world.lin)
            people = [
                Volunteer.join(name=name, phone=f"101{n:08}", home=world.building1, password_hash=None).person
                for n, name in enumerate("甲乙丙丁戊")
            ]
            for person in people[:3]:
                world.team.join(person, Role.MEMBER, by=world.lin)
            for person in people[:2]:
                shifts[0].sign_up(person, by=person)
            shifts[1].sign_up(people[2], by=people[2])
        self.ids = [shift.id for shift in shifts]
        self.people = [person.id for person in people]
        self.held = [set(self.people[:2]), {self.people[2]}]

    def teardown(self):
        db.session.rollback()
        self.travel.stop()

    def shift(self, number):
        return db.session.get_one(Shift, self.ids[number])

    def person(self, number):
        return db.session.get_one(Person, self.people[number])

    def swap(self, *states):
        wanted = select(Swap).where(Swap.state.in_(states)).order_by(Swap.id.desc()).limit(1)
        return db.session.scalar(seen(wanted))

    def seated(self):
        db.session.rollback()
        rows = [db.session.scalars(self.shift(number).people(State.CONFIRMED)) for number in (0, 1)]
        return [{signup.person_id for signup in row} for row in rows]

    @rule(number=SHIFTS, person=PEOPLE)
    def sign_up(self, number, person):
        attempt(lambda: self.shift(number).sign_up(self.person(person), by=self.person(person)))
        self.held = self.seated()

    @rule(number=SHIFTS, person=PEOPLE)
    def withdraw(self, number, person):
        attempt(lambda: self.shift(number).withdraw(self.person(person), by=self.person(person)))
        self.held = self.seated()

    @rule(number=SHIFTS, giver=PEOPLE, way=WAYS, other=PEOPLE)
    def offer(self, number, giver, way, other):
        signup = self.shift(number).signup_of(self.person(giver))
        if signup is None:
            return

        def act():
            to = {
                "person": {"to": self.person(other)},
                "team": {"partner": self.world.team},
                "board": {},
                "shift": {"wanted": self.shift(1 - number)},
            }[way]
            Swap.offer(self.shift(number).signup_of(self.person(giver)), by=self.person(giver), **to)

        attempt(act)

    @rule(person=PEOPLE)
    def accept(self, person):
        if self.swap(Swapping.OPEN):
            attempt(lambda: self.swap(Swapping.OPEN).accept(self.person(person), by=self.person(person)))

    @rule(number=SHIFTS, first=PEOPLE, second=PEOPLE)
    def two_of_them_agree_to_exchange(self, number, first, second):
        here, there = sorted(self.held[number]), sorted(self.held[1 - number])
        if not here or not there:
            return
        giver, taker = here[first % len(here)], there[second % len(there)]
        self.offer(number, self.people.index(giver), "shift", 0)
        self.accept(self.people.index(taker))

    @rule(person=PEOPLE)
    def decline(self, person):
        if self.swap(Swapping.OPEN):
            attempt(lambda: self.swap(Swapping.OPEN).decline(self.person(person), by=self.person(person)))

    @rule()
    def change_of_mind(self):
        if swap := self.swap(Swapping.OPEN, Swapping.AGREED):
            attempt(lambda: swap.withdraw(by=self.world.wu))

    @rule()
    def veto(self):
        if swap := self.swap(Swapping.AGREED):
            attempt(lambda: swap.veto("要他自己来", by=self.world.lin))

    @rule()
    def settle(self):
        swap = self.swap(Swapping.AGREED)
        if swap is None:
            return
        giver, taker = swap.giver.id, swap.taker_id
        from_, back = self.ids.index(swap.shift.id), swap.wanted_id
        attempt(lambda: swap.settle(by=self.world.lin))
        if swap.state is Swapping.DONE:
            self.held[from_] = self.held[from_] - {giver} | {taker}
            if back is not None:
                self.held[1 - from_] = self.held[1 - from_] - {taker} | {giver}

    @precondition(lambda self: clock.now() < self.shift(0).starts_at - timedelta(hours=40))
    @rule(hours=st.integers(1, 30))
    def time_passes_and_the_sweeps_run(self, hours):
        self.traveller.shift(timedelta(hours=hours))
        for _twice in range(2):
            db.session.rollback()
            lapse_offers()
            settle_swaps()
        self.held = self.seated()
        due = self.swap(Swapping.AGREED)
        assert due is None or due.settle_at > clock.now()

    @invariant()
    def everybody_sits_where_the_sets_say(self):
        assert self.seated() == self.held

    @invariant()
    def seats_are_counted(self):
        assert wrong_seats() == []

    @invariant()
    def what_is_under_way_is_about_a_seat_that_is_one(self):
        swap = self.swap(Swapping.DONE)
        if swap is not None:
            with pytest.raises(Exception, match="换好了"):
                swap.settle(by=None)


def test_seats_change_hands_two_by_two(site, world):
    quick = settings(
        max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Trade(site, world), settings=quick)
