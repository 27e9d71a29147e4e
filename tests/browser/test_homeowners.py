"""The life of a homeowners' committee from the application to the next term, with and without script."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.partner import Partner
from partners.sweep import lapse_partners
from tests.support.browser import sign_in

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])
NAME = "31小区业委会（示例）"


def newest() -> Partner:
    """The partner that applied last, as it is now."""
    db.session.rollback()
    return db.session.scalars(db.select(Partner).order_by(Partner.id.desc()).limit(1)).one()


def end_in(days: int) -> None:
    """Let its term end in so many days, as if it had been verified long ago; then the clock of the register strikes."""
    with work():
        partner = newest_in_work()
        partner.term_until = partner.verified_until = clock.today() + timedelta(days=days)
    lapse_partners()
    db.session.rollback()


def newest_in_work() -> Partner:
    return db.session.scalars(db.select(Partner).order_by(Partner.id.desc()).limit(1)).one()


def apply(page: Page) -> None:
    """Fill in the application of a homeowners' committee."""
    page.goto("/partners/new")
    page.get_by_role("link", name="业委会", exact=True).click()
    page.get_by_role("button", name="列出这里的小区").click()
    page.get_by_label("名称").fill(NAME)
    page.get_by_label("31小区", exact=True).check()
    page.get_by_label("备案号").fill("示例备字〔2026〕01号")
    page.get_by_label("本届任期到").fill("2020-01-01")
    page.get_by_role("button", name="交给社区核实").click()
    expect(page.get_by_label("本届任期到")).to_have_accessible_description(
        "任期届满前 30 天，会提醒您换届后续期。 这一天已经过去了，请填本届任期届满的日期。"
    )
    expect(page.get_by_label("31小区", exact=True)).to_be_checked()
    page.get_by_label("本届任期到").fill((clock.today() + timedelta(days=700)).isoformat())
    page.get_by_role("button", name="交给社区核实").click()
    expect(page.get_by_role("status")).to_contain_text("申请已交给东方社区（社区党委）")


@BOTH
def test_from_the_application_to_the_next_term(desktop, desk, world, script):
    owner = desktop
    sign_in(owner, "volunteer")
    apply(owner)
    url = f"/partners/{newest().id}"

    stranger, committee, colleague = desk("other-committee"), desk("committee"), desk("volunteer2")
    assert stranger.goto(url).status == 404
    committee.goto("/partners/applications")
    row = committee.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("新申请 · 业委会")
    expect(row).to_contain_text("个工作日")
    row.get_by_role("link", name=f"去核实 {NAME}").click()
    expect(committee.get_by_text("示例备字〔2026〕01号")).to_be_visible()
    expect(committee.locator("#facts").get_by_role("link", name="31小区")).to_be_visible()
    committee.get_by_role("button", name="通过核实").click()
    expect(committee.get_by_role("status")).to_contain_text(f"“{NAME}”已经是合伙人")
    expect(committee.locator("#facts")).to_contain_text("东方社区党委")

    owner.goto(f"{url}/members")
    owner.get_by_role("button", name="做一个邀请链接").click()
    link = owner.get_by_label("链接", exact=True).input_value()
    expect(owner.get_by_role("img", name=f"加入“{NAME}”的二维码")).to_be_visible()
    colleague.goto(link)
    expect(colleague.get_by_role("heading", level=1)).to_have_text(f"“{NAME}”请您加入")
    colleague.get_by_role("button", name="加入", exact=True).click()
    expect(colleague.get_by_role("status")).to_contain_text(f"您现在是“{NAME}”的成员了。")
    expect(colleague.get_by_role("link", name="更新介绍")).to_have_count(0)
    stranger.goto(link)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("这个邀请链接不能用了")
    stranger.goto(url)
    expect(stranger.get_by_role("button", name="退出合伙人")).to_have_count(0)

    end_in(20)
    owner.goto("/today")
    owner.get_by_role("row").filter(has_text="合伙人快到期了").get_by_role("link", name=f"去续期 {NAME}").click()
    expect(owner.get_by_role("heading", name="换了届？写明新一届")).to_be_visible()
    owner.get_by_role("button", name="把变化交给社区").click()
    expect(owner.get_by_label("本届任期到")).to_have_accessible_description(re.compile("请先写明新一届的任期和备案号"))
    owner.get_by_label("备案号").fill("示例备字〔2026〕02号")
    owner.get_by_label("本届任期到").fill((clock.today() + timedelta(days=1000)).isoformat())
    owner.get_by_role("button", name="把变化交给社区").click()
    expect(owner.get_by_role("status")).to_contain_text("续期申请已交给东方社区")
    colleague.goto(url)
    expect(colleague.get_by_role("heading", name="续期申请已交给东方社区")).to_be_visible()
    expect(colleague.get_by_role("button", name="撤回续期申请")).to_have_count(0)
    stranger.goto(url)
    expect(stranger.locator("#facts")).to_contain_text("示例备字〔2026〕01号")

    committee.goto("/partners/applications?what=renewal")
    committee.get_by_role("link", name=f"去核实 {NAME}").click()
    expect(committee.locator("#standing")).to_contain_text("示例备字〔2026〕02号")
    committee.get_by_role("button", name="确认续期").click()
    expect(committee.get_by_role("status")).to_contain_text(f"“{NAME}”已续期，核实到")
    stranger.reload()
    expect(stranger.locator("#facts")).to_contain_text("示例备字〔2026〕02号")


