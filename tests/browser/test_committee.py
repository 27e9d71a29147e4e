"""J3 on a desk: from a need in the community to a project that is closed, with and without script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from communities.working_day import CalendarDay
from kernel import clock
from kernel.work import work
from tests.support.browser import sign_in

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])
WEEK = timedelta(days=7)
TUESDAY = 1
FIRST = clock.today() + timedelta(days=1 + (TUESDAY - clock.today().weekday() - 1) % 7)  # the next Tuesday
LAST = FIRST + 3 * WEEK


@pytest.fixture
def holiday(world):
    """The second of the four Tuesdays is a public holiday."""
    with work():
        CalendarDay.enter(FIRST + WEEK, False, "示例节", by=world.gao)


@pytest.fixture
def delivered(world):
    """Everything of the project was taken on by one partner, accepted and delivered."""
    with work():
        for adoption in world.project.adopt_all(world.egret, pledge="", by=world.zhao):
            adoption.accept(by=world.lin)
            adoption.deliver("都修好了。", by=world.zhao)


@BOTH
def test_a_need_becomes_a_project_with_shifts_on_tuesdays(desktop, world, holiday, script):
    sign_in(desktop, "committee")
    desktop.goto("/today")
    desktop.get_by_role("link", name="写一个公益项目").click()
    title = desktop.get_by_label("项目名称")
    title.fill("给独居老人理发")
    desktop.get_by_label("类别").select_option(label="助老助残")
    desktop.get_by_label("从哪天开始").fill(FIRST.isoformat())
    desktop.get_by_label("到哪天结束").fill(LAST.isoformat())
    desktop.get_by_label("要做的事").fill("上门理发")
    desktop.get_by_label("多少").fill("12")
    desktop.get_by_role("button", name="发布项目").click()
    risk = desktop.get_by_label("安全提示")
    expect(risk).to_have_accessible_description(re.compile("发布前请写明可能的风险和注意事项"))
    expect(title).to_have_value("给独居老人理发")
    expect(desktop.get_by_label("要做的事")).to_have_value("上门理发")
    risk.fill("剪刀不离手。")
    desktop.get_by_role("button", name="发布项目").click()
    expect(desktop.get_by_role("status")).to_contain_text("“给独居老人理发”已发布，合伙人可以认领了。")
    project = desktop.url

    desktop.get_by_role("link", name="写一个岗位").click()
    desktop.get_by_label("活动名称", exact=True).fill("义剪")
    desktop.get_by_label("岗位").fill("陪老人说话")
    desktop.get_by_label("风险和注意事项").fill("无特殊风险")
    desktop.get_by_role("button", name="写好，去排日子").click()
    desktop.get_by_label("周二").check()
    desktop.get_by_label("从哪天").fill(FIRST.isoformat())
    desktop.get_by_label("到哪天").fill(LAST.isoformat())
    desktop.get_by_label("几点开始").fill("07:00")
    desktop.get_by_label("几点结束").fill("08:00")
    desktop.get_by_label("每场几个人").fill("4")
    desktop.get_by_label("法定节假日不办").check()
    desktop.get_by_role("button", name="排进日历").click()
    expect(desktop.get_by_role("status")).to_contain_text("排好了 3 场")

    desktop.goto(project)
    dates = desktop.locator("#duties").get_by_role("row").filter(has_text="义剪 · 陪老人说话")
    expect(dates).to_have_count(3)
    for row, day in enumerate((FIRST, FIRST + 2 * WEEK, LAST)):
        expect(dates.nth(row)).to_contain_text(re.compile(f"{day.month}月{day.day}日 周二 07:00–\u2060?08:00"))
        expect(dates.nth(row)).to_contain_text("0 / 4，缺 4 人")


@BOTH
def test_a_shift_is_called_off_with_a_reason(desktop, desk, world, script):
    with work():
        world.shift2.sign_up(world.wu, by=world.wu)
    sign_in(desktop, "committee")
    desktop.goto(f"/shifts/{world.shift2.id}")
    desktop.get_by_text("取消这一场", exact=True).click()
    desktop.get_by_role("button", name="取消这一场，通知大家").click()
    expect(desktop.get_by_label("为什么取消")).to_have_accessible_description(re.compile("这一项要填。"))
    desktop.get_by_label("为什么取消").fill("下雨，改到下周六")
    desktop.get_by_role("button", name="取消这一场，通知大家").click()
    expect(desktop.get_by_role("status")).to_contain_text("这一场取消了，报了名的人都会收到通知。")
    volunteer = desk("volunteer")
    volunteer.goto(f"/shifts/{world.shift2.id}")
    expect(volunteer.get_by_role("main")).to_contain_text("下雨，改到下周六")
    volunteer.goto("/notices/")
    expect(volunteer.get_by_role("main")).to_contain_text("义剪 · 引导排队")


@BOTH
def test_a_delivered_project_is_closed_with_what_came_of_it(desktop, desk, world, delivered, script):
    sign_in(desktop, "committee")
    desktop.goto("/today")
    desktop.get_by_role("link", name=f"去结项 {world.project.title}").click()
    desktop.get_by_label("多少人受益").fill("63")
    desktop.get_by_role("button", name="写好了，结项").click()
    outcome = desktop.get_by_label("成效")
    expect(outcome).to_have_accessible_description(re.compile("这一项要填。"))
    expect(desktop.get_by_label("多少人受益")).to_have_value("63")
    outcome.fill("63 户老人的家电都检修了一遍。")
    desktop.get_by_role("button", name="写好了，结项").click()
    expect(desktop.get_by_role("status")).to_contain_text(f"“{world.project.title}”已结项")
    visitor = desk()
    visitor.goto(f"/projects/{world.project.id}")
    expect(visitor.get_by_text("63 户老人的家电都检修了一遍。")).to_be_visible()
    expect(visitor.get_by_role("main")).to_contain_text("已结项")


def test_in_english_as_well(desktop, world, delivered):
    desktop.goto("/language/en")
    sign_in(desktop, "committee")
    desktop.goto("/today")
    desktop.get_by_role("link", name=f"Close {world.project.title}").click()
    desktop.get_by_label("Outcome").fill("63 households had their appliances checked.")
    desktop.get_by_role("button", name="Close with this outcome").click()
    expect(desktop.get_by_role("status")).to_contain_text("Its outcome is on the page")
    expect(desktop.get_by_text("63 households had their appliances checked.")).to_be_visible()
