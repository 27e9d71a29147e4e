"""J2 on a desk: from the application to what a partner gave back, with and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from partners.credit_code import check_character
from tests.support.browser import sign_in

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])
BODY = "91610102MA6TEXT0X"
RIGHT = BODY + check_character(BODY)
WRONG = BODY + ("1" if RIGHT.endswith("0") else "0")
FIRM = "长乐五金（示例）"


def adopt(page: Page, project, partner: str, part: str, pledge: str) -> None:
    """Take on all that is left of a part."""
    page.goto("/projects/")
    page.get_by_role("link", name=project.title).click()
    page.get_by_label("以哪家的名义").select_option(label=partner)
    page.get_by_label("认领哪一部分").select_option(label=part)
    page.get_by_label("我们能做的").fill(pledge)
    page.get_by_role("button", name="认领", exact=True).click()


def accept(page: Page, partner: str) -> None:
    """The committee says yes to a partner, beginning from 今天要办."""
    page.goto("/today")
    page.get_by_role("row").filter(has_text="有人认领项目").get_by_role("link", name=f"去答复 {partner}").click()
    page.locator("#desk").get_by_role("button", name="接受认领").click()
    expect(page.get_by_role("status")).to_contain_text(f"已接受，“{partner}”会收到消息。")


def deliver(page: Page, report: str) -> None:
    """Say that it is done, from the page of one's partner."""
    page.get_by_text("做完了，去交付").click()
    page.get_by_label("做了什么").fill(report)
    page.get_by_role("button", name="交付", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已交付，谢谢！社区确认后就会结项。")


@BOTH
def test_a_firm_applies_is_verified_and_everybody_can_read_of_it(desktop, desk, world, script):
    sign_in(desktop, "volunteer")
    desktop.goto("/partners/")
    desktop.get_by_role("link", name="申请成为合伙人").first.click()
    desktop.get_by_role("link", name="企业", exact=True).click()
    desktop.get_by_label("名称").fill(FIRM)
    code = desktop.get_by_label("统一社会信用代码")
    code.fill(WRONG)
    desktop.get_by_label("能为社区做什么").fill("换锁芯，修水龙头。")
    desktop.get_by_role("button", name="交给社区核实").click()
    expect(code).to_have_accessible_description(
        re.compile("最后一位校验码对不上，可能有一位抄错了，请对照证照逐位核对。")
    )
    expect(code).to_have_value(WRONG)
    expect(desktop.get_by_label("名称")).to_have_value(FIRM)
    expect(desktop.get_by_label("能为社区做什么")).to_have_value("换锁芯，修水龙头。")
    code.fill(RIGHT.lower())
    desktop.get_by_role("button", name="交给社区核实").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text(FIRM)
    expect(desktop.get_by_role("status")).to_contain_text("申请已交给东方社区")

    committee = desk("committee")
    committee.goto("/today")
    committee.get_by_role("link", name=f"去核实 {FIRM}").click()
    expect(committee.get_by_text(RIGHT)).to_be_visible()
    committee.get_by_role("button", name="通过核实").click()
    expect(committee.get_by_role("status")).to_contain_text(f"“{FIRM}”已经是合伙人")

    visitor = desk()
    visitor.goto("/partners/")
    visitor.get_by_role("link", name=FIRM).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(FIRM)
    expect(visitor.get_by_text("修水龙头")).to_be_visible()


@BOTH
def test_two_partners_share_a_project_and_deliver_it(desktop, desk, world, script):
    egret, department = world.egret.name, world.department.name
    sign_in(desktop, "partner")
    adopt(desktop, world.project, egret, "上门维修，还剩 20 户", "每周六两个人，自带工具。")
    expect(desktop.get_by_role("status")).to_contain_text(f"“{egret}”认领了：上门维修 20 户")
    officer = desk("department")
    adopt(officer, world.project, department, "集中维修，还剩 43 户", "派四位电工。")
    expect(officer.get_by_role("status")).to_contain_text(f"“{department}”认领了：集中维修 43 户")
    expect(officer.get_by_role("heading", name="都有人认领了")).to_be_visible()

    committee = desk("committee")
    accept(committee, egret)
    accept(committee, department)

    desktop.reload()
    deliver(desktop, "20 户都修好了。")
    officer.reload()
    deliver(officer, "43 户都修好了。")
    expect(officer.get_by_text("已完成，等社区确认")).to_be_visible()
    officer.goto(f"/partners/{world.egret.id}")
    given = officer.locator("#adoptions").get_by_role("listitem").filter(has_text=world.project.title)
    expect(given).to_contain_text("上门维修 · 20 户")
    expect(given).to_contain_text("已交付")


def test_in_english_as_well(desktop, desk, world):
    desktop.goto("/language/en")
    sign_in(desktop, "volunteer")
    desktop.goto("/partners/new")
    desktop.get_by_role("link", name="Firm", exact=True).click()
    desktop.get_by_label("Name", exact=True).fill(FIRM)
    code = desktop.get_by_label("Unified social credit code")
    code.fill(WRONG)
    desktop.get_by_role("button", name="Send to the community").click()
    expect(code).to_have_accessible_description(re.compile("The last character does not match"))
    code.fill(RIGHT)
    desktop.get_by_role("button", name="Send to the community").click()
    expect(desktop.get_by_role("status")).to_contain_text("you will have an answer by")
    committee = desk("committee")
    committee.goto("/language/en")
    committee.goto("/today")
    committee.get_by_role("link", name=f"Review {FIRM}").click()
    committee.get_by_role("button", name="Verify").click()
    expect(committee.get_by_role("status")).to_contain_text(f"“{FIRM}” is a partner now")
