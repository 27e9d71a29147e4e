"""J6: somebody without a phone is signed up, takes a slip home and can see who did it; in each manner of reading."""

import re

import pytest
from playwright.sync_api import Page, expect

from kernel.i18n import _
from volunteers.web.telling import SENTENCES

from .conftest import fits

pytestmark = pytest.mark.browser
DUTY, NAME, CALLED_AT = "联防巡查 · 巡查员", "蒋奶奶（示例）", "02910000077"
REASON = "不会用手机，当面托我报的"


@pytest.fixture
def says(manner):
    return manner.says


def register(page: Page, says, world) -> None:
    """He is not known here yet: home, name and the number of a phone that is answered."""
    page.get_by_role("link", name=says(_("他还没登记"))).tap()
    page.get_by_label(says(_("小区和楼号"))).fill("1号楼")
    page.get_by_role("button", name=says(_("找")), exact=True).tap()
    page.get_by_label(says(_("住哪儿"))).select_option(str(world.building1.id))
    page.get_by_label(says(_("姓名")), exact=True).fill(NAME)
    page.get_by_label(says(_("手机号"))).fill(CALLED_AT)
    page.get_by_label(says(_("已满 18 周岁")), exact=True).check()
    fits(page)
    page.get_by_role("button", name=says(_("登记")), exact=True).tap()
    expect(page.get_by_role("status")).to_contain_text(NAME)


def print_card(page: Page, says) -> str:
    """A card to sign in with at somebody's phone; gives its digits."""
    fits(page)
    page.get_by_role("listitem").filter(has_text=NAME).get_by_role("button", name=says(_("印登录卡"))).tap()
    expect(page.get_by_role("img", name=says(_("登录用的二维码")))).to_be_visible()
    return page.locator(".code").inner_text()


def sign_up_for(page: Page, says) -> None:
    """Nobody is signed up by others without a reason that he can read."""
    page.get_by_label(says(_("他的手机号或座机"))).fill(CALLED_AT)
    page.get_by_role("button", name=says(_("替他报名"))).tap()
    reason = page.get_by_label(says(_("为什么替他报")))
    expect(reason).to_have_accessible_description(re.compile(says(_("这一项要填。"))))
    reason.fill(REASON)
    page.get_by_role("button", name=says(_("替他报名"))).tap()
    expect(page.get_by_role("status")).to_contain_text(says(_("替%(person)s报好了。")) % {"person": NAME})
    expect(page.get_by_role("row").filter(has_text=NAME)).to_be_visible()
    fits(page)


def print_slip(page: Page, says) -> None:
    """What he takes home says when, where, who did it and why."""
    page.get_by_role("link", name=says(_("打印%(person)s的报名条", person=NAME))).tap()
    slip = page.locator(".slip")
    for words in (NAME, DUTY, "31小区东门", REASON, says(_("%(by)s替您报的名。", by="林书记（示例）"))):
        expect(slip).to_contain_text(words)
    expect(page.get_by_role("img", name=says(_("这一场的二维码")))).to_be_visible()
    fits(page)


def come_in(page: Page, says, digits: str) -> None:
    """With the card, on the phone of a grandchild."""
    page.goto("/sign-in")
    page.get_by_text(says(_("有登录卡、首次登录码，或忘了密码"))).tap()
    page.get_by_label(says(_("手机号")), exact=True).fill(CALLED_AT)
    page.get_by_label(says(_("卡上的 8 位数字"))).fill(digits)
    page.get_by_role("button", name=says(_("用卡登录"))).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)


def read_who_did_it(page: Page, says) -> None:
    """On the page of the shift and in the messages."""
    page.get_by_role("link", name=says(_("看看要做什么"))).tap()
    expect(page.locator("#signup")).to_contain_text(says(_("%(by)s替您报的名。", by="林书记（示例）")))
    expect(page.locator("#signup")).to_contain_text(REASON)
    fits(page)
    page.goto("/notices/")
    expect(page.get_by_role("listitem").filter(has_text=told(says))).to_be_visible()


def told(says) -> str:
    """The line of the journal, up to the name of the shift."""
    names = {"by": "林书记（示例）", "person": NAME, "shift": ""}
    return (says(SENTENCES["signup.confirmed_for"]) % names).strip()


def test_somebody_without_a_phone_is_signed_up_and_sees_by_whom(come, says, world):
    staff, grandchild = come("committee"), come()
    staff.goto(f"/shifts/{world.shift.id}")
    register(staff, says, world)
    digits = print_card(staff, says)
    staff.goto(f"/shifts/{world.shift.id}")
    sign_up_for(staff, says)
    print_slip(staff, says)
    come_in(grandchild, says, digits)
    read_who_did_it(grandchild, says)
    staff.goto("/journal/?all=1")
    expect(staff.get_by_text(told(says))).to_be_visible()
    grandchild.context.clear_cookies()
    grandchild.goto("/journal/")
    expect(grandchild.get_by_role("main")).not_to_contain_text("蒋奶奶")
