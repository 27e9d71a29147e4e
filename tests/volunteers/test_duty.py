"""Staff writes duties and plans their dates; what changes is told, what is typed stays."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from communities.journal import Line, tell
from communities.working_day import CalendarDay
from kernel import clock, search, waiting
from kernel.db import db
from kernel.work import work
from tests.support.pages import HTMX, part
from volunteers.duty import ChangedMeanwhile, Duty
from volunteers.pattern import Pattern
from volunteers.shift import Shift


def text(response):
    return response.get_data(as_text=True)


def fields(world, **more):
    given = {
        "activity": "义诊",
        "role": "量血压",
        "category_id": world.care.id,
        "service_kind": "volunteer",
        "risk_note": "无特殊风险",
        "danger": "0",
        "capability_id": "0",
        "project_id": "0",
    }
    return given | more


def pattern(**more):
    first = clock.today() + timedelta(days=10)
    given = {"first": first.isoformat(), "last": first.isoformat(), "starts": "09:00", "ends": "11:00", "seats": "4"}
    return given | more


def test_staff_writes_a_duty_for_a_project_and_it_is_found(enter, world):
    lin = enter("committee")
    page = lin.get(f"/duties/new?place={world.community.id}&project={world.project.id}")
    assert f'<option selected value="{world.project.id}">' in text(page)
    answer = lin.post(f"/duties/?place={world.community.id}", data=fields(world, project_id=world.project.id))
    assert answer.status_code == 303, text(answer)
    duty = db.session.scalar(select(Duty).where(Duty.activity == "义诊"))
    assert (duty.title, duty.project, duty.lead) == ("义诊 · 量血压", world.project, world.lin)
    assert answer.location == f"/duties/{duty.id}"
    assert [thing for _kind, thing in search.find(world.wu, "血压")] == [duty]


@pytest.mark.parametrize("stranger", ["volunteer", "partner", "other-committee", "grid"])
def test_nobody_else_writes_here(enter, world, stranger):
    client = enter(stranger)
    assert client.get(f"/duties/new?place={world.community.id}").status_code == 403
    assert client.post(f"/duties/?place={world.community.id}", data=fields(world)).status_code == 403
    assert client.get(f"/duties/{world.duty.id}/edit").status_code == 403
    assert client.post(f"/duties/{world.duty.id}/shifts", data=pattern()).status_code == 403


def test_a_colleague_of_the_subdistrict_may(enter, world):
    assert enter("subdistrict").post(f"/duties/?place={world.community.id}", data=fields(world)).status_code == 303


def test_what_is_missing_is_said_beside_its_field_and_the_rest_stays(enter, world):
    wrong = fields(world, risk_note="", about="带老花镜", service_kind="paid", capability_id="x", lead_id="99999")
    answer = enter("committee").post(f"/duties/?place={world.community.id}", data=wrong)
    page = text(answer)
    assert answer.status_code == 422
    for name in ("risk_note", "service_kind", "capability_id"):
        assert f'id="{name}-error"' in page
    assert "带老花镜" in page


@pytest.mark.parametrize("named", [{"category_id": "9999"}, {"project_id": "9999"}, {"lead_id": "9999"}])
def test_what_is_not_there_is_not_found(enter, world, named):
    lin = enter("committee")
    assert lin.post(f"/duties/?place={world.community.id}", data=fields(world, **named)).status_code == 404


def test_dates_are_planned_and_listed_with_their_number(enter, world):
    lin, monday = enter("committee"), clock.today() + timedelta(days=7 - clock.today().weekday())
    with work() as session:
        session.add(CalendarDay(day=monday + timedelta(days=8), is_working=False, name="示例假日"))
    weeks = {"first": monday.isoformat(), "last": (monday + timedelta(days=27)).isoformat(), "weekdays": ["1", "5"]}
    url = f"/duties/{world.duty.id}/shifts"
    answer = lin.post(url, data=pattern(**weeks, skip_holidays="y"), headers=HTMX)
    assert answer.status_code == 200
    assert "一共 8 场" in part(answer, "dates")  # four Tuesdays and four Saturdays but one, and the world's own
    assert "排好了 7 场" in text(answer)
    assert part(answer, "dates") == part(lin.get(f"/duties/{world.duty.id}"), "dates")
    assert "没有新加" in text(lin.post(url, data=pattern(**weeks, skip_holidays="y"), headers=HTMX))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"first": "2020-01-01"}, "已经过去了"),
        ({"last": "2020-01-01"}, "还早"),
        ({"first": "soon"}, "这个日期看不懂"),
        ({"starts": "25:99"}, "这个时间看不懂"),
        ({"ends": "09:00"}, "不能相同"),
        ({"seats": "0"}, "1 到 500"),
        ({"seats": "many"}, "请填一个整数"),
        ({"last": "2999-01-01", "weekdays": ["0"]}, "最多排 400 场"),
        ({"last": "2999-01-01"}, "至少选一个星期几"),
    ],
)
def test_a_wrong_pattern_has_a_sentence(enter, world, wrong, sentence):
    answer = enter("committee").post(f"/duties/{world.duty.id}/shifts", data=pattern(**wrong), headers=HTMX)
    assert answer.status_code in (409, 422)
    assert sentence in part(answer, "dates")


def test_a_year_without_its_holidays_is_said(enter, world):
    year = clock.today().year
    assert f"{year}、{year + 1} 年的放假和调休还没有公布" in text(enter("committee").get(f"/duties/{world.duty.id}"))
    with work() as session:
        session.add(CalendarDay(day=date(year, 10, 1), is_working=False, name="国庆节"))
    page = text(enter("committee").get(f"/duties/{world.duty.id}"))
    assert f"{year}、" not in page
    assert f"{year + 1} 年的放假和调休" in page


def test_a_stale_save_is_refused_and_keeps_the_text(enter, world):
    lin = enter("committee")
    shown = str(world.duty.version)
    url = f"/duties/{world.duty.id}"
    assert lin.post(url, data=fields(world, version=shown, meeting_point="东门")).status_code == 303
    stale = lin.post(url, data=fields(world, version=shown, meeting_point="西门", about="我写的"))
    assert stale.status_code == 409
    assert "同事改过这个岗位" in text(stale)
    assert "我写的" in text(stale)
    assert f'name="version" type="hidden" value="{world.duty.version}"' in text(stale)
    assert world.duty.meeting_point == "东门"


def test_a_slip_in_between_lets_no_stale_save_through(enter, world):
    lin, he, url = enter("committee"), enter("subdistrict"), f"/duties/{world.duty.id}"
    shown = world.duty.version
    assert he.post(url, data=fields(world, version=shown, meeting_point="西门")).status_code == 303
    slip = lin.post(url, data=fields(world, version=shown, risk_note=""))
    assert slip.status_code == 422
    assert f'name="version" type="hidden" value="{shown}"' in text(slip)
    assert lin.post(url, data=fields(world, version=shown, meeting_point="东门")).status_code == 409


def test_a_moved_meeting_point_is_told_to_whoever_is_expected(at_work):
    at_work.shift.sign_up(at_work.wu, by=at_work.wu)
    at_work.duty.revise(version=at_work.duty.version, by=at_work.lin, meeting_point="西门")
    [line] = db.session.scalars(select(Line).where(Line.verb == "duty.moved"))
    assert [notice.person for notice in line.notices] == [at_work.wu]
    with pytest.raises(ChangedMeanwhile):
        at_work.duty.revise(version=0, by=at_work.lin, about="x")


def test_a_hand_over_carries_the_duties_of_the_place(at_work):
    post = at_work.lin.posts[0]
    post.hand_over(at_work.sun, remark="调动", by=at_work.he)
    assert {at_work.duty.lead, at_work.duty2.lead} == {at_work.sun}


def test_staff_sees_what_still_wants_people(at_work):
    lines = [line for line in waiting.lines(at_work.lin) if line.desk.kind == "shift.gaps"]
    in_a_week = at_work.shift.starts_at < clock.at(clock.today() + timedelta(days=7))
    assert len(lines) == (2 if in_a_week else 0)
    [first] = Shift.plan(at_work.duty, tomorrow(), 2, by=at_work.lin)
    db.session.flush()
    line = next(line for line in waiting.lines(at_work.lin) if line.desk.kind == "shift.gaps" and line.id == first.id)
    assert (line.subject, line.due) == ("联防巡查 · 巡查员，缺 2 人", clock.local(first.starts_at).date())
    for nobody in (at_work.stranger_lin, at_work.wu, at_work.sun):
        assert [line for line in waiting.lines(nobody) if line.desk.kind == "shift.gaps"] == []


def tomorrow():
    day = clock.today() + timedelta(days=1)
    return Pattern(frozenset(), time(7), time(8), day, day)


def test_every_move_is_a_sentence(at_work, site):
    watch, wu, zhao, lin = at_work.shift, at_work.wu, at_work.zhao, at_work.lin
    watch.sign_up(wu, by=wu)
    watch.sign_up(zhao, by=zhao)
    watch.withdraw(wu, by=wu)
    watch.cancel("下雨", by=lin)
    with site.test_request_context():
        said = [told.text for told in tell(list(db.session.scalars(select(Line).order_by(Line.id))))]
    mine = [line for line in said if "联防巡查" in line]
    assert any(line.startswith("吴阿姨（示例）报上了 “联防巡查 · 巡查员”") for line in mine), mine
    assert any("轮到赵社长（示例）了，请在" in line for line in mine)
    assert not [line for line in said if "%(" in line or line.startswith(("signup.", "shift.", "duty.", "volunteer."))]


def test_the_panels_of_project_and_place_show_coming_shifts(enter, world):
    page = text(enter().get(f"/places/{world.community.code}"))
    assert "联防巡查 · 巡查员" in page
    assert f'href="/shifts/{world.shift.id}"' in page
    assert "写一个岗位" not in page
    facts = {"role": "", "category": world.care, "risk_note": "无", "project": world.project}
    with work():
        Duty.write(world.community, by=world.lin, activity="义修", **facts)
    assert "写一个岗位" in text(enter("committee").get(f"/projects/{world.project.id}"))
