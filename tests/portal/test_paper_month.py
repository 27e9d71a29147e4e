"""The paper month: what the feed says, in large letters, with whom to ring; at the desk it leaves a line."""

import re
from datetime import timedelta

import pytest
import time_machine

from communities.journal import Line
from kernel import agenda, clock
from kernel.agenda import Window
from kernel.db import db
from kernel.recurrence import expanded
from kernel.work import work
from portal.paper_month import LATE, PaperMonth
from tests.support.statements import counted
from volunteers.signup import State

DAY = timedelta(days=1)
HEAD = re.compile(r"<h2>(.*?)</h2>")


def text(answer):
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture
def going(world):
    """吴阿姨 goes on Saturday, and waits for a seat in nothing."""
    with work():
        world.shift.sign_up(world.wu, by=world.wu)
    return clock.local(world.shift.starts_at).date()


def of(day):
    return f"{day:%Y-%m}"


def test_it_says_when_where_and_whom_to_ring(enter, world, going):
    page = text(enter("volunteer").get(f"/me/month?of={of(going)}"))
    assert "07:00–\u206008:00" in page
    assert "31小区东门" in page
    assert f"找谁：{world.lin.called} {world.lin.phone}" in page
    assert world.zhou.name not in page


def test_a_lead_without_a_number_leaves_the_desk_to_ask(enter, world, going):
    with work():
        world.lin.phone = None
    page = text(enter("volunteer").get(f"/me/month?of={of(going)}"))
    assert "找谁：社区前台，或打社区电话" in page


def test_who_did_not_promise_to_come_sees_no_number(enter, world, going):
    with work():
        world.shift.withdraw(world.wu, by=world.wu)
        world.duty2.confirms = True
        assert world.shift2.sign_up(world.wu, by=world.wu).state is State.PENDING
    page = text(enter("volunteer").get(f"/me/month?of={of(going)}"))
    assert "还等您答复的" in page
    assert "义剪 · 引导排队" in page
    assert world.lin.phone not in page
    assert "联防巡查" not in page  # she does not go there any more


def test_page_and_feed_have_the_same_events(world, going):
    first = going.replace(day=1)
    with time_machine.travel(clock.at(first) - DAY, tick=False):
        month = PaperMonth.of(world.wu, going)
        told = agenda.events("person", world.wu, Window(first, month.last))
        whole = expanded(told, clock.at(first), clock.at(month.last + DAY))
        assert [event.uid for event in whole] == [event.uid for event in (*month.duties, *month.offers)]
        assert month.duties == whole


def test_what_is_over_this_month_is_left_out_and_of_a_month_that_was_chosen_it_is_there(world, going):
    with time_machine.travel(world.shift.ends_at + timedelta(hours=1), tick=False):
        assert PaperMonth.of(world.wu, going).duties == []
    with time_machine.travel(world.shift.ends_at + timedelta(days=40), tick=False):
        assert [event.summary for event in PaperMonth.of(world.wu, going).duties] == ["联防巡查 · 巡查员"]


def test_the_next_month_is_offered_late_or_when_this_one_is_empty(world, going):
    month = going.replace(day=1)
    for number, offered in ((1, False), (LATE - 1, False), (LATE, True)):
        with time_machine.travel(clock.at(month.replace(day=number)), tick=False):
            late = PaperMonth.of(world.wu, clock.today())
            assert late.is_late == (offered or not late.duties)
            assert late.next > late.last
    with time_machine.travel(clock.at(month), tick=False):
        assert PaperMonth.of(world.zhou, month).is_late
        assert not PaperMonth.of(world.zhou, month + 40 * DAY).is_late


@pytest.mark.parametrize("word", ["", "x", "2026-13", "9999-99", "-1"])
def test_a_month_that_is_none_is_this_one(enter, world, word):
    assert f"{clock.today().month}月" in text(enter("volunteer").get(f"/me/month?of={word}"))


@pytest.mark.parametrize(
    ("name", "status"),
    [("committee", 200), ("subdistrict", 200), ("other-committee", 404), ("volunteer2", 404), ("volunteer", 403)],
)
def test_the_office_of_her_home_prints_it_for_her_and_nobody_else_does(enter, world, going, name, status):
    answer = enter(name).post(f"/people/{world.wu.id}/month", data={"of": of(going)})
    assert answer.status_code == status
    db.session.rollback()
    lines = list(db.session.scalars(db.select(Line).where(Line.verb == "month.printed")))
    if status != 200:
        assert lines == []
        return
    assert "31小区东门" in text(answer)
    [line] = lines
    assert line.ids == {"person": world.wu.id, "month": of(going)}
    assert line.place_id == world.building1.id
    assert line.by_id is not None


def test_who_is_not_signed_in_prints_nothing(enter, world):
    assert enter().get("/me/month").location == "/sign-in?next=/me/month"
    assert enter().post(f"/people/{world.wu.id}/month").status_code in (303, 404)


def test_staff_find_the_button_on_the_row_of_a_neighbour(enter, world):
    assert f"/people/{world.wu.id}/month" in text(enter("committee").get("/people/"))
    assert f"/people/{world.wu.id}/month" not in text(enter("grid").get("/people/"))


def test_it_costs_few_statements(enter, world, going):
    wu = enter("volunteer")
    wu.get("/me/month")
    with counted() as said:
        wu.get(f"/me/month?of={of(going)}")
    assert len(said) <= 8, [one[:140] for one in said]
