"""A series: the same time every week; refused dates wait and heal by themselves, with one notice each."""

from datetime import date, time, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from communities.working_day import CalendarDay
from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.resources.booker import Booker
from partners.resources.booking_words import NotForYou, NothingToConfirm, NotInThisState, NotOpen, State, TooFar, WhyNot
from partners.resources.series_moves import AllBooked, NoDates, TooManyDates
from tests.support.lending import TUESDAY, booker, coming, lend, span

DAY = timedelta(days=1)


@pytest.fixture
def lent(world):
    """The hall and those who want it, inside one `work()`."""
    with work():
        yield lend(world)


def tuesdays(weeks: int, **more):
    """What a choir asks for: Tuesdays 14:00–16:00 for so many weeks, holidays left out."""
    first = coming(TUESDAY)
    facts = {"weekdays": [TUESDAY], "starts": time(14), "ends": time(16), "first": first, "skip_holidays": True}
    return facts | {"last": first + timedelta(weeks=weeks - 1), "purpose": "合唱排练", "people": 40} | more


def states(series) -> list[State]:
    db.session.expire(series, ["dates"])
    return [date.state for date in series.dates]


def lines(verb) -> int:
    return db.session.scalar(select(func.count()).select_from(Line).where(Line.verb == verb))


def notices(verb) -> int:
    return db.session.scalar(select(func.count()).select_from(Notice).join(Notice.line).where(Line.verb == verb))


def test_what_is_free_is_booked_and_refused_dates_heal_one_by_one(lent, world):
    blocked = [
        lent.hall.book(Booker(office=world.community), *span(coming(TUESDAY, week), 13, 17), by=world.lin)
        for week in (3, 5)
    ]
    series = lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(6))
    granted, waiting = State.GRANTED, State.WAITING
    assert states(series) == [granted, granted, waiting, granted, waiting, granted]
    assert (lines("series.booked"), lines("booking.taken"), lines("booking.waits")) == (1, 2, 0)
    blocked[0].withdraw(by=world.lin)
    assert states(series) == [granted, granted, granted, granted, waiting, granted]
    assert (lines("booking.healed"), notices("booking.healed")) == (1, 1)


def test_holidays_are_skipped_by_rule(lent, world):
    holiday = coming(TUESDAY, 2)
    db.session.add(CalendarDay(day=holiday, is_working=False, name="节日"))
    db.session.flush()
    series = lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(3))
    assert [clock.local(date.starts_at).date() for date in series.dates] == [coming(TUESDAY, 1), coming(TUESDAY, 3)]
    every = lent.hall.book_weekly(
        booker(lent.dancers), by=world.zhou, **tuesdays(3, skip_holidays=False, starts=time(9), ends=time(10))
    )
    assert len(every.dates) == 3
    lent.hall.closed_on_holidays = True
    third = lent.hall.book_weekly(
        booker(world.team), by=world.wu, **tuesdays(3, skip_holidays=False, starts=time(11), ends=time(12))
    )
    assert len(third.dates) == 2


def test_a_date_that_is_booked_already_is_left_out(lent, world):
    lent.hall.book(booker(lent.choir), *span(coming(TUESDAY, 2), 15, 17), by=world.wu)
    series = lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(3))
    assert len(series.dates) == 2


def test_what_is_all_booked_already_is_no_series(lent, world):
    lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(3))
    with pytest.raises(AllBooked):
        lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(2))


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"weekdays": []}, NoDates),
        ({"weekdays": [3], "last": coming(TUESDAY)}, NoDates),
        ({"first": date(2020, 1, 1), "last": date(2020, 3, 1)}, NoDates),
        ({"weekdays": list(range(7)), "last": coming(TUESDAY) + 70 * DAY}, TooManyDates),
        ({"last": coming(TUESDAY) + 390 * DAY}, TooFar),
        ({"starts": time(7)}, NotOpen),
        ({"starts": time(21), "ends": time(23)}, NotOpen),
    ],
)
def test_a_series_that_cannot_be_is_a_sentence(lent, world, more, refusal):
    with pytest.raises(refusal) as said:
        lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(4, **more))
    assert str(said.value).endswith("。")


