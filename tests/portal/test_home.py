"""The first page is what its reader needs now: what this is, what fits and what is next, or the desk of the day."""

import re

import pytest

from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted

from .conftest import shown


def test_a_visitor_reads_what_this_is_and_how_to_begin(enter, world):
    page = enter().get("/").text
    assert "社区的事，一起来做" in page
    assert 'href="/join"' in page
    assert 'href="/partners/new"' in page
    assert world.project.title in page
    assert set(shown(page)) == {world.shift.id, world.shift2.id}


@pytest.mark.parametrize("account", [None, "volunteer2"])
def test_what_is_full_is_not_offered_on_the_first_page(enter, world, account):
    with work():
        world.shift.sign_up(world.wu, by=world.wu)
        assert world.shift.taken == world.shift.seats
    assert set(shown(enter(account).get("/").text)) == {world.shift2.id}


def test_the_figures_of_the_welcome_are_those_of_the_world(enter, world):
    counts = re.findall(r"<b>(\d+)</b>", enter().get("/").text)
    assert counts[:3] == ["3", "3", "1"]  # volunteers, active partners, open projects


def test_a_visitor_is_offered_no_button_that_needs_an_account(enter, world):
    page = enter().get("/").text
    assert "/signups" not in page
    assert "吴阿姨" not in page


def test_a_volunteer_is_greeted_and_sees_what_fits(enter, world):
    page = enter("volunteer").get("/").text
    assert re.search(r"<h1>[^<]*吴阿姨[^<]*(好|深了)</h1>", page)
    assert set(shown(page)) == {world.shift.id, world.shift2.id}
    assert f"/shifts/{world.shift.id}/signups" in page
    assert re.search(r"步行约 \d+ 分钟", page)


def test_what_is_next_stands_first_with_the_way_out(enter, world):
    wu = enter("volunteer")
    wu.post(f"/shifts/{world.shift.id}/signups")
    page = wu.get("/").text
    signup = world.shift.signup_of(world.wu)
    assert shown(page)[0] == world.shift.id
    assert f"/signups/{signup.id}/withdrawal" in page
    assert f"/shifts/{world.shift.id}/signups" not in page
    assert world.shift2.id not in shown(page)  # at the same time


def test_an_offer_asks_for_an_answer_until_when(enter, world):
    with work():
        world.shift.sign_up(world.zhou, by=world.zhou)
        world.shift.sign_up(world.wu, by=world.wu)
    with work():
        world.shift.withdraw(world.zhou, by=world.zhou)
    page = enter("volunteer").get("/").text
    assert "候补轮到您了：联防巡查" in page
    assert re.search(r"请在 [^<]+ 前答复", page)
    assert f"/signups/{world.shift.signup_of(world.wu).id}/acceptance" in page


@pytest.mark.parametrize("step", ["signups", "withdrawal"])
def test_the_answer_and_the_page_agree(enter, world, step):
    wu = enter("volunteer")
    path = f"/shifts/{world.shift.id}/signups"
    if step == "withdrawal":
        wu.post(path)
        path = f"/signups/{world.shift.signup_of(world.wu).id}/withdrawal"
    answer = wu.post(f"{path}?back=home", headers=HTMX)
    assert answer.status_code == 200
    assert part(answer, "mine") == part(wu.get("/"), "mine")


@pytest.mark.parametrize("account", ["committee", "grid", "department", "subdistrict", "district", "other-committee"])
def test_whoever_serves_finds_the_desk_of_the_day(enter, world, account):
    page = enter(account).get("/").text
    assert re.search(r"<h1>今天要办</h1>", page)
    assert 'href="/today"' in page


def test_a_partners_manager_who_is_a_volunteer_too_finds_what_he_can_do(enter, world):
    page = enter("partner").get("/").text
    assert "赵社长" in page
    assert 'href="/today"' in page


@pytest.mark.parametrize("account", [None, "volunteer", "committee"])
def test_the_first_page_costs_few_statements(enter, world, plan, account):
    client = enter(account)
    with counted() as few:
        client.get("/")
    plan(20, 3)
    with counted() as many:
        client.get("/")
    assert len(many) <= len(few) + 1 <= 12
