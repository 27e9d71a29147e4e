"""An adoption's life with every move and the clock: counts, leads and hand-overs hold in whatever order."""

from datetime import timedelta

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from communities.working_day import working_days_after
from kernel import clock
from kernel.db import db
from kernel.work import work
from projects.milestone import Milestone
from projects.stage import Stage
from projects.standing import State
from projects.sweep import release_idle_adoptions
from projects.transfer import Transfer
from tests.support.moves import attempt, lines

FEW = settings(
    max_examples=10, stateful_step_count=24, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
PARTNERS = st.sampled_from(["egret", "team", "department", "team", "department", "applicant"])
WHICH = st.sampled_from([0, 0, 0, 1, 2, 5])  # what is still to be decided comes first
REASONS = st.sampled_from(["材料不够", "材料不够", "材料不够", " "])
WORDS = st.sampled_from(["看完前 10 户", "看完前 10 户", "看完前 10 户", "现在打 8 折"])
AHEAD = st.integers(-1, 25)


def machine(site, world):
    """The state machine over the one project of the small world, with the clock in its hand."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            db.session.rollback()
            site.store.restore("world")
            self.day = clock.today()
            with work():
                world.project.starts_on = self.day
                running = world.project.adopt(world.egret, world.project.parts[0].id, 10, pledge="", by=world.zhao)
                running.accept(by=world.lin)

        def moved(self):
            return time_machine.travel(clock.at(self.day) + timedelta(hours=10))

        def attempt(self, act):
            """A move writes a line, a refusal says a sentence and leaves everything as it was."""
            attempt(act, at=self.moved)

        def one_of(self, model, which, act):
            db.session.rollback()
            rows = db.session.scalars(db.select(model).order_by(model.id.desc())).all()
            rows = sorted(rows, key=lambda one: not one.is_open)
            if rows:
                self.attempt(lambda: act(rows[which % len(rows)]))

        def on_adoption(self, which, act):
            db.session.rollback()
            rows = sorted(world.project.adoptions, key=lambda one: one.state is not State.RUNNING)
            if rows:
                self.attempt(lambda: act(rows[which % len(rows)]))

        def ahead(self, count):
            return working_days_after(self.day, count) if count >= 0 else self.day - timedelta(days=1)

        @rule(name=PARTNERS, part=st.integers(0, 1), quantity=st.none() | st.integers(1, 50), words=WORDS)
        def adopt(self, name, part, quantity, words):
            parts = world.project.parts
            by = world.zhao
            self.attempt(
                lambda: world.project.adopt(getattr(world, name), parts[part].id, quantity, pledge=words, by=by)
            )

        @rule(name=PARTNERS)
        def adopt_all(self, name):
            self.attempt(lambda: world.project.adopt_all(getattr(world, name), pledge="四人", by=world.zhao))

        @rule()
        def begin_at_once_or_not(self):
            db.session.rollback()
            with work():
                world.project.at_once = not world.project.at_once

        @rule(which=WHICH)
        def accept(self, which):
            self.on_adoption(which, lambda one: one.accept(by=world.lin))

        @rule(which=WHICH, words=WORDS)
        def deliver(self, which, words):
            self.on_adoption(which, lambda one: one.deliver(words, by=world.zhao))

        @rule(which=WHICH, reason=REASONS, move=st.sampled_from(["decline", "leave", "prolong"]))
        def with_a_reason(self, which, reason, move):
            self.on_adoption(which, lambda one: getattr(one, move)(reason, by=world.lin))

        @rule(which=WHICH)
        def take_lead(self, which):
            self.on_adoption(which, lambda one: one.take_lead(by=world.lin))

        @rule(which=WHICH, words=WORDS, count=AHEAD)
        def promise(self, which, words, count):
            self.on_adoption(which, lambda one: one.promise(words, self.ahead(count), by=world.zhao))

        @rule(which=WHICH, words=WORDS)
        def reach(self, which, words):
            self.one_of(Milestone, which, lambda one: one.reach(words, None, by=world.zhao))

        @rule(which=WHICH, count=AHEAD, reason=REASONS)
        def move(self, which, count, reason):
            self.one_of(Milestone, which, lambda one: one.move(self.ahead(count), reason, by=world.zhao))

        @rule(which=WHICH, count=AHEAD, reason=REASONS)
        def pause(self, which, count, reason):
            self.on_adoption(which, lambda one: one.pause(self.ahead(count), reason, by=world.zhao))

        @rule(which=WHICH)
        def end_pause(self, which):
            self.on_adoption(which, lambda one: one.end_pause(by=world.zhao))

        @rule(which=WHICH, name=PARTNERS, reason=REASONS, further=st.sampled_from([0, 1, 2, 2]))
        def hand_over(self, which, name, reason, further):
            """An offer, and often the two answers to it: by themselves they would hardly ever meet."""
            self.on_adoption(which, lambda one: Transfer.offer(one, getattr(world, name), reason, by=world.zhao))
            for move in ("agree", "approve")[:further]:
                self.answer(0, move)

        @rule(which=WHICH, move=st.sampled_from(["agree", "approve", "withdraw"]))
        def answer(self, which, move):
            def act(one):
                part, given = one.adoption.part, one.adoption.part.given
                getattr(one, move)(*(["我们来"] if move == "agree" else []), by=world.lin)
                assert part.given == given

            self.one_of(Transfer, which, act)

        @rule(which=WHICH, reason=REASONS, move=st.sampled_from(["decline", "refuse"]))
        def say_no(self, which, reason, move):
            self.one_of(Transfer, which, lambda one: getattr(one, move)(reason, by=world.lin))

        @rule(days=st.sampled_from([1, 10, 35]))
        def wait(self, days):
            self.day += timedelta(days=days)
            db.session.rollback()
            with self.moved():
                release_idle_adoptions()
                db.session.rollback()
                before = lines()
                release_idle_adoptions()
                db.session.rollback()
                assert lines() == before

        @rule()
        def reopen(self):
            self.attempt(lambda: world.project.reopen(by=world.lin))

        @rule(outcome=st.sampled_from(["", "63 户受益"]))
        def close(self, outcome):
            self.attempt(lambda: world.project.close(outcome, 63, by=world.lin))

        @invariant()
        def the_count_is_what_the_rows_say(self):
            for part in world.project.parts:
                taken = sum(one.quantity for one in world.project.living_adoptions if one.part is part)
                assert part.given == taken <= part.quantity

        @invariant()
        def one_leads_while_anybody_lives(self):
            project = world.project
            leads = [one for one in project.adoptions if one.leads]
            assert len(leads) == (1 if project.living_adoptions else 0)
            assert all(one.is_living for one in leads)

        @invariant()
        def a_partner_does_a_part_once(self):
            living = [(one.part_id, one.partner_id) for one in world.project.living_adoptions]
            assert len(living) == len(set(living))

        @invariant()
        def only_what_runs_is_offered_or_warned_of_or_late(self):
            with self.moved():
                for one in world.project.adoptions:
                    runs = one.state is State.RUNNING
                    assert runs or one.offer is None
                    assert sum(transfer.is_open for transfer in one.transfers) <= 1
                    assert not (one.lateness and (not runs or one.is_paused))
                    assert one.lateness == {step.id: step.days_late for step in one.milestones if step.days_late}

        @invariant()
        def whoever_handed_over_has_a_successor_with_as_much(self):
            adoptions = world.project.adoptions
            for one in adoptions:
                after = [other.quantity for other in adoptions if other.took_over_id == one.id]
                assert after == ([one.quantity] if one.state is State.HANDED_OVER else [])

        @invariant()
        def the_stage_follows_from_the_parts(self):
            project = world.project
            if project.stage is Stage.OPEN:
                assert project.left
            if project.stage in (Stage.ADOPTED, Stage.DELIVERED):
                assert not project.left

    return Machine


def test_every_order_of_moves_keeps_counts_and_leads(site, world):
    run_state_machine_as_test(machine(site, world), settings=FEW)
