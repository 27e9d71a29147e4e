"""J1's claim on the other database: the browser tests run on SQLite otherwise."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.databases("postgresql")]


def test_a_volunteer_claims_a_shift_and_gives_it_back(phone, world):
    sign_in(phone, "volunteer")
    phone.goto("/")
    phone.get_by_role("link", name="看全部能去的活动").tap()
    card = phone.get_by_role("listitem").filter(has_text="联防巡查 · 巡查员")
    card.get_by_role("button", name="报名").tap()
    expect(phone.get_by_role("status")).to_contain_text("已报名“联防巡查 · 巡查员”")
    card.get_by_role("button", name="这次去不了").tap()
    expect(card.get_by_role("button", name="报名")).to_be_visible()
