"""Incubation: whatever is tried in whatever order, the table of moves and the days decide; both ledgers add up."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.consent import Consent
from communities.journal import Line
from communities.purpose import Purpose, Way
from communities.working_day import working_days_after
from kernel import clock, waiting
from kernel.db import db
from kernel.work import Refusal, work
from partners.incubations.becoming import NotGraduated, NotKnownHere, OthersPartner, PartnerAlready
from partners.incubations.board import Board, alumni, mine, totals
from partners.incubations.branch import Branch, NobodyToAsk, NoBranch
from partners.incubations.incubating import MOVES, CommunitiesOnly, DaysDisagree, HereAlready, NotNow, Stage, WhyNot
from partners.incubations.incubation import Incubation
from partners.incubations.raising import NotOpen, NotThatDay, StruckAlready, WhyStruck, WrongGiver
from partners.incubations.support import Help, Unit
from partners.kind import Kind
from partners.partner import Partner
from partners.standing import Stage as PartnerStage

TODAY = clock.today()
YEAR = timedelta(days=365)
FEW = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), database=None)
VERBS = {
    "accept": ({Stage.APPLIED}, Stage.INCUBATING, lambda one, by: one.accept(clock.today(), by=by)),
    "refuse": ({Stage.APPLIED}, Stage.REFUSED, lambda one, by: one.refuse("方案太早", by=by)),
    "graduate": ({Stage.INCUBATING}, Stage.GRADUATED, lambda one, by: one.graduate(clock.today(), by=by)),
    "leave": (
        {Stage.APPLIED, Stage.INCUBATING, Stage.GRADUATED},
        Stage.LEFT,
        lambda one, by: one.leave(clock.today(), "搬走了", by=by),
    ),
    "apply_again": ({Stage.REFUSED}, Stage.APPLIED, lambda one, by: one.apply_again(by=by)),
}


def ask(world, name="小满餐饮（示例）", **facts):
    """周师傅's firm asks 东方社区."""
    facts = {"founder": world.zhou, "founder_name": "周师傅（示例）", "founder_phone": "10000000005"} | facts
    return Incubation.apply(world.community, name, by=world.zhou, **facts)


@pytest.fixture
def applied(world):
    with work():
        id = ask(world).id
    return lambda: db.session.get_one(Incubation, id)


@pytest.fixture
def raised(world, applied):
    with work():
        applied().accept(TODAY, by=world.lin)
    return applied


@pytest.fixture
def graduate(world, raised):
    with work():
        raised().graduate(TODAY, by=world.lin)
    return raised


def lines(one):
    return [line.verb for line in db.session.scalars(Line.about(one))]


def told(one):
    line = db.session.scalars(Line.about(one)).all()[-1]
    return {notice.person_id for notice in line.notices}


