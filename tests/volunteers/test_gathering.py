"""A couple gets two seats or waits as two; each of them has said yes himself."""

import pytest
from sqlalchemy import select

from kernel.db import db, seen
from kernel.work import work
from tests.demo.checks import wrong_seats
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from tests.volunteers.test_signup import states, told
from volunteers.gathering import Gathering
from volunteers.gathering_state import AskedAlready, GatheringAnswered, NotTogether, Together, TooMany, WithWhom
from volunteers.refusals import SkillNeeded, TimeClash
from volunteers.signup import State

MOST = 8  # statements


def gather(world, *others, asker=None):
    return Gathering.gather(world.shift2, asker or world.wu, list(others), by=asker or world.wu)


def test_with_the_last_yes_all_have_their_seats(at_work, someone):
    li = someone("李叔")
    gathering = gather(at_work, at_work.zhou, li)
    assert [told(person, "gathering.asked") for person in (at_work.zhou, li)] == [1, 1]
    gathering.agree(at_work.zhou, by=at_work.zhou)
    assert (gathering.state, states(at_work.shift2, at_work.wu, at_work.zhou)) == (Together.GATHERING, [None, None])
    gathering.agree(li, by=li)
    assert (gathering.state, states(at_work.shift2, at_work.wu, at_work.zhou, li)) == (
        Together.ENTERED,
        [State.CONFIRMED] * 3,
    )
    assert (at_work.shift2.taken, wrong_seats()) == (3, [])


def test_two_wait_as_two_and_who_is_behind_them_goes_first_where_one_seat_is_free(at_work, someone):
    fair, people = at_work.shift2, [someone(name) for name in "甲乙丙丁"]
    for person in people[:3]:
        fair.sign_up(person, by=person)
    gather(at_work, at_work.zhou).agree(at_work.zhou, by=at_work.zhou)
    fair.sign_up(people[3], by=people[3])
    assert states(fair, at_work.wu, at_work.zhou, people[3]) == [State.WAITING] * 3
    fair.withdraw(people[0], by=people[0])
    assert states(fair, at_work.wu, at_work.zhou, people[3]) == [State.WAITING, State.WAITING, State.OFFERED]
    fair.withdraw(people[1], by=people[1])
    fair.withdraw(people[2], by=people[2])
    assert states(fair, at_work.wu, at_work.zhou) == [State.OFFERED] * 2
    assert [told(person, "signup.offered") for person in (at_work.wu, at_work.zhou)] == [1, 1]
    assert wrong_seats() == []


def test_a_seat_that_would_not_do_for_two_is_for_whoever_comes(at_work, someone):
    fair, li = at_work.shift2, someone("李叔")
    for name in "甲乙":
        person = someone(name)
        fair.sign_up(person, by=person)
    gather(at_work, at_work.zhou).agree(at_work.zhou, by=at_work.zhou)
    assert (states(fair, at_work.wu, at_work.zhou), fair.left) == ([State.WAITING] * 2, 1)
    assert fair.sign_up(li, by=li).state is State.CONFIRMED


def test_who_leaves_a_waiting_couple_leaves_the_other_waiting(at_work, someone):
    fair, people = at_work.shift2, [someone(name) for name in "甲乙丙"]
    for person in people:
        fair.sign_up(person, by=person)
    gather(at_work, at_work.zhou).agree(at_work.zhou, by=at_work.zhou)
    fair.withdraw(at_work.zhou, by=at_work.zhou)
    fair.withdraw(people[0], by=people[0])
    assert states(fair, at_work.wu, at_work.zhou) == [State.OFFERED, State.WITHDRAWN]


def test_who_waited_alone_waits_with_the_other_at_the_end(at_work, someone):
    fair, people = at_work.shift2, [someone(name) for name in "甲乙丙"]
    for person in people:
        fair.sign_up(person, by=person)
    last = someone("丁")
    fair.sign_up(at_work.wu, by=at_work.wu)
    fair.sign_up(last, by=last)
    gather(at_work, at_work.zhou).agree(at_work.zhou, by=at_work.zhou)
    line = [signup.person_id for signup in db.session.scalars(fair.people(State.WAITING))]
    assert line == [last.id, at_work.wu.id, at_work.zhou.id]


def test_a_no_and_a_change_of_mind_leave_everybody_free(at_work):
    gathering = gather(at_work, at_work.zhou)
    with pytest.raises(AskedAlready):
        gather(at_work, at_work.zhao)
    gathering.decline(at_work.zhou, by=at_work.zhou)
    assert (gathering.state, told(at_work.wu, "gathering.off")) == (Together.OFF, 1)
    with pytest.raises(GatheringAnswered):
        gathering.agree(at_work.zhou, by=at_work.zhou)
    other = gather(at_work, at_work.zhao)
    other.call_off(by=at_work.wu)
    assert (other.state, told(at_work.zhao, "gathering.off")) == (Together.OFF, 1)
    assert states(at_work.shift2, at_work.wu, at_work.zhou, at_work.zhao) == [None] * 3


