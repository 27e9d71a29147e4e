"""The life of a need: said, verified, routed, taken, solved, confirmed; every refusal is a sentence."""

from datetime import timedelta

import pytest
import time_machine

from communities.journal import Line
from communities.working_day import working_days_after
from governance.alike import find
from governance.answering import FOUR_WEEKS, NothingAsked, SayWhatIsWrong, SayWhatWasDone
from governance.merging import GoneElsewhere, OtherCommunity, SameNeed
from governance.need import Need
from governance.need_state import NotNow, Privacy, Source, State, WhyNot
from governance.receiving import NumberNeeded, TicketKnown
from governance.recheck import Kind, Way
from governance.route import NotVerified, Route, TooSmall, WrongDays
from governance.routing import NobodyForIt, NotYours, TooLateToReturn, WhyAnother
from governance.sweep import forget_voices, watch_needs
from governance.voice import Reach, reach_in
from governance.wording import MatterNeeded
from kernel import clock, paper_number
from kernel.db import db
from kernel.tokens import token_hash
from kernel.work import work

from .conftest import TOKEN, say


def lines(need):
    return [line.verb for line in db.session.scalars(Line.about(need))]


def test_who_says_something_gets_a_number_that_finds_a_slip_of_the_pen(need):
    assert paper_number.fault(need.number) is None
    assert need.state is State.RECEIVED
    assert need.due == working_days_after(clock.today(), 2)
    assert lines(need) == ["need.said"]


def test_the_row_knows_the_link_by_its_hash_only(need):
    assert need.voice.token_hash == token_hash(TOKEN)
    assert TOKEN not in repr(vars(need.voice))


def test_what_everybody_may_read_has_words_without_a_person(world, need):
    with pytest.raises(MatterNeeded), work():
        need.verify(world.repair, privacy=Privacy.MATTER, matter=" ", by=world.sun)
    assert need.state is State.RECEIVED


def test_a_hotline_ticket_has_its_number(world):
    with pytest.raises(NumberNeeded), work():
        say(world, source=Source.HOTLINE)


@pytest.mark.parametrize("typed", ["610-1a", "６１０－１Ａ", " 610 1A ", "610—1a"])
def test_a_hotline_ticket_is_written_down_once_however_it_is_typed(world, typed):
    with work():
        first = say(world, source=Source.HOTLINE, external_number="610-1a")
    assert first.external_number == "6101A"
    with pytest.raises(TicketKnown) as refusal, work():
        say(world, token="2", source=Source.HOTLINE, external_number=typed)
    assert first.shown_number in str(refusal.value)


def test_who_may_do_no_more_gives_back_what_nobody_took(world, routed):
    with work():
        world.department.suspend("机构调整", by=world.gao)
    assert (routed.state, routed.partner, routed.returns) == (State.VERIFIED, None, 0)
    assert "没有办完的事退回给社区了" in routed.reason
    assert lines(routed)[-1] == "need.came_back"


def test_what_was_taken_comes_back_at_the_end_only(world, taken):
    with work():
        world.department.suspend("机构调整", by=world.gao)
    assert taken.state is State.TAKEN
    with work():
        world.department.end("并入别的部门", by=world.gao)
    assert (taken.state, taken.partner, taken.taken_on) == (State.VERIFIED, None, None)


def test_from_the_first_word_to_the_last(world, solved):
    assert solved.question.kind is Kind.SOLVED
    with work():
        solved.confirm(way=Way.LINK, by=None)
    assert solved.state is State.CONFIRMED
    assert lines(solved) == ["need.said", "need.verified", "need.routed", "need.taken", "need.solved", "need.confirmed"]


def test_the_line_of_the_nearest_place_counts(world, verified):
    assert verified.route.partner == world.department
    with work():
        Route.set_up(world.compound, world.repair, world.egret, 2, by=world.lin)
        Route.set_up(world.district, world.repair, world.team, 9, by=world.gao)
    assert verified.route.partner == world.egret
    with work():
        verified.route.end(by=world.lin)
    assert verified.route.partner == world.department


def test_a_category_goes_before_its_heading(world, verified):
    with work():
        world.repair.parent_id = world.care.id
        Route.set_up(world.community, world.care, world.team, 3, by=world.lin)
        assert Route.of(world.building1, world.repair).partner == world.department
        verified.route.end(by=world.lin)
        assert Route.of(world.building1, world.repair).partner == world.team


