"""The life of a firm: it asks, is raised, graduates, becomes a partner and gives back; with and without script."""

import pytest
from playwright.sync_api import expect

from kernel import clock
from partners.credit_code import check_character
from tests.support.browser import sign_in

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])
TODAY = clock.today().isoformat()
FIRM = "春芽烘焙（示例）"
BODY = "91610102MA6TEXT0X"
CODE = BODY + check_character(BODY)


def said(page, words):
    expect(page.get_by_role("status")).to_contain_text(words)


@BOTH
def test_from_an_application_to_what_it_gives_back(desktop, desk, world, script):
    founder = desktop
    sign_in(founder, "volunteer2")
    founder.goto("/incubations/")
    founder.get_by_role("link", name="申请入孵").first.click()
    founder.get_by_label("企业或团队名称").fill(FIRM)
    founder.get_by_role("button", name="交给社区").click()
    expect(founder.get_by_label("企业或团队名称")).to_have_value(FIRM)  # the idea is missing, nothing is lost
    founder.get_by_label("想做什么").fill("给老人食堂供早餐。")
    founder.get_by_role("button", name="交给社区").click()
    said(founder, "申请已交给东方社区（社区党委）")
    address = founder.url

    committee = desk("committee")
    committee.goto("/today")
    committee.get_by_role("row").filter(has_text="有企业申请孵化").get_by_role("link").click()
    committee.get_by_role("button", name="接收入孵").click()
    said(committee, f"“{FIRM}”入孵了。")
    committee.get_by_label("要达到什么").fill("签下第一个客户")
    committee.get_by_label("到哪天").fill(TODAY)
    committee.get_by_role("button", name="定下来").click()
    said(committee, "定好了：签下第一个客户。")
    committee.get_by_role("link", name="记一笔支持").click()
    committee.get_by_label("什么支持").select_option(label="导师辅导")
    committee.get_by_label("具体做了什么").fill("请会计师辅导报税")
    committee.get_by_label("数量").fill("3")
    committee.get_by_label("单位").select_option(label="小时")
    committee.get_by_label("谁给的").select_option(label="白鹭科技（示例）")
    committee.get_by_role("button", name="记下这一笔").click()
    said(committee, "记下了：请会计师辅导报税，3 小时。")

    founder.goto("/incubations/")
    founder.locator("#mine").get_by_role("link", name=FIRM).click()
    founder.get_by_text("达到了，记下来").click()
    founder.get_by_label("说明").fill("一家食堂")
    founder.get_by_role("button", name="达到了").click()
    said(founder, "记下了：签下第一个客户，达到了。")
    founder.get_by_text("记下来", exact=True).click()
    founder.get_by_label("有几名党员").fill("2")
    founder.get_by_label("我同意上面这段话").check()
    founder.get_by_role("button", name="记下人数").click()
    expect(founder.get_by_text("联系了党支部，2 名党员")).to_be_visible()

    committee.reload()
    committee.get_by_role("button", name="准予毕业").click()
    said(committee, f"“{FIRM}”毕业了！")
    founder.reload()
    founder.locator("#desk").get_by_role("link", name="申请成为合伙人").click()
    expect(founder.get_by_label("名称", exact=True)).to_have_value(FIRM)
    founder.get_by_label("统一社会信用代码").fill(CODE)
    founder.get_by_role("button", name="交给社区核实").click()
    expect(founder.get_by_text("成为合伙人的申请在等社区核实。")).to_be_visible()

    committee.goto("/today")
    committee.get_by_role("link", name=f"去核实 {FIRM}").click()
    committee.get_by_role("button", name="通过核实").click()
    said(committee, "已经是合伙人")
    founder.goto(f"/projects/{world.project.id}")
    founder.get_by_label("认领哪一部分").select_option(label="上门维修，还剩 20 户")
    founder.get_by_role("button", name="认领", exact=True).click()
    said(founder, f"“{FIRM}”认领了：上门维修 20 户")
    committee.goto(f"/projects/{world.project.id}")
    committee.get_by_role("button", name="接受认领").click()
    said(committee, f"已接受，“{FIRM}”会收到消息。")
    founder.reload()
    founder.get_by_text("做完了，去交付").click()
    founder.get_by_label("做了什么").fill("20 户都修好了。")
    founder.get_by_role("button", name="交付", exact=True).click()
    said(founder, "已交付，谢谢！")

    colleague = desk("subdistrict")
    colleague.goto(f"/incubations/board?place={world.community.code}")
    expect(colleague.get_by_text("1 家毕业，1 家已成为合伙人；0 家在孵")).to_be_visible()
    colleague.get_by_role("link", name=FIRM).click()
    expect(colleague.locator("#support")).to_contain_text("请会计师辅导报税")
    expect(colleague.locator("#giveback")).to_contain_text("上门维修 · 20 户")
    expect(colleague.locator("#giveback")).to_contain_text("40 人时")

    stranger = desk("other-committee")
    stranger.goto(address)
    expect(stranger.get_by_text("没有找到这一页")).to_be_visible()
    visitor = desk()
    visitor.goto("/incubations/")
    visitor.get_by_role("link", name=FIRM).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(FIRM)
