"""Whatever people do in whatever order: one holder in a place, nobody in post without a yes, as in a plain list."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from communities.journal import Line
from communities.working_day import working_days_after
from kernel import clock
from kernel.db import db, seen
from kernel.work import Refusal, work
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.coverage import covers
from volunteers.assignments.placing import bring_in, claim, offer
from volunteers.assignments.state import LIVING, Role, Standing, State
from volunteers.assignments.succession import hand_over
from volunteers.assignments.terms import ANSWER_DAYS, MOST, OVERLAP_DAYS
from volunteers.volunteer import Volunteer

PEOPLE, BUILDINGS = st.integers(0, 4), st.integers(0, 1)
ROLES = st.sampled_from(list(Role))
ROWS = st.integers(0, 30)
DAY = timedelta(days=1)
DOORS = {State.APPLIED: claim, State.INVITED: offer, State.UNCONFIRMED: bring_in}


@dataclass
class Entry:
    """One row of the plain list."""

    person: int
    building: int
    role: Role
    state: State
    standing: Standing = Standing.HOLDER
    due: date | None = None
    until: date | None = None
    yes: bool = False


class Buildings(RuleBasedStateMachine):
    """Two buildings with a lead and a helper each, five volunteers, beside a list of entries by id."""

    def __init__(self, site, world):
        super().__init__()
        self.world = world
        site.store.restore("world")
        db.session.rollback()
        self.travel = time_machine.travel(clock.at(clock.today()) + timedelta(hours=10), tick=False)
        self.traveller = self.travel.start()
        self.work = work()
        self.work.__enter__()
        self.buildings = [world.building1, world.building2]
        self.people = [
            Volunteer.join(name=name, phone=f"104{n:08}", home=world.compound, password_hash=None).person
            for n, name in enumerate("甲乙丙丁戊")
        ]
        self.list: dict[int, Entry] = {}
        self.moves = 0

    def teardown(self):
        self.work.__exit__(None, None, None)
        self.travel.stop()

    def living(self, **facts):
        found = [entry for entry in self.list.values() if entry.state in LIVING]
        return [entry for entry in found if all(getattr(entry, name) == fact for name, fact in facts.items())]

    def pick(self, number):
        """A row and what the list says of it; None while there is none."""
        if not self.list:
            return None, None
        id = sorted(self.list)[number % len(self.list)]
        return db.session.get_one(Assignment, id, execution_options={"seen": True}), self.list[id]

    def may_enter(self, person, building):
        return not self.living(person=person, building=building) and len(self.living(person=person)) < MOST

    @rule(person=PEOPLE, building=BUILDINGS, role=ROLES, state=st.sampled_from(list(DOORS)))
    def ask(self, person, building, role, state):
        free = not self.living(building=building, role=role, standing=Standing.HOLDER)
        place, who = self.buildings[building], self.people[person]
        args = (place, role) if state is State.APPLIED else (place, role, who)
        by = who if state is State.APPLIED else self.world.lin
        if not (free and self.may_enter(person, building)):
            with pytest.raises(Refusal):
                self.door(state)(*args, by=by)
            return
        row = self.door(state)(*args, by=by)
        due = working_days_after(clock.today(), ANSWER_DAYS) if state is State.INVITED else None
        self.list[row.id] = Entry(person, building, role, state, due=due, yes=state is State.APPLIED)
        self.moves += state is not State.UNCONFIRMED

    def door(self, state):
        if state is not State.UNCONFIRMED:
            return DOORS[state]

        def listed(building, role, person, *, by):
            from volunteers.assignments.placing import check

            check(building, person)
            return bring_in(building, role, person, by=by)

        return listed

    @rule(number=ROWS, person=PEOPLE)
    def hand_over(self, number, person):
        row, entry = self.pick(number)
        if row is None:
            return
        mates = self.living(building=entry.building, role=entry.role, standing=Standing.SUCCESSOR)
        right = entry.state is State.SERVING and not self.over(entry) and not mates
        right = right and entry.standing is Standing.HOLDER
        if not (right and person != entry.person and self.may_enter(person, entry.building)):
            with pytest.raises(Refusal):
                hand_over(row, self.people[person], by=self.world.lin)
            return
        new = hand_over(row, self.people[person], by=self.world.lin)
        due = working_days_after(clock.today(), ANSWER_DAYS)
        self.list[new.id] = Entry(person, entry.building, entry.role, State.INVITED, Standing.SUCCESSOR, due)
        self.moves += 1

    def over(self, entry):
        return entry.until is not None and entry.until < clock.today()

    @rule(number=ROWS, verb=st.sampled_from(["approve", "decline", "accept", "refuse", "withdraw", "sign", "end"]))
    def do(self, number, verb):
        row, entry = self.pick(number)
        if row is None:
            return
        person, late = self.people[entry.person], entry.due is not None and entry.due < clock.today()
        from_states = {
            "approve": {State.APPLIED},
            "decline": {State.APPLIED},
            "accept": {State.INVITED, State.UNCONFIRMED},
            "refuse": {State.INVITED, State.UNCONFIRMED},
            "withdraw": {State.APPLIED, State.INVITED, State.UNCONFIRMED},
            "sign": {State.INVITED, State.UNCONFIRMED},
            "end": {State.SERVING},
        }[verb]
        calls = {
            "approve": lambda: row.approve(by=self.world.lin),
            "decline": lambda: row.decline("理由", by=self.world.lin),
            "accept": lambda: row.accept(by=person),
            "refuse": lambda: row.refuse(by=person),
            "withdraw": lambda: row.withdraw(by=self.world.lin),
            "sign": lambda: row.sign(clock.today(), by=self.world.lin),
            "end": lambda: row.end("理由", by=person),
        }
        if entry.state not in from_states or (verb in ("accept", "sign") and late):
            with pytest.raises(Refusal):
                calls[verb]()
            return
        calls[verb]()
        self.moves += 1
        if verb in ("approve", "accept", "sign"):
            entry.state, entry.yes, entry.due = State.SERVING, True, None
            self.follow(entry)
        else:
            ends = {"decline": State.DECLINED, "refuse": State.DECLINED, "withdraw": State.WITHDRAWN}
            entry.state = ends.get(verb, State.ENDED)
            entry.due = None
            if verb == "end":
                self.move_up(entry)

    def follow(self, entry):
        """A successor has said yes: the holder leaves after the overlap."""
        if entry.standing is Standing.SUCCESSOR:
            before = self.living(building=entry.building, role=entry.role, standing=Standing.HOLDER)
            assert before
            last = clock.today() + OVERLAP_DAYS * DAY
            before[0].until = min(before[0].until or last, last)
            self.moves += 1

    def move_up(self, entry):
        """The holder is gone: the successor is the holder. The successor is gone: the holder stays."""
        if entry.standing is Standing.SUCCESSOR:
            for other in self.living(building=entry.building, role=entry.role, standing=Standing.HOLDER):
                if other.state is State.SERVING and not self.over(other):
                    other.until = None
                    self.moves += 1
        if entry.standing is Standing.HOLDER:
            for other in self.living(building=entry.building, role=entry.role, standing=Standing.SUCCESSOR):
                other.standing = Standing.HOLDER

    @rule(days=st.integers(1, 9), twice=st.booleans())
    def time_passes_and_the_sweep_runs(self, days, twice):
        self.traveller.shift(timedelta(days=days))
        for _ in range(1 + twice):
            for id in sorted(self.list):
                row = db.session.get_one(Assignment, id, execution_options={"seen": True})
                row.lapse()
                row.run_out()
        for id in sorted(self.list):
            entry = self.list[id]
            if entry.state is State.INVITED and entry.due < clock.today():
                entry.state, entry.due = State.LAPSED, None
                self.moves += 1
            elif entry.state is State.SERVING and self.over(entry):
                entry.state = State.ENDED
                self.moves += 1
                self.move_up(entry)

    @invariant()
    def everybody_is_where_the_list_says(self):
        rows = db.session.scalars(seen(select(Assignment).order_by(Assignment.id))).all()
        found = {row.id: (row.state, row.standing, row.person_id) for row in rows}
        said = {id: (e.state, e.standing, self.people[e.person].id) for id, e in self.list.items()}
        assert found == said
        assert all(row.yes_on for row in rows if row.state is State.SERVING)
        assert all(self.list[row.id].yes for row in rows if row.state is State.SERVING)

    @invariant()
    def one_holder_in_a_place(self):
        held = [(e.building, e.role, e.standing) for e in self.living()]
        assert len(held) == len(set(held))

    @invariant()
    def the_grid_agrees(self):
        db.session.flush()
        for number, cover in enumerate(covers(self.world.compound)):
            serving = [e.role for e in self.living(building=number, state=State.SERVING)]
            assert (cover.leads, cover.helpers) == (int(Role.LEAD in serving), int(Role.HELPER in serving))

    @invariant()
    def every_move_is_a_line(self):
        lines = db.session.scalars(select(Line.verb).where(Line.subject == "assignment")).all()
        assert len(lines) == self.moves


def test_places_are_given_once_and_only_with_a_yes(site, world):
    quick = settings(
        max_examples=10, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Buildings(site, world), settings=quick)