class TestStages:
    def test_the_verbs_are_the_table(self):
        edges = {(start, to) for starts, to, _verb in VERBS.values() for start in starts}
        assert edges == {(start, to) for start, targets in MOVES.items() for to in targets}
        assert set(MOVES) == set(Stage)

    @FEW
    @given(names=st.lists(st.sampled_from(sorted(VERBS)), max_size=9), days=st.lists(st.integers(0, 40), min_size=9))
    def test_every_move_has_a_line_and_every_refusal_a_sentence(self, site, world, names, days):
        site.store.restore("world")
        with time_machine.travel(clock.at(TODAY), tick=False) as time, work():
            one = ask(world)
            for name, later in zip(names, days, strict=False):
                time.shift(timedelta(days=later))
                starts, to, verb = VERBS[name]
                stage, before = one.stage, len(lines(one))
                said = attempt(verb, one, world.lin)
                moved = stage in starts
                now = f"“小满餐饮（示例）”现在是“{stage.label}”，这一步做不了。请刷新后再看。"
                assert said == (None if moved else now)
                assert (one.stage, len(lines(one))) == ((to, before + 1) if moved else (stage, before))
                assert one.day_of(one.stage) == (clock.today() if moved else one.day_of(stage))
                assert (one.answer_due is not None) == (one.stage is Stage.APPLIED)
                passed = [day for day in (one.applied_on, one.since, one.graduated_on, one.left_on) if day]
                assert passed == sorted(passed)

    def test_the_days_follow_one_another(self, world, applied):
        tomorrow, before = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
        for day in (tomorrow, before):
            with pytest.raises(DaysDisagree), work():
                applied().accept(day, by=world.lin)
        with work():
            applied().accept(TODAY, by=world.lin)
        for verb in ("graduate", "leave"):
            with pytest.raises(DaysDisagree, match="在孵"), work():
                getattr(applied(), verb)(*([before] if verb == "graduate" else [before, "x"]), by=world.lin)

    def test_what_began_long_ago_is_written_down_with_its_days(self, world):
        with work():
            one = ask(world, applied_on=TODAY - 3 * YEAR)
            one.accept(TODAY - 2 * YEAR, by=world.lin)
            one.graduate(TODAY - YEAR, by=world.lin)
        assert [one.applied_on, one.since, one.graduated_on] == [TODAY - n * YEAR for n in (3, 2, 1)]

    @pytest.mark.parametrize("verb", ["refuse", "leave"])
    def test_nobody_goes_without_a_reason(self, world, applied, verb):
        with pytest.raises(WhyNot), work():
            getattr(applied(), verb)(*([TODAY] if verb == "leave" else []), " ", by=world.lin)
        assert applied().stage is Stage.APPLIED

    def test_the_committee_has_five_working_days(self, world):
        with time_machine.travel("2026-11-27T10:00:00+08:00", tick=False), work():
            one = ask(world)
            assert one.answer_due == working_days_after(date(2026, 11, 27), 5) == date(2026, 12, 4)

    def test_only_communities_raise_firms(self, world):
        with pytest.raises(CommunitiesOnly), work():
            Incubation.apply(world.subdistrict, "甲", by=world.zhou)

    def test_a_firm_asks_once(self, world, applied):
        with pytest.raises(HereAlready), work():
            ask(world)
        with work():
            Incubation.apply(world.other_community, applied().name, by=world.zhou)
            applied().refuse("方案太早", by=world.lin)
            ask(world)
        with pytest.raises(HereAlready), work():
            applied().apply_again(by=world.zhou)

    def test_its_people_are_told_but_not_of_what_they_did(self, world, applied):
        assert told(applied()) == set()
        with work():
            applied().accept(TODAY, by=world.lin)
        assert told(applied()) == {world.zhou.id}

    def test_what_is_past_does_not_change_any_more(self, world, applied):
        with work():
            applied().leave(TODAY, "不做了", by=world.zhou)
        with pytest.raises(NotNow), work():
            applied().amend(version=applied().version, by=world.zhou, idea="还在")


def attempt(verb, one, by):
    """Do it; the sentence of the refusal, or None."""
    try:
        verb(one, by)
    except Refusal as refusal:
        return str(refusal)
    return None


class TestMilestones:
    def test_planned_reached_and_dropped(self, world, raised):
        with work():
            first = raised().plan("开出第一家店", TODAY + timedelta(days=30), by=world.lin)
            second = raised().plan("招到 3 名员工", TODAY, by=world.lin)
            raised().reach(first, TODAY, "解放路店开张", by=world.zhou)
            raised().drop(second, by=world.lin)
        assert [(m.what, m.is_open) for m in raised().milestones] == [("招到 3 名员工", False), ("开出第一家店", False)]
        assert lines(raised())[2:] == ["incubation.planned"] * 2 + ["incubation.reached", "incubation.dropped"]
        with pytest.raises(NotOpen), work():
            raised().reach(first, TODAY, "", by=world.lin)
        with pytest.raises(NotOpen), work():
            raised().drop(first, by=world.lin)

    def test_none_is_reached_tomorrow_and_none_planned_before_it_is_raised(self, world, raised):
        with work():
            first = raised().plan("开店", TODAY, by=world.lin)
        with pytest.raises(NotThatDay), work():
            raised().reach(first, TODAY + timedelta(days=1), "", by=world.lin)
        with pytest.raises(NotNow), work():
            ask(world, "另一家（示例）").plan("开店", TODAY, by=world.lin)

    def test_a_late_one_says_so(self, world, raised):
        with work():
            first = raised().plan("开店", TODAY - timedelta(days=1), by=world.lin)
        assert first.is_late


