"""Fair use: a free quota a month, and the published order when several want the same time."""

from datetime import timedelta

import pytest
import time_machine

from kernel import clock
from kernel.work import work
from partners.kind import Kind
from partners.partner import Partner
from partners.resources.booker import Booker
from partners.resources.booking_words import OthersFirst, OthersWait, QuotaUsed, State, Why
from partners.resources.fair import mean, rank
from tests.support.lending import booker, lend, span

HOUR = timedelta(hours=1)


@pytest.fixture
def lent(world):
    """The hall and those who want it, inside one `work()`; on the first of a month, so that a month lies ahead."""
    first = (clock.today().replace(day=1) + timedelta(days=62)).replace(day=1)
    with time_machine.travel(clock.at(first) + 9 * HOUR, tick=False), work():
        found = lend(world)
        found.third = Partner.apply(Kind.TEAM, "东方太极队（示例）", world.community, by=world.zhao)
        found.third.verify(by=world.lin)
        yield found


def days(number: int):
    """So many days of this month, the first one tomorrow."""
    return [clock.today() + timedelta(days=day) for day in range(1, number + 1)]


def test_a_group_has_so_many_free_hours_a_month(lent, world):
    lent.hall.free_hours = 4
    first, second, third = days(3)
    for day in (first, second):
        lent.hall.book(booker(lent.choir), *span(day, 14, 15.5), by=world.wu)
    with pytest.raises(QuotaUsed) as said:
        lent.hall.book(booker(lent.choir), *span(third, 14, 16), wait=True, by=world.wu)
    for words in ("每月免费 4 小时", "已经约了 3 小时", "这次要 2 小时"):
        assert words in str(said.value)
    assert lent.hall.book(booker(lent.choir), *span(third, 14, 15), by=world.wu).state is State.GRANTED
    assert lent.hall.book(booker(lent.dancers), *span(third, 15, 19), by=world.zhou).state is State.GRANTED


def test_the_next_month_counts_anew_and_a_night_counts_in_both(lent, world):
    lent.hall.free_hours = 2
    lent.hall.hours = [[[0, 1440]] for _day in range(7)]
    last = (clock.today() + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start = span(last, 23, 23.5)[0]
    lent.hall.book(booker(lent.choir), start, start + 3 * HOUR, by=world.wu)
    assert lent.hall.used(last) == {(lent.choir.id, None): 60}
    assert lent.hall.used(last + timedelta(days=1)) == {(lent.choir.id, None): 120}
    assert lent.hall.book(booker(lent.choir), *span(last, 9, 10), by=world.wu).state is State.GRANTED
    with pytest.raises(QuotaUsed):
        lent.hall.book(booker(lent.choir), *span(last + timedelta(days=2), 9, 9.25), by=world.wu)


def test_what_is_given_back_can_be_used_again_and_who_stays_away_has_used_it(lent, world):
    lent.hall.free_hours = 2
    first, second, third = days(3)
    booking = lent.hall.book(booker(lent.choir), *span(first, 14, 16), by=world.wu)
    booking.withdraw(by=world.wu)
    kept = lent.hall.book(booker(lent.choir), *span(second, 14, 16), by=world.wu)
    with time_machine.travel(kept.ends_at, tick=False):
        kept.mark_absent(by=world.qian)
        with pytest.raises(QuotaUsed):
            lent.hall.book(booker(lent.choir), *span(third, 14, 15), by=world.wu)


def test_offices_and_those_who_pay_have_no_quota(lent, world):
    lent.hall.free_hours, lent.hall.others_welcome = 1, True
    [day] = days(1)
    assert lent.hall.book(Booker(office=world.community), *span(day, 8, 12), by=world.lin).state is State.GRANTED
    asked = lent.hall.book(booker(world.egret), *span(day, 13, 20), by=world.zhao)
    asked.grant(by=world.qian)
    assert asked.state is State.GRANTED


def test_of_those_who_asked_on_one_day_who_used_less_goes_first(lent, world):
    lent.hall.at_once = False
    early, day = days(2)
    used = lent.hall.book(booker(lent.choir), *span(early, 14, 16), by=world.wu)
    used.grant(by=world.qian)
    first = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    second = lent.hall.book(booker(lent.dancers), *span(day, 15, 17), by=world.zhou)
    with pytest.raises(OthersFirst) as said:
        first.grant(by=world.qian)
    assert "东方舞蹈队（示例）" in str(said.value)
    assert "同一天申请的，本月用得少的先" in str(said.value)
    second.grant(by=world.qian)
    assert (first.state, first.why) == (State.WAITING, Why.TAKEN)


def test_of_those_who_asked_on_different_days_who_asked_first_goes_first(lent, world):
    lent.hall.at_once = False
    early, day = days(2)
    used = lent.hall.book(booker(lent.choir), *span(early, 14, 16), by=world.wu)
    used.grant(by=world.qian)
    with time_machine.travel(clock.now() - timedelta(days=1), tick=False):
        first = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    second = lent.hall.book(booker(lent.dancers), *span(day, 15, 17), by=world.zhou)
    with pytest.raises(OthersFirst) as said:
        second.grant(by=world.qian)
    assert "那一家申请得更早" in str(said.value)
    first.grant(by=world.qian)
    assert first.state is State.GRANTED


def test_those_for_whom_it_is_free_go_before_offices_and_others(lent, world):
    lent.hall.at_once, lent.hall.others_welcome = False, True
    [day] = days(1)
    office = lent.hall.book(Booker(office=world.community), *span(day, 14, 16), by=world.lin)
    choir = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    with pytest.raises(OthersFirst) as said:
        office.grant(by=world.qian)
    assert "免费开放的对象先" in str(said.value)
    choir.refuse("人太多", by=world.qian)
    office.grant(by=world.qian)
    assert office.state is State.GRANTED


def test_where_there_is_room_for_both_nobody_has_to_go_first(lent, world):
    lent.hall.at_once, lent.hall.quantity = False, 2
    [day] = days(1)
    lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    second = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), by=world.zhou)
    second.grant(by=world.qian)
    assert second.state is State.GRANTED