@BOTH
def test_what_nobody_renewed_stops_and_comes_back(desktop, desk, world, script):
    sign_in(desktop, "volunteer")
    apply(desktop)
    partner = newest()
    with work():
        newest_in_work().verify(by=world.lin)
    end_in(-1)
    url = f"/partners/{partner.id}"
    assert desk().goto(url).status == 404
    desktop.goto(url)
    expect(desktop.get_by_role("heading", name="到期未续")).to_be_visible()
    expect(desktop.get_by_role("link", name="看可以认领的项目")).to_have_count(0)
    desktop.get_by_role("link", name="写明新一届，申请续期").click()
    desktop.get_by_label("本届任期到").fill((clock.today() + timedelta(days=1000)).isoformat())
    desktop.get_by_role("button", name="把变化交给社区").click()
    committee = desk("committee")
    committee.goto(url)
    committee.get_by_role("button", name="确认续期").click()
    expect(committee.get_by_role("status")).to_contain_text("已续期")
    assert desk().goto(url).status == 200


def test_who_is_alike_is_shown_while_one_types(desktop, desk, world):
    sign_in(desktop, "volunteer")
    desktop.goto("/partners/new?kind=firm")
    desktop.get_by_label("名称").press_sequentially("西安白鹭科技有限公司")
    hint = desktop.locator("#alike")
    expect(hint).to_contain_text("白鹭科技（示例）")
    expect(hint).to_contain_text("名称相近")
    expect(desktop.get_by_label("名称")).to_have_value("西安白鹭科技有限公司")
    hint.get_by_role("link", name="是这一家，去申请加入").click()
    desktop.get_by_label("给管理员的一句话").fill("我是店里的小吴")
    desktop.get_by_role("button", name="申请加入").click()
    expect(desktop.get_by_role("status")).to_contain_text("已告诉“白鹭科技（示例）”的管理员")
    manager = desk("partner")
    manager.goto("/today")
    manager.get_by_role("row").filter(has_text="有人想加入合伙人").get_by_role("link").click()
    expect(manager.get_by_text("我是店里的小吴")).to_be_visible()
    manager.get_by_role("button", name="同意加入").click()
    expect(manager.get_by_role("status")).to_contain_text("现在是成员了")
    desktop.reload()
    expect(desktop.get_by_role("heading", name="您是这里的成员")).to_be_visible()
