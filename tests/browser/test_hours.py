"""The end of J5 on a phone: confirmed by a second person, certified, checked by anybody; with and without script."""

from datetime import time, timedelta

import pytest
from playwright.sync_api import expect

from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.support.browser import PHONE, page_of, sign_in, violations
from volunteers.attendances.attendance import Attendance, Way
from volunteers.pattern import Pattern
from volunteers.shift import Shift
from volunteers.signup import Signup, State

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])


@pytest.fixture
def yesterday(world):
    """联防巡查 of yesterday: 吴阿姨 stayed to the end, 周师傅 left after 40 minutes, as 赵社长 noted."""
    day = clock.today() - timedelta(days=1)
    with work():
        [shift] = Shift.plan(world.duty, Pattern(frozenset(), time(7), time(8), day, day), 3, by=world.lin)
        db.session.flush()
        for person, left in ((world.wu, 60), (world.zhou, 40)):
            asked = shift.starts_at - timedelta(days=1)
            signup = Signup(shift_id=shift.id, person_id=person.id, state=State.DONE, queued_at=asked)
            db.session.add(signup)
            db.session.flush()
            row = Attendance(signup_id=signup.id, way=Way.LIST, by_id=world.zhao.id, arrived_at=shift.starts_at)
            row.left_at = shift.starts_at + timedelta(minutes=left)
            db.session.add(row)
        shift.taken = 2
        db.session.flush()
    return day


@BOTH
def test_confirmed_by_a_second_person_certified_and_checked_by_anybody(phone, world, live, browser, yesterday, script):
    with page_of(browser, live.url, script) as desk:
        sign_in(desk, "committee")
        desk.goto("/today")
        desk.get_by_role("link", name="去确认").click()
        expect(desk.get_by_text("计划 60 分钟，在场 40 分钟")).to_be_visible()
        desk.get_by_role("button", name="这 1 人都确认").click()
        expect(desk.get_by_role("status")).to_contain_text("1 人的时长确认好了")
        desk.get_by_role("button", name="照这样确认").click()
        expect(desk.get_by_text("没有等确认的时长")).to_be_visible()
    sign_in(phone, "volunteer")
    phone.goto("/me")
    expect(phone.locator("#my-hours")).to_contain_text("1.0 小时")
    phone.get_by_role("link", name="打印证明").tap()
    phone.get_by_role("button", name="出证明").tap()
    expect(phone.get_by_role("status")).to_contain_text("不收费")
    number = phone.get_by_role("heading", level=1).inner_text()
    phone.get_by_role("link", name="打印", exact=True).tap()
    expect(phone.get_by_text("志愿服务时间合计 1.0 小时（60 分钟）")).to_be_visible()
    with page_of(browser, live.url, script) as anybody:
        anybody.goto("/certificates/")
        anybody.get_by_label("编号").fill(number.lower().replace("-", " "))
        anybody.get_by_role("button", name="查验", exact=True).click()
        expect(anybody.get_by_text("现在有效")).to_be_visible()
        expect(anybody.get_by_text("吴**")).to_be_visible()
        anybody.goto(f"/certificates/{number[:-1]}{'A' if number[-1] != 'A' else 'B'}")
        expect(anybody.get_by_text("这里没有出过这份证明")).to_be_visible()


@BOTH
def test_the_volunteer_asks_for_a_correction_and_is_answered(phone, world, live, browser, yesterday, script):
    sign_in(phone, "volunteer")
    phone.goto("/me/hours")
    phone.get_by_role("link", name="时长不对，申请更正").tap()
    phone.get_by_label("应该是多少分钟").fill("90")
    phone.get_by_label("再说一句").fill("收摊晚")
    phone.get_by_role("button", name="请社区更正").tap()
    expect(phone.get_by_text("等社区答复")).to_be_visible()
    with page_of(browser, live.url, script) as desk:
        sign_in(desk, "committee")
        desk.goto("/today")
        desk.get_by_role("link", name="去答复").last.click()
        expect(desk.get_by_text("收摊晚")).to_be_visible()
        desk.get_by_role("button", name="同意，改成 90 分钟").click()
        expect(desk.get_by_text("已更正").first).to_be_visible()
    phone.goto("/me/hours")
    expect(phone.get_by_text("1.5 小时").first).to_be_visible()


def test_the_pages_of_hours_are_accessible_and_fit_a_phone(browser, live, world, yesterday):
    here, found = f"/places/{world.community.code}/hours", []
    pages = [here, f"{here}/ledger", f"{here}/proof", f"/people/{world.wu.id}/hours", "/certificates/"]
    # axe writes a style of its own into the page, which our policy would refuse.
    with page_of(browser, live.url, shape=PHONE | {"bypass_csp": True}) as page:
        sign_in(page, "committee")
        for path in (*pages, "/certificates/keys", "/hour-transfer-imports/"):
            page.goto(path)
            found += [f"{path}: {fault}" for fault in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path}: too wide")
    assert found == []
