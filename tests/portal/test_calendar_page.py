"""A calendar on a page: the same events as the feed, by month and week, mine for me and a place's for everybody."""

import re
from datetime import date, timedelta

import pytest

from kernel import clock
from kernel.work import work
from portal.month import span
from tests.support.statements import counted

MOST = 8  # statements beside those that ask who is there
LINK = re.compile(r'<li[^>]*><a href="([^"]+/shifts/\d+)"')


def text(answer):
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("view", "on", "first", "last"),
    [
        ("month", date(2026, 2, 14), date(2026, 2, 1), date(2026, 2, 28)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("week", date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 29)),
        ("week", date(2026, 11, 30), date(2026, 11, 30), date(2026, 12, 6)),
    ],
)
def test_a_month_and_a_week_begin_where_people_expect(view, on, first, last):
    assert span(view, on) == (first, last)


def test_what_she_signed_up_for_stands_on_its_day_and_nobody_elses(enter, world):
    wu, zhou = enter("volunteer"), enter("volunteer2")
    wu.post(f"/shifts/{world.shift.id}/signups")
    day = clock.local(world.shift.starts_at).date()
    for view in ("month", "week"):
        [link] = LINK.findall(text(wu.get(f"/calendar/?view={view}&on={day}")))
        assert link.endswith(f"/shifts/{world.shift.id}")
        assert LINK.findall(text(zhou.get(f"/calendar/?view={view}&on={day}"))) == []
    after = day + timedelta(days=40)
    assert "这段时间没有安排" in text(wu.get(f"/calendar/?view=week&on={after}"))


def test_kinds_are_chosen_in_the_address(enter, world):
    wu, day = enter("volunteer"), clock.local(world.shift.starts_at).date()
    wu.post(f"/shifts/{world.shift.id}/signups")
    assert len(LINK.findall(text(wu.get(f"/calendar/?on={day}&kinds=shift")))) == 1
    assert LINK.findall(text(wu.get(f"/calendar/?on={day}&kinds=milestone"))) == []
    assert len(LINK.findall(text(wu.get(f"/calendar/?on={day}&kinds=nonsense")))) == 1


def test_a_place_shows_everybody_what_takes_place_and_what_does_not(enter, world):
    with work():
        world.shift2.cancel("下雨", by=world.lin)
    day = clock.local(world.shift2.starts_at).date()
    page = text(enter().get(f"/places/{world.community.code}/calendar?on={day}"))
    assert 'class="gone"' in page
    assert "取消了" in page
    assert world.wu.name not in page


def test_only_who_signed_in_has_a_calendar(enter):
    assert enter().get("/calendar/").status_code in (303, 401)
    for on in ("0001-01-01", "9999-12-31", "x", "2026-02-30"):
        assert enter("volunteer").get(f"/calendar/?on={on}").status_code == 200


@pytest.mark.parametrize("name", ["volunteer", "partner", "committee"])
def test_it_costs_few_statements(enter, world, name):
    client = enter(name)
    client.get("/calendar/")
    with counted() as asked:
        assert client.get("/calendar/").status_code == 200
    own = [one for one in asked if not re.search(r"FROM (sign_in|post|notice|member)\b", one)]
    assert len(own) <= MOST, [one[:140] for one in own]