def test_who_has_used_more_than_the_mean_waits_while_others_wait(lent, world):
    early, day = days(2)
    lent.hall.book(booker(lent.choir), *span(early, 8, 14), by=world.wu)
    lent.hall.book(booker(lent.third), *span(day, 15, 16), by=world.zhao)
    waiting = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), wait=True, by=world.zhou)
    with pytest.raises(OthersWait) as said:
        lent.hall.book(booker(lent.choir), *span(day, 14, 15), by=world.wu)
    for words in ("东方舞蹈队（示例）", "已经用了 6 小时", "比平均 2.33 小时多"):
        assert words in str(said.value)
    queued = lent.hall.book(booker(lent.choir), *span(day, 14, 15), wait=True, by=world.wu)
    assert (queued.state, queued.why) == (State.WAITING, Why.OTHERS)
    waiting.withdraw(by=world.zhou)
    assert queued.state is State.GRANTED, "nobody else waits any more"


def test_who_has_used_less_takes_what_is_free_though_others_wait(lent, world):
    early, day = days(2)
    lent.hall.book(booker(lent.dancers), *span(early, 8, 14), by=world.zhou)
    lent.hall.book(booker(lent.third), *span(day, 15, 16), by=world.zhao)
    lent.hall.book(booker(lent.dancers), *span(day, 14, 16), wait=True, by=world.zhou)
    assert lent.hall.book(booker(lent.choir), *span(day, 14, 15), by=world.wu).state is State.GRANTED


def test_a_freed_time_goes_to_who_used_less_of_those_who_asked_that_day(lent, world):
    early, day = days(2)
    lent.hall.book(booker(lent.choir), *span(early, 8, 14), by=world.wu)
    held = lent.hall.book(booker(lent.third), *span(day, 14, 16), by=world.zhao)
    first = lent.hall.book(booker(lent.choir), *span(day, 14, 16), wait=True, by=world.wu)
    second = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), wait=True, by=world.zhou)
    held.withdraw(by=world.zhao)
    assert (first.state, second.state) == (State.WAITING, State.GRANTED)


def test_a_freed_time_goes_to_who_asked_on_an_earlier_day(lent, world):
    early, day = days(2)
    lent.hall.book(booker(lent.choir), *span(early, 14, 15), by=world.wu)
    lent.hall.book(booker(lent.dancers), *span(early, 15, 16), by=world.zhou)
    held = lent.hall.book(booker(lent.third), *span(day, 14, 16), by=world.zhao)
    first = lent.hall.book(booker(lent.choir), *span(day, 14, 16), wait=True, by=world.wu)
    with time_machine.travel(clock.now() + timedelta(hours=15), tick=False):
        second = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), wait=True, by=world.zhou)
        held.withdraw(by=world.zhao)
    assert (first.state, second.state) == (State.GRANTED, State.WAITING)


def test_a_freed_hour_of_the_quota_goes_to_the_groups_own_waiting_date(lent, world):
    lent.hall.free_hours = 3
    first, second = days(2)
    booking = lent.hall.book(booker(lent.choir), *span(first, 14, 16), by=world.wu)
    series = lent.hall.book_weekly(
        booker(lent.choir), weekdays=[second.weekday()], first=second, last=second, by=world.wu, skip_holidays=False,
        starts=span(second, 14, 16)[0].astimezone(clock.SHANGHAI).time(),
        ends=span(second, 14, 16)[1].astimezone(clock.SHANGHAI).time(),
    )  # fmt: skip
    [date] = series.dates
    assert (date.state, date.why) == (State.WAITING, Why.QUOTA)
    booking.withdraw(by=world.wu)
    assert date.state is State.GRANTED


def test_the_mean_counts_whoever_used_or_wants_time(lent, world):
    [day] = days(1)
    booking = lent.hall.draft(booker(lent.choir), *span(day, 14, 16))
    assert mean({(1, None): 60, (2, None): 120}, []) == 90
    assert mean({(1, None): 60, (2, None): 120}, [booking]) == 60
    assert rank(booking, 5)[:3] == (clock.today(), False, 5)
