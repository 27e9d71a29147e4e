"""Whatever is done to a draft and its needs in whatever order, the needs are where the project says."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from governance.need import Need
from governance.need_state import Privacy, State
from governance.voice import UNKNOWN
from kernel import clock, scan
from kernel.db import db
from kernel.work import work
from projects.grounds import project_of
from projects.project import Project
from projects.stage import UNSEEN, WRITTEN, Stage
from tests.support.moves import attempt
from tests.support.scans import PNG

FEW = settings(
    max_examples=10, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
WHICH = st.integers(0, 2)
SAID = st.sampled_from(["写上谁来验收", " "])


def machine(site, world):
    """The state machine over one draft and three needs."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            db.session.rollback()
            site.store.restore("world")

        @initialize()
        def begin(self):
            day = clock.today()
            facts = {"category": world.repair, "starts_on": day, "ends_on": day + timedelta(days=20)}
            with work():
                project = Project.write(world.community, by=world.sun, title="楼道灯", **facts)
                needs = [
                    Need.say(world.building1, f"第{n}层的灯不亮", by=None, token=f"{n}", reach=UNKNOWN)
                    for n in range(3)
                ]
            self.id, self.needs = project.id, [need.id for need in needs]

        @property
        def project(self):
            return db.session.get(Project, self.id)

        def need(self, which):
            return db.session.scalars(db.select(Need).where(Need.id == self.needs[which])).one()

        def attempt(self, act):
            """A move writes a line, a refusal says a sentence and leaves everything as it was."""
            attempt(lambda: act(self.project))

        @rule(which=WHICH)
        def verify(self, which):
            facts = {"privacy": Privacy.MATTER, "matter": "楼道灯不亮", "by": world.sun}
            self.attempt(lambda _project: self.need(which).verify(world.repair, **facts))

        @rule(which=WHICH)
        def ground(self, which):
            self.attempt(lambda project: project.ground(self.need(which), by=world.lin))

        @rule(which=WHICH)
        def route(self, which):
            self.attempt(lambda _project: self.need(which).route_on(partner=world.department, by=world.lin))

        @rule(which=WHICH)
        def merge(self, which):
            self.attempt(lambda _project: self.need(which).merge_into(self.need((which + 1) % 3), by=world.lin))

        @rule()
        def cut(self):
            if len(self.project.parts) < 3:
                self.attempt(lambda project: project.cut("换灯", "件", 2, by=world.lin))

        @rule(which=WHICH)
        def drop(self, which):
            if which < len(self.project.parts):
                self.attempt(lambda project: project.drop(project.parts[which].id, by=world.lin))

        @rule(risk=st.sampled_from(["登高，两人一组。", ""]), stale=st.booleans())
        def rewrite(self, risk, stale):
            version = self.project.version - stale
            facts = {"risk_note": risk, "by": world.lin}
            self.attempt(lambda project: project.rewrite(version=version, **facts))

        @rule()
        def hand_in(self):
            self.attempt(lambda project: project.hand_in(by=world.sun))

        @rule(reason=SAID)
        def give_back(self, reason):
            self.attempt(lambda project: project.give_back(reason, by=world.lin))

        @rule()
        def attach(self):
            self.attempt(lambda project: project.attach(scan.read(PNG, "a.png"), by=world.lin))

        @rule()
        def post(self):
            self.attempt(lambda project: project.post(by=world.lin))

        @rule()
        def withdraw(self):
            self.attempt(lambda project: project.withdraw(by=world.lin))

        @rule()
        def finish(self):
            """All of it is adopted, delivered and closed at once."""

            def all_of_it(project):
                for adoption in project.adopt_all(world.egret, pledge="", by=world.zhao):
                    adoption.accept(by=world.lin)
                    adoption.deliver("都换了。", by=world.zhao)
                project.close("楼道都亮了。", 9, by=world.lin)

            self.attempt(all_of_it)

        @invariant()
        def its_needs_are_where_it_says(self):
            db.session.rollback()
            project = self.project
            states = {need.state for need in project.needs}
            if project.stage is Stage.WITHDRAWN:
                assert not project.needs
            if project.stage is Stage.CLOSED:
                assert State.TAKEN not in states
            assert State.RECEIVED not in states
            assert all(project_of(need) is project for need in project.needs)

        @invariant()
        def nothing_is_published_half_written(self):
            project = self.project
            if project.stage not in UNSEEN:
                assert project.parts
                assert project.risk_note
            if project.stage is Stage.REVIEW:
                assert project.returned == ""
            if project.returned:
                assert project.stage in (*WRITTEN, Stage.WITHDRAWN)

    return Machine


def test_every_order_of_moves_keeps_needs_and_project_together(site, world):
    run_state_machine_as_test(machine(site, world), settings=FEW)
