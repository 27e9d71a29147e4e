"""A grid worker writes, the committee publishes or gives back: who may, what is told, what is refused."""

from datetime import timedelta

import pytest

from communities.journal import Line
from kernel import clock, waiting
from kernel.db import db
from kernel.work import Refusal, work
from projects.cutting import NothingToAdopt
from projects.project import Project
from projects.reviewing import WhatIsMissing
from projects.stage import NotNow, Stage
from tests.support.pages import HTMX, part


@pytest.fixture
def facts(world):
    """What 孙网格员 fills in."""
    day = clock.today() + timedelta(days=10)
    return {
        "place": world.grid.id,
        "title": "楼道灯不亮",
        "category_id": world.repair.id,
        "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=5)).isoformat(),
        "risk_note": "登高，两人一组。",
        "done_means": "两栋楼每层都亮。",
        "contact_name": "孙网格员",
        "contact_phone": "10000000002",
        "part_title": "换灯",
        "part_quantity": "12",
        "part_unit": "件",
        "part_people": "2",
        "part_times": "1",
        "part_hours": "2",
        "part_latest_start": day.isoformat(),
        "then": "hand-in",
    }


@pytest.fixture
def draft(enter, facts):
    """His draft, handed in."""
    answer = enter("grid").post("/projects/", data=facts)
    assert answer.status_code == 303
    return db.session.scalars(db.select(Project).order_by(Project.id.desc()).limit(1)).one()


def test_it_waits_for_the_committee_and_for_nobody_else(draft, enter, world):
    assert draft.stage is Stage.REVIEW
    url = f"/projects/{draft.id}"
    assert enter().get(url).status_code == enter("other-committee").get(url).status_code == 404
    assert "送社区党委复核" in enter("grid").get("/projects/new").text
    desks = {person: {line.desk.kind for line in waiting.lines(person)} for person in (world.lin, world.stranger_lin)}
    assert "project.review" in desks[world.lin]
    assert "project.review" not in desks[world.stranger_lin]


def test_the_grid_worker_cannot_publish_nor_change_what_is_looked_at(draft, enter, facts):
    grid, url = enter("grid"), f"/projects/{draft.id}"
    assert grid.post("/projects/", data=facts | {"then": "post"}).status_code == 403
    assert grid.post(f"{url}/publication").status_code == 403
    assert grid.get(f"{url}/draft").status_code == 403
    assert grid.post(f"{url}/review-answer", data={"reason": "好"}).status_code == 403
    assert enter("partner").post(f"{url}/review").status_code == 404


def test_it_comes_back_with_what_is_missing_and_is_published_after_that(draft, enter, world):
    committee, grid, url = enter("committee"), enter("grid"), f"/projects/{draft.id}"
    empty = committee.post(f"{url}/review-answer", data={"reason": " "}, headers=HTMX)
    assert empty.status_code == 422
    back = committee.post(f"{url}/review-answer", data={"reason": "写上谁来验收"}, headers=HTMX)
    assert part(back, "project") == part(committee.get(url), "project")
    assert draft.stage is Stage.DRAFT
    assert "写上谁来验收" in grid.get(url).text
    assert "project.returned" in {line.desk.kind for line in waiting.lines(world.sun)}
    assert grid.post(f"{url}/review").status_code == 303
    assert committee.post(f"{url}/publication").status_code == 303
    assert (draft.stage, draft.returned) == (Stage.OPEN, "")
    verbs = [line.verb for line in db.session.scalars(Line.about(draft))]
    assert verbs == [
        "project.written", "project.part_written", "project.handed_in", "project.given_back", "project.handed_in",
        "project.published",
    ]  # fmt: skip
    told = enter("grid").get("/notices/").text
    assert "发布了公益项目“楼道灯不亮”" in told


def test_what_done_means_and_whom_to_ask_stand_on_the_page(draft, enter, world):
    with work():
        draft.post(by=world.lin)
    url = f"/projects/{draft.id}"
    for name, sees in (("partner", True), ("committee", True), ("volunteer", False), (None, False)):
        page = enter(*([name] if name else [])).get(url).text
        assert "两栋楼每层都亮。" in page
        assert ("10000000002" in page) is sees, name
        assert ("联系电话给核实过的合伙人看" in page) is not sees, name
    assert "最晚" in page


def test_every_refusal_says_why(world):
    with work():
        empty = Project.write(
            world.grid,
            by=world.sun,
            title="空的",
            category=world.repair,
            starts_on=clock.today(),
            ends_on=clock.today(),
        )
    for refused, verb in (
        (NothingToAdopt, lambda: empty.hand_in(by=world.sun)),
        (NotNow, lambda: empty.give_back("再写写", by=world.lin)),
        (WhatIsMissing, lambda: empty.give_back(" ", by=world.lin)),
        (NotNow, lambda: world.project.hand_in(by=world.lin)),
    ):
        with pytest.raises(refused) as said, work():
            verb()
        assert isinstance(said.value, Refusal)
        assert str(said.value).endswith("。")
