"""The list of shifts: what I can take first, why not the rest, whatever the address asks for."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest

from kernel import clock
from kernel.cursor import pack
from kernel.db import db
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.shift import Shift

from .conftest import shown

BUDGET = 6  # statements; a place that the address names is one more
MORE = re.compile(r'class="more"><a[^>]*href="([^"]+)"')
HOSTILE = [
    "'", "%", "\\", "_", "%00", "a%00b", "%ff%fe", "%E2%80%AE", "%F0%9F%9A%B6", "-1", "0", "99999999999999999999",
    "1e9", "١", "None", "2026-02-30", "0001-01-01", "9999-12-31", "99999-01-01", "2026-W01-1", "' OR 1=1 --",
    "<script>", "x" * 3000, "%0d%0aSet-Cookie:a=b", "[]", "{}",
]  # fmt: skip
NAMES = "place category from to q page all back kind endpoint _external _scheme _anchor".split()


@pytest.fixture
def wu(enter):
    return enter("volunteer")


def taken_first(page):
    """What can be taken, without the fold of what cannot."""
    return shown(page.split('class="fold"')[0].split('id="shifts"')[1])


# ---- what is listed --------------------------------------------------------------------------------------------------


def test_a_visitor_sees_all_and_no_button(enter, world, plan):
    planned = plan(2)
    page = enter().get("/shifts/").text
    assert set(shown(page)) == {world.shift.id, world.shift2.id} | planned
    assert "四周内 4 场" in page
    assert "/signups" not in page


def test_a_volunteer_can_take_each_with_one_tap(wu, world):
    page = wu.get("/shifts/").text
    assert taken_first(page) == [world.shift.id, world.shift2.id]
    assert page.count('hx-target="#shifts"') == 2
    assert "缺 1 人" in page
    assert "缺 3 人" in page


def test_what_he_cannot_take_is_folded_below_with_the_reason(wu, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    page = wu.get("/shifts/").text
    assert taken_first(page) == [world.shift.id]
    folded = page.split('class="fold"')[1]
    assert shown(folded) == [world.shift2.id]
    assert "这个时间您已报名“联防巡查 · 巡查员 07:00–08:00”" in unescape(folded)


def test_a_full_one_can_be_waited_for(enter, wu, world):
    with work():
        world.shift.sign_up(world.zhou, by=world.zhou)
    assert "我要候补（前面 0 人）" in wu.get("/shifts/").text
    wu.post(f"/shifts/{world.shift.id}/signups")
    page = enter().get("/shifts/").text
    assert "已满 · 1 人候补" in page


def test_in_a_ring_what_has_free_seats_stands_before_what_is_full(wu, world, plan):
    sooner, later = sorted(plan(2, 1, seats=1), key=lambda id: db.session.get_one(Shift, id).starts_at)
    assert [id for id in shown(wu.get("/shifts/").text) if id in (sooner, later)] == [sooner, later]
    with work() as session:
        session.get_one(Shift, sooner).sign_up(world.zhou, by=world.zhou)
    assert [id for id in shown(wu.get("/shifts/").text) if id in (sooner, later)] == [later, sooner]


def test_cancelled_and_past_ones_are_not_listed(enter, world, plan):
    with work():
        world.shift.cancel("下雨", by=world.lin)
    assert shown(enter().get("/shifts/").text) == [world.shift2.id]


# ---- what it costs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("/shifts/", BUDGET),
        ("/shifts/?all=1", BUDGET),
        ("/shifts/?q=义", BUDGET),
        ("/shifts/?place=610102004003", BUDGET + 1),
    ],
)
def test_a_page_costs_the_same_whatever_it_holds(wu, world, plan, address, budget):
    wu.post(f"/shifts/{world.shift.id}/signups")
    with counted() as few:
        assert wu.get(address).status_code == 200
    plan(20, 3, activity="义诊")
    with counted() as many:
        assert len(shown(wu.get(address).text)) >= 25
    assert len(few) <= budget
    assert len(many) <= budget


def test_a_full_page_stays_small(wu, plan):
    plan(20, 3, activity="社区卫生服务中心义诊和用药咨询，引导和登记志愿者")
    page = wu.get("/shifts/?all=1")
    assert len(shown(page.text)) == 25
    assert len(page.data) <= 40 * 1024


# ---- filters ---------------------------------------------------------------------------------------------------------


def test_each_filter_narrows(enter, world, plan):
    planned, visitor = plan(3), enter()
    day = (clock.today() + timedelta(days=2)).isoformat()
    asked = {
        "place=610102004003": {world.shift.id, world.shift2.id} | planned,
        "place=610102004001": set(),
        f"category={world.repair.id}": planned,
        "q=义剪": {world.shift2.id},
        "q=登记": planned,
        f"category={world.repair.id}&from={day}": {id for id in planned if id != min(planned)},
        f"category={world.repair.id}&from={day}&to={day}": {min(planned) + 1},
        "q=没有的": set(),
    }
    assert {query: set(shown(visitor.get(f"/shifts/?{query}").text)) for query in asked} == asked


def test_a_claim_comes_back_to_the_list_with_its_filters(wu, world):
    answer = wu.post(f"/shifts/{world.shift2.id}/signups?all=1&q=义剪&back=list")
    assert (answer.status_code, answer.location) == (303, f"/shifts/?all=1&q={quote('义剪')}")


def test_the_answer_and_the_page_with_the_same_filters_agree(wu, world):
    filters = f"all=1&q={quote('义剪')}"
    answer = wu.post(f"/shifts/{world.shift2.id}/signups?{filters}&back=list", headers=HTMX)
    assert answer.status_code == 200
    assert part(answer, "shifts") == part(wu.get(f"/shifts/?{filters}"), "shifts")
    assert "联防巡查" not in part(answer, "shifts")
    assert "这次去不了" in part(answer, "shifts")


def test_every_button_of_the_list_keeps_its_filters(wu, world):
    page = unescape(wu.get("/shifts/?all=1&q=剪").text)
    actions = re.findall(r'formaction="([^"]+)"', page)
    assert actions == [f"/shifts/{world.shift2.id}/signups?all=1&q={quote('剪')}&back=list"]
    assert re.search(r'<input type="hidden" name="all" value="1">', page)


def test_a_refusal_is_said_over_the_list_that_stays(wu, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    answer = wu.post(f"/shifts/{world.shift2.id}/signups?back=list&all=1", headers=HTMX)
    assert answer.status_code == 409
    assert "这个时间您已报名" in part(answer, "said")
    assert part(answer, "shifts") == part(wu.get("/shifts/?all=1"), "shifts")


def test_no_filter_breaks_the_page(enter, world):
    visitor = enter()
    for value in HOSTILE:
        query = "&".join(f"{name}={value}" for name in NAMES)
        assert visitor.get(f"/shifts/?{query}").status_code in (200, 400), value


@pytest.mark.parametrize("account", [None, "volunteer"])
def test_no_filter_breaks_the_page_that_has_a_next_one(enter, plan, account):
    plan(20, 3)
    assert enter(account).get("/shifts/?" + "&".join(f"{name}=1" for name in NAMES[5:])).status_code == 200


# ---- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "address"), [(None, "/shifts/"), ("volunteer", "/shifts/"), ("volunteer", "/shifts/?all=1")]
)
def test_the_next_pages_show_everything_once(enter, world, plan, account, address):
    everything = {world.shift.id, world.shift2.id} | plan(20, 3)
    client, seen, pages = enter(account), [], 0
    while address:
        page = client.get(address).text
        seen += taken_first(page)
        more = MORE.search(page)
        address = unescape(more.group(1)) if more else None
        pages += 1
    assert pages == 3
    assert len(seen) == len(everything)
    assert set(seen) == everything


@pytest.mark.parametrize(
    "word",
    ["x", "", pack(1), pack(1, "x", 1), pack("1", "2", "3"), pack(1, "2026-11-20T00:00:00", 1),
     pack(2**60, "2026-11-20", 1), pack(1, "0001-01-01T00:00:00+14:00", 1), pack(1, "9999-12-31T23:59:59-14:00", 1)],
)  # fmt: skip
def test_a_mangled_cursor_breaks_nothing(wu, world, word):
    assert wu.get("/shifts/", query_string={"page": word}).status_code == 200


def test_an_unknown_place_is_not_asked_for(enter, world):
    assert set(shown(enter().get("/shifts/?place=nowhere").text)) == {world.shift.id, world.shift2.id}


def test_hostile_words_are_shown_as_they_are(enter, world):
    page = enter().get("/shifts/", query_string={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page
