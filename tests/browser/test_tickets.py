"""A resident without an account on a phone: takes a number, waits as a couple, and is offered both places."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kernel.db import db
from kernel.work import work
from tests.support.browser import AXE_RULES, PHONE, page_of, violations
from volunteers.tickets.counter import Counter
from volunteers.tickets.ticket import State, Ticket

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])


@pytest.fixture
def salon(live, world):
    """义剪 with three places for residents, two with one number at most."""
    facts = {"label": "我要理发", "tickets": 3, "minutes": None, "most": 2, "local": False, "is_open": True}
    with work():
        Counter.set_up(world.duty2, by=world.lin, **facts)
    return world


def states():
    db.session.rollback()
    return [(ticket.size, ticket.state) for ticket in db.session.scalars(select(Ticket).order_by(Ticket.number))]


def ask(page, shift, name, phone, size):
    """From the page of the shift to the page of one's number."""
    page.goto(f"/shifts/{shift.id}")
    page.locator("#tickets").get_by_role("link").first.tap()
    page.locator("[name=name]").fill(f"{name}（示例）")
    page.locator("[name=phone]").fill(phone)
    page.locator("[name=size]").fill(str(size))
    page.locator("#take").get_by_role("button").tap()
    page.wait_for_url("**/tickets/held/**")


@BOTH
def test_a_couple_waits_and_is_offered_both_when_one_gives_back(browser, salon, server, script):
    with (
        page_of(browser, server.url, script, PHONE) as first,
        page_of(browser, server.url, script, PHONE) as second,
        page_of(browser, server.url, script, PHONE) as couple,
    ):
        ask(first, salon.shift2, "高奶奶", "100 0099 0001", 2)
        expect(first.locator("#ticket")).to_contain_text("1 号")
        ask(second, salon.shift2, "郭叔叔", "100 0099 0002", 1)
        ask(couple, salon.shift2, "老两口", "100 0099 0003", 2)
        expect(couple.locator("#ticket")).to_contain_text("候补中")
        expect(couple.locator("#ticket")).to_contain_text("前面还有 0 个号")
        second.get_by_role("button", name="我来不了，退号").tap()
        expect(second.locator("#ticket")).to_contain_text("已退号")
        couple.reload()
        expect(couple.locator("#ticket")).to_contain_text("候补中")  # one place is not two
        first.get_by_role("button", name="我来不了，退号").tap()
        expect(first.locator("#ticket")).to_contain_text("已退号")
        couple.reload()
        expect(couple.locator("#ticket")).to_contain_text("轮到您")
        expect(couple.locator("#ticket")).to_contain_text("2 个人")
        couple.get_by_role("button", name="我来", exact=True).tap()
        expect(couple.locator("#ticket")).to_contain_text("已取号")
    assert states() == [(2, State.RETURNED), (1, State.RETURNED), (2, State.TAKEN)]


@BOTH
def test_the_two_doors_of_a_page_are_never_confused(browser, salon, server, script):
    from tests.support.browser import sign_in

    with page_of(browser, server.url, script, PHONE) as wu:
        sign_in(wu, "volunteer")
        wu.goto(f"/shifts/{salon.shift2.id}")
        wu.locator("#tickets").get_by_role("button", name="我要理发").tap()
        expect(wu.locator("#tickets")).to_contain_text("1 号")
        wu.locator("#signup").get_by_role("button", name="我来帮忙").tap()
        expect(wu.locator("#signup")).to_contain_text("已报名")
        wu.goto("/me")
        expect(wu.locator("#tickets")).to_contain_text("1 号")
        expect(wu.locator("#agenda")).to_contain_text("义剪 · 引导排队")


def test_the_pages_of_a_number_have_no_fault(browser, salon, server):
    with page_of(browser, server.url, True, PHONE | {"bypass_csp": True}) as page:
        page.goto(f"/shifts/{salon.shift2.id}/tickets/new")
        assert violations(page, AXE_RULES) == []
        ask(page, salon.shift2, "高奶奶", "100 0099 0001", 1)
        assert violations(page, AXE_RULES) == []
