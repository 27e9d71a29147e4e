"""Several adopters: one leads, the plan is common; a project that begins at once; words after the end."""

import pytest

from communities.journal import Audience, Line
from kernel.db import db
from kernel.work import work
from projects.evaluation import Evaluation, NotDoneYet, SaidAlready, SentenceNeeded, Word
from projects.leading import LeadsAlready, NotAmongThem
from projects.stage import NotNow
from projects.standing import State


@pytest.fixture
def both(world):
    """白鹭科技 and the team share the second part."""
    with work():
        made = [
            world.project.adopt(partner, world.project.parts[1].id, 10, pledge="", by=world.zhao)
            for partner in (world.egret, world.team)
        ]
        for adoption in made:
            adoption.accept(by=world.lin)
    return made


def test_the_first_leads_and_the_lead_may_pass_it_on(both, world):
    first, second = both
    assert world.project.lead is first
    with work():
        second.take_lead(by=world.zhao)
    assert world.project.lead is second
    assert [one.leads for one in both] == [False, True]
    with pytest.raises(LeadsAlready), work():
        second.take_lead(by=world.zhao)


def test_whoever_is_not_among_them_does_not_lead(both, world):
    with work():
        gone = world.project.adopt(world.department, world.project.parts[0].id, 3, pledge="", by=world.qian)
        gone.decline("不用了", by=world.lin)
    with pytest.raises(NotAmongThem), work():
        gone.take_lead(by=world.lin)


def test_when_the_lead_goes_the_next_leads_by_itself(both, world):
    first, second = both
    with work():
        first.leave("抽不出人", by=world.zhao)
    assert world.project.lead is second
    with work():
        second.leave("抽不出人", by=world.lin)
    assert world.project.lead is None
    assert not any(one.leads for one in both)


def test_who_runs_leads_before_who_only_asked(world):
    with work():
        lead, asked, runs = (
            world.project.adopt(partner, world.project.parts[0].id, 5, pledge="", by=world.zhao)
            for partner in (world.egret, world.team, world.department)
        )
        runs.accept(by=world.lin)
    with work():
        lead.decline("材料不够", by=world.lin)
    assert world.project.lead is runs
    assert not asked.leads


def test_the_plan_is_told_to_all_and_belongs_to_a_project_that_goes_on(both, world):
    with work():
        world.project.write_plan("周二备料，周五上门", by=world.zhao)
    line = db.session.scalars(db.select(Line).where(Line.verb == "project.planned")).one()
    assert {notice.person_id for notice in line.notices} == {world.lin.id}
    with work():
        for adoption in both:
            adoption.deliver("好了", by=world.zhao)
        world.project.close("20 户受益", 20, by=world.lin)
    with pytest.raises(NotNow), work():
        world.project.write_plan("再来一次", by=world.zhao)


def test_where_the_project_says_so_it_runs_without_an_answer(world):
    with work():
        world.project.at_once = True
    with work():
        adoption = world.project.adopt(world.egret, world.project.parts[0].id, 3, pledge="", by=world.zhao)
    assert (adoption.state, adoption.answer_due) == (State.RUNNING, None)
    assert adoption.running_since == adoption.active_on
    [line] = db.session.scalars(Line.about(adoption))
    assert (line.verb, line.audience) == ("adoption.begun", Audience.PUBLIC)
    assert {notice.person_id for notice in line.notices} == {world.lin.id}


class TestEvaluation:
    @pytest.fixture
    def done(self, both, world):
        with work():
            for adoption in both:
                adoption.deliver("好了", by=world.zhao)
            world.project.close("20 户受益", 20, by=world.lin)
        return both[0]

    def test_what_is_not_closed_is_not_judged(self, both, world):
        with pytest.raises(NotDoneYet), work():
            Evaluation.give(both[0], Word.GOOD, "守时", by=world.lin)

    def test_one_word_and_a_sentence_and_one_answer(self, done, world):
        with pytest.raises(SentenceNeeded), work():
            Evaluation.give(done, Word.GOOD, " ", by=world.lin)
        with work():
            said = Evaluation.give(done, Word.BETTER, "开始晚了一周，后来很用心", by=world.lin)
        with pytest.raises(SaidAlready), work():
            Evaluation.give(done, Word.GREAT, "改主意了", by=world.lin)
        with pytest.raises(SentenceNeeded), work():
            said.answer("", by=world.zhao)
        with work():
            said.answer("下次提前备料", by=world.zhao)
        with pytest.raises(SaidAlready), work():
            said.answer("再说一句", by=world.zhao)
        verbs = [line.verb for line in db.session.scalars(Line.about(done))]
        assert verbs[-2:] == ["evaluation.given", "evaluation.answered"]