def test_a_table_is_kept_for_areas_with_days_and_partners_that_are_active(world):
    for place, partner, days, refusal in (
        (world.building1, world.team, 3, TooSmall),
        (world.community, world.applicant, 3, NotVerified),
        (world.community, world.team, 0, WrongDays),
    ):
        with pytest.raises(refusal), work():
            Route.set_up(place, world.care, partner, days, by=world.lin)


def test_routing_counts_working_days(routed):
    assert routed.due == working_days_after(clock.today(), 5)
    assert routed.return_by == working_days_after(clock.today(), 1)


def test_another_one_than_the_table_says_has_a_reason(world, verified):
    with pytest.raises(WhyAnother), work():
        verified.route_on(partner=world.team, by=world.lin)
    with work():
        verified.route_on(partner=world.team, reason="队里有电工", by=world.lin)
    assert (verified.partner, verified.reason) == (world.team, "队里有电工")


def test_where_nobody_is_named_somebody_is_chosen(world, need):
    with work():
        need.verify(world.care, privacy=Privacy.HANDLERS, by=world.sun)
    with pytest.raises(NobodyForIt), work():
        need.route_on(by=world.lin)


def test_two_returns_bring_it_to_the_meeting(world, routed):
    with work():
        routed.send_back("不是市政灯", owner="物业", by=world.qian)
    assert (routed.state, routed.partner, routed.owner_hint, routed.for_meeting) == (
        State.VERIFIED,
        None,
        "物业",
        False,
    )
    with work():
        routed.route_on(by=world.lin)
        routed.send_back("还是不归我们", by=world.qian)
    assert (routed.returns, routed.for_meeting) == (2, True)
    assert lines(routed)[-1] == "need.for_meeting"


def test_a_return_has_a_reason_and_one_working_day(world, routed):
    with pytest.raises(WhyNot), work():
        routed.send_back(" ", by=world.qian)
    with time_machine.travel(clock.at(routed.return_by + timedelta(days=1))), pytest.raises(TooLateToReturn), work():
        routed.send_back("不归我们", by=world.qian)


def test_nobody_takes_what_was_routed_to_another(world, routed):
    with pytest.raises(NotYours), work():
        routed.taken(by=world.zhao, partner=world.egret)


def test_a_project_may_take_what_is_verified(world, verified):
    with work():
        verified.taken(by=world.zhao, partner=world.egret)
    assert (verified.state, verified.partner) == (State.TAKEN, world.egret)


def test_an_answer_says_what_was_done(world, taken):
    with pytest.raises(SayWhatWasDone), work():
        taken.solved(" ", by=world.qian)


def test_not_solved_opens_it_again_with_what_is_wrong(world, solved):
    with pytest.raises(SayWhatIsWrong), work():
        solved.still_wrong("", way=Way.LINK, by=None)
    with work():
        solved.still_wrong("又灭了", way=Way.LINK, by=None)
    assert (solved.state, solved.reason, solved.question) == (State.REOPENED, "又灭了", None)
    with pytest.raises(NothingAsked), work():
        solved.confirm(way=Way.CALL, by=world.sun)


def test_declined_has_a_reason_and_can_be_opened_again(world, need):
    with pytest.raises(WhyNot), work():
        need.decline("", by=world.lin)
    with work():
        need.decline("这是邻居自己家里的事。", by=world.lin)
    with work():
        need.reopen("其实是公共线路", by=world.lin)
    assert need.state is State.REOPENED


def test_a_move_that_does_not_start_here_is_a_sentence(world, need):
    with pytest.raises(NotNow) as refusal, work():
        need.solved("修好了", by=world.lin)
    assert str(refusal.value) == "这件事现在是“已收到”，这一步做不了。请刷新后再看。"


def test_what_is_routed_is_not_verified_over_the_one_who_was_asked(world, routed):
    with pytest.raises(NotNow), work():
        routed.verify(world.care, privacy=Privacy.HANDLERS, by=world.sun)
    assert (routed.state, routed.category) == (State.ROUTED, world.repair)


