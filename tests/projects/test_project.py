"""A project from its draft to its outcome."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.db import db
from kernel.work import Refusal, work
from projects.closing import OutcomeNeeded, StillRunning
from projects.project import Project
from projects.stage import NotNow, Stage
from projects.writing import ChangedMeanwhile, NothingToAdopt, RiskNoteNeeded, StillAdopted


@pytest.fixture
def draft(world):
    day = clock.today() + timedelta(days=7)
    with work():
        return Project.write(
            world.community, by=world.lin, title="义剪", category=world.care, starts_on=day, ends_on=day
        )


def deliver_all(world, partner=None):
    with work():
        made = world.project.adopt_all(partner or world.egret, pledge="", by=world.zhao)
    with work():
        for adoption in made:
            adoption.accept(by=world.lin)
            adoption.deliver("都修好了", by=world.zhao)


def test_it_is_published_with_a_risk_note_and_a_part(draft, world):
    with pytest.raises(RiskNoteNeeded), work():
        draft.post(by=world.lin)
    with work():
        draft.risk_note = "无特殊风险"
    with pytest.raises(NothingToAdopt), work():
        draft.post(by=world.lin)
    with work():
        draft.cut("理发", "人次", 30, by=world.lin)
        draft.post(by=world.lin)
    assert (draft.stage, draft.amount, draft.remaining) == (Stage.OPEN, "30 人次", "30 人次")


def test_a_draft_is_rewritten_and_a_published_project_is_not(draft, world):
    with work():
        draft.rewrite(version=draft.version, by=world.lin, title="义剪与义诊", capabilities=[world.haircut])
    assert (str(draft), draft.capabilities) == ("义剪与义诊", [world.haircut])
    with pytest.raises(NotNow), work():
        world.project.rewrite(version=world.project.version, by=world.lin, title="改了")


@pytest.mark.parametrize("changed", [{"title": "义诊"}, {"capabilities": [1]}, {}])
def test_each_correction_is_a_version_and_a_stale_one_is_refused(draft, world, changed):
    shown = draft.version
    changed = {name: [world.haircut] if name == "capabilities" else value for name, value in changed.items()}
    with work():
        draft.rewrite(version=shown, by=world.lin, **changed)
    assert draft.version == shown + 1
    with pytest.raises(ChangedMeanwhile), work():
        draft.rewrite(version=shown, by=world.he, title="另一个名字")
    assert draft.title != "另一个名字"


def test_a_part_is_dropped_from_a_draft_only(draft, world):
    with work():
        part = draft.cut("理发", "人次", 30, by=world.lin)
    with work():
        draft.drop(part.id, by=world.lin)
    assert draft.parts == []
    with pytest.raises(NotNow), work():
        world.project.drop(world.project.parts[0].id, by=world.lin)


def test_it_is_withdrawn_only_while_nobody_adopted_it(world):
    with work():
        adoption = world.project.adopt(world.egret, world.project.parts[0].id, 1, pledge="", by=world.zhao)
    with pytest.raises(StillAdopted), work():
        world.project.withdraw(by=world.lin)
    with work():
        adoption.leave("人手不够", by=world.zhao)
        world.project.withdraw(by=world.lin)
    assert world.project.stage is Stage.WITHDRAWN


def test_when_all_is_delivered_it_waits_to_be_closed_with_its_outcome(world):
    deliver_all(world)
    assert world.project.stage is Stage.DELIVERED
    assert world.project.can_close
    with pytest.raises(OutcomeNeeded), work():
        world.project.close(" ", None, by=world.lin)
    with work():
        world.project.close("修好 63 户的家电", 63, by=world.lin)
    assert (world.project.stage, world.project.people_served) == (Stage.CLOSED, 63)


def test_it_is_reopened_when_it_was_not_finished(world):
    with pytest.raises(NotNow), work():
        world.project.reopen(by=world.lin)
    deliver_all(world)
    with work():
        world.project.reopen(by=world.lin)
    assert world.project.stage is Stage.ADOPTED
    assert {str(adoption.state) for adoption in world.project.living_adoptions} == {"running"}


def test_what_nobody_took_on_does_not_keep_it_open_for_ever(world):
    with pytest.raises(NotNow), work():
        world.project.close("没人认领", None, by=world.lin)
    with work():
        adoption = world.project.adopt(world.egret, world.project.parts[1].id, None, pledge="", by=world.zhao)
        adoption.accept(by=world.lin)
    assert not world.project.can_close
    with pytest.raises(StillRunning), work():
        world.project.close("还在做", None, by=world.lin)
    with work():
        adoption.deliver("20 户都修好了", by=world.zhao)
        world.project.close("上门的都做完了", 20, by=world.lin)
    assert world.project.stage is Stage.CLOSED


def test_a_draft_is_known_only_where_it_was_written(draft, world):
    def known_to(person):
        return draft.id in db.session.scalars(Project.seen_by(person).with_only_columns(Project.id))

    readers = world.lin, world.he, world.gao, world.zhao, world.stranger_lin
    assert [known_to(person) for person in readers] == [True, True, True, False, False]


def test_every_refusal_says_what_can_be_done():
    for refusal in Refusal.__subclasses__():
        if refusal.__module__.startswith("projects"):
            assert str(refusal.message).endswith("。")
