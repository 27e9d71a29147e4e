"""The pages on which somebody who cannot come finds another one: offer, answer, the lead's word, the board."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.pattern import Pattern
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.swap import Swap
from volunteers.swap_state import Swapping

MOST = 8  # statements


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def goes(world):
    """wu has the one seat of Saturday's patrol; the id of her sign-up."""
    with work():
        return world.shift.sign_up(world.wu, by=world.wu).id


def the_swap():
    db.session.rollback()
    return db.session.scalar(seen(select(Swap).order_by(Swap.id.desc()).limit(1)))


def ask(client, id, way, **more):
    return client.post(f"/signups/{id}/swap", data={"way": way, **more})


def test_from_the_shift_to_somebody_else_who_goes(enter, world, goes):
    wu, zhou, lin = enter("volunteer"), enter("volunteer2"), enter("committee")
    assert "想自己找人替" in text(wu.get(f"/shifts/{world.shift.id}"))
    assert wu.get(f"/swaps/by-signup/{goes}").location == f"/signups/{goes}/swap"
    assert "怎么找人" in text(wu.get(f"/signups/{goes}/swap"))
    asked = ask(wu, goes, "person", phone=world.zhou.phone)
    swap = the_swap()
    assert asked.location == f"/swaps/{swap.id}"
    assert wu.get(f"/swaps/by-signup/{goes}").location == f"/swaps/{swap.id}"
    assert "请您替" in text(zhou.get("/swaps/"))
    assert "吴阿姨（示例）这一场去不了" in part(zhou.get(f"/swaps/{swap.id}"), "swap")
    yes = zhou.post(f"/swaps/{swap.id}/acceptance", headers=HTMX)
    assert part(yes, "swap") == part(zhou.get(f"/swaps/{swap.id}"), "swap")
    assert "没意见，现在就换" in text(lin.get(f"/swaps/{swap.id}"))
    done = lin.post(f"/swaps/{swap.id}/approval", headers=HTMX)
    assert part(done, "swap") == part(lin.get(f"/swaps/{swap.id}"), "swap")
    states = [world.shift.signup_of(person).state for person in (world.wu, world.zhou)]
    assert states == [State.WITHDRAWN, State.CONFIRMED]


@pytest.mark.parametrize("number", ["10000000099", "10000000001"])  # nobody's, and lin's, who is no volunteer
def test_who_is_no_volunteer_is_not_given_away_by_the_answer(enter, goes, number):
    answer = ask(enter("volunteer"), goes, "person", phone=number)
    assert (answer.status_code, "没有用这个号码登记的志愿者" in text(answer)) == (409, True)


def test_nobody_finds_out_by_trying_who_is_a_volunteer(enter, goes):
    wu = enter("volunteer")
    for number in range(10):
        assert ask(wu, goes, "person", phone=f"1000000008{number}").status_code == 409
    answer = ask(wu, goes, "person", phone="10000000005")
    assert (answer.status_code, "次数太多了" in text(answer)) == (409, True)


@pytest.mark.parametrize(
    ("way", "words"), [("person", "请把这一项也填上"), ("team", "请把这一项也填上"), ("x", "选一项")]
)
def test_what_is_left_out_is_said(enter, goes, way, words):
    answer = ask(enter("volunteer"), goes, way)
    assert (answer.status_code, words in text(answer)) == (422, True)


def test_the_board_is_for_everybody_and_the_lead_may_object(enter, world, goes):
    ask(enter("volunteer"), goes, "board")
    swap, zhou, lin = the_swap(), enter("volunteer2"), enter("committee")
    assert "谁都可以接" in text(zhou.get("/swaps/"))
    zhou.post(f"/swaps/{swap.id}/acceptance")
    empty = lin.post(f"/swaps/{swap.id}/objection", data={"reason": ""}, headers=HTMX)
    assert empty.status_code == 422
    lin.post(f"/swaps/{swap.id}/objection", data={"reason": "这次要会急救的人"})
    assert the_swap().state is Swapping.VETOED
    assert "这次要会急救的人" in text(enter("volunteer").get(f"/swaps/{swap.id}"))


def test_a_team_is_ones_own(enter, world, goes):
    assert ask(enter("volunteer"), goes, "team", partner_id=world.egret.id).status_code == 409
    assert ask(enter("volunteer"), goes, "team", partner_id=world.team.id).status_code == 303


