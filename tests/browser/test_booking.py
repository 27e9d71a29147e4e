"""A choir books every Tuesday: two dates are refused, one of them heals; seen by owner, colleague and stranger."""

import pytest
from playwright.sync_api import Page, expect

from kernel.work import work
from partners.member import Role
from partners.resources.booker import Booker
from tests.support.browser import sign_in
from tests.support.lending import TUESDAY, coming, lend, span

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])


@pytest.fixture
def theatre(world):
    """The theatre; the community has two of the Tuesdays; 赵社长 sings along without being the manager."""
    with work():
        lent = lend(world)
        lent.choir.join(world.zhao, Role.MEMBER, by=world.wu)
        office = Booker(office=world.community)
        for week in (2, 4):
            lent.hall.book(office, *span(coming(TUESDAY, week), 13, 17), purpose="居民议事会", by=world.lin)
        return lent.hall.id


def find_the_theatre(page: Page) -> None:
    """From the partners to the list of resources to the theatre."""
    page.goto("/resources/")
    page.get_by_label("找场地和资源").fill("音响")
    page.get_by_role("button", name="找资源").click()
    page.get_by_role("link", name="幸福剧场").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("幸福剧场")


def ask_for_every_tuesday(page: Page) -> None:
    """Fill in the form of the series."""
    page.get_by_text("每周固定约", exact=True).click()
    form = page.locator("#book form").last
    form.get_by_label("周二").check()
    form.get_by_label("几点开始").fill("14:00")
    form.get_by_label("几点结束").fill("16:00")
    form.get_by_label("从哪天").fill(coming(TUESDAY).isoformat())
    form.get_by_label("到哪天").fill(coming(TUESDAY, 6).isoformat())
    form.get_by_label("用来做什么").fill("合唱排练")
    form.get_by_role("button", name="约这些日子").click()


def row(page: Page, week: int):
    """The line of a date in the list of a series."""
    day = coming(TUESDAY, week)
    return page.get_by_role("row").filter(has_text=f"{day.month}月{day.day}日")


@BOTH
def test_a_choirs_tuesdays_of_which_two_are_refused_and_one_heals(phone, desk, world, theatre, script):
    sign_in(phone, "volunteer")
    find_the_theatre(phone)
    ask_for_every_tuesday(phone)
    expect(phone.get_by_role("status")).to_contain_text("约好了 4 个日子；2 个在排队")
    for week in (2, 4):
        expect(row(phone, week)).to_contain_text("这个时间约给别人了")
    series = phone.url

    colleague = desk("partner")
    colleague.goto(series)
    expect(row(colleague, 2)).to_contain_text("在排队")
    expect(colleague.get_by_role("button", name="以后都不来了")).to_have_count(0)

    stranger = desk("volunteer2")
    assert stranger.goto(series).status == 404
    stranger.goto(f"/resources/{theatre}/week?from={coming(TUESDAY)}")
    expect(stranger.get_by_role("row").nth(2)).to_contain_text("东方合唱团（示例）")

    committee = desk("committee")
    committee.goto("/bookings/")
    committee.get_by_role("row").filter(has_text="幸福剧场").first.get_by_role("link", name="看这条预约").click()
    committee.get_by_role("button", name="不用了，让给别人").click()
    expect(committee.get_by_role("status")).to_contain_text("取消了，时间让给排队的人。")

    phone.goto("/notices/")
    expect(phone.get_by_text("空出来了，已经约给您")).to_have_count(1)
    phone.goto(series)
    expect(row(phone, 2)).to_contain_text("约好了")
    expect(row(phone, 4)).to_contain_text("在排队")

    owner = desk("department")
    owner.goto("/bookings/?side=lent")
    expect(owner.get_by_role("row").filter(has_text="东方合唱团（示例）")).to_have_count(6)


@BOTH
def test_the_loser_is_told_and_takes_the_nearest_free_time(phone, desk, world, theatre, script):
    day = coming(TUESDAY, 2)
    sign_in(phone, "volunteer2")
    phone.goto(f"/resources/{theatre}?day={day}&starts=14:00&ends=16:00")
    phone.get_by_role("button", name="约这个时间").tap()
    expect(phone.get_by_text("已经约给“东方社区（社区自用）”").first).to_be_visible()
    phone.locator("#book li a").first.tap()
    expect(phone.get_by_label("几点开始").first).not_to_have_value("14:00")
    phone.get_by_role("button", name="约这个时间").tap()
    expect(phone.get_by_role("status")).to_contain_text("约好了：幸福剧场")

    owner = desk("department")
    owner.goto(f"/resources/{theatre}")
    owner.locator("#concerned").get_by_role("listitem").filter(has_text="东方舞蹈队").get_by_role("link").click()
    owner.get_by_text("收回这个时间").click()
    owner.get_by_label("原因").fill("灯光坏了")
    owner.get_by_role("button", name="收回并说明原因").click()
    expect(owner.get_by_role("status")).to_contain_text("会看到原因")


def test_in_english_as_well(phone, world, theatre):
    phone.goto("/language/en")
    sign_in(phone, "volunteer")
    phone.goto("/resources/")
    phone.get_by_role("link", name="幸福剧场").tap()
    form = phone.locator("#book form").first
    form.get_by_label("Which day").fill(coming(TUESDAY).isoformat())
    form.get_by_label("Begins at").fill("14:00")
    form.get_by_label("Ends at").fill("16:00")
    phone.get_by_role("button", name="Book this time").tap()
    expect(phone.get_by_role("status")).to_contain_text("Booked: 幸福剧场")