def test_a_gathering_is_neither_empty_nor_a_crowd(at_work, someone):
    with pytest.raises(WithWhom):
        gather(at_work, at_work.wu)
    with pytest.raises(TooMany):
        gather(at_work, *(someone(name) for name in "甲乙丙丁"))


def test_the_gates_are_asked_of_each_and_what_keeps_one_away_is_his_own_affair(world):
    with work():
        world.shift.sign_up(world.zhou, by=world.zhou)  # at the same time
        gathering = gather(world, world.zhou)
    with pytest.raises(TimeClash), work():
        gathering.agree(world.zhou, by=world.zhou)
    with work():
        world.shift.withdraw(world.zhou, by=world.zhou)
        world.shift.sign_up(world.wu, by=world.wu)
    with pytest.raises(NotTogether, match="吴阿姨") as refused, work():
        gathering.agree(world.zhou, by=world.zhou)
    assert "联防" not in str(refused.value)
    db.session.rollback()
    assert (states(world.shift2, world.wu, world.zhou), world.shift2.taken) == ([None, None], 0)
    with work():
        world.duty2.capability = world.haircut
    with pytest.raises(SkillNeeded), work():
        gather(world, world.wu, asker=world.zhao)


def test_a_couple_is_asked_and_entered_over_the_pages(enter, world):
    wu, zhou = enter("volunteer"), enter("volunteer2")
    page = f"/shifts/{world.shift2.id}"
    assert f"{page}/together" in wu.get(page).get_data(as_text=True)
    typed = f" {world.zhou.phone[:3]} {world.zhou.phone[3:]}\n"
    asked = wu.post(f"{page}/together", data={"phones": typed}, headers=HTMX)
    assert "等答复" in part(asked, "together")
    assert part(asked, "together") == part(wu.get(f"{page}/together"), "together")
    assert "吴阿姨（示例）想和您一起来这一场" in part(zhou.get(page), "signup")
    id = db.session.scalar(seen(select(Gathering.id)))
    yes = zhou.post(f"/gatherings/{id}/acceptance", headers=HTMX)
    assert part(yes, "signup") == part(zhou.get(page), "signup")
    assert states(world.shift2, world.wu, world.zhou) == [State.CONFIRMED] * 2


def test_a_number_that_is_nobodys_is_said_and_all_is_kept(enter, world):
    answer = enter("volunteer").post(
        f"/shifts/{world.shift2.id}/together", data={"phones": "10000000099"}, headers=HTMX
    )
    assert answer.status_code == 409
    assert "10000000099" in part(answer, "together")


@pytest.mark.parametrize("who", ["partner", "committee", "other-committee", None])
def test_it_is_nobody_elses_affair(enter, world, who):
    with work():
        gather(world, world.zhou)
    id, client = db.session.scalar(seen(select(Gathering.id))), enter(who)
    closed = {303, 404} if who is None else {404}
    assert client.get(f"/gatherings/{id}").status_code in closed
    for verb in ("acceptance", "refusal", "withdrawal"):
        assert client.post(f"/gatherings/{id}/{verb}").status_code in closed
    assert "吴阿姨" not in part(client.get(f"/shifts/{world.shift2.id}"), "signup")


def test_each_answers_for_himself(enter, world):
    with work():
        gather(world, world.zhou)
    id = db.session.scalar(seen(select(Gathering.id)))
    assert enter("volunteer").post(f"/gatherings/{id}/acceptance").status_code == 403
    assert enter("volunteer2").post(f"/gatherings/{id}/withdrawal").status_code == 403
    assert enter("volunteer2").get(f"/gatherings/{id}").location == f"/shifts/{world.shift2.id}"
    assert enter("volunteer2").post(f"/gatherings/{id}/refusal").status_code == 303
    assert states(world.shift2, world.wu, world.zhou) == [None, None]


def test_its_page_asks_little_however_many_are_asked(enter, world):
    with work():
        gather(world, world.zhou, world.zhao)
    for who in ("volunteer", "volunteer2"):
        client = enter(who)
        for url in (f"/shifts/{world.shift2.id}/together", f"/shifts/{world.shift2.id}"):
            with counted() as said:
                assert client.get(url).status_code == 200
            assert len(said) <= MOST, (url, who, len(said))
