"""The pages of attendance: who may open them, what a press does, and that the answer is the block of the page."""

from datetime import timedelta

import pytest
import time_machine

from communities.journal import Line
from communities.working_day import working_days_after
from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.attendances import door
from volunteers.attendances.attendance import Attendance, Way
from volunteers.attendances.call_back import CallBack
from volunteers.attendances.time_code import TimeCode
from volunteers.attendances.walk_in import Asking, WalkIn
from volunteers.signup import State
from volunteers.volunteer import Volunteer


@pytest.fixture
def signed_up(world):
    """联防巡查 with two seats: 吴阿姨 and 周师傅 signed up; 赵社长 did not."""
    with work():
        world.shift.resize(2, by=world.lin)
        for person in (world.wu, world.zhou):
            world.shift.sign_up(person, by=person)
    return world


@pytest.fixture
def now(signed_up, minute):
    """A function that moves the clock to so many minutes after the shift begins."""
    return lambda number: minute(signed_up.shift, number)


def text(response):
    return response.get_data(as_text=True)


def state_of(world, person):
    return world.shift.signup_of(person).state


def attendance_of(world, person):
    return Attendance.of(world.shift.signup_of(person))


def url(world, rest="attendance"):
    return f"/shifts/{world.shift.id}/{rest}"


def ticks(world, **marks):
    """The form as a browser sends it: `wu="here"`; `wu_was`, `wu_at` where they differ from an untouched list."""
    data = {}
    for name in {key.split("_")[0] for key in marks}:
        id = world.shift.signup_of(getattr(world, name)).id
        data |= {
            f"mark-{id}": marks[name],
            f"was-{id}": marks.get(f"{name}_was", ""),
            f"at-{id}": marks.get(f"{name}_at", ""),
        }
    return data


def scan(client, world):
    """Hold the phone to the code that the lead shows now."""
    return client.get(url(world, f"door/{door.code(world.shift)}"))


# ---- Who may ----

LEAD_PAGES = ("attendance", "door", "roster")


@pytest.mark.parametrize("page", LEAD_PAGES)
def test_the_list_is_for_lead_and_staff(enter, signed_up, now, page):
    now(0)
    for organiser in ("committee", "subdistrict"):
        assert enter(organiser).get(url(signed_up, page)).status_code == 200
    for stranger in ("volunteer", "volunteer2", "other-committee", "partner", "grid"):
        assert enter(stranger).get(url(signed_up, page)).status_code == 403
    answer = enter().get(url(signed_up, page))
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in")


def test_a_volunteer_who_leads_keeps_his_own_list_and_no_other(enter, signed_up, now):
    with work():
        signed_up.duty.hand_over(signed_up.zhou, by=signed_up.lin)
    now(5)
    zhou = enter("volunteer2")
    assert zhou.post(url(signed_up), data=ticks(signed_up, wu="here")).status_code == 303
    assert state_of(signed_up, signed_up.wu) is State.PRESENT
    assert zhou.get(f"/shifts/{signed_up.shift2.id}/attendance").status_code == 403


@pytest.mark.parametrize(
    "path", ["attendance", "attendance/rest", "helpers", "time-codes", "time-codes/use", "call-backs"]
)
def test_no_stranger_writes_in_the_list(enter, signed_up, now, path):
    now(70)
    data = ticks(signed_up, wu="here") | {
        "phone": signed_up.zhao.phone,
        "count": "2",
        "code": "ACDEFH",
        "signup_id": "1",
    }
    for stranger in ("volunteer", "other-committee", "partner"):
        assert enter(stranger).post(url(signed_up, path), data=data).status_code == 403
    assert state_of(signed_up, signed_up.wu) is State.CONFIRMED


# ---- The list ----


