"""The pages of hours: two people look at each day, the volunteer sees his own, and each permission has its three."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kernel import clock, waiting
from kernel.db import db, seen
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.attendances.attendance import Attendance
from volunteers.hours.correction import Correction
from volunteers.hours.entry import Entry, Reason
from volunteers.hours.record import Kind, Record
from volunteers.hours.review import due
from volunteers.hours.sync import Sync
from volunteers.volunteer import Volunteer

from .conftest import behind_the_back, came


def shown(world, *people):
    """What the page says of these people: sign-up:minutes."""
    db.session.rollback()
    return " ".join(f"{world.shift.signup_of(one).id}:60" for one in people)


def number():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Entry))


def review(world):
    return f"/places/{world.community.code}/hours"


@pytest.fixture
def short(world, over):
    """吴阿姨 left after 45 minutes."""
    with work():
        row = Attendance.of(world.shift.signup_of(world.wu))
        row.left_at, row.closed_by_clock = (
            world.shift.ends_at - timedelta(minutes=15),
            False,
        )
    return over


class TestTheReview:
    def test_what_differs_stands_above_the_rest(self, enter, world, short):
        page = enter("committee").get(review(world)).text
        assert page.index("计划 60 分钟，在场 45 分钟") < page.index("其余的，2 人")
        assert "这 2 人都确认" in page

    def test_the_rest_is_one_tap_and_the_page_agrees_with_the_answer(self, enter, world, over):
        committee = enter("committee")
        form = {"shown": shown(world, world.wu, world.zhou)}
        answer = committee.post(f"{review(world)}?day={over.day}", data=form, headers=HTMX)
        assert answer.status_code == 200
        assert part(answer, "sheet") == part(committee.get(review(world)), "sheet")
        assert number() == 2
        assert "联防巡查 · 巡查员" in enter("volunteer").get("/notices/").text

    def test_what_was_not_shown_is_not_confirmed(self, enter, world, over):
        committee = enter("committee")
        for wrong in ("", "x", "1:2:3", "999:60", f"{10**12}:60", shown(world, world.wu) + "1"):
            answer = committee.post(f"{review(world)}?day={over.day}", data={"shown": wrong})
            assert answer.status_code == 409
            assert "名单有了变动" in answer.text
        assert committee.post(f"{review(world)}?day=x", data={"shown": "1:1"}).status_code == 404
        assert number() == 0

    def test_twelve_shots_of_one_form_confirm_once(self, enter, world, over):
        committee, form = enter("committee"), {"shown": shown(world, world.wu), "key": "the same form"}
        answers = {committee.post(f"{review(world)}?day={over.day}", data=form).status_code for _ in range(12)}
        assert answers == {303}
        assert number() == 1

    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("committee", 200),
            ("subdistrict", 200),
            ("other-committee", 403),
            ("grid", 403),
            ("partner", 403),
            ("volunteer", 403),
            (None, 303),
        ],
    )
    def test_who_looks_and_who_confirms(self, enter, world, over, name, status):
        client = enter(name)
        for page in (review(world), f"{review(world)}/ledger", f"{review(world)}/proof"):
            assert client.get(page).status_code == status
        done = client.post(f"{review(world)}?day={over.day}", data={"shown": shown(world, world.wu)})
        assert done.status_code == (303 if status in (200, 303) else 403)
        assert number() == (status == 200)

    @pytest.mark.parametrize(
        ("name", "status"), [("committee", 303), ("subdistrict", 303), ("other-committee", 404), ("partner", 403)]
    )
    def test_who_settles_one(self, enter, world, short, name, status):
        signup = world.shift.signup_of(world.wu).id
        answer = enter(name).post(f"/signups/{signup}/hours?day={short.day}", data={"minutes": 45, "reason": ""})
        assert answer.status_code == status
        assert number() == (status == 303)

    def test_other_minutes_need_a_reason_and_nothing_typed_is_lost(self, enter, world, short):
        signup, committee = world.shift.signup_of(world.wu).id, enter("committee")
        answer = committee.post(f"/signups/{signup}/hours?day={short.day}", data={"minutes": 50, "reason": ""})
        assert answer.status_code == 409
        assert "改了时长，请选一个原因" in answer.text
        assert 'value="50"' in answer.text
        assert committee.post(f"/signups/{signup}/hours", data={"minutes": "x"}).status_code == 422
        assert committee.post(f"/signups/{signup}/hours", data={"minutes": 50, "reason": "time"}).status_code == 303
        assert number() == 1

    def test_what_one_noted_is_for_a_colleague(self, enter, world, over):
        with work():
            Attendance.of(world.shift.signup_of(world.wu)).by_id = world.lin.id
        page = enter("committee").get(review(world)).text
        assert page.index("要请别的同事确认的") < page.rindex("吴阿姨")
        form = {"shown": shown(world, world.wu)}
        answer = enter("committee").post(f"{review(world)}?day={over.day}", data=form)
        assert answer.status_code == 409
        assert "要请另一位同事确认" in answer.text
        assert enter("subdistrict").post(f"{review(world)}?day={over.day}", data=form).status_code == 303

    def test_the_page_of_the_community_leads_there_for_its_staff(self, enter, world):
        for name, there in (("committee", True), ("grid", False), ("volunteer", False), (None, False)):
            assert (f'href="{review(world)}"' in enter(name).get(f"/places/{world.community.code}").text) == there
        assert "/hours" not in enter("committee").get(f"/places/{world.building1.code}").text

    def test_a_building_keeps_no_ledger(self, enter, world):
        assert enter("committee").get(f"/places/{world.building1.code}/hours").status_code == 404

    def test_nothing_waiting_says_what_to_do_next(self, enter, world):
        assert "没有等确认的时长" in enter("committee").get(review(world)).text

    def test_the_desk_has_a_line_a_day_with_its_deadline(self, enter, world, over, travel):
        (line,) = [line for line in waiting.lines(world.lin) if line.desk.kind == "hours.confirm"]
        assert line.due == due(over.day)
        assert line.subject.endswith("，3 人的时长")
        assert [line.desk.kind for line in waiting.lines(world.stranger_lin)] == []
        assert [line for line in waiting.lines(world.he) if line.desk.kind == "hours.confirm"] == []
        answer = enter("committee").get(f"/shifts/{line.id}/hours")
        assert answer.location == f"{review(world)}?day={over.day}"
        assert f'href="/shifts/{line.id}/hours"' in enter("committee").get("/today").text
        assert "请在" in enter("committee").get(answer.location).text

    def test_what_is_late_says_so(self, enter, world, over, travel):
        travel(clock.at(due(over.day)).replace(hour=12) + (world.shift.ends_at - world.shift.starts_at) * 48)
        assert "已经晚了" in enter("committee").get(review(world)).text
        (line,) = [line for line in waiting.lines(world.lin) if line.desk.kind == "hours.confirm"]
        assert line.due < clock.today()

    def test_report_in_is_for_the_committee_to_choose(self, enter, world):
        assert enter("committee").post(f"{review(world)}/kinds", data={"report_in": "y"}).status_code == 303
        assert enter("committee").post(f"{review(world)}/kinds", data={"report_in": "y"}).status_code == 409
        assert enter("other-committee").post(f"{review(world)}/kinds", data={}).status_code == 403
        assert enter("committee").post(f"{review(world)}/kinds", data={}).status_code == 303


class TestTheProof:
    def test_an_untouched_ledger_holds(self, enter, world, confirmed):
        page = enter("committee").get(f"{review(world)}/proof").text
        assert "核对过了：3 条" in page
        assert "210" in page

    def test_a_changed_and_a_removed_row_are_named(self, enter, world, confirmed):
        behind_the_back(
            "UPDATE hour_entry SET minutes = 600 WHERE number = 1", "DELETE FROM hour_entry WHERE number = 3"
        )
        page = enter("committee").get(f"{review(world)}/proof").text
        assert "台账被动过，有 2 处对不上" in page
        assert "<b>第 1 条</b> 这一条被改过" in page
        assert "<b>第 3 条</b> 这一条不见了" in page


class TestTheLedger:
    def test_it_shows_the_newest_first_and_goes_to_the_national_system_in_two_steps(self, enter, world, confirmed):
        committee = enter("committee")
        page = committee.get(f"{review(world)}/ledger").text
        assert "共 3 条" in page
        assert page.index('class="num">3</th>') < page.index('class="num">1</th>')
        assert committee.post(f"{review(world)}/ledger", data={"state": "entered"}).status_code == 409
        assert committee.post(f"{review(world)}/ledger", data={"state": "exported"}).status_code == 303
        assert committee.post(f"{review(world)}/ledger", data={"state": "exported"}).status_code == 409
        assert committee.post(f"{review(world)}/ledger", data={"state": "entered"}).status_code == 303
        db.session.rollback()
        assert set(db.session.scalars(select(Sync.state))) == {"entered"}
        assert committee.post(f"{review(world)}/ledger", data={"state": "none"}).status_code == 422

    def test_it_is_excel_too(self, enter, world, confirmed):
        answer = enter("committee").get("/ledgers/hours.xlsx")
        assert answer.status_code == 200
        assert answer.data[:2] == b"PK"


class TestMine:
    def test_my_hours_stand_on_my_page_and_one_by_one(self, enter, world, confirmed):
        wu = enter("volunteer")
        assert "1.0 小时" in part(wu.get("/me"), "my-hours")
        page = wu.get("/me/hours").text
        assert "联防巡查 · 巡查员" in page
        assert "东方社区 第 1 条" in page
        assert "义剪" not in part(wu.get("/me/hours"), "entries")

    def test_what_waits_says_so(self, enter, world, over):
        page = part(enter("volunteer").get("/me/hours"), "waiting")
        assert "等社区确认" in page
        assert "还没有记下的服务时长" in enter("volunteer").get("/me/hours").text

    def test_it_is_for_whoever_has_an_account(self, enter):
        assert enter().get("/me/hours").location == "/sign-in?next=/me/hours"

    def test_two_pages_are_two_pages(self, enter, world, confirmed):
        with work():
            for _number in range(30):
                wish = Correction.ask(world.shift.signup_of(world.wu), 61 + _number, Reason.TIME, by=world.wu)
                db.session.flush()
                wish.grant(by=world.lin)
        wu = enter("volunteer")
        first = wu.get("/me/hours")
        assert first.text.count("东方社区 第") == 25
        link = first.text.split('class="more"')[1].split('href="')[1].split('"')[0]
        assert wu.get(link.replace("&amp;", "&")).text.count("东方社区 第") == 6

    @pytest.mark.parametrize(
        ("name", "status"),
        [("committee", 200), ("subdistrict", 200), ("other-committee", 404), ("grid", 403), ("volunteer2", 404)],
    )
    def test_who_looks_at_somebody_elses(self, enter, world, confirmed, name, status):
        id = world.wu.id
        assert enter(name).get(f"/people/{id}/hours").status_code == status

    def test_the_row_of_a_neighbour_leads_there(self, enter, world):
        assert f"/people/{world.wu.id}/hours" in enter("committee").get("/people/").text
        assert "/hours" not in enter("grid").get("/people/").text


class TestCorrections:
    @pytest.fixture
    def wish(self, world, confirmed):
        with work():
            wish = Correction.ask(world.shift.signup_of(world.wu), 90, Reason.TIME, "多待了半小时", by=world.wu)
            db.session.flush()
            return wish.id

    def test_the_volunteer_asks_and_the_committee_says_yes(self, enter, world, confirmed):
        wu, signup = enter("volunteer"), world.shift.signup_of(world.wu).id
        assert "现在记的是 60 分钟" in wu.get(f"/signups/{signup}/hour-corrections/new").text
        form = {"minutes": 90, "reason": "time", "words": "多待了半小时"}
        answer = wu.post(f"/signups/{signup}/hour-corrections", data=form)
        assert answer.status_code == 303
        assert "等社区答复" in wu.get(answer.location).text
        assert wu.post(f"/signups/{signup}/hour-corrections", data=form).status_code == 409
        (line,) = [line for line in waiting.lines(world.lin) if line.desk.kind == "hours.correct"]
        assert line.due == due(clock.today())
        committee, page = enter("committee"), f"/hour-corrections/{line.id}"
        assert f'href="{page}"' in committee.get("/today").text
        assert "多待了半小时" in committee.get(page).text
        done = committee.post(f"{page}/acceptance", headers=HTMX)
        assert part(done, "wish") == part(committee.get(page), "wish")
        page = wu.get("/me/hours").text
        assert "+0.5 小时" in page
        assert "1.5 小时" in page

    def test_no_has_a_reason_that_the_volunteer_reads(self, enter, world, wish):
        committee = enter("committee")
        assert committee.post(f"/hour-corrections/{wish}/refusal", data={"answer": ""}).status_code == 422
        assert (
            committee.post(f"/hour-corrections/{wish}/refusal", data={"answer": "签到表写到 8 点"}).status_code == 303
        )
        assert committee.post(f"/hour-corrections/{wish}/acceptance").status_code == 409
        assert "签到表写到 8 点" in enter("volunteer").get(f"/hour-corrections/{wish}").text
        assert number() == 3

    @pytest.mark.parametrize(
        ("name", "sees", "answers", "drops"),
        [
            ("volunteer", 200, 403, 303),
            ("committee", 200, 303, 403),
            ("subdistrict", 200, 303, 403),
            ("other-committee", 404, 404, 404),
            ("volunteer2", 404, 404, 404),
        ],
    )
    def test_who_may_what(self, enter, world, wish, name, sees, answers, drops):
        client = enter(name)
        assert client.get(f"/hour-corrections/{wish}").status_code == sees
        assert client.post(f"/hour-corrections/{wish}/withdrawal").status_code == drops
        if answers != 303:
            assert client.post(f"/hour-corrections/{wish}/acceptance").status_code == answers
        else:
            assert client.post(f"/hour-corrections/{wish}/acceptance").status_code == 303
        assert number() == (4 if answers == 303 else 3)

    def test_only_ones_own_can_be_corrected(self, enter, world, confirmed):
        signup = world.shift.signup_of(world.wu).id
        form = {"minutes": 90, "reason": "time"}
        assert enter("volunteer2").post(f"/signups/{signup}/hour-corrections", data=form).status_code == 404
        assert enter("committee").post(f"/signups/{signup}/hour-corrections", data=form).status_code == 403

    def test_the_committee_does_not_answer_itself(self, enter, world, over):
        with work():
            Volunteer.take(world.lin, by=world.lin)
            world.shift2.signup_of(world.zhao).person_id = world.lin.id
            wish = Correction.ask(world.shift2.signup_of(world.lin), 95, Reason.TIME, by=world.lin)
            db.session.flush()
            id = wish.id
        assert enter("committee").post(f"/hour-corrections/{id}/acceptance").status_code == 403
        assert enter("subdistrict").post(f"/hour-corrections/{id}/acceptance").status_code == 303


class TestTrainingAndAwards:
    FORM = {"kind": "training", "title": "急救知识", "about": "心肺复苏", "minutes": 120, "giver": "东方社区"}

    def test_the_committee_writes_it_down_and_the_volunteer_reads_it(self, enter, world):
        committee, id = enter("committee"), world.wu.id
        form = self.FORM | {"day": clock.today().isoformat()}
        answer = committee.post(f"/people/{id}/records", data=form, headers=HTMX)
        assert part(answer, "records") == part(committee.get(f"/people/{id}/hours"), "records")
        assert "急救知识" in enter("volunteer").get("/me/hours").text
        assert committee.post(f"/people/{id}/records", data=form | {"title": ""}).status_code == 422
        assert committee.post(f"/people/{id}/records", data=form | {"day": "2099-01-01"}).status_code == 409

    @pytest.mark.parametrize(
        ("name", "status"), [("subdistrict", 303), ("other-committee", 404), ("grid", 403), ("volunteer", 403)]
    )
    def test_who_may(self, enter, world, name, status):
        form = self.FORM | {"day": clock.today().isoformat()}
        assert enter(name).post(f"/people/{world.wu.id}/records", data=form).status_code == status

    def test_a_wrong_one_is_struck(self, enter, world):
        with work():
            facts = {"title": "优秀志愿者", "giver": "东方社区", "day": clock.today(), "by": world.lin}
            id = Record.enter(world.wu, world.community, Kind.AWARD, **facts).id
        assert enter("volunteer").post(f"/volunteer-records/{id}/removal").status_code == 403
        assert enter("other-committee").post(f"/volunteer-records/{id}/removal").status_code == 404
        assert enter("committee").post(f"/volunteer-records/{id}/removal").status_code == 303
        assert enter("committee").post(f"/volunteer-records/{id}/removal").status_code == 409
        assert "优秀志愿者" not in enter("volunteer").get("/me/hours").text
        assert db.session.scalars(seen(select(Record))).one().struck_at


def test_few_statements_whatever_the_number_of_rows(enter, world, confirmed):
    with work():
        for person in (world.sun, world.he, world.gao, world.qian):
            Volunteer.take(person, by=person)
            world.shift.resize(world.shift.seats + 1, by=world.lin)
            signup = world.shift.signup_of(world.wu)
            new = type(signup)(shift=world.shift, person=person, state="confirmed")
            db.session.add(new)
            db.session.flush()
            came(world.shift, person, by=world.zhao, early=len(person.name))
        Correction.ask(world.shift.signup_of(world.wu), 90, Reason.TIME, by=world.wu)
    wish, person = db.session.scalar(seen(select(Correction.id))), world.wu.id
    pages = {
        "committee": [review(world), f"{review(world)}/ledger", f"{review(world)}/proof", "/today"]
        + [f"/people/{person}/hours", f"/hour-corrections/{wish}"],
        "volunteer": ["/me", "/me/hours", f"/hour-corrections/{wish}"],
    }
    found = {}
    for name, paths in pages.items():
        client = enter(name)
        for path in paths:
            client.get(path)
            with counted() as said:
                assert client.get(path).status_code == 200
            found[name, path] = (len(said), said)
    assert {key: value for key, value in found.items() if value[0] > 8} == {}
