"""My own page: where I am expected, the way out of it, and the address of my calendar, which is mine alone."""

import re
from html import unescape

import pytest

from kernel.work import work
from tests.support.pages import HTMX, part

ADDRESS = re.compile(r'value="(http://localhost/calendar/[^"]+\.ics)"')


def address_in(page):
    return ADDRESS.search(unescape(page)).group(1)


def path_of(address):
    return address.removeprefix("http://localhost")


@pytest.fixture
def wu(enter):
    return enter("volunteer")


def test_it_is_for_whoever_has_an_account(enter, world):
    assert enter().get("/me").location == "/sign-in?next=/me"
    for account in ("volunteer", "committee", "department"):
        assert enter(account).get("/me").status_code == 200


def test_where_i_am_expected_stands_there_with_the_way_out(wu, world):
    assert "您还没有报名活动" in wu.get("/me").text
    wu.post(f"/shifts/{world.shift.id}/signups")
    agenda = part(wu.get("/me"), "agenda")
    assert "联防巡查 · 巡查员" in agenda
    assert f'href="/shifts/{world.shift.id}.ics"' in agenda
    assert f"/signups/{world.shift.signup_of(world.wu).id}/withdrawal?back=me" in agenda


def test_the_answer_and_the_page_agree(wu, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    id = world.shift.signup_of(world.wu).id
    answer = wu.post(f"/signups/{id}/withdrawal?back=me", headers=HTMX)
    assert answer.status_code == 200
    assert part(answer, "agenda") == part(wu.get("/me"), "agenda")
    assert "最近退出或取消的" in part(answer, "agenda")


def test_what_was_cancelled_says_why(wu, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    with work():
        world.shift.cancel("下雨，改到下周六", by=world.lin)
    assert "下雨，改到下周六" in part(wu.get("/me"), "agenda")


def test_the_calendar_has_one_address_in_three_forms(wu, world):
    page = wu.get("/me").text
    address = address_in(page)
    assert wu.get(path_of(address)).status_code == 200
    assert f'href="webcal://{address.removeprefix("http://")}"' in unescape(page)
    drawing = re.search(r'<svg[^>]*class="qr".*?</svg>', page, re.DOTALL).group()
    assert "<path" in drawing
    assert "style=" not in drawing
    assert address_in(wu.get("/me").text) == address


def test_the_address_opens_without_signing_in_and_each_has_its_own(wu, enter, world):
    zhou = enter("volunteer2")
    assert address_in(wu.get("/me").text) != address_in(zhou.get("/me").text)
    assert enter().get(path_of(address_in(wu.get("/me").text))).status_code == 200


def test_a_new_address_kills_the_old_one(wu, enter, world):
    old = path_of(address_in(wu.get("/me").text))
    assert wu.post("/me/account/feed").status_code == 303
    new = path_of(address_in(wu.get("/me").text))
    assert new != old
    assert enter().get(old).status_code == 404
    assert enter().get(new).status_code == 200


def test_nothing_of_others_is_on_it(wu, world):
    with work():
        world.shift2.sign_up(world.zhou, by=world.zhou)
    page = wu.get("/me").text
    for word in (world.zhou.name, world.zhou.phone, world.wu.phone):
        assert word not in page