def test_ticks_are_kept_and_the_answer_is_the_page(enter, signed_up, now):
    now(10)
    lin = enter("committee")
    answer = lin.post(url(signed_up), data=ticks(signed_up, wu="here", zhou="away"), headers=HTMX)
    assert "名单存好了" in text(answer)
    assert part(answer, "list") == part(lin.get(url(signed_up)), "list")
    assert [state_of(signed_up, p) for p in (signed_up.wu, signed_up.zhou)] == [State.PRESENT, State.ABSENT]
    row = attendance_of(signed_up, signed_up.wu)
    assert (row.arrived_at, row.way, row.by_id) == (signed_up.shift.starts_at, Way.LIST, signed_up.lin.id)


def test_who_came_late_has_his_time_and_a_wrong_one_is_said(enter, signed_up, now):
    now(30)
    lin = enter("committee")
    for wrong in ("7点", "07:45", "05:00"):
        answer = lin.post(url(signed_up), data=ticks(signed_up, wu="here", wu_at=wrong), headers=HTMX)
        assert answer.status_code == 409
        assert "checked" in part(answer, "list"), "what was ticked stays"
        assert state_of(signed_up, signed_up.wu) is State.CONFIRMED
    lin.post(url(signed_up), data=ticks(signed_up, wu="here", wu_at="07:20"))
    assert attendance_of(signed_up, signed_up.wu).arrived_at == signed_up.shift.starts_at + timedelta(minutes=20)


def test_a_time_beside_somebody_who_is_here_puts_the_arrival_right(enter, signed_up, now):
    now(30)
    lin = enter("committee")
    lin.post(url(signed_up), data=ticks(signed_up, wu="here"))
    for _ in range(2):
        lin.post(url(signed_up), data=ticks(signed_up, wu="here", wu_was="here", wu_at="07:10"))
    assert attendance_of(signed_up, signed_up.wu).minutes == 20
    corrected = db.select(db.func.count()).select_from(Line).where(Line.verb == "signup.corrected")
    assert db.session.scalar(corrected) == 1, "the same time again is nothing new"
    assert 'value="07:10"' in part(lin.get(url(signed_up)), "list")


def test_the_same_ticks_twice_are_stored_once(enter, signed_up, now):
    now(10)
    lin, data = enter("committee"), ticks(signed_up, wu="here") | {"key": "kept on the phone"}
    answers = [lin.post(url(signed_up), data=data, headers=HTMX) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({part(answer, "list") for answer in answers}) == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(Attendance)) == 1


def test_what_two_people_ticked_differently_is_shown_with_both(enter, signed_up, now):
    now(10)
    lin, he = enter("committee"), enter("subdistrict")
    he.post(url(signed_up), data=ticks(signed_up, wu="here"))
    answer = lin.post(url(signed_up), data=ticks(signed_up, wu="away", zhou="here"), headers=HTMX)
    page = part(answer, "list")
    for words in ("两处点得不一样", "您点的是“没来”，名单上现在是“来了”", "何主任", "改成“没来”"):
        assert words in page
    assert [state_of(signed_up, p) for p in (signed_up.wu, signed_up.zhou)] == [State.PRESENT, State.PRESENT]
    plain = lin.post(url(signed_up), data=ticks(signed_up, wu="away"))
    assert "两处点得不一样" in text(lin.get(plain.location)), "without script as well"
    lin.post(url(signed_up), data=ticks(signed_up, wu="away", wu_was="here"))
    assert state_of(signed_up, signed_up.wu) is State.ABSENT


def test_both_ticked_alike_is_no_matter(enter, signed_up, now):
    now(10)
    enter("subdistrict").post(url(signed_up), data=ticks(signed_up, wu="here"))
    answer = enter("committee").post(url(signed_up), data=ticks(signed_up, wu="here"), headers=HTMX)
    assert "名单存好了" in text(answer)
    assert attendance_of(signed_up, signed_up.wu).by_id == signed_up.he.id


