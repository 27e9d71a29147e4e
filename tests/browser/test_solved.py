"""From three fields to 已解决: a theme, a project in two parts, two adopters, a late step, a hand-over."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from governance.need import Need
from governance.need_state import State
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from partners.member import Role
from projects.milestone import Milestone
from projects.project import Project
from tests.support.browser import PHONE, page_of

pytestmark = pytest.mark.browser
TITLE = "单元楼道灯不亮"


def said(page, words):
    expect(page.get_by_role("status")).to_contain_text(words)


@pytest.fixture
def team_with_a_manager(world):
    """周师傅 speaks for 红管家."""
    with work():
        member = next(one for one in world.team.living if one.person_id == world.zhou.id)
        member.role = Role.MANAGER


def say(page, building, words):
    """Three fields, no account; the address of the receipt."""
    page.goto(f"/needs/new?place={building.code}")
    page.locator("[name=words]").fill(words)
    page.locator("[name=reach]").fill("王阿姨（示例） 100 0000 0099")
    page.get_by_role("button", name="说给社区听").click()
    page.wait_for_url("**/needs/followed/**")
    return page.url


def note(page, building, words):
    """The grid worker writes down what he heard at a door."""
    page.goto(f"/needs/new?place={building.code}")
    page.locator("[name=words]").fill(words)
    page.locator("[name=source]").select_option("visit")
    page.get_by_role("button", name="记下来").click()
    page.locator("[name=new_one]").check()  # something alike was said next door, and is shown first
    page.get_by_role("button", name="记下来").click()
    said(page, "收到了")


def verify(page, matter):
    """One thing that waits for the grid worker is so."""
    page.goto("/today")
    page.get_by_role("link", name="去核实").first.click()
    page.locator("[name=category_id]").select_option(label="维修便民")
    page.locator("[name=matter]").fill(matter)
    page.locator("[name=privacy]").select_option("matter")
    page.get_by_role("button", name="核实了，是这样").click()
    said(page, "核实好了")


def plan(page):
    """The committee makes the theme a project in two parts and publishes it; its address."""
    page.goto("/needs/")
    page.get_by_role("link", name="专题", exact=True).click()
    page.locator("[name=title]").fill(TITLE)
    page.get_by_role("button", name="归成一个专题").click()
    said(page, f"归成专题“{TITLE}”：3 件")
    page.get_by_role("button", name="把这个专题写成项目").click()
    said(page, "草稿写好了，需求都连在上面")
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    page.locator("[name=risk_note]").fill("登高，两人一组。")
    page.get_by_role("button", name="存为草稿").click()
    for number, (title, unit) in enumerate((("换灯", "件"), ("教老人看开关", "场"))):
        if number:
            page.get_by_text("再加一项要做的事").click()
        page.locator("[name=part_title]").fill(title)
        page.locator("[name=part_quantity]").fill("6")
        page.locator("[name=part_unit]").select_option(unit)
        page.get_by_role("button", name="加上这一项").click()
        said(page, f"加上了：{title} 6 {unit}")
    page.get_by_role("button", name="发布项目").click()
    said(page, f"“{TITLE}”已发布")
    return page.url.split("#")[0]


def adopt(page, url, part):
    """A manager takes on all of one part; the address of what was taken on."""
    page.goto(url)
    page.locator("[name=part_id]").select_option(label=part)
    page.get_by_role("button", name="认领", exact=True).click()
    said(page, "认领了：")


def taken_by(page, partner):
    """What this partner has taken on, on the page of the project."""
    return page.locator("#parts li li", has_text=partner)


def deliver(page, words):
    """It is done, says who took it on, on the page of the adoption."""
    page.get_by_text("做完了，去交付").click()
    page.locator("[name=report]").fill(words)
    page.get_by_role("button", name="交付", exact=True).click()
    said(page, "已交付，谢谢！")


@pytest.mark.parametrize("script", [True, False])
def test_from_three_fields_to_solved(browser, desk, live, world, script, team_with_a_manager):
    with page_of(browser, live.url, script, PHONE) as resident, page_of(browser, live.url, script, PHONE) as neighbour:
        receipts = {resident: say(resident, world.building1, "三楼楼道灯不亮，晚上看不见")}
        receipts[neighbour] = say(neighbour, world.building2, "五楼楼道灯不亮，老人差点摔了")
        grid, committee, owner = desk("grid"), desk("committee"), desk("partner")
        note(grid, world.building2, "楼道灯不亮，二楼老人说的")
        for number in "一二三":
            verify(grid, f"{number}处楼道灯不亮")

        url = plan(committee)
        resident.goto(receipts[resident])
        expect(resident.locator("#follow")).to_contain_text("有人在办")

        joint = desk("department")
        adopt(owner, url, "换灯，还剩 6 件")
        adopt(joint, url, "教老人看开关，还剩 6 场")
        committee.goto(url)
        for partner in ("白鹭科技", "区城管局"):
            taken_by(committee, partner).get_by_role("button", name="接受认领").click()
            said(committee, f"已接受，“{partner}")
        joint.goto(url)
        taken_by(joint, "区城管局").get_by_role("link", name="看进展").click()
        joint.locator("[name=title]").fill("讲完前三场")
        joint.locator("#steps [name=due]").fill(clock.today().isoformat())
        joint.get_by_role("button", name="定下这一步").click()
        expect(joint.locator("#steps")).to_contain_text("讲完前三场")
        days_go_by(9)
        committee.goto("/today")
        expect(committee.get_by_role("row").filter(has_text="讲完前三场")).to_contain_text("个工作日")

        hand_over(joint, desk, committee)
        successor = desk("volunteer2")
        successor.goto(url)
        taken_by(successor, "红管家").get_by_role("link", name="看进展").click()
        expect(successor.locator("#steps")).to_contain_text("讲完前三场")
        successor.get_by_text("这一步做到了").click()
        successor.locator("[name=words]").nth(0).fill("三场都讲完了")
        successor.get_by_role("button", name="做到了", exact=True).click()
        said(successor, "讲完前三场")
        deliver(successor, "六场都讲了。")
        owner.goto(url)
        taken_by(owner, "白鹭科技").get_by_role("link", name="看进展").click()
        deliver(owner, "六盏灯都换了。")
        committee.goto(url)
        committee.locator("[name=outcome]").fill("三处楼道灯都亮了。")
        committee.get_by_role("button", name="写好了，结项").click()
        said(committee, f"“{TITLE}”已结项")

        for page, receipt in receipts.items():
            page.goto(receipt)
            expect(page.locator("#follow")).to_contain_text("三处楼道灯都亮了。")
            page.get_by_role("button", name="解决了", exact=True).click()
            said(page, "谢谢您告诉我们")

    colleague, stranger, visitor = desk("subdistrict"), desk("other-committee"), desk()
    visitor.goto("/projects/solved")
    visitor.get_by_role("link", name=TITLE).first.click()
    expect(visitor.locator("#project")).to_contain_text("2 件反映的人说解决了")
    expect(visitor.locator("#project")).not_to_contain_text("差点摔了")
    colleague.goto(url)
    colleague.get_by_role("link", name="看这些需求").click()
    expect(colleague.get_by_role("heading", level=1)).to_have_text(TITLE)
    theme = colleague.url
    for address in (theme, f"/needs/{first_need()}"):
        stranger.goto(address)
        expect(stranger.get_by_text("没有找到这一页")).to_be_visible()


def days_go_by(count):
    """What was promised for today was promised for an earlier day."""
    with work():
        step = db.session.scalars(db.select(Milestone)).one()
        step.due -= timedelta(days=count)
        step.counts_from -= timedelta(days=count)
        step.promised_at -= timedelta(days=count)
        project = db.session.scalars(db.select(Project).order_by(Project.id.desc())).first()
        project.starts_on -= timedelta(days=count + 7)


def first_need():
    """The number of the first that was said."""
    states = db.session.execute(seen(db.select(Need.id, Need.state).order_by(Need.id))).all()
    assert [state for _id, state in states] == [State.CONFIRMED, State.CONFIRMED, State.SOLVED]
    return states[0].id


def hand_over(giver, desk, committee):
    """The department asks 红管家 to go on, which says yes; the committee agrees."""
    giver.get_by_text("请别家接手").click()
    giver.locator("[name=to_id]").select_option(label="红管家·邻里情（示例）")
    giver.locator("#transfer [name=reason]").fill("人手调走了，还差五场。")
    giver.get_by_role("button", name="请对方接手").click()
    said(giver, "已请“红管家·邻里情（示例）”接手")
    successor = desk("volunteer2")
    successor.goto(giver.url)
    successor.get_by_role("button", name="我们来接手").click()
    said(successor, "谢谢！社区在 2 个工作日内答复")
    committee.goto(giver.url)
    committee.get_by_role("button", name="同意转交").click()
    said(committee, "已同意，今天起由“红管家")