class TestSupport:
    def test_partners_and_offices_give_and_it_adds_up(self, world, raised):
        facts = {"day": TODAY, "by": world.lin}
        with work():
            one = raised()
            one.help(Help.MENTORING, "财务辅导", 3, Unit.HOUR, giver=world.egret, **facts)
            one.help(Help.MENTORING, "法务辅导", 2, Unit.HOUR, giver=world.egret, **facts)
            one.help(Help.DESK, "靠窗两个工位", 6, Unit.MONTH, giver=world.community, **facts)
            wrong = one.help(Help.INTRODUCTION, "引荐写错了", 9, Unit.TIME, giver=world.subdistrict, **facts)
            one.strike(wrong, "记重了", by=world.lin)
        assert totals(raised().given) == [(Help.MENTORING, Unit.HOUR, 5), (Help.DESK, Unit.MONTH, 6)]
        assert Board(place=world.community).support(world.lin) == totals(raised().given)
        givers = {"白鹭科技（示例）", "东方社区党委", "韩森寨街道"}
        assert {support.giver for support in raised().supports} == givers
        with pytest.raises(StruckAlready), work():
            raised().strike(wrong, "再划", by=world.lin)

    def test_its_refusals(self, world, raised):
        facts, tomorrow = {"by": world.lin}, TODAY + timedelta(days=1)
        with pytest.raises(NotThatDay), work():
            raised().help(Help.DESK, "工位", 1, Unit.MONTH, tomorrow, world.community, **facts)
        with pytest.raises(WrongGiver), work():
            raised().help(Help.DESK, "工位", 1, Unit.MONTH, TODAY, world.building1, **facts)
        with work():
            entry = raised().help(Help.DESK, "工位", 1, Unit.MONTH, TODAY, world.community, **facts)
        with pytest.raises(WhyStruck), work():
            raised().strike(entry, "", by=world.lin)
        with pytest.raises(NotNow), work():
            ask(world, "另一家（示例）").help(Help.DESK, "工位", 1, Unit.MONTH, TODAY, world.community, **facts)


class TestTheBranch:
    def test_a_count_with_the_founders_consent(self, world, raised):
        with work():
            Branch.note_down(raised(), 3, by=world.zhou)
        consent = Consent.held(world.zhou, Purpose.BRANCH)
        assert (raised().branch.members, raised().branch.consent_id, consent.way) == (3, consent.id, Way.SCREEN)
        with work():
            Branch.note_down(raised(), 4, by=world.lin)
        assert (raised().branch.members, raised().branch.consent_id) == (4, consent.id)
        counts = Board(place=world.community).counts(world.lin)
        assert (counts.branches, counts.members) == (1, 4)

    def test_the_committee_notes_what_was_signed(self, world, raised):
        with work():
            Branch.note_down(raised(), 2, by=world.lin, way=Way.SIGNED)
        assert (raised().branch.consent.way, raised().branch.consent.asked_by_id) == (Way.SIGNED, world.lin.id)

    def test_a_consent_that_is_taken_back_takes_the_count_with_it(self, world, raised):
        with work():
            Branch.note_down(raised(), 3, by=world.zhou)
            Consent.held(world.zhou, Purpose.BRANCH).withdraw(by=world.zhou)
        assert raised().branch is None
        assert [branch.members for branch in raised().branches] == [None]
        assert lines(raised())[-1] == "incubation.branch_ended"
        assert Board(place=world.community).counts(world.lin).members == 0

    def test_without_an_account_nobody_can_agree(self, world):
        with work():
            one = ask(world, "另一家（示例）", founder=None)
        with pytest.raises(NobodyToAsk), work():
            Branch.note_down(one, 1, by=world.lin, way=Way.PHONE)

    def test_it_ends_once(self, world, raised):
        with work():
            branch = Branch.note_down(raised(), 3, by=world.zhou)
            branch.take_back(by=world.lin)
        with pytest.raises(NoBranch), work():
            branch.take_back(by=world.lin)