def test_nonsense_in_the_form_is_no_tick(enter, signed_up, now):
    now(10)
    data = {"mark-999": "here", "mark-x": "here", f"mark-{signed_up.shift.signup_of(signed_up.wu).id}": "hier"}
    assert enter("committee").post(url(signed_up), data=data).status_code == 303
    assert enter("committee").get(url(signed_up) + "?differs=x,9-y,99999999999-here").status_code == 200
    assert state_of(signed_up, signed_up.wu) is State.CONFIRMED


def test_the_rest_did_not_come_only_after_the_end_and_with_the_ticks_that_stand(enter, signed_up, now):
    now(59)
    lin, ticked = enter("committee"), ticks(signed_up, wu="here")
    early = lin.post(url(signed_up, "attendance/rest"), data=ticked, headers=HTMX)
    assert (early.status_code, "还没结束" in text(early)) == (409, True)
    now(61)
    assert "1 位这次没有来" in text(lin.post(url(signed_up, "attendance/rest"), data=ticked, headers=HTMX))
    assert [state_of(signed_up, p) for p in (signed_up.wu, signed_up.zhou)] == [State.DONE, State.ABSENT]


def test_who_left_early_is_written_down_by_the_lead(enter, signed_up, now):
    now(40)
    lin = enter("committee")
    lin.post(url(signed_up), data=ticks(signed_up, wu="here"))
    id = attendance_of(signed_up, signed_up.wu).id
    for stranger in ("volunteer2", "other-committee"):
        assert enter(stranger).post(f"/attendances/{id}/end", data={"left": "07:30"}).status_code == 404
    answer = lin.post(f"/attendances/{id}/end", data={"left": "07:30"}, headers=HTMX)
    assert part(answer, "list") == part(lin.get(url(signed_up)), "list")
    assert attendance_of(signed_up, signed_up.wu).minutes == 30


def test_one_goes_early_by_oneself(enter, signed_up, now):
    now(0)
    wu = enter("volunteer")
    scan(wu, signed_up)
    wu.post(url(signed_up, "check-in"))
    now(45)
    id = attendance_of(signed_up, signed_up.wu).id
    assert enter("volunteer2").post(f"/attendances/{id}/departure").status_code == 404
    answer = wu.post(f"/attendances/{id}/departure", headers=HTMX)
    assert "45 分钟" in part(answer, "signup")
    assert part(answer, "signup") == part(wu.get(f"/shifts/{signed_up.shift.id}"), "signup")


@pytest.mark.parametrize(("share", "stored"), [("75", 75), ("", 60)])
def test_the_duty_says_how_much_presence_counts(enter, world, share, stored):
    page = enter("committee").get(f"/duties/{world.duty.id}/edit")
    assert 'name="presence_share"' in text(page)
    data = {"activity": "联防巡查", "role": "巡查员", "category_id": world.care.id, "service_kind": "volunteer"}
    data |= {"risk_note": "无", "danger": "0", "version": world.duty.version, "presence_share": share}
    data |= {"capability_id": "0", "project_id": "0", "lead_id": world.lin.id}
    assert enter("committee").post(f"/duties/{world.duty.id}", data=data).status_code == 303
    assert world.duty.presence_share == stored


# ---- The code at the door ----


def test_a_scan_writes_nothing_and_a_press_does(enter, signed_up, now):
    now(-5)
    wu = enter("volunteer")
    assert scan(wu, signed_up).location == url(signed_up, "check-in")
    page = wu.get(url(signed_up, "check-in"))
    assert "签到</button>" in text(page)
    assert state_of(signed_up, signed_up.wu) is State.CONFIRMED
    answer = wu.post(url(signed_up, "check-in"), headers=HTMX)
    assert part(answer, "here") == part(wu.get(url(signed_up, "check-in")), "here")
    row = attendance_of(signed_up, signed_up.wu)
    assert (row.way, row.arrived_at) == (Way.QR, clock.now().replace(microsecond=0))
    again = wu.post(url(signed_up, "check-in"), headers=HTMX)
    assert (again.status_code, "已经签到了" in text(again)) == (409, True)


