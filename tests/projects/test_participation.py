"""合伙人参与证明: counted once, kept for good, never by the partner's own people, corrected only by another one."""

from datetime import date, timedelta

import pytest

from communities.journal import Audience, Line
from communities.working_day import working_days_after
from kernel import clock, paper_number
from kernel.db import db
from kernel.work import work
from partners.member import Role
from partners.one_line import Sells
from projects.adoption import Adoption
from projects.certificate_state import (
    AskedAlready,
    IssuedAlready,
    NothingToCertify,
    NotNow,
    OwnPartner,
    State,
    WhyNot,
    WrongPeriod,
)
from projects.counting import Counted, count
from projects.in_kind import InKind
from projects.participation import Participation
from projects.project import Project

YEAR = timedelta(days=365)


def days():
    """The last year, until today."""
    return clock.today() - YEAR, clock.today()


def issued(world, *, place=None, by=None, **more):
    """A certificate of the committee for 白鹭科技."""
    with work():
        paper = Participation.issue(world.egret, place or world.community, *days(), by=by or world.lin, **more)
        db.session.flush()
        return db.session.get_one(Participation, paper.id)


def asked(world):
    """The wish of its manager."""
    with work():
        return Participation.ask(world.egret, world.community, *days(), by=world.zhao)


class TestCounting:
    def test_what_was_delivered_and_closed_counts_with_its_share_of_the_hours(self, world, done):
        (item,) = count(world.egret, world.community, *days()).items
        assert (item.project, item.part, item.quantity, item.unit) == ("31小区老人家电义修", "集中维修", 43, "户")
        assert (item.minutes, item.hours) == (48 * 60, "48")

    def test_half_of_a_part_is_half_of_its_hours(self, world, done):
        with work():
            db.session.get_one(Adoption, done).quantity = 10
        counted = count(world.egret, world.community, *days())
        assert (counted.minutes, counted.hours) == (672, "11.2")

    def test_value_in_kind_counts_with_its_basis_unless_it_was_struck(self, world, done):
        assert [
            (given.what, given.yuan, given.basis) for given in count(world.egret, world.community, *days()).given
        ] == [("维修配件", 2600, "进货单合计")]
        with work():
            db.session.scalars(InKind.of(done)).one().strike("社区买的", by=world.lin)
        assert count(world.egret, world.community, *days()).yuan == 0

    def test_not_before_the_committee_has_closed_it(self, world):
        with work():
            adoption = world.project.adopt(world.egret, world.project.parts[0].id, 43, pledge="", by=world.zhao)
            adoption.accept(by=world.lin)
            adoption.deliver("都修好了。", by=world.zhao)
        assert not count(world.egret, world.community, *days())

    def test_the_day_of_delivery_decides_and_both_ends_count(self, world, done):
        day = clock.today() - timedelta(days=1)
        assert count(world.egret, world.community, day, day)
        assert not count(world.egret, world.community, day + timedelta(days=1), clock.today())
        assert not count(world.egret, world.community, day - YEAR, day - timedelta(days=1))

    def test_what_was_done_elsewhere_is_certified_elsewhere(self, world, done):
        assert not count(world.egret, world.other_community, *days())
        assert count(world.egret, world.district, *days())
        assert not count(world.team, world.community, *days())

    def test_hours_that_nobody_agreed_on_are_no_hours(self, world, done):
        with work():
            db.session.get_one(Adoption, done).part.people = None
        counted = count(world.egret, world.community, *days())
        assert (counted.items[0].minutes, counted.items[0].hours, counted.hours) == (None, "", "0")

    def test_what_is_kept_comes_back_as_it_was(self, world, done):
        counted = count(world.egret, world.community, *days())
        assert Counted.restored(counted.stored) == counted