def test_a_shift_in_exchange(enter, world, goes):
    day = clock.local(world.shift.starts_at).date() + timedelta(days=7)
    pattern = Pattern(
        frozenset(), clock.local(world.shift.starts_at).time(), clock.local(world.shift.ends_at).time(), day, day
    )
    with work():
        [other] = Shift.plan(world.duty, pattern, 1, by=world.lin)
        other.sign_up(world.zhou, by=world.zhou)
    wu, zhou = enter("volunteer"), enter("volunteer2")
    assert "和别的一场换" in text(wu.get(f"/signups/{goes}/swap"))
    ask(wu, goes, "shift", wanted_id=other.id)
    swap = the_swap()
    assert "想用它换您的" in text(zhou.get(f"/swaps/{swap.id}"))
    zhou.post(f"/swaps/{swap.id}/acceptance")
    enter("committee").post(f"/swaps/{swap.id}/approval")
    assert other.signup_of(world.wu).state is State.CONFIRMED
    assert world.shift.signup_of(world.zhou).state is State.CONFIRMED


def test_a_change_of_mind_and_a_no(enter, world, goes):
    wu, zhou = enter("volunteer"), enter("volunteer2")
    ask(wu, goes, "person", phone=world.zhou.phone)
    answer = zhou.post(f"/swaps/{the_swap().id}/refusal")
    assert answer.location == "/swaps/"  # it is nobody's but hers now
    assert the_swap().state is Swapping.DECLINED
    ask(wu, goes, "board")
    wu.post(f"/swaps/{the_swap().id}/withdrawal")
    assert the_swap().state is Swapping.WITHDRAWN
    assert zhou.get(f"/swaps/{the_swap().id}").status_code == 404


@pytest.mark.parametrize("who", ["partner", "other-committee", "grid", None])
def test_strangers_neither_see_nor_answer_what_is_asked_of_one_person(enter, world, goes, who):
    ask(enter("volunteer"), goes, "person", phone=world.zhou.phone)
    id, client = the_swap().id, enter(who)
    closed = {303, 404} if who is None else {403, 404}
    assert client.get(f"/swaps/{id}").status_code in closed
    assert client.get(f"/signups/{goes}/swap").status_code in closed
    for verb in ("acceptance", "refusal", "withdrawal", "approval", "objection"):
        assert client.post(f"/swaps/{id}/{verb}", data={"reason": "我要"}).status_code in closed
    assert the_swap().state is Swapping.OPEN


def test_the_two_do_not_approve_their_own_swap(enter, world, goes):
    with work():
        world.duty.lead = world.zhou
    wu = enter("volunteer")
    ask(wu, goes, "board")
    assert wu.post(f"/swaps/{the_swap().id}/approval").status_code == 403
    assert wu.post(f"/swaps/{the_swap().id}/acceptance").status_code == 403


def test_the_board_asks_little_however_long_it_is(enter, world, goes):
    zhou = enter("volunteer2")
    with work():
        Swap.offer(world.shift.signup_of(world.wu), by=world.wu)
        day = clock.local(world.shift.starts_at).date() + timedelta(days=1)
        start, end = clock.local(world.shift.starts_at).time(), clock.local(world.shift.ends_at).time()
        weeks = Pattern(frozenset(range(7)), start, end, day, day + timedelta(days=12))
        for shift in Shift.plan(world.duty, weeks, 1, by=world.lin):
            Swap.offer(shift.sign_up(world.wu, by=world.wu), by=world.wu)
    with counted() as said:
        assert text(zhou.get("/swaps/")).count("谁都可以接") == 14
    assert len(said) <= MOST


@pytest.mark.parametrize("who", ["volunteer", "volunteer2", "committee"])
def test_the_pages_of_a_swap_ask_little(enter, world, goes, who):
    with work():
        swap = Swap.offer(world.shift.signup_of(world.wu), by=world.wu, to=world.zhou)
    client = enter(who)
    for url in (f"/swaps/{swap.id}", *([f"/signups/{goes}/swap"] if who == "volunteer" else [])):
        with counted() as said:
            assert client.get(url).status_code == 200
        assert len(said) <= MOST, (url, said)