def test_without_a_scan_there_is_no_button_and_no_way_in(enter, signed_up, now):
    now(0)
    wu = enter("volunteer")
    assert "请扫现场的二维码" in text(wu.get(url(signed_up, "check-in")))
    wu.get(url(signed_up, "door/0123456789abcdef0123"))
    wu.get(url(signed_up, "door/二维码"))
    answer = wu.post(url(signed_up, "check-in"), headers=HTMX)
    assert (answer.status_code, "再扫一次" in text(answer)) == (409, True)
    assert state_of(signed_up, signed_up.wu) is State.CONFIRMED


def test_who_is_not_signed_in_scans_signs_in_and_comes_back(site, enter, signed_up, now):
    from demo.world import PASSWORD

    now(0)
    visitor = enter()
    assert scan(visitor, signed_up).status_code == 303
    asked = visitor.get(url(signed_up, "check-in"))
    assert asked.location == f"/sign-in?next={url(signed_up, 'check-in')}"
    now(4)
    account = {"username": "volunteer", "password": PASSWORD}
    assert visitor.post(asked.location, data=account).location == url(signed_up, "check-in")
    assert visitor.post(url(signed_up, "check-in")).status_code == 303
    assert attendance_of(signed_up, signed_up.wu).arrived_at == signed_up.shift.starts_at, "the moment of the scan"


def test_the_lead_holds_up_a_code_that_changes(enter, signed_up, now):
    now(-90)
    lin = enter("committee")
    assert "06:00起可以扫码签到" in part(lin.get(url(signed_up, "door")), "code")
    now(1)
    first = part(lin.get(url(signed_up, "door")), "code")
    now(2)
    second = part(lin.get(url(signed_up, "door")), "code")
    assert "<svg" in first
    assert first != second
    now(61)
    assert "结束了" in part(lin.get(url(signed_up, "door")), "code")


# ---- Walk-ins ----


def test_who_did_not_sign_up_asks_and_the_lead_says_yes(enter, signed_up, now):
    now(10)
    zhao, lin = enter("partner"), enter("committee")
    scan(zhao, signed_up)
    assert "今天临时来帮忙" in text(zhao.get(url(signed_up, "check-in")))
    answer = zhao.post(url(signed_up, "walk-ins"), headers=HTMX)
    assert "等负责人点头" in part(answer, "here")
    assert part(answer, "here") == part(zhao.get(url(signed_up, "check-in")), "here")
    now(15)
    assert "07:10 扫了码" in part(lin.get(url(signed_up)), "list")
    id = WalkIn.of(signed_up.shift, signed_up.zhao).id
    for stranger in ("volunteer", "other-committee"):
        assert enter(stranger).post(f"/walk-ins/{id}/acceptance").status_code == 404
    assert enter("partner").post(f"/walk-ins/{id}/acceptance").status_code == 403, "not by himself"
    answer = lin.post(f"/walk-ins/{id}/acceptance", headers=HTMX)
    assert part(answer, "list") == part(lin.get(url(signed_up)), "list")
    row = attendance_of(signed_up, signed_up.zhao)
    assert (row.arrived_at, row.way) == (signed_up.shift.starts_at + timedelta(minutes=10), Way.QR)
    assert (signed_up.shift.taken, signed_up.shift.seats) == (3, 3), "one more than was planned"
    assert lin.post(f"/walk-ins/{id}/refusal").status_code == 409


def test_a_walk_in_who_is_not_needed_is_told_and_may_ask_again(enter, signed_up, now):
    now(10)
    zhao, lin = enter("partner"), enter("committee")
    scan(zhao, signed_up)
    zhao.post(url(signed_up, "walk-ins"))
    id = WalkIn.of(signed_up.shift, signed_up.zhao).id
    assert lin.post(f"/walk-ins/{id}/refusal").status_code == 303
    assert "不缺人了" in text(zhao.get("/notices/"))
    assert zhao.get(f"/walk-ins/{id}").location == f"/shifts/{signed_up.shift.id}"
    assert lin.get(f"/walk-ins/{id}").location == url(signed_up)
    scan(zhao, signed_up)
    assert zhao.post(url(signed_up, "walk-ins")).status_code == 303
    assert WalkIn.of(signed_up.shift, signed_up.zhao).state is Asking.ASKED
    assert zhao.post(url(signed_up, "walk-ins")).status_code == 409


