"""The box by which a calendar is taken along, in one hand: with script and without, in large letters, in English."""

import pytest
from playwright.sync_api import expect

from kernel.i18n import _
from portal.address import feed_token
from tests.support.browser import sign_in

from .conftest import fits

pytestmark = pytest.mark.browser


def test_the_address_is_copied_with_one_press(phone, live, world):
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(phone, "volunteer")
    phone.goto("/calendar/")
    phone.get_by_role("link", name="放进手机日历").click()
    box = phone.locator("#subscribe")
    box.get_by_role("button", name="复制").click()
    expect(box.get_by_text("已复制")).to_be_visible()
    copied = phone.evaluate("navigator.clipboard.readText()")
    assert copied == f"{live.url}/calendar/{feed_token(world.wu)}.ics"
    assert phone.request.get(copied).headers["content-type"] == "text/calendar; charset=utf-8"
    box.get_by_text("用手机扫码").click()
    expect(box.get_by_role("img", name="这个日历的二维码")).to_be_visible()


@pytest.mark.parametrize("script", [False])
def test_without_script_the_address_is_selected_by_hand_and_kinds_are_chosen(phone, live, world):
    sign_in(phone, "volunteer")
    phone.goto("/calendar/")
    box = phone.locator("#subscribe")
    expect(box.get_by_role("button", name="复制")).to_be_hidden()
    address = box.get_by_label("日历地址", exact=True)
    expect(address).not_to_be_editable()
    address.focus()
    phone.keyboard.press("Control+a")
    assert address.input_value().startswith(f"{live.url}/calendar/")
    box.get_by_text("只放其中几种").click()
    box.get_by_label("我要去的").check()
    box.get_by_role("button", name="就要这几种").click()
    assert "kinds=shift" in phone.url
    chosen = f"{live.url}/calendar/{feed_token(world.wu)}.ics?kinds=shift"
    expect(phone.get_by_label("日历地址", exact=True)).to_have_value(chosen)
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="先存一份（.ics）").click()
    assert saved.value.suggested_filename == f"person-{world.wu.id}.ics"


def test_it_reads_well_for_everybody(come, manner, live, world):
    page = come("partner")
    for path in ("/calendar/?kinds=shift,milestone", "/me/calendar", f"/partners/{world.egret.id}/calendar"):
        page.goto(path)
        fits(page)
    page.goto("/me/calendar")
    page.get_by_role("button", name=manner.says(_("关掉，谁也打不开"))).click()
    expect(page.get_by_text(manner.says(_("重新开一个地址"))).last).to_be_visible()
    page.goto("/me")
    expect(
        page.locator("#subscribe").get_by_text(manner.says(_("您把订阅地址关掉了，现在谁也看不到。")))
    ).to_be_visible()
    fits(page)
