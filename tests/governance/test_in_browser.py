"""A need from the code in the stairwell to 解决了, every person in his own browser, with and without script."""

import pytest

from tests.support.browser import DESKTOP, PHONE, page_of, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_from_three_fields_to_the_answer_of_who_said_it(browser, live, world, routed_to, script):
    with (
        page_of(browser, live.url, script, PHONE) as resident,
        page_of(browser, live.url, script, PHONE) as grid,
        page_of(browser, live.url, script, DESKTOP) as committee,
        page_of(browser, live.url, script, DESKTOP) as department,
    ):
        receipt = say(resident, world.building1.code)
        for page, name in ((grid, "grid"), (committee, "committee"), (department, "department")):
            sign_in(page, name)
        need = verify(grid)
        committee.goto(need)
        committee.get_by_role("button", name="转给它").click()
        committee.locator("#said", has_text="转给了“区城管局（示例）”").wait_for()
        department.goto("/today")
        department.get_by_role("link", name="接下来或退回").click()
        department.get_by_role("button", name="接下来", exact=True).click()
        department.locator("#said", has_text="接下来了").wait_for()
        department.locator("[name=answer]").fill("换了声控灯。")
        department.get_by_role("button", name="办好了", exact=True).click()
        department.locator("#said", has_text="办好了，谢谢").wait_for()
        resident.goto(receipt)
        assert "换了声控灯。" in resident.locator("#follow").inner_text()
        resident.get_by_role("button", name="解决了", exact=True).click()
        resident.locator("#said", has_text="谢谢您告诉我们").wait_for()
        assert "您说解决了" in resident.locator("#follow").inner_text()


def say(page, code):
    """What a code in the stairwell opens: three fields; the address of the receipt."""
    page.goto(f"/needs/new?place={code}")
    page.locator("[name=words]").fill("三楼楼道灯不亮")
    page.locator("[name=reach]").fill("王阿姨（示例） 100 0000 0099")
    page.get_by_role("button", name="说给社区听").click()
    page.wait_for_url("**/needs/followed/**")
    assert "东方社区党委" in page.locator("#follow").inner_text()
    return page.url


def verify(page):
    """The grid worker finds it among what is to be done today; the address of the need."""
    page.goto("/today")
    page.get_by_role("link", name="去核实").click()
    page.locator("[name=category_id]").select_option(label="维修便民")
    page.locator("[name=matter]").fill("楼道灯不亮")
    page.locator("[name=privacy]").select_option("matter")
    page.get_by_role("button", name="核实了，是这样").click()
    page.locator("#said", has_text="核实好了").wait_for()
    return page.url