def test_the_lead_adds_somebody_he_knows_by_number(enter, signed_up, now):
    now(20)
    lin = enter("committee")
    answer = lin.post(url(signed_up, "helpers"), data={"phone": signed_up.zhao.phone, "at": "07:15"}, headers=HTMX)
    assert part(answer, "list") == part(lin.get(url(signed_up)), "list")
    assert attendance_of(signed_up, signed_up.zhao).minutes == 5
    assert signed_up.shift.signup_of(signed_up.zhao).is_on_behalf
    unknown = lin.post(url(signed_up, "helpers"), data={"phone": "10099999999"}, headers=HTMX)
    assert (unknown.status_code, "还没有登记过" in part(unknown, "list")) == (409, True)
    for phone in (signed_up.wu.phone, signed_up.wu.phone):
        listed = lin.post(url(signed_up, "helpers"), data={"phone": phone}, headers=HTMX)
    assert state_of(signed_up, signed_up.wu) is State.PRESENT, "who signed up is ticked by number as well"
    assert (listed.status_code, "已经签到了" in text(listed)) == (409, True)


def test_nobody_finds_out_at_the_door_who_is_registered(enter, signed_up, now, monkeypatch):
    monkeypatch.setattr("volunteers.web.somebody.NUMBERS_AN_HOUR", 1)
    now(20)
    lin = enter("committee")
    lin.post(url(signed_up, "helpers"), data={"phone": "10099999999"})
    assert "这个号码没有去查" in text(lin.post(url(signed_up, "helpers"), data={"phone": signed_up.zhao.phone}))


# ---- Paper codes ----


def printed(answer) -> list[str]:
    """The codes of a sheet."""
    return [line.split("</p>")[0] for line in text(answer).split('<p class="code">')[1:]]


def test_a_sheet_is_printed_and_a_code_is_used_once(enter, signed_up, now):
    now(-30)
    lin = enter("committee")
    codes = printed(lin.post(url(signed_up, "time-codes"), data={"count": "3"}))
    assert len(set(codes)) == 3
    now(200)
    wu, zhou = enter("volunteer"), enter("volunteer2")
    answer = wu.post("/time-code", data={"code": codes[0].lower().replace(" ", "-")}, headers=HTMX)
    assert "签到记好了" in text(answer)
    assert part(answer, "code") == part(wu.get("/time-code"), "code")
    row = attendance_of(signed_up, signed_up.wu)
    assert (row.way, row.minutes, state_of(signed_up, signed_up.wu)) == (Way.CODE, 60, State.DONE)
    for wrong in (codes[0], "AAAAAA"):
        answer = zhou.post("/time-code", data={"code": wrong}, headers=HTMX)
        assert (answer.status_code, "这个码不对，或者已经用过" in part(answer, "code")) == (409, True)
    assert state_of(signed_up, signed_up.zhou) is State.CONFIRMED


def test_a_new_sheet_voids_the_old_one(enter, signed_up, now):
    now(-30)
    lin = enter("committee")
    old = printed(lin.post(url(signed_up, "time-codes"), data={"count": "2"}))
    printed(lin.post(url(signed_up, "time-codes"), data={"count": "2"}))
    now(10)
    assert enter("volunteer").post("/time-code", data={"code": old[0]}).status_code == 409
    left = db.select(db.func.count()).where(TimeCode.shift_id == signed_up.shift.id, TimeCode.open_())
    assert db.session.scalar(left) == 2