def test_several_merged_ones_follow_together(world, need):
    with work():
        found = [say(world, token=str(n)) for n in range(4)]
        for one in found[1:]:
            one.merge_into(found[0], by=world.sun)
        found[0].merge_into(need, by=world.sun)
    assert {one.merged_into_id for one in found} == {need.id}


def test_four_weeks_later_one_more_question_and_no_third(world, solved):
    with work():
        solved.confirm(way=Way.LINK, by=None)
    later = clock.at(clock.today() + FOUR_WEEKS) + timedelta(hours=10)
    with time_machine.travel(later - timedelta(days=1)):
        watch_needs()
        assert solved.question is None
    with time_machine.travel(later):
        watch_needs()
        db.session.expire_all()
        assert solved.question.kind is Kind.LATER
        before = lines(solved)
        watch_needs()
        db.session.expire_all()
        assert lines(solved) == before
        assert before.count("need.asked_again") == 1
        with work():
            solved.confirm(way=Way.CALL, by=world.sun)
        assert (solved.state, solved.question) == (State.CONFIRMED, None)


def test_what_is_late_is_said_once(world, routed):
    late = clock.at(routed.due + timedelta(days=1)) + timedelta(hours=10)
    with time_machine.travel(late):
        watch_needs()
        watch_needs()
        db.session.expire_all()
        assert lines(routed).count("need.late") == 1
        assert routed.is_late
    with time_machine.travel(late - timedelta(days=1)):
        assert not routed.is_late


def test_at_night_nothing_is_said(world, routed):
    with time_machine.travel(clock.at(routed.due + timedelta(days=1)) + timedelta(hours=3)):
        watch_needs()
        assert "need.late" not in lines(routed)


def test_a_merged_one_is_told_with_the_other(world, need):
    with work():
        other = say(world, "楼道的灯又不亮了", token="other", by=world.wu, requester=world.wu)
        other.merge_into(need, by=world.sun)
        need.verify(world.repair, privacy=Privacy.HANDLERS, by=world.sun)
    assert other.state is State.MERGED
    [line] = [line for line in db.session.scalars(Line.about(need)) if line.verb == "need.verified"]
    assert [notice.person_id for notice in line.notices] == [world.wu.id]


def test_what_may_not_be_merged(world, need):
    with work():
        there = say(world, place=world.other_community, token="there")
        gone = say(world, token="gone")
        gone.decline("说错了", by=world.lin)
    for other, refusal in ((need, SameNeed), (there, OtherCommunity), (gone, GoneElsewhere)):
        with pytest.raises(refusal), work():
            need.merge_into(other, by=world.lin)


def test_a_chain_of_merged_ones_is_none(world, need):
    with work():
        second, third = say(world, token="2"), say(world, token="3")
        third.merge_into(second, by=world.sun)
        second.merge_into(need, by=world.sun)
    assert {one.merged_into_id for one in (second, third)} == {need.id}


def test_alike_is_the_same_compound_the_same_kind_of_thing_and_like_words(world, verified):
    words = "楼道灯又不亮了，看不见台阶"
    [hint] = find(Need, world.building2, words, world.repair.id)
    assert hint.need is verified
    assert find(Need, world.building2, words, world.care.id) == []
    assert find(Need, world.building2, "水管漏水", world.repair.id) == []
    assert find(Need, world.community, words, world.repair.id) == []
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert find(Need, world.building2, words, world.repair.id) == []


@pytest.mark.parametrize(
    ("typed", "reach"),
    [
        ("王阿姨 138 0000 1234", Reach("王阿姨", "13800001234")),
        ("１３８０００１２３４０", Reach("", "13800012340")),
        ("029-8888 7777，李叔", Reach("李叔", "02988887777")),
        ("楼下老张", Reach("楼下老张", "")),
        ("1380000123", None),
    ],
)
def test_one_line_says_how_to_reach_somebody(typed, reach):
    assert reach_in(typed) == reach


def test_after_two_years_it_is_forgotten_who_said_it(world, solved):
    with work():
        solved.confirm(way=Way.LINK, by=None)
    with time_machine.travel(clock.now() + timedelta(days=731)):
        forget_voices()
        db.session.expire_all()
        assert (solved.voice.words, solved.voice.name, solved.voice.phone) == ("", "", "")
        assert solved.matter == "楼道灯不亮"
