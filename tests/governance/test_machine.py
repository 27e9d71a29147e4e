"""Whatever anybody does to a need in whatever order, its state, its days and its questions agree."""

from datetime import timedelta

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from governance.need import Need
from governance.need_state import OVER, RUNNING, Privacy, State
from governance.published import SHOWN as HELD
from governance.published import Published
from governance.recheck import Way
from governance.route import Route
from governance.sweep import watch_needs
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.support.moves import attempt, lines

from .conftest import say

FEW = settings(
    max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
WORDS = st.sampled_from(["有原因", " "])
PARTNERS = st.sampled_from([None, "egret", "team", "department", "applicant"])
NOON = timedelta(hours=12)


def machine(site, world):
    """The state machine over two needs of the small world; days go by."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            db.session.rollback()
            site.store.restore("world")
            self.days = 0
            with work():
                Route.set_up(world.community, world.repair, world.department, 5, by=world.lin)
                self.ids = [say(world, token=str(n), requester=world.wu).id for n in range(2)]

        def at_noon(self):
            return time_machine.travel(clock.at(clock.today() + timedelta(days=self.days)) + NOON, tick=False)

        def attempt(self, which, act):
            """A move writes a line, a refusal says a sentence and leaves everything as it was."""
            attempt(lambda: act(db.session.get_one(Need, self.ids[which])), at=self.at_noon)

        @rule(which=st.integers(0, 1), matter=WORDS, privacy=st.sampled_from(list(Privacy)))
        def verify(self, which, matter, privacy):
            self.attempt(which, lambda need: need.verify(world.repair, privacy=privacy, matter=matter, by=world.sun))

        @rule(which=st.integers(0, 1), matter=WORDS, privacy=st.sampled_from(list(Privacy)))
        def reword(self, which, matter, privacy):
            self.attempt(which, lambda need: need.reword(privacy, matter, by=world.sun))

        @rule(which=st.integers(0, 1), name=PARTNERS, reason=WORDS)
        def route_on(self, which, name, reason):
            partner = getattr(world, name) if name else None
            self.attempt(which, lambda need: need.route_on(partner=partner, reason=reason, by=world.lin))

        @rule(which=st.integers(0, 1), reason=WORDS)
        def send_back(self, which, reason):
            self.attempt(which, lambda need: need.send_back(reason, by=world.qian))

        @rule(which=st.integers(0, 1), name=PARTNERS)
        def taken(self, which, name):
            partner = getattr(world, name) if name else None
            self.attempt(which, lambda need: need.taken(partner=partner, by=world.qian))

        @rule(which=st.integers(0, 1), answer=WORDS)
        def solved(self, which, answer):
            self.attempt(which, lambda need: need.solved(answer, by=world.qian))

        @rule(which=st.integers(0, 1), way=st.sampled_from(list(Way)))
        def confirm(self, which, way):
            self.attempt(which, lambda need: need.confirm(way=way, by=None))

        @rule(which=st.integers(0, 1), reason=WORDS)
        def still_wrong(self, which, reason):
            self.attempt(which, lambda need: need.still_wrong(reason, way=Way.LINK, by=None))

        @rule(which=st.integers(0, 1), reason=WORDS)
        def decline(self, which, reason):
            self.attempt(which, lambda need: need.decline(reason, by=world.lin))

        @rule(which=st.integers(0, 1), reason=WORDS)
        def reopen(self, which, reason):
            self.attempt(which, lambda need: need.reopen(reason, by=world.lin))

        @rule(which=st.integers(0, 1), other=st.integers(0, 1))
        def merge(self, which, other):
            into = self.ids[other]
            self.attempt(which, lambda need: need.merge_into(db.session.get_one(Need, into), by=world.sun))

        @rule(days=st.integers(1, 30))
        def days_go_by(self, days):
            self.days += days
            with self.at_noon():
                watch_needs()
                db.session.rollback()
                before = lines()
                watch_needs()
                db.session.rollback()
                assert lines() == before

        def needs(self):
            db.session.rollback()
            return [db.session.get_one(Need, id) for id in self.ids]

        @invariant()
        def who_has_to_do_something_has_a_day(self):
            for need in self.needs():
                assert (need.due is not None) == (need.state in RUNNING), need.state

        @invariant()
        def it_is_routed_to_somebody_and_returned_in_time(self):
            for need in self.needs():
                assert need.partner is not None or need.state is not State.ROUTED
                assert (need.return_by is not None) == (need.state is State.ROUTED) or need.state in OVER

        @invariant()
        def at_most_one_question_waits_and_only_after_an_answer(self):
            for need in self.needs():
                waiting = [row for row in need.rechecks if row.answered_at is None]
                assert len(waiting) <= 1
                assert not waiting or need.state in (State.SOLVED, State.CONFIRMED)
                assert waiting or need.state is not State.SOLVED
                assert need.answer or need.state not in (State.SOLVED, State.CONFIRMED)

        @invariant()
        def what_is_merged_follows_one_that_follows_nobody(self):
            for need in self.needs():
                assert (need.merged_into is not None) == (need.state is State.MERGED)
                assert need.merged_into is None or need.merged_into.merged_into is None

        @invariant()
        def whoever_said_it_sees_it_and_a_stranger_does_not(self):
            stranger, wu = world.stranger_lin, world.wu
            assert db.session.scalars(seen(Need.seen_by(stranger))).all() == []
            assert {need.id for need in db.session.scalars(seen(Need.seen_by(wu)))} >= set(self.ids)

        @invariant()
        def what_everybody_reads_was_verified_and_is_public(self):
            needs = {need.id: need for need in self.needs()}
            told = Published().page()[0]
            known = {id for id, need in needs.items() if need.state in HELD and need.privacy is Privacy.MATTER}
            assert {row.id for row in told} <= known
            assert known - {row.id for row in told} <= {id for id in known if needs[id].category is None}
            assert all(row.matter == needs[row.id].matter.strip() != "" for row in told)

    return Machine


def test_every_order_of_moves_keeps_them_agreed(site, world):
    run_state_machine_as_test(machine(site, world), settings=FEW)
