"""What the demo data tell of needs: nothing contradicts itself, and the two stories are there."""

from datetime import timedelta

import pytest

from communities.journal import Line
from demo import xincheng
from governance.need import Need
from governance.need_state import OVER, RUNNING, State
from governance.route import Route
from governance.theme import Theme
from kernel import clock, paper_number
from kernel.db import db
from projects.adoption import State as Adopted
from projects.origin import Origin
from projects.project import Project, Stage
from tests.demo.checks import CHECKS


@pytest.fixture
def needs(site):
    """Every need of three communities."""
    xincheng.load("tiny", "no hash")
    return list(db.session.scalars(db.select(Need).order_by(Need.id)))


def test_nothing_contradicts_itself(needs):
    assert {need.state for need in needs} >= {State.RECEIVED, State.VERIFIED, State.TAKEN, State.CONFIRMED}
    for need in needs:
        assert paper_number.fault(need.number) is None
        assert (need.due is not None) == (need.state in RUNNING), need.state
        assert need.partner is not None or need.state not in (State.ROUTED, State.TAKEN, State.SOLVED, State.CONFIRMED)
        assert (need.question is not None) == (need.state is State.SOLVED)
        assert need.voice.words
        assert not need.voice.phone or (need.voice.phone.startswith("100") and len(need.voice.phone) == 11)
        lines = [line.verb for line in db.session.scalars(Line.about(need))]
        assert lines[0] in ("need.said", "need.noted")
        assert need.state not in OVER or need.is_late is False
        days = [clock.local(need.said_at).date(), need.taken_on, need.solved_on, need.confirmed_on]
        known = [day for day in days if day]
        assert known == sorted(known)


def test_every_community_has_something_to_verify_and_knows_where_it_goes(needs):
    places = {need.place.ancestor_ids[2] for need in needs if need.state is State.RECEIVED}
    assert len(places) == 3
    assert all(Route.of(need.place, need.category) for need in needs if need.category)


def test_three_needs_are_those_that_the_repair_project_takes_up(needs):
    found = [need for need in needs if need.matter == "老人家里的家电坏了没处修" or "家电坏了" in need.said]
    assert sum(need.households for need in found) == 63
    assert {need.state for need in found} == {State.TAKEN}
    [project] = {origin.project for origin in db.session.scalars(db.select(Origin))}
    assert (project.title, project.needs) == ("31小区老人家电义修", found)
    page = db.session.scalars(db.select(Line.verb).where(Line.verb == "project.grounded")).all()
    assert len(page) == 3


def test_the_public_page_of_the_repair_project_says_how_many_asked_for_it(needs, site):
    project = db.session.scalars(db.select(Project).where(Project.title == "31小区老人家电义修")).one()
    page = site.test_client().get(f"/projects/{project.id}").text
    assert "来自居民反映的 3 件事，63 户" in page
    assert not [need.voice.words for need in project.needs if need.voice.words in page]


@pytest.mark.long
def test_the_noise_of_a_canteen_is_one_theme_of_seventeen_households_in_two_grids(site):
    xincheng.load("small", "no hash")
    theme = db.session.scalars(db.select(Theme)).one()
    assert (theme.place.name, len(theme.needs), theme.households) == ("兴乐社区", 3, 17)
    assert len({need.place.parent_id for need in theme.needs}) == 2
    assert {need.partner.name.removesuffix("（示例）")[-3:] for need in theme.needs} == {"派出所", "城管局"}
    assert {need.solved_on for need in theme.needs} == {clock.today() - timedelta(days=7)}
    [project] = {origin.project for need in theme.needs for origin in origins_of(need)}
    assert (project.stage, len(project.needs)) == (Stage.CLOSED, 3)
    assert {adoption.partner for adoption in project.living_adoptions} == {need.partner for need in theme.needs}
    assert {adoption.state for adoption in project.living_adoptions} == {Adopted.DELIVERED}
    assert project.posted_at.date() > theme.gathered_on
    assert project.closed_on == clock.today() - timedelta(days=7)
    assert "回访了 14 户，13 户说解决了" in project.outcome
    assert [check.__name__ for check in CHECKS if check()] == []
    assert sorted(need.state for need in theme.needs) == [State.CONFIRMED, State.CONFIRMED, State.SOLVED]


def origins_of(need):
    """The rows that put it to a project."""
    return db.session.scalars(db.select(Origin).where(Origin.need_id == need.id)).all()
