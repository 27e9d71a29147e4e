"""J4 without the solver: two taps to a claim, or asked by the committee; the post, and the notice to hang up."""

import pytest
from playwright.sync_api import expect

from kernel.i18n import _, p_
from kernel.work import work
from tests.support.browser import DESKTOP, PHONE, page_of, sign_in, violations
from volunteers.assignments.coverage import Pattern
from volunteers.assignments.placing import claim
from volunteers.assignments.state import Role, State
from volunteers.web.assignments.forms import NAMED

from .conftest import fits

pytestmark = pytest.mark.browser


NAVIGATION = p_("navigation", "楼栋")


@pytest.fixture
def says(manner):
    return manner.says


def field(page, world, says, pattern: Pattern):
    """The building in the grid, which says what it lacks."""
    found = page.locator(f"svg a[href='/buildings/{world.building1.id}']")
    expect(found).to_have_attribute(
        "aria-label", says(_("%(building)s：%(state)s", building="1号楼", state=pattern.label))
    )
    return found


def test_two_taps_to_a_claim_and_the_committee_makes_it_a_post(come, world, says):
    phone = come("volunteer2")
    phone.goto("/")
    phone.get_by_role("link", name=says(NAVIGATION), exact=True).tap()
    field(phone, world, says, Pattern.NOBODY).tap()
    phone.get_by_role("button", name=says(_("我来当%(role)s", role=Role.HELPER.label))).tap()
    expect(phone.get_by_role("status")).to_contain_text(says(_("收到了，社区在 2 个工作日内答复您。")))
    expect(phone.locator("#mine")).to_contain_text(says(State.APPLIED.label))
    fits(phone)

    committee = come("committee", DESKTOP)
    committee.goto("/today")
    claims = committee.get_by_role("row").filter(has_text="1号楼")
    claims.get_by_role("link", name=says(_("去答复"))).click()
    committee.get_by_role("button", name=says(_("同意他来照看")), exact=True).click()
    expect(committee.locator("#assignment")).to_contain_text(says(State.SERVING.label))

    phone.goto(f"/places/{world.community.code}/coverage")
    field(phone, world, says, Pattern.NO_LEAD)
    phone.goto(f"/buildings/{world.building1.id}/notice")
    expect(phone.locator("table")).to_contain_text(says(_("已有人（没有公开称呼）")))


def ask(desk, world, says) -> None:
    """From the grid to whoever lives nearest: one question, for one place."""
    desk.goto("/today")
    desk.get_by_role("link", name=says(NAVIGATION), exact=True).click()
    building = field(desk, world, says, Pattern.NOBODY)
    fits(desk)
    building.click()
    desk.get_by_role("link", name=says(_("请一位志愿者来照看"))).click()
    neighbour = desk.get_by_role("listitem").filter(has_text="吴阿姨（示例）")
    neighbour.get_by_role("button", name=says(_("请他当%(role)s", role=Role.LEAD.label))).click()
    expect(desk.get_by_role("status")).to_contain_text("吴阿姨（示例）")
    expect(desk.locator("#manage")).to_contain_text(says(State.INVITED.label))
    fits(desk)


def agree(phone, says) -> None:
    """She is told, reads what it is about, and agrees to be named."""
    phone.goto("/notices/")
    told = phone.get_by_role("listitem").filter(has_text="1号楼")
    fits(phone)
    told.get_by_role("link", name=says(_("看这件事"))).tap()
    phone.get_by_label(says(NAMED)).check()
    fits(phone)
    phone.get_by_role("button", name=says(_("我愿意"))).tap()
    expect(phone.get_by_role("status")).to_contain_text(says(_("从今天起，这栋楼由您照看。谢谢您！")))
    expect(phone.locator("#assignment")).to_contain_text(says(State.SERVING.label))
    fits(phone)


def print_notice(desk, world, says) -> str:
    """What hangs in the stairwell: who answers for the building, and a code; gives the address in it."""
    desk.goto(f"/places/{world.community.code}/coverage")
    field(desk, world, says, Pattern.NO_HELPER).click()
    expect(desk.locator("#mine")).to_contain_text("吴阿姨（示例）")
    desk.get_by_role("link", name=says(_("打印这栋楼的公示牌"))).click()
    lead = desk.get_by_role("row").filter(has_text=says(Role.LEAD.label))
    expect(lead).to_contain_text("吴阿姨（示例）")
    helper = desk.get_by_role("row").filter(has_text=says(Role.HELPER.label))
    expect(helper).to_contain_text(says(_("空缺，欢迎您来")))
    desk.emulate_media(media="print")
    expect(desk.get_by_role("img", name=says(_("这栋楼的二维码")))).to_be_visible()
    expect(desk.locator(".paper-bar")).to_be_hidden()
    return desk.locator(".side bdi").inner_text()


def test_the_committee_asks_a_neighbour_who_agrees_and_the_notice_says_so(come, world, says):
    desk, phone, visitor = come("committee", DESKTOP), come("volunteer"), come()
    ask(desk, world, says)
    agree(phone, says)
    visitor.goto(print_notice(desk, world, says))
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("31小区 1号楼")
    expect(visitor.locator("#mine")).to_contain_text("吴阿姨（示例）")
    expect(visitor.get_by_role("main")).not_to_contain_text(world.wu.phone)
    fits(visitor)


def test_the_grid_and_the_building_are_sound_in_every_size(browser, live, world):
    with work():
        claim(world.building1, Role.LEAD, by=world.zhou).approve(by=world.lin)
    paths = [f"/places/{world.community.code}/coverage", f"/buildings/{world.building1.id}", "/assignments/"]
    # axe writes a style of its own into the page, which our policy would refuse.
    with page_of(browser, live.url, shape=PHONE | {"bypass_csp": True}) as phone:
        sign_in(phone, "volunteer")
        for path in paths:
            phone.goto(path)
            assert violations(phone) == [], path
        phone.goto("/size/large")
        for path in paths:
            phone.goto(path)
            wide = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide == 0, path
