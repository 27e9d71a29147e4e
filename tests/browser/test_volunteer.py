"""J1 on a phone: from the first page to a shift in the calendar, and out of it again, with and without script."""

import re
from urllib.request import urlopen

import icalendar
import pytest
import recurring_ical_events
from ics import Calendar
from playwright.sync_api import expect

from tests.support.browser import sign_in

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])


def feed_of(page) -> str:
    """The address that /me shows."""
    page.goto("/me")
    return page.get_by_label("日历地址").input_value()


def fetched(address: str) -> str:
    with urlopen(address, timeout=10) as answer:
        return answer.read().decode()


@BOTH
def test_two_taps_from_the_first_page_to_a_claimed_shift(phone, world, script):
    sign_in(phone, "volunteer")
    phone.goto("/")
    phone.get_by_role("link", name="看全部能去的活动").tap()
    card = phone.get_by_role("listitem").filter(has_text="义剪 · 引导排队")
    card.get_by_role("button", name="报名").tap()
    expect(phone.get_by_role("status")).to_contain_text("已报名“义剪 · 引导排队”")
    expect(card.get_by_role("button", name="这次去不了")).to_be_visible()


@BOTH
def test_the_sign_up_is_in_the_calendar_and_leaving_takes_it_out(phone, world, script):
    sign_in(phone, "volunteer")
    phone.goto(f"/shifts/{world.shift2.id}")
    phone.get_by_role("button", name="报名").tap()
    expect(phone.get_by_role("button", name="这次去不了")).to_be_visible()
    address = feed_of(phone)
    text = fetched(address)
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == "义剪 · 引导排队"
    assert {one.name for one in Calendar(text).events} == {"义剪 · 引导排队"}
    start = event["DTSTART"].dt
    assert [str(one["UID"]) for one in recurring_ical_events.of(icalendar.Calendar.from_ical(text)).at(start.date())]
    phone.get_by_role("button", name="这次去不了").first.tap()
    expect(phone.get_by_text("您还没有报名活动。")).to_be_visible()
    later = icalendar.Calendar.from_ical(fetched(address)).walk("VEVENT")[0]
    assert later["UID"] == event["UID"]
    assert later["STATUS"] == "CANCELLED"
    assert later["SEQUENCE"] > event["SEQUENCE"]


@BOTH
def test_somebody_new_joins_and_sees_what_is_near(phone, world, script):
    phone.goto("/")
    phone.get_by_role("link", name="我来当志愿者").tap()
    phone.get_by_label("小区和楼号").fill("1号楼")
    phone.get_by_role("button", name="找").tap()
    phone.get_by_label("您住哪儿").select_option(str(world.building1.id))
    phone.get_by_label("姓名").fill("陈新")
    phone.get_by_label("手机号").fill("13800001111")
    phone.get_by_label("设一个密码").fill("喝茶看报遛弯儿下棋")
    phone.get_by_label("我已满 18 周岁").check()
    phone.get_by_role("button", name="登记").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("陈新")
    expect(phone.get_by_role("heading", name="适合您的")).to_be_visible()


def test_the_second_waits_and_is_asked_when_the_first_leaves(phone, desktop, world):
    sign_in(phone, "volunteer")
    phone.goto(f"/shifts/{world.shift.id}")
    phone.get_by_role("button", name="报名").tap()
    expect(phone.get_by_role("button", name="这次去不了")).to_be_visible()
    sign_in(desktop, "volunteer2")
    desktop.goto("/shifts/")
    card = desktop.get_by_role("listitem").filter(has_text="联防巡查 · 巡查员")
    card.get_by_role("button", name="我要候补（前面 0 人）").click()
    expect(card).to_contain_text("候补中")
    phone.get_by_role("button", name="这次去不了").tap()
    expect(phone.get_by_role("button", name=re.compile("我要候补"))).to_be_visible()
    desktop.goto("/")
    desktop.get_by_role("button", name="我去").click()
    expect(desktop.get_by_role("status")).to_contain_text("已报名")


def test_a_clash_is_explained_in_the_list(phone, world):
    sign_in(phone, "volunteer")
    phone.goto(f"/shifts/{world.shift.id}")
    phone.get_by_role("button", name="报名").tap()
    expect(phone.get_by_role("button", name="这次去不了")).to_be_visible()
    phone.goto("/shifts/")
    phone.get_by_text("场您去不了，看看为什么").tap()
    expect(phone.get_by_text("这个时间您已报名“联防巡查 · 巡查员 07:00–08:00”")).to_be_visible()


def test_in_english_as_well(phone, world):
    phone.goto("/language/en")
    sign_in(phone, "volunteer")
    phone.goto("/shifts/")
    phone.get_by_role("button", name="Sign up").last.tap()
    expect(phone.get_by_role("status")).to_contain_text("See you there")
