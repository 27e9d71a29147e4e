"""发到群里: at most 300 characters, nobody's name, an address that is never cut; without script a box to copy from."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from kernel import clock
from kernel.group_text import MOST, written
from kernel.work import work
from tests.support.statements import counted
from volunteers.assignments.coverage import covers
from volunteers.assignments.placing import claim
from volunteers.assignments.sharing import of_gaps
from volunteers.assignments.state import Role
from volunteers.sharing import of_shift, of_stop
from volunteers.stop import Reason, Stop

URL = "https://example.org/shifts/1"


def box(response):
    """What stands in the box of a page."""
    return unescape(re.search(r"<textarea readonly[^>]*>(.*?)</textarea>", response.get_data(as_text=True), re.S)[1])


@pytest.fixture
def stopped(world):
    """Both shifts, called off because of the heat."""
    with work():
        facts = {"starts_at": clock.now(), "until": clock.now() + timedelta(weeks=2), "outdoor_only": False}
        return Stop.call(world.community, by=world.lin, reason=Reason.HEAT, words="39 度", **facts).id


def test_the_address_is_never_cut_and_empty_lines_are_left_out():
    text = written(["很长的" * 200, "", "后面的"], URL)
    assert len(text) == MOST
    assert text.endswith("…\n" + URL)
    assert written(["一", "", "二"], URL) == "一\n二\n" + URL


def test_a_shift_says_place_time_and_who_is_wanted(at_work):
    at_work.shift2.resize(3, by=at_work.lin, least=2)
    at_work.shift2.sign_up(at_work.wu, by=at_work.wu)
    text = of_shift(at_work.shift2, URL)
    assert "【东方社区】义剪" in text
    assert "31小区东门集合" in text
    assert "还要：引导排队 2 人" in text
    assert "至少 2 人才办，还差 1 人" in text
    assert text.endswith(URL)
    for name in ("吴阿姨", "林书记", "100000"):
        assert name not in text


def test_the_other_roles_of_the_activity_are_wanted_too(at_work):
    at_work.duty.activity, at_work.duty.role = "义剪", "理发师"
    at_work.shift.move_to(at_work.shift2.starts_at, at_work.shift2.ends_at, by=at_work.lin)
    assert "还要：引导排队 3 人、理发师 1 人" in of_shift(at_work.shift2, URL)


def test_what_is_full_over_or_cancelled_asks_nobody(at_work):
    shift = at_work.shift
    shift.sign_up(at_work.wu, by=at_work.wu)
    assert "名额满了，可以候补" in of_shift(shift, URL)
    with time_machine.travel(shift.starts_at + timedelta(minutes=5)):
        assert "已经开始了" in of_shift(shift, URL)
    shift.cancel("停电", by=at_work.lin)
    assert "这一场取消了：停电" in of_shift(shift, URL)


def test_a_stop_says_what_does_not_take_place_and_then_that_it_does(enter, world, stopped):
    text = box(enter().get(f"/stops/{stopped}/share"))
    assert "【东方社区】高温：39 度，停 2 场活动" in text
    assert "联防巡查 · 巡查员" in text
    assert text.endswith(f"http://localhost/stops/{stopped}")
    with work():
        stop = world.shift.stop
        stop.lift(by=world.lin)
        assert "停掉的活动恢复了" in of_stop(stop, [], URL)


def test_the_gaps_of_a_compound_name_the_buildings(at_work):
    place = at_work.compound
    both = of_gaps(place, covers(place), URL)
    assert "【31小区】有楼栋还缺人照看" in both
    assert "没有人的：1号楼、2号楼" in both
    assert "31小区1号楼" in of_gaps(at_work.community, covers(at_work.community), URL)
    assert "每栋楼都有人照看" in of_gaps(place, [], URL)


def test_who_looks_after_a_building_is_not_in_the_text(enter, world):
    with work():
        claim(world.building1, Role.LEAD, by=world.wu).approve(by=world.lin)
    text = box(enter().get(f"/places/{world.compound.code}/coverage/share"))
    assert "没有人的：2号楼" in text
    assert "缺志愿者：1号楼" in text
    assert "吴" not in text
    assert len(text) <= MOST
    assert text.endswith(f"http://localhost/places/{world.compound.code}/coverage")


def test_everybody_shares_from_the_page_itself(enter, world, stopped):
    pages = {
        f"/shifts/{world.shift.id}": f"/shifts/{world.shift.id}/share",
        f"/stops/{stopped}": f"/stops/{stopped}/share",
        f"/places/{world.compound.code}/coverage": f"/places/{world.compound.code}/coverage/share",
    }
    for page, share in pages.items():
        assert f'href="{share}"' in enter().get(page).get_data(as_text=True)
        with counted() as said:
            answer = enter().get(share)
        assert answer.status_code == 200
        assert len(said) <= 8
        assert "data-copy=" in answer.get_data(as_text=True)
        assert len(box(answer)) <= MOST
