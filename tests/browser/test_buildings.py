"""From the grid of buildings in two taps to a claim; the committee's yes makes it a post; the notice to hang up."""

import pytest
from playwright.sync_api import expect

from kernel.work import work
from tests.support.browser import PHONE, page_of, sign_in, violations
from volunteers.assignments.placing import claim
from volunteers.assignments.state import Role

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_two_taps_to_a_claim_and_the_committee_makes_it_a_post(browser, desk, live, world, script):
    building, coverage = world.building1.id, f"/places/{world.community.code}/coverage"
    with page_of(browser, live.url, script, PHONE) as phone:
        sign_in(phone, "volunteer2")
        phone.goto("/")
        phone.get_by_role("link", name="楼栋", exact=True).click()
        phone.locator(f"a[href='/buildings/{building}']").first.click()
        phone.get_by_role("button", name="我来当楼栋志愿者").click()
        expect(phone.get_by_role("status")).to_contain_text("社区在 2 个工作日内答复您")
        expect(phone.locator("#mine")).to_contain_text("已申请")

        committee = desk("committee")
        committee.goto("/today")
        committee.get_by_role("row").filter(has_text="1号楼").get_by_role("link", name="去答复").click()
        committee.get_by_role("button", name="同意他来照看").click()
        expect(committee.locator("#assignment")).to_contain_text("在任")

        phone.goto(coverage)
        expect(phone.locator(f"svg a[href='/buildings/{building}']")).to_have_attribute("aria-label", "1号楼：缺楼栋长")
        phone.goto(f"/buildings/{building}/notice")
        expect(phone.locator("table")).to_contain_text("已有人（没有公开称呼）")


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
