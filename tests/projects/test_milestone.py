"""Milestones: promised, reached with evidence, moved with a reason; late is what the clock says, and not in a pause."""

from datetime import timedelta

import pytest
import time_machine

from communities.journal import Line
from communities.working_day import working_days_after, working_days_before, working_days_between
from kernel import clock, scan, waiting
from kernel.db import db
from kernel.work import work
from projects.milestone import NotThatDay, OverAlready, SameDay
from projects.pausing import NotPaused, PausedBefore, PauseTooLong
from projects.plain_words import Promotes
from projects.standing import AnsweredAlready, State, WhyNot
from tests.support.scans import PNG

TODAY = clock.today()
DAY = timedelta(days=1)


def ahead(count):
    return working_days_after(TODAY, count)


def on(day):
    """The clock at ten in the morning of this day."""
    return time_machine.travel(clock.at(day) + timedelta(hours=10))


def verbs(adoption):
    return [line.verb for line in db.session.scalars(Line.about(adoption))]


@pytest.fixture
def running(world):
    """白鹭科技 mends at the centre."""
    with work():
        adoption = world.project.adopt(world.egret, world.project.parts[0].id, 43, pledge="", by=world.zhao)
        adoption.accept(by=world.lin)
    return adoption


@pytest.fixture
def step(running, world):
    with work():
        return running.promise("看完前 10 户", ahead(3), by=world.zhao)


def lines(person, kind="milestone.late"):
    db.session.rollback()
    return [line for line in waiting.lines(person, 50) if line.desk.kind == kind]


def test_a_first_step_is_proposed_within_ten_working_days_of_the_start(running):
    assert running.first_step_by == ahead(10)
    with on(ahead(30)):
        assert running.first_step_by == ahead(30)


def test_a_promise_is_about_a_day_that_comes_and_of_an_adoption_that_runs(running, world):
    with pytest.raises(NotThatDay), work():
        running.promise("看完前 10 户", TODAY - DAY, by=world.zhao)
    with work():
        other = world.project.adopt(world.team, world.project.parts[1].id, 2, pledge="", by=world.lin)
    with pytest.raises(AnsweredAlready), work():
        other.promise("看完前 10 户", ahead(3), by=world.lin)


def test_it_is_late_from_the_first_working_day_after_its_day(step):
    for count in (0, 3):
        with on(ahead(count)):
            assert step.days_late == 0
    with on(ahead(5)):
        assert step.days_late == 2
        assert step.adoption.lateness == {step.id: 2}


@pytest.mark.parametrize("ago", [*range(9), 21])
def test_the_desk_says_what_the_row_says(step, world, ago):
    with on(step.due + ago * DAY):
        said = [line.subject.rsplit(" · ")[-1] for line in lines(world.zhao)]
        assert said == ([f"晚了 {step.days_late} 个工作日"] if step.days_late else [])


def test_what_is_late_waits_for_both_sides_with_the_working_days(step, world):
    with on(ahead(3)):
        assert lines(world.zhao) == lines(world.lin) == []
    with on(ahead(5)):
        for person in (world.zhao, world.lin):
            [line] = lines(person)
            assert line.subject == "31小区老人家电义修 · 看完前 10 户 · 晚了 2 个工作日"
            assert line.due == step.due
        for person in (world.stranger_lin, world.wu, world.qian, world.he):
            assert lines(person) == []


def test_what_is_very_late_is_said_without_counting(step, world):
    with on(step.due + 22 * DAY):
        [line] = lines(world.zhao)
        assert line.subject.endswith("晚了三个多星期")


def test_it_is_reached_with_a_sentence_and_its_evidence(step, running, world):
    with work():
        step.reach("看完了 10 户", scan.read(PNG, "现场.png"), by=world.zhao)
    assert (step.reached_on, step.words, step.file.name) == (TODAY, "看完了 10 户", "现场.png")
    assert verbs(running)[-2:] == ["milestone.promised", "milestone.reached"]
    with pytest.raises(OverAlready), work():
        step.reach("又看完了", None, by=world.zhao)
    with on(ahead(9)):
        assert step.days_late == 0


def test_another_day_needs_a_reason_and_the_old_one_is_kept(step, world):
    before = step.due
    with pytest.raises(WhyNot), work():
        step.move(ahead(6), " ", by=world.zhao)
    for day, refusal in ((before, SameDay), (TODAY - DAY, NotThatDay), (None, NotThatDay)):
        with pytest.raises(refusal), work():
            step.move(day, "配件没到", by=world.zhao)
    with work():
        step.move(ahead(6), "配件没到", by=world.zhao)
    assert [(one.was, one.reason) for one in step.postponements] == [(before, "配件没到")]
    with on(ahead(6)):
        assert step.days_late == 0
    with on(ahead(7)):
        assert step.days_late == 1


def test_what_is_dropped_is_late_no_more_and_stays(step, running, world):
    with pytest.raises(WhyNot), work():
        step.drop("", by=world.zhao)
    with work():
        step.drop("改为集中修", by=world.zhao)
    with on(ahead(9)):
        assert step.days_late == 0
    assert running.milestones == [step]


