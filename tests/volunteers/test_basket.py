"""Several shifts in one step: all of them or none; or whichever of them comes first."""

from datetime import time, timedelta

import pytest

from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.volunteers.test_signup import states, told
from volunteers.basket import MOST, NoneOfThem, NotAll, NothingChosen, TooMany, sign_up_for_all, sign_up_for_one
from volunteers.pattern import Pattern
from volunteers.shift import Shift
from volunteers.signup import State


@pytest.fixture
def days(grown, world):
    """Twelve mornings with one seat each, from a week ahead on."""

    def build():
        first = clock.today() + timedelta(days=7)
        pattern = Pattern(frozenset(range(7)), time(9), time(10), first, first + timedelta(days=11))
        Shift.plan(world.duty, pattern, 1, by=world.lin)
        return world

    grown("mornings", build)
    return list(db.session.scalars(Shift.coming().where(Shift.duty_id == world.duty.id, Shift.id != world.shift.id)))


class TestAll:
    def test_each_gives_a_seat_or_a_place_in_its_queue(self, world, days):
        with work():
            days[1].sign_up(world.zhou, by=world.zhou)
            done = sign_up_for_all(days[:3], world.wu, by=world.wu)
        assert [signup.state for signup in done] == [State.CONFIRMED, State.WAITING, State.CONFIRMED]

    def test_what_stands_in_the_way_of_one_stops_all(self, world, days):
        with work():
            world.shift2.starts_at, world.shift2.ends_at = days[2].starts_at, days[2].ends_at
        with pytest.raises(NotAll, match="都没有报"), work():
            sign_up_for_all([days[0], days[2], world.shift2], world.wu, by=world.wu)
        db.session.rollback()
        assert [day.taken for day in days[:3]] == [0, 0, 0]
        assert states(days[0], world.wu) == [None]

    def test_the_gates_see_what_came_before_in_the_same_basket(self, world, days):
        with work():
            world.duty.fair_cap = 2
        with pytest.raises(NotAll, match="最多 2 次"), work():
            sign_up_for_all(days[:3], world.wu, by=world.wu)
        with work():
            assert len(sign_up_for_all(days[:2], world.wu, by=world.wu)) == 2

    def test_a_basket_is_neither_empty_nor_endless(self, world, days):
        for sign_up in (sign_up_for_all, sign_up_for_one):
            with pytest.raises(NothingChosen):
                sign_up([], world.wu, by=world.wu)
            with pytest.raises(TooMany):
                sign_up(days[: MOST + 1], world.wu, by=world.wu)


class TestOne:
    def test_the_first_that_has_a_seat_is_enough(self, world, days):
        with work():
            days[0].sign_up(world.zhou, by=world.zhou)
            done = sign_up_for_one(days[:3], world.wu, by=world.wu)
        assert [(signup.shift_id, signup.state) for signup in done] == [(days[1].id, State.CONFIRMED)]
        assert states(days[2], world.wu) == [None]

    def test_where_all_are_full_one_waits_in_all_and_leaves_the_rest_with_the_first_seat(self, world, days):
        with work():
            for day in days[:3]:
                day.sign_up(world.zhou, by=world.zhou)
            sign_up_for_one(days[:3], world.wu, by=world.wu)
            days[3].sign_up(world.zhao, by=world.zhao)
            days[0].sign_up(world.zhao, by=world.zhao)
        with work():
            days[0].withdraw(world.zhou, by=world.zhou)
            days[1].withdraw(world.zhou, by=world.zhou)
        assert [states(day, world.wu)[0] for day in days[:3]] == [State.OFFERED, State.OFFERED, State.WAITING]
        with work():
            days[1].accept(world.wu, by=world.wu)
        assert [states(day, world.wu)[0] for day in days[:3]] == [State.PASSED, State.CONFIRMED, State.WITHDRAWN]
        assert states(days[0], world.zhao) == [State.OFFERED]
        assert told(world.zhao, "signup.offered") == 1

    def test_what_one_cannot_take_at_all_is_left_out(self, world, days):
        with work():
            world.shift2.starts_at, world.shift2.ends_at = days[0].starts_at, days[0].ends_at
            world.shift2.sign_up(world.wu, by=world.wu)
            [signup] = sign_up_for_one(days[:2], world.wu, by=world.wu)
            assert signup.shift_id == days[1].id
            with pytest.raises(NoneOfThem, match="这个时间您已报名"):
                sign_up_for_one(days[:1], world.wu, by=world.wu)


class TestPage:
    def test_several_are_ticked_and_taken_in_one_step(self, enter, world, days):
        wu = enter("volunteer")
        page = wu.get("/shifts/?many=1").get_data(as_text=True)
        assert f'value="{days[0].id}"' in page
        assert 'name="shift"' not in wu.get("/shifts/").get_data(as_text=True)
        data = {"shift": [days[0].id, days[1].id], "back": "list"}
        answer = wu.post("/shifts/basket?many=1", data=data, headers=HTMX)
        assert part(answer, "shifts") == part(wu.get("/shifts/?many=1"), "shifts")
        assert [states(day, world.wu)[0] for day in days[:2]] == [State.CONFIRMED, State.CONFIRMED]

    def test_one_of_them_will_do(self, enter, world, days):
        data = {"shift": [days[0].id, days[1].id], "one": "1"}
        assert enter("volunteer").post("/shifts/basket", data=data).status_code == 303
        assert [states(day, world.wu)[0] for day in days[:2]] == [State.CONFIRMED, None]

    def test_a_refusal_changes_nothing_and_says_which(self, enter, world, days):
        answer = enter("volunteer").post("/shifts/basket", data={}, headers=HTMX)
        assert (answer.status_code, "请先勾选" in answer.get_data(as_text=True)) == (409, True)
        world_gone = {"shift": [days[0].id, 99999999]}
        assert enter("volunteer").post("/shifts/basket", data=world_gone).status_code == 404
        assert days[0].taken == 0
        assert enter().post("/shifts/basket", data={"shift": [days[0].id]}).status_code == 303
