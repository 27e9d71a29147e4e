"""Whatever organisers, volunteers and the clock do: the dates follow the rule, people stay, seats are counted."""

from datetime import time, timedelta

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.demo.checks import wrong_seats
from tests.support.moves import attempt
from volunteers.pattern import Pattern
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.signup import HOLDS_SEAT, Signup
from volunteers.signup import LIVING as SIGNED_UP
from volunteers.standing_place import StandingPlace
from volunteers.standing_state import LIVING
from volunteers.standing_state import State as Standing
from volunteers.stop import Reason, Stop
from volunteers.sweep import lapse_offers, lay_standing_duties
from volunteers.volunteer import Volunteer

PEOPLE, DATES = st.integers(0, 2), st.integers(0, 12)
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1, max_size=3)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Standings(RuleBasedStateMachine):
    """One rule without an end, three volunteers; the model knows what was decided by hand and who left what."""

    def __init__(self, site, world):
        super().__init__()
        self.world = world
        site.store.restore("world")
        db.session.rollback()
        self.travel = time_machine.travel(clock.now(), tick=False)
        self.traveller = self.travel.start()
        first = clock.today() + 3 * DAY
        with work():
            world.duty.outdoor = True
            rule_ = Pattern(frozenset({1}), time(10), time(11), first, None)
            self.series_id = DutySeries.write(world.duty, rule_, 2, by=world.lin).id
            self.people = [
                Volunteer.join(name=name, phone=f"101{n:08}", home=world.building1, password_hash=None).person.id
                for n, name in enumerate("甲乙丙")
            ]
        self.decided = {}  # shift to (start, cancelled): what the organiser said of it alone
        self.sequences = {}
        self.left = set()  # (shift, person): who said that he cannot come

    def teardown(self):
        db.session.rollback()
        self.travel.stop()

    @property
    def series(self):
        return db.session.get_one(DutySeries, self.series_id)

    def person(self, number):
        return db.session.get_one(Volunteer.person.property.entity.class_, self.people[number])

    def shifts(self):
        return list(db.session.scalars(select(Shift).where(Shift.series_id == self.series_id).order_by(Shift.id)))

    def date(self, number):
        coming = [shift for shift in self.shifts() if shift.starts_at > clock.now()]
        return coming[number % len(coming)] if coming else None

    def place(self, number):
        mine = StandingPlace.of(self.series).where(StandingPlace.person_id == self.people[number])
        return db.session.scalar(mine)

    @rule(weekdays=WEEKDAYS, hour=st.sampled_from([10, 10, 15]), seats=st.integers(1, 3), weeks=st.integers(0, 12))
    def the_rule_changes(self, weekdays, hour, seats, weeks):
        last = clock.today() + weeks * 7 * DAY if weeks > 2 else None
        first = min(self.series.first, clock.today() + DAY)
        occupied = self.occupied()
        rule_ = Pattern(frozenset(weekdays), time(hour), time(hour + 1), first, last)
        before = self.series.sequence
        attempt(lambda: self.series.revise(rule_, seats, sequence=self.series.sequence, by=self.world.lin))
        if self.series.sequence > before:
            self.what_nobody_decided_is_as_ruled()
        now = self.occupied()  # more than before where a place was filled
        occupied = {id: facts for id, facts in occupied.items() if now.get(id) != facts}
        assert occupied == {}  # nobody's date was changed under him

    def occupied(self):
        return {
            shift.id: (shift.starts_at, shift.ends_at, shift.seats, shift.sequence)
            for shift in self.shifts()
            if shift.starts_at > clock.now() and any(signup.state in SIGNED_UP for signup in shift.signups)
        }

    @rule(number=DATES, person=PEOPLE)
    def sign_up(self, number, person):
        if shift := self.date(number):
            attempt(lambda: shift.sign_up(self.person(person), by=self.person(person)))
            self.left.discard((shift.id, self.people[person]))

    @rule(number=DATES, person=PEOPLE)
    def cannot_come(self, number, person):
        shift = self.date(number)
        signup = shift and shift.signup_of(self.person(person))
        if signup is not None and signup.is_living:
            attempt(lambda: shift.withdraw(self.person(person), by=self.person(person)))
            self.left.add((shift.id, self.people[person]))

    @rule(person=PEOPLE)
    def ask_and_be_let(self, person):
        attempt(lambda: StandingPlace.ask(self.series, self.person(person), by=self.person(person)))
        if (place := self.place(person)) and place.state is Standing.ASKED:
            attempt(lambda: self.place(person).grant(by=self.world.lin))

    @rule(person=PEOPLE, yes=st.booleans())
    def answer(self, person, yes):
        if place := self.place(person):
            attempt(lambda: (place.accept if yes else place.decline)(by=place.person))

    @rule(person=PEOPLE, leave=st.booleans())
    def come_no_more(self, person, leave):
        if place := self.place(person):
            attempt(lambda: place.end(by=place.person, leave=leave))

    @rule(number=DATES, hours=st.integers(-80, 80))
    def move(self, number, hours):
        if shift := self.date(number):
            start = shift.starts_at + hours * HOUR
            attempt(lambda: shift.move_to(start, start + HOUR, by=self.world.lin))
            if shift.by_hand:
                self.decided[shift.id] = (shift.starts_at, shift.is_cancelled)

    @rule(number=DATES)
    def call_off(self, number):
        if shift := self.date(number):
            attempt(lambda: shift.cancel("停电", by=self.world.lin))
            if shift.by_hand:
                self.decided[shift.id] = (shift.starts_at, shift.is_cancelled)

    @rule(number=DATES)
    def restore(self, number):
        if shift := self.date(number):
            attempt(lambda: shift.restore(by=self.world.lin))
            if shift.by_hand:
                self.decided[shift.id] = (shift.starts_at, shift.is_cancelled)

    @rule(days=st.integers(0, 30), length=st.integers(1, 20), outdoors=st.booleans())
    def stop(self, days, length, outdoors):
        begin = clock.now() + days * DAY
        hours = {"starts_at": begin, "until": begin + length * DAY, "outdoor_only": outdoors}
        attempt(lambda: Stop.call(self.world.community, by=self.world.lin, reason=Reason.HEAT, **hours))
        self.nothing_new_is_in_a_stop()
        for shift in self.shifts():
            if shift.id in self.decided:
                self.decided[shift.id] = (shift.starts_at, shift.is_cancelled)

    @rule(number=st.integers(0, 3))
    def lift(self, number):
        stops = list(db.session.scalars(select(Stop).order_by(Stop.id)))
        if not stops:
            return
        attempt(lambda: stops[number % len(stops)].lift(by=self.world.lin))
        self.nothing_new_is_in_a_stop()
        for shift in self.shifts():
            if shift.id in self.decided:
                self.decided[shift.id] = (shift.starts_at, shift.is_cancelled)

    def nothing_new_is_in_a_stop(self):
        """What the organiser did not decide about alone takes place in no hours that are stopped."""
        db.session.rollback()
        stops = list(db.session.scalars(select(Stop).where(Stop.lifted_at.is_(None))))
        for shift in self.shifts():
            if shift.starts_at > clock.now() and not (shift.by_hand or shift.is_cancelled):
                assert not any(stop.starts_at < shift.ends_at and shift.starts_at < stop.until for stop in stops)

    @rule(days=st.integers(1, 20))
    def days_go_by(self, days):
        db.session.rollback()
        self.traveller.shift(days * DAY)
        for _time in range(2):
            lay_standing_duties()
            lapse_offers()
            db.session.rollback()
            if self.series.is_living:
                self.what_nobody_decided_is_as_ruled()
            self.nothing_new_is_in_a_stop()

    @invariant()
    def the_rule_has_its_dates(self):
        db.session.rollback()
        series = self.series
        if not series.is_living:
            return
        held = {shift.occurrence_on for shift in self.shifts()}
        busy = {
            shift.starts_at
            for shift in db.session.scalars(select(Shift).where(Shift.duty_id == series.duty_id))
            if shift.series_id != series.id or shift.by_hand or shift.id in self.occupied()
        }
        laid = clock.local(series.laid_at).date()
        today = clock.today()
        for day in series.wanted(series.pattern):
            assert day in held or series.pattern.span(day)[0] in busy or laid < today, day

    def what_nobody_decided_is_as_ruled(self):
        series, occupied = self.series, self.occupied()
        wanted = set(series.wanted(series.pattern)) if series.is_living else set()
        for shift in self.shifts():
            if shift.starts_at > clock.now() and not (shift.by_hand or shift.id in occupied or shift.is_cancelled):
                assert (shift.starts_at, shift.ends_at) == series.pattern.span(shift.occurrence_on)
                assert shift.occurrence_on in wanted

    @invariant()
    def what_was_decided_stays(self):
        for shift in self.shifts():
            if shift.id in self.decided:
                assert (shift.starts_at, shift.is_cancelled) == self.decided[shift.id]

    @invariant()
    def no_date_goes_and_no_sequence_falls(self):
        now = {shift.id: shift.sequence for shift in self.shifts()}
        assert self.sequences.keys() <= now.keys()
        assert all(now[id] >= sequence for id, sequence in self.sequences.items())
        self.sequences = now

    @invariant()
    def who_left_is_not_signed_up_again(self):
        for shift_id, person_id in self.left:
            mine = select(Signup).where(Signup.shift_id == shift_id, Signup.person_id == person_id)
            signup = db.session.scalar(seen(mine))
            assert signup is None or signup.state not in HOLDS_SEAT

    @invariant()
    def seats_are_counted_and_nobody_is_in_two_places(self):
        assert wrong_seats() == []
        for shift in self.shifts():
            assert 0 <= shift.taken <= shift.seats
        assert len(list(db.session.scalars(StandingPlace.of(self.series)))) <= len(LIVING) * len(self.people)

    @invariant()
    def standing_places_leave_a_seat(self):
        for shift in self.shifts():
            early = shift.starts_at > clock.now() + timedelta(days=self.series.newcomer_days)
            by_place = [s for s in shift.signups if s.state in HOLDS_SEAT and s.by_id is None and not s.sequence]
            if early and by_place and len(by_place) == shift.taken:
                assert shift.left >= 1 or shift.by_hand


def test_dates_follow_their_rule_and_people_stay(site, world):
    quick = settings(
        max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Standings(site, world), settings=quick)