def test_progress_that_nobody_promised_is_reached_as_it_is_written(running, world):
    with work():
        made = running.report_progress("修了 8 台风扇", None, by=world.zhao)
    assert (made.title, made.reached_on) == ("修了 8 台风扇", TODAY)


def test_nothing_of_an_adoption_that_is_over_is_late(step, running, world):
    with work():
        running.deliver("都修好了", by=world.zhao)
    with on(ahead(9)):
        assert step.days_late == 0
        assert lines(world.zhao) == []


class TestPause:
    @pytest.mark.parametrize("late", [0, 2])
    def test_it_adds_no_day_to_what_is_late(self, step, running, world, late):
        start = working_days_after(step.due, late + 1)
        until = working_days_after(start, 4)
        with on(working_days_before(start, 1)):
            assert step.days_late == late
        with on(start):
            with work():
                running.pause(until, "师傅住院", by=world.zhao)
            assert (running.is_paused, step.days_late) == (True, 0)
        with on(until):
            assert step.days_late == 0
            assert lines(world.zhao) == []
        with on(working_days_after(until, 1)):
            assert step.days_late == late + 1

    def test_what_falls_into_it_is_late_after_it(self, step, running, world):
        until = ahead(8)
        with work():
            running.pause(until, "师傅住院", by=world.zhao)
        with on(until):
            assert step.days_late == 0
        with on(working_days_after(until, 2)):
            assert step.days_late == 2

    @pytest.mark.parametrize("ends", [1, 3, 5, 8])
    def test_ended_earlier_it_spares_what_fell_into_it_and_no_more(self, step, running, world, ends):
        with work():
            running.pause(ahead(8), "师傅住院", by=world.zhao)
        with on(ahead(ends)):
            with work():
                running.end_pause(by=world.zhao)
            assert not running.is_paused
        last = max(step.due, ahead(ends) - DAY)
        with on(ahead(9)):
            assert step.days_late == working_days_between(last, ahead(9))

    def test_once_with_a_reason_and_at_most_twenty_working_days(self, running, world):
        with pytest.raises(WhyNot), work():
            running.pause(ahead(5), " ", by=world.zhao)
        longest = working_days_after(TODAY - DAY, 20)
        for day in (TODAY - DAY, working_days_after(longest, 1)):
            with pytest.raises(PauseTooLong), work():
                running.pause(day, "师傅住院", by=world.zhao)
        with work():
            running.pause(longest, "师傅住院", by=world.zhao)
        with on(working_days_after(longest, 1)):
            assert not running.is_paused
            with pytest.raises(PausedBefore), work():
                running.pause(working_days_after(longest, 3), "又住院", by=world.zhao)
            with pytest.raises(NotPaused), work():
                running.end_pause(by=world.zhao)

    def test_what_is_past_the_last_day_of_the_project_is_not_asked_for_meanwhile(self, running, world):
        after = world.project.ends_on + DAY
        with on(after):
            assert [line.id for line in lines(world.zhao, "adoption.late")] == [running.id]
            with work():
                running.pause(working_days_after(after, 3), "师傅住院", by=world.zhao)
            assert lines(world.zhao, "adoption.late") == []
        with on(working_days_after(after, 4)):
            assert [line.id for line in lines(world.zhao, "adoption.late")] == [running.id]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("原价 50 元，今天免费", "50 元"),
        ("现在打 8 折", "8 折"),
        ("加微信看更多", "加微信"),
        ("咨询电话 029-82345678", "咨询电话"),
        ("打 138 0000 1234", "138 0000 1234"),
        ("扫码领取", "扫码"),
        ("见 www.example.com", "www.example.com"),
    ],
)
def test_what_sells_is_named_with_the_words_that_do(running, world, text, found):
    with pytest.raises(Promotes) as refusal, work():
        running.promise(text, ahead(3), by=world.zhao)
    assert f"“{found}”" in str(refusal.value)
    assert refusal.value.field == "title"


@pytest.mark.parametrize(
    "text", ["2026-12-01 前修完 80%", "在居民微信群里通知", "3 块场地各 2 小时", "每场 4 人 × 3 次"]
)
def test_what_only_counts_and_dates_sells_nothing(running, world, text):
    with work():
        assert running.promise(text, ahead(3), by=world.zhao).title == text


def test_a_reason_between_the_parties_may_name_a_sum(step, world):
    with work():
        step.move(ahead(6), "200 元的配件还没到", by=world.zhao)
    assert step.postponements[0].reason == "200 元的配件还没到"


def test_pledge_report_plan_and_outcome_are_looked_at_too(running, world):
    project, zhao = world.project, world.zhao
    sells = "全场 8 折"
    for act, field in (
        (lambda: project.adopt(world.team, project.parts[1].id, 1, pledge=sells, by=zhao), "pledge"),
        (lambda: running.deliver(sells, by=zhao), "report"),
        (lambda: project.write_plan(sells, by=zhao), "plan"),
    ):
        with pytest.raises(Promotes) as refusal, work():
            act()
        assert refusal.value.field == field
    with work():
        running.deliver("都修好了", by=zhao)
    with pytest.raises(Promotes) as refusal, work():
        project.close(sells, 3, by=world.lin)
    assert refusal.value.field == "outcome"
    assert running.state is State.DELIVERED
