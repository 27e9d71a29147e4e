"""Writing, publishing and ending a project on its pages: who may, what is asked for, what stays typed."""

from datetime import timedelta
from functools import partial

import pytest

from kernel import clock
from kernel.db import db
from kernel.work import work
from projects.project import Project
from projects.stage import Stage
from tests.support.pages import HTMX, part


@pytest.fixture
def facts(world):
    """What 林书记 fills in."""
    day = clock.today() + timedelta(days=10)
    return {
        "place": world.community.id,
        "title": "单元门口的扶手",
        "category_id": world.repair.id,
        "capabilities": [world.appliance.id],
        "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=5)).isoformat(),
        "about": "老人出门没有扶的。",
        "risk_note": "用电钻，请戴护目镜。",
        "part_title": "装扶手",
        "part_quantity": "6",
        "part_unit": "件",
        "part_people": "2",
        "part_times": "1",
        "part_hours": "2",
    }


@pytest.fixture
def create(enter, facts):
    """A function that sends the form of a new project as this account."""

    def create(name="committee", **changes):
        return enter(name).post("/projects/", data={**facts, **changes})

    return create


def newest():
    return db.session.scalars(db.select(Project).order_by(Project.id.desc()).limit(1)).one()


def test_it_is_published_with_its_first_part_in_one_step(create, enter, world):
    answer = create(then="post")
    project = newest()
    assert (answer.status_code, answer.location) == (303, f"/projects/{project.id}")
    assert (project.stage, project.amount, project.capabilities) == (Stage.OPEN, "6 件", [world.appliance])
    page = enter().get(answer.location).text
    assert "老人出门没有扶的。" in page
    assert "4 人时" in page


def test_a_draft_is_kept_corrected_and_published(create, enter, facts):
    create(risk_note="", part_title="", part_quantity="")
    draft, committee = newest(), enter("committee")
    assert draft.stage is Stage.DRAFT
    url = f"/projects/{draft.id}"
    assert enter().get(url).status_code == enter("other-committee").get(url).status_code == 404
    assert enter("partner").get(f"{url}/draft").status_code == 404
    refused = committee.post(f"{url}/publication", headers=HTMX)
    assert refused.status_code == 409
    assert "无特殊风险" in part(refused, "said")
    corrected = {**facts, "title": "扶手", "version": draft.version}
    assert committee.post(f"{url}/draft", data=corrected).location == url
    refused = committee.post(f"{url}/publication", headers=HTMX)
    assert "至少写一项" in part(refused, "said")
    added = committee.post(f"{url}/parts", data=facts, headers=HTMX)
    assert part(added, "project") == part(committee.get(url), "project")
    assert committee.post(f"{url}/publication").status_code == 303
    assert (draft.stage, draft.title) == (Stage.OPEN, "扶手")
    refused = committee.post(f"{url}/draft", data={**corrected, "version": draft.version})
    assert refused.status_code == 409
    assert "现在是“待认领”" in part(refused, "said")


@pytest.fixture
def both(create, enter, facts):
    """Two people who have the form of one draft open: functions that save what each typed over the version shown."""
    create()
    draft, shown = newest(), newest().version

    def save(client, **typed):
        return client.post(f"/projects/{draft.id}/draft", data={**facts, "version": shown, **typed})

    return draft, partial(save, enter("committee")), partial(save, enter("subdistrict"))


def test_the_second_save_of_a_draft_is_refused_and_keeps_the_text(both, world):
    draft, first, second = both
    typed = {"title": "栏杆", "capabilities": [world.haircut.id], "provides": "", "category_id": world.care.id}
    assert first(about="每个单元门口一处。\n先装三个。").status_code == 303
    stale = second(**typed)
    assert stale.status_code == 409
    assert "同事改过这份草稿" in part(stale, "said")
    theirs, form = part(stale, "theirs"), part(stale, "form")
    for words in ("项目名称", "单元门口的扶手", "每个单元门口一处。", "先装三个。", "家电维修", world.repair.label):
        assert words in theirs, words
    assert "安全提示" not in theirs
    assert 'value="栏杆"' in form
    assert "老人出门没有扶的。" in form
    assert f'name="version" type="hidden" value="{draft.version}"' in form
    assert draft.title == "单元门口的扶手"
    assert second(**typed, version=draft.version).status_code == 303
    assert (draft.title, draft.capabilities) == ("栏杆", [world.haircut])


def test_a_slip_in_between_does_not_hide_what_the_colleague_saved(both):
    draft, first, second = both
    assert first(title="栏杆").status_code == 303
    slip = second(title=" ")
    assert slip.status_code == 422
    assert f'name="version" type="hidden" value="{draft.version}"' not in slip.text
    assert "同事存下的" not in slip.text
    assert second(title="扶手").status_code == 409
    assert draft.title == "栏杆"


def test_to_publish_is_no_way_around_it_and_the_same_text_is_said_to_be_the_same(both):
    draft, first, second = both
    assert first(about="一样的").status_code == 303
    stale = second(about="一样的", then="post")
    assert stale.status_code == 409
    assert "和您填的一样" in part(stale, "theirs")
    assert draft.stage is Stage.DRAFT


