"""However many days wait, the page shows the oldest fortnight and says how many more people wait."""

from datetime import timedelta

import pytest

from kernel.db import db
from kernel.work import work
from tests.support.statements import counted
from volunteers.attendances.attendance import Attendance, Way
from volunteers.hours.proposal import DAYS, waiting_days
from volunteers.shift import Shift
from volunteers.signup import Signup, State

from .conftest import unit_of

EARLIER = 40  # days, each with a shift that waits


@pytest.fixture
def many(world, over):
    """周师傅 was there on each of forty days before, and nobody confirmed them."""
    with work():
        for number in range(1, EARLIER + 1):
            begins, ends = (moment - timedelta(days=number) for moment in (world.shift.starts_at, world.shift.ends_at))
            facts = {"duty_id": world.duty.id, "place_id": world.community.id, "seats": 1, "taken": 1}
            shift = Shift(starts_at=begins, ends_at=ends, **facts)
            db.session.add(shift)
            db.session.flush()
            signup = Signup(shift_id=shift.id, person_id=world.zhou.id, state=State.DONE, queued_at=begins)
            db.session.add(signup)
            db.session.flush()
            facts = {"way": Way.LIST, "by_id": world.zhao.id}
            db.session.add(Attendance(signup_id=signup.id, arrived_at=begins, left_at=ends, **facts))
    return over


def address(world):
    return f"/places/{world.community.code}/hours"


def test_the_oldest_come_first_and_the_rest_is_one_step_away(world, many):
    days = waiting_days(world.community, unit_of(world))
    first = many.day - timedelta(days=EARLIER)
    assert list(days.shown) == [first + timedelta(days=number) for number in range(DAYS)]
    assert days.number == EARLIER + 3
    assert days.later == first + timedelta(days=DAYS)
    seen = len(days.shown)
    while days.later:
        days = waiting_days(world.community, unit_of(world), days.later)
        seen += len(days.shown)
    assert seen == EARLIER + 1


def test_the_page_says_how_many_wait_and_leads_on(enter, world, many):
    committee = enter("committee")
    page = committee.get(address(world)).text
    later = many.day - timedelta(days=EARLIER - DAYS)
    assert f"一共有 {EARLIER + 3} 人的时长等确认" in page
    assert page.count("?day=") < 3 * DAYS
    assert f"?from={later}" in page
    assert f"?day={later}" in committee.get(f"{address(world)}?from={later}").text


def test_a_day_that_is_asked_for_is_shown_wherever_it_lies(enter, world, many):
    page = enter("committee").get(f"{address(world)}?day={many.day}").text
    assert "义剪 · 引导排队" in page
    assert "2020年" not in enter("committee").get(f"{address(world)}?day=2020-01-01").text


def test_it_asks_no_more_for_many_days_than_for_one(enter, world, over, request):
    committee, page = enter("committee"), address(world)
    committee.get(page)
    with counted() as few:
        committee.get(page)
    request.getfixturevalue("many")
    with counted() as more:
        answer = committee.get(page)
    assert answer.status_code == 200
    assert len(more) == len(few)
    assert len(more) <= 8, [said[:300] for said in more]
