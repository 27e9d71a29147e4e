"""Whatever is confirmed, corrected, certified and revoked in whatever order, the ledger equals a simple model."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kernel import clock
from kernel.db import db, seen
from tests.support.moves import attempt
from volunteers.hours.audit import certificates
from volunteers.hours.certificate import Certificate
from volunteers.hours.correction import Correction
from volunteers.hours.correction_state import State
from volunteers.hours.entry import Entry, Reason
from volunteers.hours.proposal import proposals
from volunteers.hours.proving import prove
from volunteers.hours.review import confirm_quiet, settle
from volunteers.hours.unit import RecordingUnit
from volunteers.signup import Signup

FEW = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
WHO = st.sampled_from(["lin", "he", "zhao", "wu"])
MINUTES = st.sampled_from([0, 20, 60, 90, 2000])
REASONS = st.sampled_from([None, *Reason])
WHICH = st.integers(0, 5)


def machine(site, world, day):
    """The state machine over the three sign-ups of a day that is over."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            db.session.rollback()
            site.store.restore("over")
            self.served: dict[int, list[int]] = {}  # sign-up → its entries, in order

        def done(self, act):
            """Do it; whether it was done. A refusal has a sentence and changes nothing (`attempt`)."""
            said = []
            attempt(lambda: said.append(act()))
            return said

        def signup(self, which):
            rows = db.session.scalars(seen(db.select(Signup).order_by(Signup.id))).all()
            return rows[which % len(rows)]

        def wish(self, which):
            rows = db.session.scalars(seen(db.select(Correction).order_by(Correction.id))).all()
            return rows[which % len(rows)] if rows else None

        @rule(which=WHICH, minutes=MINUTES, reason=REASONS, who=WHO)
        def settle_one(self, which, minutes, reason, who):
            id = self.signup(which).id
            done = self.done(lambda: settle(self.signup(which), minutes, reason, by=getattr(world, who)))
            if done:
                assert id not in self.served, "settled twice"
                assert who not in ("wu", "zhao") or done[0].person_id != getattr(world, who).id
                self.served[id] = [minutes]

        @rule(who=WHO, stale=st.booleans())
        def confirm_the_quiet_ones(self, who, stale):
            now = proposals(world.community, RecordingUnit.of(world.community), day)
            shown = {one.signup.id: one.minutes + stale for one in now if not one.doubts}
            if self.done(lambda: confirm_quiet(world.community, day, shown, by=getattr(world, who))):
                assert not stale
                assert not self.served.keys() & shown.keys()
                self.served |= {id: [minutes] for id, minutes in shown.items()}

        @rule(which=WHICH, minutes=MINUTES, reason=st.sampled_from(Reason))
        def ask_for_a_correction(self, which, minutes, reason):
            self.done(lambda: Correction.ask(self.signup(which), minutes, reason, "", by=self.signup(which).person))

        @rule(which=WHICH, who=WHO)
        def grant(self, which, who):
            if self.wish(which):
                wish = self.wish(which)
                id, minutes = wish.signup_id, wish.minutes
                done = self.done(lambda: self.wish(which).grant(by=getattr(world, who)))
                if done:
                    before = sum(self.served.get(id, []))
                    self.served.setdefault(id, []).append(minutes - before)

        @rule(which=WHICH, who=WHO, answer=st.sampled_from(["查过签到表，没有错", " "]))
        def decline(self, which, who, answer):
            if self.wish(which):
                self.done(lambda: self.wish(which).decline(answer, by=getattr(world, who)))

        @rule(which=WHICH)
        def drop(self, which):
            if self.wish(which):
                self.done(lambda: self.wish(which).drop(by=self.wish(which).person))

        @rule()
        def certify(self):
            days = day - timedelta(days=3), clock.today()

            def issue():
                return Certificate.issue(world.wu, RecordingUnit.hold(world.community), *days, by=world.wu)

            [*done] = self.done(issue)
            if done:
                mine = world.shift.signup_of(world.wu).id
                assert done[0].counted["minutes"] == sum(self.served.get(mine, []))

        @rule(who=WHO, reason=st.sampled_from(["写错了", ""]))
        def revoke(self, who, reason):
            paper = db.session.scalars(Certificate.of(world.wu)).first()
            if paper:
                id = paper.id
                self.done(lambda: db.session.get_one(Certificate, id).revoke(reason, by=getattr(world, who)))

        @invariant()
        def the_sums_are_those_of_the_model(self):
            rows = db.session.execute(seen(db.select(Entry.signup_id, Entry.minutes).order_by(Entry.number))).all()
            found: dict[int, list[int]] = {}
            for id, minutes in rows:
                found.setdefault(id, []).append(minutes)
            assert found == self.served

        @invariant()
        def the_chain_holds(self):
            unit = RecordingUnit.of(world.community)
            if unit:
                proof = prove(unit)
                assert proof.findings == ()
                assert proof.minutes == sum(sum(entries) for entries in self.served.values())
            assert list(certificates()) == []

        @invariant()
        def one_wish_at_a_time_and_every_answer_has_a_person(self):
            wishes = db.session.scalars(seen(db.select(Correction))).all()
            asked = [wish.signup_id for wish in wishes if wish.state is State.ASKED]
            assert len(asked) == len(set(asked))
            assert all((wish.answered_by_id is None) == (wish.state is State.ASKED) for wish in wishes)

        def teardown(self):
            db.session.rollback()

    return Machine


def test_hours_in_any_order(site, world, over, asked):
    site.store.keep("over")
    run_state_machine_as_test(machine(site, world, over.day), settings=FEW)