class TestBecomingAPartner:
    def test_it_applies_with_all_that_is_known_and_is_verified_as_every_other(self, world, graduate):
        with work():
            partner = graduate().become_partner(by=world.zhou, name=graduate().name, incubated_since=graduate().since)
        assert (graduate().partner, partner.kind, partner.stage) == (
            partner,
            Kind.INCUBATED_FIRM,
            PartnerStage.APPLIED,
        )
        assert partner.managers == [world.zhou]
        assert not graduate().is_partner
        with pytest.raises(PartnerAlready), work():
            graduate().become_partner(by=world.zhou, name="再来")
        with work():
            partner.verify(by=world.lin)
        assert graduate().is_partner

    def test_after_a_refusal_it_may_apply_anew(self, world, graduate):
        with work():
            graduate().become_partner(by=world.zhou, name="甲").refuse("证照不全", by=world.lin)
        assert graduate().may_apply

    @pytest.mark.parametrize("verb", ["become_partner", "connect"])
    def test_who_is_still_raised_is_not_missing(self, world, raised, verb):
        with pytest.raises(NotGraduated), work():
            raised().connect(world.egret, by=world.lin) if verb == "connect" else raised().become_partner(by=world.zhou)

    def test_a_firm_that_registered_by_itself_is_linked(self, world, graduate):
        with pytest.raises(OthersPartner), work():
            graduate().connect(world.team, by=world.lin)
        with work():
            graduate().connect(world.egret, by=world.lin)
            other = ask(world, "另一家（示例）")
            other.accept(TODAY, by=world.lin)
            other.graduate(TODAY, by=world.lin)
        with pytest.raises(OthersPartner), work():
            other.connect(world.egret, by=world.lin)
        assert graduate().is_partner

    def test_the_founders_account_is_linked_by_its_number(self, world):
        with work():
            one = ask(world, founder=None)
        with pytest.raises(NotKnownHere), work():
            one.link_founder("10099999999", by=world.lin)
        with work():
            one.link_founder(world.wu.phone, by=world.lin)
        assert (one.founder, told(one)) == (world.wu, {world.wu.id})


class TestTheBoard:
    @pytest.fixture
    def seven_and_three(self, world):
        """黄河's story in small: seven graduates, five of them partners, three still raised, one turned away."""
        with work():
            for number in range(11):
                one = ask(world, f"示例企业{number}", founder=None)
                if number == 10:
                    one.refuse("方案太早", by=world.lin)
                    break
                one.accept(TODAY, by=world.lin)
                if number < 7:
                    one.graduate(TODAY, by=world.lin)
                if number < 5:
                    one.become_partner(by=world.zhou, name=one.name).verify(by=world.lin)
            one = db.session.scalars(db.select(Incubation).where(Incubation.name == "示例企业6")).one()
            one.leave(TODAY, "搬到别的区", by=world.lin)

    def test_seven_graduated_five_are_partners_and_three_are_not_missing(self, world, seven_and_three):
        counts = Board(place=world.community).counts(world.lin)
        assert (counts.graduated, counts.partners, counts.incubating, counts.refused, counts.left) == (7, 5, 3, 1, 0)
        assert counts.all == 11
        columns = Board(place=world.community).columns(world.lin)
        assert {stage: len(rows) for stage, rows in columns.items()} == {
            Stage.APPLIED: 0, Stage.INCUBATING: 3, Stage.GRADUATED: 6, Stage.LEFT: 1, Stage.REFUSED: 1,
        }  # fmt: skip

    def test_everybody_may_know_the_graduates_that_became_partners(self, world, seven_and_three):
        found, all_, became = alumni(world.community)
        assert ([one.name for one in found], all_, became) == ([f"示例企业{n}" for n in (4, 3, 2, 1, 0)], 7, 5)
        assert alumni(world.other_community) == ([], 0, 0)

    def test_a_partner_that_ended_is_none_any_more(self, world, seven_and_three):
        with work():
            partner = db.session.scalars(db.select(Partner).where(Partner.name == "示例企业0")).one()
            partner.end("搬走了", by=world.lin)
        assert Board(place=world.community).counts(world.lin).partners == 4

    @pytest.mark.parametrize(
        ("name", "sees"), [("lin", 11), ("he", 11), ("gao", 11), ("sun", 0), ("stranger_lin", 0), ("wu", 0)]
    )
    def test_staff_of_the_place_and_above(self, world, seven_and_three, name, sees):
        assert Board().page(getattr(world, name))[1] == sees

    def test_its_people_find_their_own(self, world, applied, seven_and_three):
        assert applied() in mine(world.zhou)
        assert mine(world.wu) == []
        assert Board().page(world.zhou)[1] == 6  # and those whose partner he manages


class TestWhatWaits:
    def waits(self, person):
        return {line.desk.kind for line in waiting.lines(person) if line.desk.kind.startswith("incubation")}

    def test_an_application_waits_for_the_committee(self, world, applied):
        assert self.waits(world.lin) == {"incubation.applied"}
        for person in (world.zhou, world.stranger_lin, world.he, world.wu):
            assert self.waits(person) == set()

    def test_a_milestone_waits_for_both_sides_a_week_before(self, world, raised):
        with work():
            raised().plan("开店", TODAY + timedelta(days=8), by=world.lin)
        assert self.waits(world.lin) == set()
        with work():
            raised().plan("招人", TODAY + timedelta(days=7), by=world.lin)
        assert self.waits(world.lin) == self.waits(world.zhou) == {"incubation.milestone"}
