"""The life of a partner over years: whatever is done in whatever order, time and the table of moves decide."""

from datetime import date, timedelta

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from communities.journal import Line
from kernel import clock
from kernel.db import db
from kernel.work import Refusal, work
from partners.kind import Kind
from partners.lapsing import a_year_after
from partners.partner import Partner
from partners.standing import MOVES, Stage
from partners.sweep import lapse_partners

FEW = settings(
    max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
REASONS = st.sampled_from(["材料不够", " "])
KINDS = {Kind.FIRM: {"credit_code": "9144030071526726XG"}, Kind.HOMEOWNERS: {"filing_number": "备字1号"}}


def machine(site, world, kind):
    """A partner of this kind beside what is to be expected of it: its stage, and the day until which it counts."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            db.session.rollback()
            site.store.restore("world")
            self.days = 0
            self.start = clock.now()
            self.travel = time_machine.travel(self.start, tick=False)
            self.travel.start()
            facts = dict(KINDS[kind])
            if kind is Kind.HOMEOWNERS:
                facts |= {"term_until": clock.today() + timedelta(days=200), "compounds": [world.compound]}
            with work():
                self.id = Partner.apply(kind, "示例家（示例）", world.community, by=world.wu, **facts).id
            self.stage, self.asked = Stage.APPLIED, False

        def teardown(self):
            self.travel.stop()

        @property
        def partner(self):
            return db.session.get_one(Partner, self.id)

        def attempt(self, act, to=None):
            """Do it; a move writes one line, a refusal says a sentence and leaves everything as it was."""
            db.session.rollback()
            before, was = self.lines(), self.partner.stage
            try:
                with work():
                    act(self.partner)
                said = None
            except Refusal as refusal:
                said = str(refusal)
            db.session.rollback()
            if said is not None:
                assert (self.lines(), self.partner.stage) == (before, was)
                assert said.endswith("。")
                assert "%(" not in said
                return False
            assert self.lines() > before
            if to:
                assert to in MOVES[was]
                assert self.partner.stage is to
                self.stage = to
            return True

        def lines(self):
            return db.session.scalar(select(func.count()).select_from(Line))

        @rule()
        def verify(self):
            self.attempt(lambda one: one.verify(by=world.lin), Stage.ACTIVE)

        @rule(why=REASONS)
        def refuse(self, why):
            self.attempt(lambda one: one.refuse(why, by=world.lin), Stage.REFUSED)

        @rule()
        def apply_again(self):
            self.attempt(lambda one: one.apply_again(by=world.wu), Stage.APPLIED)

        @rule(why=REASONS)
        def suspend(self, why):
            self.attempt(lambda one: one.suspend(why, by=world.lin), Stage.SUSPENDED)

        @rule()
        def resume(self):
            self.attempt(lambda one: one.resume(by=world.lin), Stage.ACTIVE)

        @rule(changed=st.booleans())
        def ask_renewal(self, changed):
            facts = {"name": f"示例家{self.days}（示例）"} if changed else {}
            if kind is Kind.HOMEOWNERS and changed:
                facts |= {"term_until": clock.today() + timedelta(days=900), "filing_number": f"备字{self.days}号"}
            self.attempt(lambda one: one.ask_renewal(by=world.wu, **facts))

        @rule()
        def withdraw_renewal(self):
            self.attempt(lambda one: one.withdraw_renewal(by=world.wu))

        @rule(why=REASONS)
        def decline_renewal(self, why):
            self.attempt(lambda one: one.decline_renewal(why, by=world.lin))

        @rule()
        def renew(self):
            before = self.partner.verified_until
            if self.attempt(lambda one: one.renew(by=world.lin)):
                self.stage = Stage.ACTIVE
                assert self.partner.stage is Stage.ACTIVE
                assert self.partner.is_active
                assert self.partner.verified_until >= before
                assert self.partner.open_renewal is None

        @rule(why=REASONS)
        def end(self, why):
            if self.attempt(lambda one: one.end(why, by=world.lin), Stage.ENDED):
                assert self.partner.living == []

        @rule(days=st.sampled_from([1, 20, 100, 170, 340]))
        def time_passes(self, days):
            db.session.rollback()
            self.days += days
            self.travel.stop()
            self.travel = time_machine.travel(self.start + timedelta(days=self.days), tick=False)
            self.travel.start()

        @rule()
        def sweep(self):
            db.session.rollback()
            lapse_partners()
            db.session.rollback()
            if self.stage is Stage.ACTIVE and self.partner.has_run_out:
                self.stage = Stage.LAPSED
            lines = self.lines()
            lapse_partners()
            db.session.rollback()
            assert self.lines() == lines, "a second sweep finds nothing"

        @invariant()
        def time_decides_who_is_active(self):
            db.session.rollback()
            one = self.partner
            assert one.stage is self.stage
            over = one.verified_until is not None and one.verified_until < clock.today()
            assert one.is_active == (self.stage is Stage.ACTIVE and not over)
            assert (one.stage_now is Stage.ACTIVE) == one.is_active
            asked = db.session.scalar(select(Partner.id).where(Partner.id == self.id, Partner.active()))
            assert (asked is not None) == one.is_active
            assert (one.answer_due is not None) == (one.stage is Stage.APPLIED)
            if one.stage in (Stage.ACTIVE, Stage.SUSPENDED, Stage.LAPSED):
                assert one.verified_until == one.verifications[-1].until
                assert one.verified_until <= a_year_after(a_year_after(clock.today()))
                if kind is Kind.HOMEOWNERS:
                    assert one.verified_until <= one.term_until
            if one.stage is Stage.ENDED:
                assert one.open_renewal is None

    return Machine


def test_the_life_of_a_firm(site, world):
    run_state_machine_as_test(lambda: machine(site, world, Kind.FIRM)(), settings=FEW)


def test_the_life_of_a_homeowners_committee(site, world):
    run_state_machine_as_test(lambda: machine(site, world, Kind.HOMEOWNERS)(), settings=FEW)


def test_a_year_after_the_29th_of_february_is_the_28th():
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert a_year_after(date(2026, 11, 23)) == date(2027, 11, 23)