def test_a_firm_asks_elsewhere(lent, world):
    with pytest.raises(NotForYou):
        lent.hall.book_weekly(booker(world.egret), by=world.zhao, **tuesdays(2))


def test_the_owner_answers_all_dates_at_once(lent, world):
    lent.hall.at_once = False
    held = lent.hall.book(Booker(office=world.community), *span(coming(TUESDAY, 2), 13, 17), by=world.lin)
    held.grant(by=world.qian)
    series = lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(3))
    assert states(series) == [State.ASKED, State.WAITING, State.ASKED]
    assert notices("series.asked") == 1
    series.accept(by=world.qian)
    assert states(series) == [State.GRANTED, State.WAITING, State.GRANTED]
    held.withdraw(by=world.lin)
    assert states(series) == [State.GRANTED] * 3, "the owner had said yes to all of them"
    with pytest.raises(NotInThisState):
        series.accept(by=world.qian)


def test_a_date_that_somebody_else_asked_for_first_waits_for_that_answer(lent, world):
    lent.hall.at_once = False
    second = span(coming(TUESDAY, 2), 15, 17)
    with time_machine.travel(clock.now() - DAY, tick=False):
        other = lent.hall.book(booker(lent.dancers), *second, by=world.zhou)
    series = lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(3))
    assert states(series) == [State.ASKED] * 3
    series.accept(by=world.qian)
    assert states(series) == [State.GRANTED, State.WAITING, State.GRANTED]
    other.refuse("那天有别的安排", by=world.qian)
    assert states(series) == [State.GRANTED] * 3


def test_a_refused_series_has_a_reason_and_keeps_what_was_granted(lent, world):
    lent.hall.at_once = False
    series = lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(3))
    with pytest.raises(WhyNot):
        series.refuse(" ", by=world.qian)
    series.refuse("周二要排戏", by=world.qian)
    assert states(series) == [State.REFUSED] * 3
    assert {date.reason for date in series.dates} == {"周二要排戏"}


def test_a_series_that_is_given_up_frees_its_dates_for_who_waits(lent, world):
    series = lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(3))
    other = lent.hall.book_weekly(booker(lent.dancers), by=world.zhou, **tuesdays(3))
    assert states(other) == [State.WAITING] * 3
    series.withdraw(by=world.wu)
    assert states(series) == [State.WITHDRAWN] * 3
    assert states(other) == [State.GRANTED] * 3
    assert notices("booking.healed") == 3
    with pytest.raises(NotInThisState):
        series.withdraw(by=world.wu)


def test_one_press_confirms_all_dates_that_are_asked_about(lent, world):
    lent.hall.confirm_days = 3
    series = lent.hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(6))
    with pytest.raises(NothingToConfirm):
        series.confirm(by=world.wu)
    for one in series.dates[1:3]:
        one.ask_to_confirm()
    series.confirm(by=world.wu)
    assert [one.confirmed_at is not None for one in series.dates] == [False, True, True, False, False, False]


def test_a_date_beyond_the_quota_waits_for_a_free_hour(lent, world):
    first = (clock.today().replace(day=1) + timedelta(days=62)).replace(day=1)
    lent.hall.free_hours = 3
    pattern = tuesdays(1, first=first, last=first + 20 * DAY, skip_holidays=False)
    series = lent.hall.book_weekly(booker(lent.choir), by=world.wu, **pattern)
    assert states(series) == [State.GRANTED, State.WAITING, State.WAITING]
    series.dates[0].withdraw(by=world.wu)
    assert states(series) == [State.WITHDRAWN, State.GRANTED, State.WAITING]
