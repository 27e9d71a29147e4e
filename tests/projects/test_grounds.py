"""From needs to a project and back to those who said them: one click, links that stay, an answer for everybody."""

import pytest

from communities.journal import Line
from governance.need import Need
from governance.need_state import Privacy, State
from governance.theme import Theme
from governance.voice import Reach
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from projects.grounds import HasProject, NoneReady, TooLate, project_of
from projects.project import Project
from projects.stage import Stage
from tests.support.pages import HTMX, part


def say(world, words, place=None, *, verified=True, **facts):
    """One more thing that is wrong, said by 吴阿姨; in a `work()` of the caller."""
    need = Need.say(
        place or world.building1, words, by=world.wu, requester=world.wu, token=words, reach=Reach("", ""), **facts
    )
    if verified:
        need.verify(world.repair, privacy=Privacy.MATTER, matter=f"{words}（公开）", by=world.lin)
    return need


@pytest.fixture
def theme(world):
    """Three needs of seven households, of which one is not verified yet."""
    with work():
        needs = [say(world, "电饭煲坏了", households=4), say(world, "风扇坏了", world.building2, households=2)]
        needs.append(say(world, "收音机坏了", verified=False))
        return Theme.gather(world.community, "老人家电没人修", needs, by=world.lin)


@pytest.fixture
def project(world, theme):
    """The draft that one click makes of it, with one part."""
    with work():
        draft = Project.from_needs(theme.place, theme.title, theme.needs, by=world.lin)
        draft.risk_note = "先断电。"
        draft.cut("上门维修", "户", 6, by=world.lin)
    return draft


def finish(world, project):
    """Published, adopted, delivered, closed."""
    with work():
        project.post(by=world.lin)
        [adoption] = project.adopt_all(world.egret, pledge="", by=world.zhao)
        adoption.accept(by=world.lin)
        adoption.deliver("都修好了。", by=world.zhao)
        project.close("6 户的家电都修好了。", 9, by=world.lin)


def test_a_theme_becomes_a_draft_that_holds_what_was_verified(project, theme, world):
    assert (project.title, project.category, project.place) == ("老人家电没人修", world.repair, world.community)
    assert "2 件，涉及 6 户" in project.about
    assert "电饭煲" not in project.about
    assert [need.excerpt for need in project.needs] == ["电饭煲坏了（公开）", "风扇坏了（公开）"]
    assert {need.state for need in project.needs} == {State.VERIFIED}


def test_they_move_when_it_moves_and_whoever_said_them_is_told(project, theme, world):
    finish(world, project)
    first = project.needs[0]
    assert (first.state, first.answer) == (State.SOLVED, "6 户的家电都修好了。")
    assert theme.needs[2].state is State.RECEIVED
    verbs = [line.verb for line in db.session.scalars(Line.about(first))]
    assert verbs[-2:] == ["need.taken_up", "need.solved"]


def test_published_it_is_nobody_elses_until_the_project_ends(project, world):
    need = project.needs[0]
    with work():
        need.route_on(partner=world.department, by=world.lin)
        project.post(by=world.lin)
    assert (need.state, need.partner, need.due) == (State.TAKEN, None, project.ends_on)


def test_withdrawn_it_lets_them_go(project, world):
    need = project.needs[0]
    with work():
        project.post(by=world.lin)
        project.withdraw(by=world.lin)
    assert (need.state, project.needs) == (State.VERIFIED, [])
    assert need.due > clock.today()
    assert project_of(need) is None
    with work():
        again = Project.from_needs(world.community, "再来一次", [need], by=world.lin)
    assert project_of(need) is again


def test_what_cannot_be_planned_for_is_refused_with_a_sentence(project, theme, world):
    for refused, verb in (
        (NoneReady, lambda: Project.from_needs(world.community, "x", [theme.needs[2]], by=world.lin)),
        (HasProject, lambda: Project.from_needs(world.community, "x", theme.needs, by=world.lin)),
        (HasProject, lambda: world.project.ground(project.needs[0], by=world.lin)),
        (NoneReady, lambda: world.project.ground(theme.needs[2], by=world.lin)),
    ):
        with pytest.raises(refused) as said, work():
            verb()
        assert str(said.value).endswith("。")
    with work():
        extra = say(world, "水管漏")
    finish(world, project)
    with pytest.raises(TooLate), work():
        project.ground(extra, by=world.lin)


