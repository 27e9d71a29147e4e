"""The week board and the counts of a month: what is free, who used how much, and nobody's name."""

from datetime import timedelta

import pytest
import time_machine

from kernel import clock
from kernel.work import work
from partners.resources.booker import Booker
from partners.resources.resource import Resource
from partners.resources.resource_words import Sort
from partners.resources.usage import usage
from partners.resources.week import Look, board
from tests.support.lending import TUESDAY, booker, coming, facts, lend, span


@pytest.fixture
def lent(world):
    """The hall and those who want it, inside one `work()`."""
    with work():
        yield lend(world)


def row(resource, day):
    """One day of the board as (look, time, words)."""
    found = board(resource, day - timedelta(days=day.weekday())).rows[day.weekday()]
    assert found.day == day
    return [(stretch.look, stretch.time.replace("\u2060", ""), str(stretch.words)) for stretch in found.stretches]


def test_a_day_is_free_where_nothing_is_booked(lent, world):
    day = coming(TUESDAY)
    assert row(lent.hall, day) == [(Look.FREE, "08:00–22:00", "可约")]
    lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    lent.hall.book(Booker(office=world.community), *span(day, 16, 17), by=world.lin)
    lent.hall.close(*span(day, 20, 22), "灯光检修", by=world.qian)
    assert row(lent.hall, day) == [
        (Look.FREE, "08:00–14:00", "可约"),
        (Look.TAKEN, "14:00–16:00", "东方合唱团（示例）"),
        (Look.TAKEN, "16:00–17:00", "东方社区（社区自用）"),
        (Look.FREE, "17:00–20:00", "可约"),
        (Look.CLOSED, "20:00–22:00", "灯光检修"),
    ]
    assert [stretch.width for stretch in board(lent.hall, day).rows[0].stretches] == [24, 8, 4, 12, 8]


def test_every_row_is_as_wide_as_the_hours(lent, world):
    lent.hall.hours = [[[480, 720], [840, 1065]]] * 5 + [[], [[540, 1020]]]
    lent.hall.book(booker(lent.choir), *span(coming(TUESDAY), 14, 16), by=world.wu)
    found = board(lent.hall, coming(0))
    assert found.hours == list(range(8, 18))
    assert {sum(stretch.width for stretch in one.stretches) for one in found.rows} == {40}
    assert [stretch.look for stretch in found.rows[5].stretches] == [Look.CLOSED]


def test_a_request_is_seen_and_names_nobody(lent, world):
    lent.hall.at_once = False
    day = coming(TUESDAY)
    lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    assert (Look.ASKED, "14:00–16:00", "有人申请") in row(lent.hall, day)


def test_a_single_resident_is_not_named(lent, world):
    world.applicant.verify(by=world.lin)
    lent.hall.free_for = ["resident"]
    day = coming(TUESDAY)
    lent.hall.book(booker(world.applicant), *span(day, 9, 10), by=world.zhou)
    assert (Look.TAKEN, "09:00–10:00", "一位居民") in row(lent.hall, day)
    [share] = usage(lent.hall.id, day).shares
    assert (str(share.name), share.hours) == ("居民个人", 1)


def test_of_many_it_says_how_many_are_left(lent, world):
    cars = Resource.offer(
        world.community, lent.owner, by=world.qian, **facts(sort=Sort.PARKING, name="停车场", quantity=3)
    )
    day = coming(TUESDAY)
    cars.book(booker(lent.choir), *span(day, 8, 12), units=2, by=world.wu)
    cars.book(booker(lent.dancers), *span(day, 10, 14), by=world.zhou)
    assert row(cars, day) == [
        (Look.SOME, "08:00–10:00", "还有 1 个"),
        (Look.TAKEN, "10:00–12:00", "约满了"),
        (Look.SOME, "12:00–14:00", "还有 2 个"),
        (Look.FREE, "14:00–22:00", "可约"),
    ]


def test_over_midnight_it_stands_on_both_days(lent, world):
    lent.hall.hours = [[[0, 1440]]] * 7
    day = coming(TUESDAY)
    start = span(day, 22, 23)[0]
    lent.hall.book(booker(lent.choir), start, start + timedelta(hours=4), by=world.wu)
    assert row(lent.hall, day)[-1] == (Look.TAKEN, "22:00–24:00", "东方合唱团（示例）")
    assert row(lent.hall, day + timedelta(days=1))[0] == (Look.TAKEN, "00:00–02:00", "东方合唱团（示例）")


def test_the_free_hours_of_a_month_by_group(lent, world):
    first = (clock.today().replace(day=1) + timedelta(days=62)).replace(day=1)
    with time_machine.travel(clock.at(first), tick=False):
        for group, person, days, hours in (
            (lent.dancers, world.zhou, 13, 2),
            (lent.choir, world.wu, 8, 2),
            (world.team, world.wu, 10, 1),
        ):
            start = 8 if group is lent.dancers else 12 if group is lent.choir else 16
            for number in range(1, days + 1):
                when = span(first + timedelta(days=number), start, start + hours)
                lent.hall.book(booker(group), *when, by=person)
        lent.hall.book(Booker(office=world.community), *span(first + timedelta(days=3), 19, 20.5), by=world.lin)
        found = usage(lent.hall.id, first)
    assert found.free_hours == 52
    assert [share.hours for share in found.free] == [26, 16, 10]
    assert [(str(share.name), share.hours) for share in found.others] == [("东方社区（社区自用）", 1.5)]
    assert found.most == 26
    assert usage(lent.hall.id, first - timedelta(days=1)).shares == []