class TestIssuing:
    def test_it_gets_a_number_that_fits_together(self, world, done):
        paper = issued(world, line="老人家电义修的主力")
        assert paper_number.fault(paper.number) is None
        assert paper.number.startswith(str(clock.today().year))
        assert (paper.state, paper.issued_on, paper.line) == (State.ISSUED, clock.today(), "老人家电义修的主力")
        assert (paper.issuer, paper.what.hours, paper.what.yuan) == ("东方社区党委", "48", 2600)

    def test_everybody_reads_that_the_office_issued_it_and_its_managers_are_told(self, world, done):
        paper = issued(world)
        (line,) = db.session.scalars(db.select(Line).where(Line.verb == "participation.issued"))
        assert (line.audience, line.subject_id, line.ids["committee"]) == (
            Audience.PUBLIC,
            paper.id,
            world.community.id,
        )
        assert [notice.person_id for notice in line.notices] == [world.zhao.id]

    def test_whatever_changes_later_it_says_what_was_counted(self, world, done):
        paper = issued(world)
        before = paper.what
        with work():
            world.egret.name, world.community.name, world.project.title = "另一家", "另一个社区", "另一个项目"
            adoption = db.session.get_one(Adoption, done)
            adoption.part.title, adoption.part.people, adoption.quantity = "另一项", 99, 1
            db.session.scalars(InKind.of(done)).one().strike("社区买的", by=world.lin)
        paper = db.session.get_one(Participation, paper.id)
        assert paper.what == before
        assert (paper.counted["partner"], paper.issuer) == ("白鹭科技（示例）", "东方社区党委")

    def test_nobody_certifies_what_his_own_partner_did(self, world, done):
        with work():
            world.egret.join(world.lin, Role.MEMBER, by=world.zhao)
        with pytest.raises(OwnPartner, match="请别的同事来办"):
            issued(world)
        assert issued(world, by=world.he).state is State.ISSUED

    def test_the_same_days_are_certified_once(self, world, done):
        number = issued(world).shown_number
        with pytest.raises(IssuedAlready, match=number):
            issued(world)
        assert issued(world, place=world.district, by=world.gao).issuer == "新城区"

    def test_nothing_done_nothing_certified(self, world):
        with pytest.raises(NothingToCertify, match="没有结了项的认领"):
            issued(world)

    @pytest.mark.parametrize(("since", "until"), [(0, -1), (0, 1)])
    def test_days_that_are_none(self, world, done, since, until):
        first, last = (clock.today() + timedelta(days=number) for number in (since, until))
        with pytest.raises(WrongPeriod), work():
            Participation.issue(world.egret, world.community, first, last, by=world.lin)

    def test_a_line_that_sells_is_refused_and_nothing_is_issued(self, world, done):
        with pytest.raises(Sells):
            issued(world, line="全场八折")
        assert db.session.scalars(db.select(Participation)).all() == []


class TestAsking:
    def test_a_wish_waits_two_working_days_and_is_answered_by_the_paper(self, world, done):
        wish = asked(world)
        assert (wish.state, wish.answer_due) == (State.ASKED, working_days_after(clock.today(), 2))
        paper = issued(world)
        assert paper.id == wish.id
        assert (paper.state, paper.answer_due) == (State.ISSUED, None)

    def test_one_wish_at_a_time(self, world, done):
        asked(world)
        with pytest.raises(AskedAlready, match="东方社区"):
            asked(world)

    def test_a_wish_may_be_taken_back_or_declined_and_made_again(self, world, done):
        with work():
            asked_again(world).drop(by=world.zhao)
        with work():
            asked_again(world).decline("等第二个项目结项一起出", by=world.lin)
        assert asked(world).state is State.ASKED

    def test_whoever_is_declined_is_told_why(self, world, done):
        wish = asked(world)
        with pytest.raises(WhyNot), work():
            db.session.get_one(Participation, wish.id).decline(" ", by=world.lin)

    def test_a_wish_for_nothing_is_refused_at_once(self, world):
        with pytest.raises(NothingToCertify):
            asked(world)


def asked_again(world):
    """A fresh wish inside `work()`."""
    return Participation.ask(world.egret, world.community, *days(), by=world.zhao)


class TestWithdrawing:
    def test_a_mistake_is_withdrawn_with_a_reason_and_another_takes_its_place(self, world, done):
        first = issued(world)
        with work():
            db.session.get_one(Participation, first.id).withdraw("人时算错了", by=world.lin)
        second = issued(world, replaces=db.session.get_one(Participation, first.id))
        first = db.session.get_one(Participation, first.id)
        assert (first.state, first.reason, first.withdrawn_on) == (State.WITHDRAWN, "人时算错了", clock.today())
        assert first.number != second.number
        assert first.successor.id == second.id

    def test_not_without_a_reason_not_twice_and_not_by_its_own_people(self, world, done):
        id = issued(world).id
        with pytest.raises(WhyNot), work():
            db.session.get_one(Participation, id).withdraw(" ", by=world.lin)
        with work():
            world.egret.join(world.lin, Role.MEMBER, by=world.zhao)
        with pytest.raises(OwnPartner), work():
            db.session.get_one(Participation, id).withdraw("错了", by=world.lin)
        with work():
            db.session.get_one(Participation, id).withdraw("错了", by=world.he)
        with pytest.raises(NotNow, match="已作废"), work():
            db.session.get_one(Participation, id).withdraw("错了", by=world.he)

    def test_what_was_issued_is_not_dropped_or_declined(self, world, done):
        id = issued(world).id
        with pytest.raises(NotNow, match="有效"), work():
            db.session.get_one(Participation, id).drop(by=world.zhao)
        with pytest.raises(NotNow, match="有效"), work():
            db.session.get_one(Participation, id).decline("不该出", by=world.he)


def test_numbers_are_unique_in_the_database(world, done):
    one = issued(world)
    other = issued(world, place=world.district, by=world.gao)
    with pytest.raises(Exception, match="(?i)unique"), work() as session:
        session.execute(db.update(Participation).where(Participation.id == other.id).values(number=one.number))


def test_a_paper_of_years_before_counts_what_was_delivered_then(world, done):
    with work():
        db.session.get_one(Adoption, done).delivered_on = date(2024, 6, 30)
        db.session.get_one(Project, world.project.id).closed_on = date(2024, 7, 10)
    with work():
        paper = Participation.issue(world.egret, world.community, date(2024, 1, 1), date(2024, 12, 31), by=world.lin)
    assert paper.what.items[0].delivered_on == "2024-06-30"