def test_the_slip_that_somebody_handed_in(enter, signed_up, now):
    now(-30)
    lin = enter("committee")
    [code] = printed(lin.post(url(signed_up, "time-codes"), data={"count": "1"}))
    now(50)
    id = signed_up.shift.signup_of(signed_up.wu).id
    answer = lin.post(
        url(signed_up, "time-codes/use"), data={"signup_id": id, "code": code, "at": "07:10"}, headers=HTMX
    )
    assert part(answer, "list") == part(lin.get(url(signed_up)), "list")
    row = attendance_of(signed_up, signed_up.wu)
    assert (row.way, row.minutes) == (Way.CODE, 40)
    other = lin.post(url(signed_up, "time-codes/use"), data={"signup_id": "9999", "code": code}, headers=HTMX)
    assert (other.status_code, "不在名单上" in text(other)) == (409, True)


def test_nobody_finds_a_code_by_trying(enter, signed_up, now, monkeypatch):
    monkeypatch.setattr("volunteers.web.attendances.codes.TRIES_AN_HOUR", 2)
    now(-30)
    [code] = printed(enter("committee").post(url(signed_up, "time-codes"), data={"count": "1"}))
    now(10)
    wu = enter("volunteer")
    for wrong in ("AAAAAA", "CCCCCC"):
        assert "这个码不对" in text(wu.post("/time-code", data={"code": wrong}))
    assert "试的次数太多了" in text(wu.post("/time-code", data={"code": code}))
    assert state_of(signed_up, signed_up.wu) is State.CONFIRMED


def test_a_code_of_another_shift_opens_nothing_here(enter, signed_up, now):
    now(-30)
    [code] = printed(enter("committee").post(f"/shifts/{signed_up.shift2.id}/time-codes", data={"count": "1"}))
    now(40)
    id = signed_up.shift.signup_of(signed_up.wu).id
    answer = enter("committee").post(url(signed_up, "time-codes/use"), data={"signup_id": id, "code": code})
    assert answer.status_code == 409
    assert enter("volunteer").post("/time-code", data={"code": code}).status_code == 409
    assert state_of(signed_up, signed_up.wu) is State.CONFIRMED


# ---- Call-backs ----


def test_somebody_other_than_the_lead_rings_those_who_were_drawn(enter, signed_up, now):
    with work():
        signed_up.duty.hand_over(signed_up.zhou, by=signed_up.lin)
    now(70)
    zhou, lin = enter("volunteer2"), enter("committee")
    zhou.post(url(signed_up), data=ticks(signed_up, wu="here"))
    assert "抽几位回访" not in text(zhou.get(url(signed_up)))
    assert zhou.post(url(signed_up, "call-backs")).status_code == 403
    answer = lin.post(url(signed_up, "call-backs"), headers=HTMX)
    assert part(answer, "list") == part(lin.get(url(signed_up)), "list")
    [row] = db.session.scalars(CallBack.of_shift(signed_up.shift)).all()
    assert zhou.post(f"/call-backs/{row.id}", data={"answer": "came"}).status_code == 403
    assert enter("volunteer").post(f"/call-backs/{row.id}", data={"answer": "came"}).status_code == 404
    assert lin.post(f"/call-backs/{row.id}", data={"answer": "unreached"}).status_code == 303
    answer = lin.post(f"/call-backs/{row.id}", data={"answer": "came"}, headers=HTMX)
    assert "说来过" in part(answer, "list")
    assert lin.post(f"/call-backs/{row.id}", data={"answer": "not_came"}).status_code == 409
    assert lin.post(url(signed_up, "call-backs")).status_code == 409


# ---- Paper, the desk and the shift's own page ----


