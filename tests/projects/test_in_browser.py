"""A project from its writing to its outcome, in a real browser: the desk of the committee, the desk of the partner."""

from datetime import timedelta

import pytest

from kernel import clock
from tests.support.browser import DESKTOP, page_of, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def desks(browser, live, script):
    """A page for the committee and one for the partner."""
    with (
        page_of(browser, live.url, script, DESKTOP) as committee,
        page_of(browser, live.url, script, DESKTOP) as partner,
    ):
        sign_in(committee, "committee")
        sign_in(partner, "partner")
        yield committee, partner


def write(page):
    """Fill in the form of a new project and publish it; its address."""
    page.goto("/projects/new")
    day = clock.today() + timedelta(days=10)
    typed = {"title": "单元门口的扶手", "starts_on": f"{day}", "ends_on": f"{day}", "risk_note": "戴护目镜"}
    for name, value in (typed | {"part_title": "装扶手", "part_quantity": "6"}).items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=part_unit]").select_option("件")
    page.get_by_role("button", name="发布项目").click()
    page.wait_for_url(lambda url: url.rsplit("/", 1)[1].isdecimal())
    return page.url


def fold(page, summary, name, text, button):
    """Open a fold, say something, press its button."""
    page.get_by_text(summary).click()
    page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.parametrize("script", [True, False])
def test_from_the_writing_to_the_outcome(desks):
    committee, partner = desks
    url = write(committee)
    partner.goto(url)
    partner.locator("[name=quantity]").fill("7")
    partner.locator("[name=pledge]").fill("周六上午两个人")
    partner.get_by_role("button", name="认领").click()
    partner.locator("#adopt-quantity-error", has_text="只剩 6 件").wait_for()
    partner.locator("[name=quantity]").fill("6")
    partner.get_by_role("button", name="认领").click()
    partner.locator("#said", has_text="认领了").wait_for()
    assert "周六上午两个人" in partner.locator("#parts").inner_text()
    committee.goto(url)
    committee.get_by_role("button", name="接受认领").click()
    committee.locator("#said", has_text="已接受").wait_for()
    partner.goto(url)
    fold(partner, "做完了，去交付", "report", "6 处都装好了", "交付")
    partner.locator("#said", has_text="已交付").wait_for()
    committee.goto(url)
    committee.locator("[name=outcome]").fill("6 个单元门口有了扶手")
    committee.locator("[name=people_served]").fill("180")
    committee.get_by_role("button", name="写好了，结项").click()
    committee.locator("#outcome", has_text="180").wait_for()
    for page in desks:
        page.goto(url)
        assert page.locator("h1").inner_text() == "单元门口的扶手"


def test_a_project_is_withdrawn_after_one_question(desks):
    committee, _partner = desks
    committee.goto(write(committee))
    committee.get_by_role("button", name="撤回项目").click()
    committee.locator("#ask").get_by_role("button", name="先不办").wait_for()
    committee.locator("#ask button[value=yes]").click()
    committee.locator("#said", has_text="已撤回").wait_for()
