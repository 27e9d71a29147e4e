"""Whatever lead, volunteers and clock do in whatever order: the list says what a plain table beside it says."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from communities.journal import Line
from kernel import clock
from kernel.db import db
from kernel.work import Refusal, work
from volunteers.attendances import ticking
from volunteers.attendances.attendance import Attendance, Way
from volunteers.attendances.ticking import Mark, Tick
from volunteers.attendances.walk_in import add
from volunteers.signup import HOLDS_SEAT, State
from volunteers.volunteer import Volunteer

PEOPLE = st.integers(0, 5)
SIGNED_UP = 4  # of the six; two come without
EARLY, LENGTH = 60, 60  # minutes
MARKS = st.sampled_from([Mark.HERE, Mark.AWAY])
MOVES = {"signup.arrived", "signup.left", "signup.closed", "signup.absent", "signup.walked_in"}


class Door(RuleBasedStateMachine):
    """A shift of an hour beside a table: who → (state, came, left), in minutes after the start."""

    def __init__(self, site, world):
        super().__init__()
        site.store.restore("world")
        db.session.rollback()
        self.world, self.now = world, -90
        self.travel = time_machine.travel(world.shift.starts_at + timedelta(minutes=self.now), tick=False)
        self.traveller = self.travel.start()
        self.work = work()
        self.work.__enter__()
        self.shift, self.lin, home = world.shift, world.lin, world.building1
        self.people = [
            Volunteer.join(name=name, phone=f"101{n:08}", home=home, password_hash=None).person
            for n, name in enumerate("甲乙丙丁戊己")
        ]
        self.shift.resize(SIGNED_UP, by=self.lin)
        for person in self.people[:SIGNED_UP]:
            self.shift.sign_up(person, by=person)
        self.table = dict.fromkeys(range(SIGNED_UP), ("confirmed", None, None))
        self.moves, self.rows = 0, set()

    def teardown(self):
        self.work.__exit__(None, None, None)
        self.travel.stop()

    @property
    def is_open(self):
        return self.now >= -EARLY

    def refused(self, act):
        with pytest.raises(Refusal) as refusal:
            act()
        assert str(refusal.value).endswith("。")

    def came(self, number, at):
        over = self.now >= LENGTH
        self.table[number] = ("done", at, LENGTH) if over else ("present", at, None)
        self.moves += 1 + over
        self.rows.add(number)

    @rule(number=PEOPLE)
    def arrive(self, number):
        person = self.people[number]
        state = self.table.get(number, ("",))[0]

        def act():
            Attendance.arrive(self.shift, person, way=Way.QR, by=person)

        if not self.is_open or state not in ("confirmed", "absent"):
            self.refused(act)
            return
        act()
        self.came(number, min(self.now, LENGTH))

    @rule(number=PEOPLE)
    def leave(self, number):
        state, came, left = self.table.get(number, ("", None, None))
        row = Attendance.of(self.shift.signup_of(self.people[number])) if number in self.rows else None
        if row is None:
            return
        by_clock = row.closed_by_clock
        if state not in ("present", "done") or (left is not None and not by_clock):
            self.refused(lambda: row.leave(by=self.people[number]))
            return
        row.leave(by=self.people[number])
        self.table[number] = ("done", came, min(self.now, LENGTH))
        self.moves += 1

    @rule(number=PEOPLE)
    def say_that_somebody_did_not_come(self, number):
        state, came, left = self.table.get(number, ("", None, None))

        def act():
            Attendance.absent(self.shift, self.people[number], by=self.lin)

        if self.now < 0 or state not in ("confirmed", "present", "done"):
            self.refused(act)
            return
        act()
        self.table[number] = ("absent", came, left)
        self.moves += 1

    @rule(number=PEOPLE)
    def add_a_walk_in(self, number):
        state = self.table.get(number, ("",))[0]

        def act():
            add(self.shift, self.people[number], way=Way.LIST, by=self.lin)

        if not self.is_open or state in ("present", "done"):
            self.refused(act)
            return
        act()
        self.moves += state == ""
        self.came(number, min(self.now, LENGTH))

    @rule(marks=st.dictionaries(PEOPLE, st.tuples(MARKS, st.sampled_from(list(Mark))), max_size=4))
    def send_a_list(self, marks):
        known = {n: self.shift.signup_of(self.people[n]) for n in marks if n in self.table}
        ticks = [Tick(signup.id, marks[n][0], marks[n][1]) for n, signup in known.items()]
        said = {"confirmed": Mark.NONE, "present": Mark.HERE, "done": Mark.HERE, "absent": Mark.AWAY}
        now = {n: said[self.table[n][0]] for n in known}
        changed = {n: marks[n][0] for n in known if marks[n][0] is not now[n]}
        fits = {n: mark for n, mark in changed.items() if marks[n][1] is now[n]}
        if fits and (not self.is_open or (self.now < 0 and Mark.AWAY in fits.values())):
            with pytest.raises(Refusal), db.session.begin_nested():
                ticking.tick(self.shift, ticks, by=self.lin)
            db.session.expire_all()
            for person in self.people:
                person.forget()
            return
        differing = ticking.tick(self.shift, ticks, by=self.lin)
        assert {one.signup_id for one in differing} == {known[n].id for n in changed.keys() - fits.keys()}
        for number, mark in fits.items():
            if mark is Mark.HERE:
                self.came(number, min(self.now, 0))
            else:
                self.table[number] = ("absent", *self.table[number][1:])
                self.moves += 1

    @rule()
    def the_rest_did_not_come(self):
        rest = [number for number, (state, *_) in self.table.items() if state == "confirmed"]
        if self.now < LENGTH:
            self.refused(lambda: ticking.nobody_else(self.shift, by=self.lin))
            return
        assert ticking.nobody_else(self.shift, by=self.lin) == len(rest)
        for number in rest:
            self.table[number] = ("absent", None, None)
        self.moves += len(rest)

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes):
        self.now += minutes
        self.traveller.shift(timedelta(minutes=minutes))

    @rule(times=st.integers(1, 2))
    def the_sweep_runs(self, times):
        for _ in range(times):
            for row in db.session.scalars(Attendance.of_shift(self.shift)):
                row.close()
        if self.now < LENGTH:
            return
        for number, (state, came, _left) in self.table.items():
            if state == "present":
                self.table[number] = ("done", came, LENGTH)
                self.moves += 1

    @invariant()
    def the_list_is_the_table(self):
        signups = [self.shift.signup_of(person) for person in self.people]
        states = {n: signup.state.value for n, signup in enumerate(signups) if signup is not None}
        assert states == {n: state for n, (state, *_) in self.table.items()}

    @invariant()
    def one_row_a_person_with_the_minutes_of_the_table(self):
        rows = {row.signup.person_id: row for row in db.session.scalars(Attendance.of_shift(self.shift))}
        assert rows.keys() == {self.people[number].id for number in self.rows}
        for number in self.rows:
            state, came, left = self.table[number]
            until = min(left if left is not None else max(self.now, came), LENGTH)
            minutes = max(until - max(came, 0), 0) if state in ("present", "done") else 0
            row = rows[self.people[number].id]
            assert row.minutes == minutes
            assert row.counts == (10 * minutes >= 6 * LENGTH)

    @invariant()
    def seats_are_those_who_hold_one(self):
        self.shift = self.world.shift
        assert self.shift.taken == self.shift.count(*HOLDS_SEAT) == len(self.table) <= self.shift.seats
        assert self.shift.count(State.CONFIRMED) == sum(state == "confirmed" for state, *_ in self.table.values())

    @invariant()
    def every_move_is_a_line(self):
        assert db.session.scalar(select(func.count()).where(Line.verb.in_(MOVES))) == self.moves
        assert clock.now() == self.shift.starts_at + timedelta(minutes=self.now)


def test_the_list_is_the_table_beside_it(site, world):
    quick = settings(
        max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Door(site, world), settings=quick)
