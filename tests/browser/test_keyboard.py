"""Who has no mouse: the way to the text comes first, every stop can be seen, the main button is reached and pressed."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import sign_in

pytestmark = pytest.mark.browser
STOPS = 60
# Whether the focused element is on the screen and has a ring around it.
SEEN = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return ring && inside ? "" : it.outerHTML.slice(0, 120);
}"""


def walk(page: Page, until: str) -> None:
    """Press Tab until the button with this name has the focus; each stop on the way can be seen."""
    button = page.get_by_role("main").get_by_role("button", name=until).first
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN) == ""
        if button.evaluate("button => button === document.activeElement"):
            return
    raise AssertionError(f"{STOPS} stops, and no “{until}”")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_first_stop_leads_past_the_head(desktop, world, colours):
    desktop.emulate_media(color_scheme=colours, reduced_motion="reduce")
    desktop.goto("/")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="跳到正文")).to_be_focused()
    assert desktop.evaluate(SEEN) == ""
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("main")).to_be_focused()


def test_a_shift_is_claimed_by_keyboard_alone(desktop, world):
    sign_in(desktop, "volunteer")
    desktop.goto(f"/shifts/{world.shift2.id}")
    walk(desktop, "报名")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("status")).to_contain_text("已报名“义剪 · 引导排队”")
    expect(desktop.locator("#signup")).to_be_focused()


def test_a_form_is_filled_by_keyboard_and_what_is_wrong_takes_the_focus(desktop, world):
    sign_in(desktop, "volunteer")
    desktop.goto("/partners/new?kind=firm")
    walk(desktop, "交给社区核实")
    desktop.keyboard.press("Enter")
    summary = desktop.get_by_role("alert")
    expect(summary).to_be_focused()
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_label("统一社会信用代码")).to_be_focused()
