"""Whatever people do in whatever order: seats are never oversold and the queue is a queue, as in a plain list."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from kernel import clock
from kernel.db import db
from kernel.work import Refusal, work
from volunteers.queue import READY_BEFORE
from volunteers.signup import HOLDS_SEAT, State
from volunteers.volunteer import Volunteer
from volunteers.waking import waking_after, waking_between

PEOPLE = st.integers(0, 6)


class Queue(RuleBasedStateMachine):
    """A shift with seats beside a list: `confirmed` and `offered` hold seats, `waiting` is in order."""

    def __init__(self, site, world):
        super().__init__()
        self.world = world
        site.store.restore("world")
        db.session.rollback()
        self.travel = time_machine.travel(self.world.shift.starts_at - timedelta(hours=4 * 24 + 17), tick=False)
        self.traveller = self.travel.start()
        self.work = work()
        self.work.__enter__()
        self.shift, building = self.world.shift, self.world.building1
        self.people = [
            Volunteer.join(name=name, phone=f"101{number:08}", home=building, password_hash=None).person
            for number, name in enumerate("甲乙丙丁戊己庚")
        ]
        self.seats, self.confirmed, self.waiting = 1, set(), []
        self.offered: dict[int, object] = {}
        self.offers_made = [0] * len(self.people)

    def teardown(self):
        self.work.__exit__(None, None, None)
        self.travel.stop()

    @property
    def free(self):
        return self.seats - len(self.confirmed) - len(self.offered)

    def promote(self):
        while self.free and self.waiting:
            first = self.waiting.pop(0)
            left = waking_between(clock.now(), self.shift.starts_at - READY_BEFORE)
            time = max(timedelta(hours=2), min(timedelta(hours=12), left / 4))
            self.offered[first] = waking_after(clock.now(), time)
            self.offers_made[first] += 1

    @rule(number=PEOPLE)
    def sign_up(self, number):
        person = self.people[number]
        if number in self.confirmed or number in self.offered or number in self.waiting:
            with pytest.raises(Refusal):
                self.shift.sign_up(person, by=person)
            return
        state = self.shift.sign_up(person, by=person).state
        if self.free and not self.waiting:
            self.confirmed.add(number)
            assert state is State.CONFIRMED
        else:
            self.waiting.append(number)
            assert state is State.WAITING

    @rule(number=PEOPLE)
    def accept(self, number):
        person = self.people[number]
        if number not in self.offered:
            with pytest.raises(Refusal):
                self.shift.accept(person, by=person)
            return
        self.shift.accept(person, by=person)
        del self.offered[number]
        self.confirmed.add(number)

    @rule(number=PEOPLE)
    def withdraw(self, number):
        person = self.people[number]
        if number in self.waiting:
            self.waiting.remove(number)
        elif number in self.confirmed:
            self.confirmed.remove(number)
        elif number in self.offered:
            del self.offered[number]
        else:
            with pytest.raises(Refusal):
                self.shift.withdraw(person, by=person)
            return
        self.shift.withdraw(person, by=person)
        self.promote()

    @rule(more=st.integers(1, 2))
    def add_seats(self, more):
        self.seats += more
        self.shift.resize(self.seats, by=self.world.lin)
        self.promote()

    @precondition(lambda self: self.shift.starts_at - clock.now() > timedelta(days=2))
    @rule(hours=st.integers(1, 12))
    def time_passes_and_the_sweep_runs(self, hours):
        self.traveller.shift(timedelta(hours=hours))
        self.shift.lapse()
        self.offered = {number: until for number, until in self.offered.items() if until > clock.now()}
        self.promote()

    @rule()
    def the_sweep_runs_for_nothing(self):
        self.shift.lapse()

    @invariant()
    def seats_are_what_is_held(self):
        held = list(db.session.scalars(self.shift.people(*HOLDS_SEAT)))
        assert self.shift.taken == len(held) == len(self.confirmed) + len(self.offered) <= self.shift.seats

    @invariant()
    def everybody_is_where_the_list_says(self):
        def ids(*states):
            return [signup.person_id for signup in db.session.scalars(self.shift.people(*states))]

        assert ids(State.WAITING) == [self.people[number].id for number in self.waiting]
        assert set(ids(State.CONFIRMED)) == {self.people[number].id for number in self.confirmed}
        until = {s.person_id: s.offered_until for s in db.session.scalars(self.shift.people(State.OFFERED))}
        assert until == {self.people[number].id: moment for number, moment in self.offered.items()}

    @invariant()
    def each_offer_was_told_once(self):
        counts = select(Notice.person_id, func.count()).join(Notice.line).where(Line.verb == "signup.offered")
        told = dict(db.session.execute(counts.group_by(Notice.person_id)).all())
        assert told == {self.people[n].id: made for n, made in enumerate(self.offers_made) if made}


def test_the_queue_is_a_queue(site, world):
    quick = settings(
        max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Queue(site, world), settings=quick)