def test_the_slip_says_who_signed_him_up_and_why(enter, world):
    lin = enter("committee")
    lin.post(url(world, "people"), data={"phone": world.wu.phone, "reason": "不会用手机"})
    id = world.shift.signup_of(world.wu).id
    slip = text(lin.get(f"/signups/{id}/slip"))
    for words in ("吴阿姨", "联防巡查", "31小区东门", "林书记（示例）替您报的名", "不会用手机", "无特殊风险"):
        assert words in slip
    assert enter("other-committee").get(f"/signups/{id}/slip").status_code == 404
    assert enter("volunteer").get(f"/signups/{id}/slip").status_code == 403
    own = part(enter("volunteer").get(f"/shifts/{world.shift.id}"), "signup")
    assert "林书记（示例）替您报的名" in own
    assert "不会用手机" in own


def test_somebody_is_signed_up_by_others_only_with_a_reason(enter, world):
    answer = enter("committee").post(url(world, "people"), data={"phone": world.wu.phone}, headers=HTMX)
    assert answer.status_code == 422
    assert world.shift.signup_of(world.wu) is None


def test_the_paper_list_has_room_for_walk_ins(enter, signed_up, now):
    page = text(enter("committee").get(url(signed_up, "roster")))
    assert page.count("□") == 7
    assert signed_up.wu.phone not in page


def test_what_is_not_ticked_waits_for_the_lead_after_the_end(enter, signed_up, now):
    now(59)
    lin = enter("committee")
    assert "名单还没点完" not in text(lin.get("/today"))
    now(61)
    assert "名单还没点完" in text(lin.get("/today"))
    (line,) = [line for line in waiting.lines(signed_up.lin) if line.desk.kind == "attendance.unticked"]
    day = clock.local(signed_up.shift.ends_at).date()
    assert line.due == working_days_after(day, 10), "67号令 art. 11: when the list closes"
    assert "名单还没点完" not in text(enter("subdistrict").get("/today"))
    lin.post(url(signed_up), data=ticks(signed_up, wu="here", zhou="away"))
    assert "名单还没点完" not in text(lin.get("/today"))


def test_one_sees_on_the_page_of_the_shift_what_was_noted(enter, signed_up, now):
    now(-30)
    wu, lin = enter("volunteer"), enter("committee")
    assert "扫负责人手里的二维码" in part(wu.get(f"/shifts/{signed_up.shift.id}"), "signup")
    now(70)
    lin.post(url(signed_up), data=ticks(signed_up, wu="away", zhou="here", zhou_at="07:50"))
    assert "记错了，请告诉负责人" in part(wu.get(f"/shifts/{signed_up.shift.id}"), "signup")
    page = part(enter("volunteer2").get(f"/shifts/{signed_up.shift.id}"), "signup")
    assert "10 分钟" in page
    assert "百分之 60" in page


def test_the_list_of_thirty_costs_at_most_eight_statements(enter, signed_up, now, many):
    now(70)
    for name, paths in {"committee": ("attendance", "roster", "door"), "volunteer": ("check-in",)}.items():
        client = enter(name)
        for path in paths:
            client.get(url(signed_up, path))
            with counted() as said:
                assert client.get(url(signed_up, path)).status_code == 200
            assert len(said) <= 8, path + "\n" + "\n".join(said)


@pytest.fixture
def many(signed_up):
    """Thirty people who came, ten who ask at the door, call-backs."""
    shift, lin = signed_up.shift, signed_up.lin
    with work():
        shift.resize(40, by=lin)
        new = [
            Volunteer.join(name=f"示例{n}", phone=f"102{n:08}", home=signed_up.building1, password_hash=None).person
            for n in range(40)
        ]
        for person in new[:30]:
            shift.sign_up(person, by=person)
    with time_machine.travel(shift.starts_at + timedelta(minutes=70), tick=False), work():
        shift = signed_up.shift
        for person in new[:30]:
            Attendance.arrive(shift, person, way=Way.LIST, by=signed_up.lin, at=shift.starts_at)
        for person in new[30:]:
            WalkIn.ask(shift, person, at=shift.starts_at)
        CallBack.draw(shift, by=signed_up.he)
    return new