def test_a_need_is_put_to_a_project_that_is_there(world):
    with work():
        need = say(world, "电扇坏了")
        world.project.ground(need, by=world.lin)
    assert need.state is State.TAKEN
    assert project_of(need) is world.project


def test_the_button_on_a_theme_is_for_its_staff(theme, enter, world):
    url = f"/themes/{theme.id}"
    assert "把这个专题写成项目" in enter("committee").get(url).text
    answer = enter("committee").post(f"{url}/project")
    draft = db.session.scalars(db.select(Project).order_by(Project.id.desc())).first()
    assert answer.location == f"/projects/{draft.id}/draft"
    assert "老人家电没人修" in enter("committee").get(url).text
    assert "把这个专题写成项目" not in enter("committee").get(url).text
    assert enter("committee").post(f"{url}/project").status_code == 409
    for name in ("partner", "volunteer", "other-committee"):
        assert enter(name).post(f"{url}/project").status_code == 404, name


def test_the_button_on_a_need_makes_a_draft_or_takes_one_that_is_there(enter, world):
    with work():
        one, other = say(world, "电扇坏了"), say(world, "水管漏")
    committee, volunteer = enter("committee"), enter("volunteer")
    page = committee.get(f"/needs/{one.id}").text
    assert "新写一个项目" in page
    assert world.project.title in page
    assert "由项目来办" not in volunteer.get(f"/needs/{one.id}").text
    assert volunteer.post(f"/needs/{one.id}/project").status_code == 403
    assert enter("other-committee").post(f"/needs/{one.id}/project").status_code == 404
    put = committee.post(f"/needs/{one.id}/project", data={"project": world.project.id})
    assert put.location == f"/needs/{one.id}"
    assert world.project.title in volunteer.get(f"/needs/{one.id}").text
    draft = committee.post(f"/needs/{other.id}/project", headers=HTMX)
    assert "/draft" in draft.headers["HX-Redirect"]
    assert "水管漏（公开）" in committee.get(f"/needs/{other.id}").text
    assert committee.post(f"/needs/{other.id}/project", data={"project": 999}).status_code in (404, 422)


def test_everybody_reads_in_numbers_what_it_answers_and_staff_follow_the_link(project, theme, enter, world):
    with work():
        project.post(by=world.lin)
    url = f"/projects/{project.id}"
    for name, link in ((None, False), ("partner", False), ("committee", True), ("other-committee", False)):
        page = enter(*([name] if name else [])).get(url).text
        assert "来自居民反映的 2 件事，6 户" in page, name
        assert (f"/themes/{theme.id}" in page) is link, name
        assert "电饭煲" not in page


def test_by_its_page_the_requester_confirms_and_the_project_counts_it(project, enter, world):
    finish(world, project)
    need = project.needs[0]
    client = enter("volunteer")
    answered = client.post(f"/needs/{need.id}/confirmation", headers=HTMX)
    assert answered.status_code == 200
    assert part(answered, "need") == part(client.get(f"/needs/{need.id}"), "need")
    assert "1 件反映的人说解决了" in enter().get(f"/projects/{project.id}").text
    assert db.session.scalar(seen(db.select(Need.state).where(Need.id == need.id))) is State.CONFIRMED


def test_publishing_by_its_form_moves_the_needs_too(project, enter, world):
    committee = enter("committee")
    assert committee.post(f"/projects/{project.id}/publication").status_code == 303
    assert project.stage is Stage.OPEN
    assert {need.state for need in project.needs} == {State.TAKEN}
    assert committee.post(f"/projects/{project.id}/withdrawal").status_code == 303
    assert project.needs == []
