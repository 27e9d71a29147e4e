"""Whatever adopters, members, others and the clock do: a seat is one person's or one pledge's, and never both."""

from datetime import timedelta

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from partners.member import Role
from projects.adoption import Adoption
from tests.demo.checks import wrong_seats
from tests.support.moves import attempt
from volunteers.manning import KEPT, MANNED_BEFORE, Manning
from volunteers.pledged_seat import PledgedSeat
from volunteers.signup import HOLDS_SEAT, State
from volunteers.sweep import lapse_offers, open_pledged_seats
from volunteers.volunteer import Volunteer

PEOPLE, SEATS = st.integers(0, 4), st.integers(0, 5)


class Pledge(RuleBasedStateMachine):
    """A shift with four seats a week ahead; five volunteers, three of whom are members of the adopter."""

    def __init__(self, site, world):
        super().__init__()
        self.world = world
        site.store.restore("world")
        db.session.rollback()
        week = clock.at(clock.today() + timedelta(days=7)) + timedelta(hours=10)
        self.travel = time_machine.travel(clock.now(), tick=False)
        self.traveller = self.travel.start()
        with work():
            world.project.adopt(world.egret, world.project.parts[0].id, 43, pledge="四个人", by=world.zhao)
            db.session.scalar(select(Adoption)).accept(by=world.lin)
            world.duty2.project = world.project
            world.shift2.starts_at, world.shift2.ends_at = week, week + timedelta(hours=1)
            world.shift2.resize(4, by=world.lin)
            people = [
                Volunteer.join(name=name, phone=f"101{n:08}", home=world.building1, password_hash=None).person
                for n, name in enumerate("甲乙丙丁戊")
            ]
            for person in people[:3]:
                world.egret.join(person, Role.MEMBER, by=world.zhao)
            world.shift2.keep(db.session.scalar(select(Adoption)), 2, by=world.zhao)
        self.people = [person.id for person in people]

    def teardown(self):
        db.session.rollback()
        self.travel.stop()

    def person(self, number):
        return db.session.get_one(Volunteer.person.property.entity.class_, self.people[number])

    def seat(self, number, state):
        """One of those in this state; where there is none, of all."""
        rows = list(db.session.scalars(seen(select(PledgedSeat).order_by(PledgedSeat.id))))
        rows = [row for row in rows if row.state is state] or rows
        return rows[number % len(rows)] if rows else None

    def on_seat(self, number, act, state=Manning.ASKED):
        if self.seat(number, state) is not None:
            attempt(lambda: act(self.seat(number, state)))

    @rule(count=st.integers(1, 3))
    def keep(self, count):
        attempt(lambda: self.world.shift2.keep(db.session.scalar(select(Adoption)), count, by=self.world.zhao))

    @rule(number=SEATS, person=PEOPLE)
    def name(self, number, person):
        self.on_seat(number, lambda seat: seat.name(self.person(person), by=self.world.zhao), Manning.NOBODY)

    @rule(number=SEATS, person=PEOPLE)
    def a_member_is_named_and_says_yes(self, number, person):
        self.name(number, person)
        self.yes(number)

    @rule(number=SEATS)
    def yes(self, number):
        self.on_seat(number, lambda seat: seat.accept(by=seat.person or self.world.lin))

    @rule(number=SEATS)
    def no(self, number):
        self.on_seat(number, lambda seat: seat.decline(by=seat.person or self.world.lin))

    @rule(number=SEATS)
    def recall(self, number):
        self.on_seat(number, lambda seat: seat.recall(by=self.world.zhao))

    @rule(number=SEATS)
    def give_back(self, number):
        self.on_seat(number, lambda seat: seat.give_back(by=self.world.zhao), Manning.NOBODY)

    @rule(number=SEATS)
    def who_said_yes_leaves(self, number):
        who = self.seat(number, Manning.MANNED)
        if who is not None and who.state is Manning.MANNED:
            self.withdraw(self.people.index(who.person_id))

    @rule(person=PEOPLE)
    def sign_up(self, person):
        attempt(lambda: self.world.shift2.sign_up(self.person(person), by=self.person(person)))

    @rule(person=PEOPLE)
    def withdraw(self, person):
        attempt(lambda: self.world.shift2.withdraw(self.person(person), by=self.person(person)))

    @rule(person=PEOPLE)
    def accept_an_offer(self, person):
        attempt(lambda: self.world.shift2.accept(self.person(person), by=self.person(person)))

    @precondition(lambda self: clock.now() > self.world.shift2.starts_at - timedelta(days=5))
    @rule()
    def the_adopter_leaves(self):
        adoption = db.session.scalar(select(Adoption))
        if adoption.is_running:
            attempt(lambda: adoption.leave("人手不够", by=self.world.zhao))

    @precondition(lambda self: clock.now() < self.world.shift2.starts_at - timedelta(hours=20))
    @rule(hours=st.integers(1, 30))
    def time_passes_and_the_sweeps_run(self, hours):
        self.traveller.shift(timedelta(hours=hours))
        self.sweep()

    @rule()
    def the_sweeps_run_for_nothing(self):
        self.sweep()

    def sweep(self):
        db.session.rollback()
        lapse_offers()
        open_pledged_seats()
        db.session.rollback()
        kept = seen(select(PledgedSeat.id).where(PledgedSeat.state.in_(KEPT)))
        if clock.now() >= self.world.shift2.starts_at - MANNED_BEFORE:
            assert db.session.scalars(kept).all() == []

    @invariant()
    def seats_are_counted(self):
        db.session.rollback()
        assert wrong_seats() == []
        assert 0 <= self.world.shift2.taken <= self.world.shift2.seats

    @invariant()
    def who_is_named_sits_there_by_his_own_yes(self):
        signups = {s.person_id: s.state for s in db.session.scalars(self.world.shift2.people(*HOLDS_SEAT))}
        for seat in db.session.scalars(seen(select(PledgedSeat))):
            assert (seat.person_id is not None) == (seat.state in (Manning.ASKED, Manning.MANNED))
            if seat.state is Manning.MANNED:
                assert signups.get(seat.person_id) is State.CONFIRMED

    @invariant()
    def nobody_waits_while_a_seat_is_free(self):
        shift = self.world.shift2
        if not shift.is_rushed:
            waiting = list(db.session.scalars(shift.people(State.WAITING)))
            assert not (waiting and shift.left)


def test_a_seat_is_a_persons_or_a_pledges(site, world):
    quick = settings(
        max_examples=10, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Pledge(site, world), settings=quick)
