"""Whatever partners and committees do in whatever order, what is given away is what the adoptions say."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kernel.db import db
from projects.stage import Stage
from tests.support.moves import attempt

FEW = settings(
    max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
PARTNERS = st.sampled_from(["egret", "team", "department", "applicant"])
WHICH = st.integers(0, 5)
REASONS = st.sampled_from(["材料不够", " "])


def machine(site, world):
    """The state machine over the one project of the small world."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            db.session.rollback()
            site.store.restore("world")

        def attempt(self, act):
            """A move writes a line, a refusal says a sentence and leaves everything as it was."""
            attempt(lambda: act(world.project))

        def on_adoption(self, which, act):
            count = len(world.project.adoptions)
            if count:
                self.attempt(lambda project: act(project.adoptions[which % count]))

        @rule(name=PARTNERS, part=st.integers(0, 1), quantity=st.none() | st.integers(1, 50))
        def adopt(self, name, part, quantity):
            partner = getattr(world, name)
            self.attempt(lambda one: one.adopt(partner, one.parts[part].id, quantity, pledge="", by=world.zhao))

        @rule(name=PARTNERS)
        def adopt_all(self, name):
            partner = getattr(world, name)
            self.attempt(lambda project: project.adopt_all(partner, pledge="", by=world.zhao))

        @rule(which=WHICH)
        def accept(self, which):
            self.on_adoption(which, lambda adoption: adoption.accept(by=world.lin))

        @rule(which=WHICH)
        def deliver(self, which):
            self.on_adoption(which, lambda adoption: adoption.deliver("做好了", by=world.zhao))

        @rule(which=WHICH, reason=REASONS)
        def decline(self, which, reason):
            self.on_adoption(which, lambda adoption: adoption.decline(reason, by=world.lin))

        @rule(which=WHICH, reason=REASONS)
        def leave(self, which, reason):
            self.on_adoption(which, lambda adoption: adoption.leave(reason, by=world.zhao))

        @rule()
        def cut(self):
            if len(world.project.parts) < 4:
                self.attempt(lambda project: project.cut("再做一场", "场", 2, by=world.lin))

        @rule()
        def withdraw(self):
            self.attempt(lambda project: project.withdraw(by=world.lin))

        @rule()
        def reopen(self):
            self.attempt(lambda project: project.reopen(by=world.lin))

        @rule(outcome=st.sampled_from(["", "63 户受益"]))
        def close(self, outcome):
            self.attempt(lambda project: project.close(outcome, 63, by=world.lin))

        @invariant()
        def the_count_is_what_the_rows_say(self):
            project = world.project
            for part in project.parts:
                taken = sum(adoption.quantity for adoption in project.living_adoptions if adoption.part is part)
                assert part.given == taken <= part.quantity

        @invariant()
        def the_stage_follows_from_the_parts(self):
            project = world.project
            if project.stage is Stage.OPEN:
                assert project.left
            if project.stage in (Stage.ADOPTED, Stage.DELIVERED):
                assert not project.left
            if project.stage is Stage.WITHDRAWN:
                assert not project.living_adoptions

    return Machine


def test_every_order_of_moves_keeps_the_count(site, world):
    run_state_machine_as_test(machine(site, world), settings=FEW)