@pytest.mark.parametrize("shown", ["", "x", "-1", "²", "9" * 30])
def test_what_is_no_version_is_a_stale_one(both, shown):
    draft, first, _second = both
    assert first(title="栏杆", version=shown).status_code == 409
    assert draft.title == "单元门口的扶手"


def test_a_part_of_a_draft_is_taken_out(create, enter):
    create()
    draft, committee = newest(), enter("committee")
    removal = f"/projects/{draft.id}/parts/{draft.parts[0].id}/removal"
    assert enter("other-committee").post(removal).status_code == 404
    assert committee.post(removal, headers=HTMX).status_code == 200
    assert draft.parts == []
    assert committee.post(removal).status_code == 409


@pytest.mark.parametrize("name", ["volunteer", "partner", "grid", "other-committee"])
def test_only_those_who_decide_there_write(create, enter, world, name):
    before = newest().id
    assert create(name).status_code == 403
    assert enter(name).get(f"/projects/new?place={world.community.id}").status_code == 403
    assert newest().id == before


def test_the_subdistrict_writes_for_its_community_and_nobody_signs_in_first(create):
    assert create("subdistrict").status_code == 303
    assert create(None).location.startswith("/sign-in")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", " "),
        ("title", "长" * 121),
        ("ends_on", "2020-01-01"),
        ("starts_on", "明天"),
        ("category_id", ""),
        ("part_quantity", "许多"),
        ("part_quantity", "0"),
        ("part_quantity", ""),
        ("part_title", ""),
        ("part_unit", "斤"),
        ("part_hours", "25"),
    ],
)
def test_what_cannot_be_taken_has_a_sentence_beside_its_field_and_the_rest_stays(create, field, typed):
    answer = create(**{field: typed})
    assert answer.status_code == 422
    form = part(answer, "form")
    assert f'id="{field}-error"' in form
    assert "老人出门没有扶的。" in form
    assert "用电钻，请戴护目镜。" in form
    assert field == "part_unit" or typed.strip() in form


def test_the_days_are_said_in_the_right_order(create, facts):
    answer = create(ends_on=clock.today().isoformat())
    assert "结束的日期在开始之前" in part(answer, "form")


@pytest.mark.parametrize(("field", "words"), [("risk_note", "也请写一句"), ("part_title", "发布前请至少写一项")])
def test_what_publishing_needs_is_said_beside_its_field(create, field, words):
    before = newest().id
    answer = create(then="post", **({"part_title": "", "part_quantity": ""} if field == "part_title" else {field: ""}))
    assert answer.status_code == 409
    form = part(answer, "form")
    assert f'id="{field}-error"' in form
    assert words in form
    assert "单元门口的扶手" in form
    assert form.count(words) == answer.text.count(words) == 2
    assert newest().id == before


def test_a_category_or_place_that_is_none_is_not_found(create):
    assert create(category_id="999999").status_code == 404
    assert create(place="999999").status_code == create(place="x").status_code == 404


MOVES = {"publication": {}, "withdrawal": {}, "reopening": {}, "outcome": {"outcome": "修好了", "people_served": "63"}}


@pytest.mark.parametrize("move", MOVES)
def test_the_moves_belong_to_the_committee(enter, world, move):
    url = f"/projects/{world.project.id}/{move}"
    for name in ("other-committee", "partner", "volunteer", "grid"):
        assert enter(name).post(url, data=MOVES[move]).status_code == 403
    assert enter().post(url, data=MOVES[move]).status_code == 303
    assert world.project.stage is Stage.OPEN


def test_it_is_withdrawn_and_then_known_to_its_staff_only(enter, world):
    url, committee = f"/projects/{world.project.id}", enter("committee")
    answer = committee.post(f"{url}/withdrawal", headers=HTMX)
    assert part(answer, "project") == part(committee.get(url), "project")
    assert enter("partner").get(url).status_code == 404


def test_it_is_closed_with_what_came_of_it(enter, world):
    url, committee = f"/projects/{world.project.id}", enter("committee")
    with work():
        for adoption in world.project.adopt_all(world.egret, pledge="", by=world.zhao):
            adoption.accept(by=world.lin)
            adoption.deliver("修好了", by=world.zhao)
    again = committee.post(f"{url}/reopening", headers=HTMX)
    assert "进行中" in part(again, "parts")
    with work():
        for adoption in world.project.living_adoptions:
            adoption.deliver("这次真修好了", by=world.zhao)
    empty = committee.post(f"{url}/outcome", data={"outcome": "", "people_served": "许多"}, headers=HTMX)
    assert empty.status_code == 422
    assert 'id="outcome-outcome-error"' in part(empty, "desk")
    assert 'value="许多"' in part(empty, "desk")
    closed = committee.post(f"{url}/outcome", data=MOVES["outcome"], headers=HTMX)
    assert part(closed, "project") == part(committee.get(url), "project")
    shown = part(enter().get(url), "outcome")
    assert "修好了" in shown
    assert "<b>63</b>" in shown
