"""办理经过: every move of a project and of its adoptions is a line, and what everybody reads names no person."""

from datetime import timedelta

import pytest

from communities.journal import Audience, Line, tell
from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import force_locale
from kernel.work import work
from projects.project import Project
from projects.web.speech import SENTENCES


@pytest.fixture
def lines(world):
    """A function that gives the lines that were written since the world was built."""
    last = db.session.scalar(db.select(db.func.max(Line.id)))
    return lambda: list(db.session.scalars(db.select(Line).where(Line.id > last).order_by(Line.id)))


@pytest.fixture
def draft(world, lines):
    """What 林书记 has begun to write."""
    day = clock.today() + timedelta(days=7)
    facts = {"title": "扶手", "risk_note": "戴护目镜", "starts_on": day, "ends_on": day}
    with work():
        return Project.write(world.community, by=world.lin, category=world.repair, **facts)


def verbs(lines):
    return [line.verb for line in lines]


def publish(draft, world, by=None):
    with work():
        draft.cut("装扶手", "件", 6, by=world.lin)
        draft.post(by=by or world.lin)
    return draft


def adopt(project, partner, world, quantity=None, number=0):
    with work():
        return project.adopt(partner, project.parts[number].id, quantity, pledge="", by=world.zhao)


def live(draft, world):
    """A project from its first word to its outcome, with every move that there is."""
    with work():
        draft.rewrite(version=draft.version, title="单元门口的扶手", by=world.lin)
        part = draft.cut("量尺寸", "项", 1, by=world.lin)
        draft.drop(part.id, by=world.lin)
    project = publish(draft, world)
    with work():
        project.cut("刷漆", "件", 6, by=world.lin)
    for move in ("decline", "leave"):
        adoption = adopt(project, world.egret, world)
        with work():
            getattr(adoption, move)("抽不出人", by=world.lin)
    adopt(project, world.egret, world)
    adopt(project, world.team, world, number=1)
    with work():
        for adoption in project.living_adoptions:
            adoption.accept(by=world.lin)
            adoption.deliver("装好了", by=world.zhao)
    with work():
        project.reopen(by=world.lin)
    with work():
        for adoption in project.living_adoptions:
            adoption.deliver("这次真装好了", by=world.zhao)
        project.close("6 个单元有了扶手", 180, by=world.lin)


def test_every_move_of_a_project_is_a_line_of_its_own(draft, world, lines):
    live(draft, world)
    assert verbs(lines()) == [
        *("project.written", "project.rewritten", "project.part_written", "project.part_dropped"),
        *("project.part_written", "project.published", "project.part_added"),
        *("adoption.asked", "adoption.declined", "adoption.asked", "adoption.left"),
        *("adoption.asked", "adoption.asked", "project.taken"),
        *("adoption.accepted", "adoption.delivered", "adoption.accepted", "adoption.delivered", "project.delivered"),
        *("project.reopened", "adoption.resumed", "adoption.resumed"),
        *("adoption.delivered", "adoption.delivered", "project.delivered", "project.concluded"),
    ]


def test_what_is_freed_is_said_and_so_is_a_withdrawal(draft, world, lines):
    project = publish(draft, world)
    adoption = adopt(project, world.egret, world)
    with work():
        adoption.leave("抽不出人", by=world.zhao)
        project.withdraw(by=world.lin)
    assert verbs(lines())[-5:] == [
        *("adoption.asked", "project.taken", "adoption.left", "project.freed", "project.withdrawn"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_line_is_a_whole_sentence(draft, world, lines, site, language):
    live(draft, world)
    with site.test_request_context(), force_locale(language):
        said = [told.text for told in tell(lines())]
    assert not [text for text in said if "%(" in text or text in SENTENCES]
    assert all("单元门口的扶手" in text for text in said)


def test_public_lines_name_offices_and_partners_and_no_person(draft, world, lines, site):
    live(draft, world)
    people = db.session.scalars(seen(db.select(Person))).all()
    with site.test_request_context():
        public = [told.text for told in tell([line for line in lines() if line.audience is Audience.PUBLIC])]
    assert len(public) == 6
    assert not [text for text in public for person in people if person.name in text or person.called in text]
    assert "东方社区党委发布了公益项目“单元门口的扶手”" in public
    assert "东方社区党委给公益项目“单元门口的扶手”加了一项：“刷漆” 6 件" in public
    assert "东方社区党委为公益项目“单元门口的扶手”结项，并写下了成效" in public


@pytest.mark.parametrize(("by", "office"), [("lin", "东方社区党委"), ("he", "韩森寨街道"), ("gao", "新城区")])
def test_the_office_that_is_named_is_that_of_whoever_did_it(draft, world, lines, site, by, office):
    publish(draft, world, by=getattr(world, by))
    with site.test_request_context():
        assert tell(lines()[-1:])[0].text == f"{office}发布了公益项目“扶手”"


def test_what_is_done_to_a_draft_is_for_its_staff(draft, world, lines):
    with work():
        part = draft.cut("装扶手", "件", 6, by=world.lin)
        draft.drop(part.id, by=world.lin)
        draft.rewrite(version=draft.version, about="老人出门没有扶的。", by=world.lin)
    written = {line.id for line in lines()}

    def read_by(person):
        return written & set(db.session.scalars(seen(Line.seen_by(person).with_only_columns(Line.id))))

    readers = world.lin, world.he, world.gao, world.zhao, world.stranger_lin
    assert [len(read_by(person)) for person in readers] == [4, 4, 4, 0, 0]


def test_one_more_part_of_a_published_project_is_told_to_its_adopters(draft, world, lines):
    project = publish(draft, world)
    adopt(project, world.egret, world, quantity=1)
    with work():
        project.cut("刷漆", "件", 6, by=world.he)
    line = lines()[-1]
    assert (line.verb, line.audience) == ("project.part_added", Audience.PUBLIC)
    assert {notice.person_id for notice in line.notices} == {world.lin.id, world.zhao.id}


def test_a_partner_is_told_once_that_its_work_goes_on(draft, world, lines):
    publish(draft, world)
    with work():
        draft.cut("刷漆", "件", 6, by=world.lin)
        for adoption in draft.adopt_all(world.egret, pledge="", by=world.zhao):
            adoption.accept(by=world.lin)
            adoption.deliver("装好了", by=world.zhao)
    with work():
        draft.reopen(by=world.lin)
    reopened, *resumed = lines()[-3:]
    assert [line.verb for line in resumed] == ["adoption.resumed"] * 2
    assert {line.subject_id for line in resumed} == {adoption.id for adoption in draft.adoptions}
    assert {line.audience for line in resumed} == {Audience.PLACE}
    assert {notice.person_id for line in (reopened, *resumed) for notice in line.notices} == {world.zhao.id}
    assert not [notice for line in resumed for notice in line.notices]
