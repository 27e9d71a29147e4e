"""Whatever the two sides do in whatever order, what was issued says for good what was counted, once."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func

from communities.journal import Line
from kernel import clock, paper_number
from kernel.db import db
from kernel.work import Refusal, work
from partners.member import Role
from projects.adoption import Adoption
from projects.certificate_state import PUBLIC, State
from projects.in_kind import InKind
from projects.participation import Participation

FEW = settings(
    max_examples=8, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
WHO = st.sampled_from(["lin", "he", "zhao"])
PLACES = st.sampled_from(["community", "district", "other_community"])
DAYS = st.sampled_from([(300, 0), (100, 0), (5, 2), (0, 5)])
WHICH = st.integers(0, 5)
REASONS = st.sampled_from(["写错了", " "])
LINES = st.sampled_from(["", "老人家电义修的主力", "全场八折"])


def machine(site, world):
    """The state machine over the certificates of one partner of the small world."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            db.session.rollback()
            site.store.restore("done")
            self.said = {}

        def attempt(self, act):
            """Do it; a move writes a line, a refusal says a sentence and leaves everything as it was."""
            db.session.rollback()
            before = self.lines()
            try:
                with work():
                    act()
                refused = None
            except Refusal as refusal:
                refused = str(refusal)
            if refused is None:
                assert self.lines() > before
            else:
                assert self.lines() == before
                assert refused.endswith("。")
                assert "%(" not in refused

        def lines(self):
            return db.session.scalar(db.select(func.count()).select_from(Line))

        def paper(self, which):
            papers = db.session.scalars(db.select(Participation).order_by(Participation.id)).all()
            return papers[which % len(papers)] if papers else None

        def on_paper(self, which, act):
            if self.paper(which):
                self.attempt(lambda: act(self.paper(which)))

        @rule(place=PLACES, days=DAYS, who=WHO, line=LINES)
        def issue(self, place, days, who, line):
            since, until = (clock.today() - timedelta(days=ago) for ago in days)
            facts = {"line": line, "by": getattr(world, who)}
            self.attempt(lambda: Participation.issue(world.egret, getattr(world, place), since, until, **facts))

        @rule(place=PLACES, days=DAYS, line=LINES)
        def ask(self, place, days, line):
            since, until = (clock.today() - timedelta(days=ago) for ago in days)
            facts = {"line": line, "by": world.zhao}
            self.attempt(lambda: Participation.ask(world.egret, getattr(world, place), since, until, **facts))

        @rule(which=WHICH, reason=REASONS, who=WHO)
        def withdraw(self, which, reason, who):
            self.on_paper(which, lambda paper: paper.withdraw(reason, by=getattr(world, who)))

        @rule(which=WHICH, reason=REASONS, who=WHO)
        def decline(self, which, reason, who):
            self.on_paper(which, lambda paper: paper.decline(reason, by=getattr(world, who)))

        @rule(which=WHICH)
        def drop(self, which):
            self.on_paper(which, lambda paper: paper.drop(by=world.zhao))

        @rule(yuan=st.integers(1, 9_000))
        def give_more(self, yuan):
            adoption = db.session.scalars(db.select(Adoption)).first()
            self.attempt(lambda: InKind.note_down(adoption, "配件", yuan, "进货单", by=world.zhao))

        @rule(which=WHICH)
        def strike(self, which):
            given = db.session.scalars(db.select(InKind).order_by(InKind.id)).all()
            self.attempt(lambda: given[which % len(given)].strike("社区买的", by=world.he))

        @rule()
        def the_committee_joins_the_partner(self):
            if all(member.person_id != world.lin.id for member in world.egret.living):
                self.attempt(lambda: world.egret.join(world.lin, Role.MEMBER, by=world.zhao))

        @invariant()
        def numbers_fit_and_only_what_was_issued_has_one(self):
            papers = db.session.scalars(db.select(Participation)).all()
            issued = [paper for paper in papers if paper.state in PUBLIC]
            assert all(paper_number.fault(paper.number) is None for paper in issued)
            assert len({paper.number for paper in issued}) == len(issued)
            assert all(paper.number is None for paper in papers if paper.state not in PUBLIC)

        @invariant()
        def what_was_said_is_never_said_otherwise(self):
            for paper in db.session.scalars(db.select(Participation).where(Participation.number.is_not(None))):
                says = (paper.counted, paper.since, paper.until, paper.place_id, paper.partner_id, paper.line)
                assert self.said.setdefault(paper.number, says) == says
            assert len(self.said) == db.session.query(Participation).filter(Participation.number.is_not(None)).count()

        @invariant()
        def the_same_days_stand_on_one_valid_paper(self):
            days = Participation.place_id, Participation.since, Participation.until
            living = db.select(func.count()).where(Participation.state == State.ISSUED).group_by(*days)
            assert set(db.session.scalars(living)) <= {1}

        def teardown(self):
            db.session.rollback()

    return Machine


def test_certificates_in_any_order(site, world, done):
    site.store.keep("done")
    run_state_machine_as_test(machine(site, world), settings=FEW)
