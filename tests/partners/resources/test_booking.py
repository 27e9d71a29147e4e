"""Booking: free times are granted or asked for, taken ones are refused with whom to ask, a quarter has one owner."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from communities.post import Office, Post
from kernel import clock
from kernel.db import db
from kernel.work import Refusal, work
from partners.resources.booker import Booker, bookers_of
from partners.resources.booking import Booking
from partners.resources.booking_words import (
    MOVES,
    Begun,
    BookedAlready,
    ClosedThen,
    NotBegun,
    NotConfirmedInTime,
    NotForYou,
    NothingToConfirm,
    NotInThisState,
    NotLent,
    NotOpen,
    OthersFirst,
    State,
    TimeTaken,
    TooFar,
    TooMany,
    WhyNot,
)
from partners.resources.quarter import Quarter
from partners.resources.resource import Resource
from partners.resources.resource_words import Sort
from tests.support.lending import TUESDAY, booker, coming, facts, lend, span


@pytest.fixture
def lent(world):
    """The hall and those who want it, inside one `work()`."""
    with work():
        yield lend(world)


@pytest.fixture
def asking(lent, world):
    """The same hall, where the owner answers every request."""
    lent.hall.at_once = False
    return lent


def owned(booking) -> int:
    return db.session.scalar(select(func.count()).select_from(Quarter).where(Quarter.booking_id == booking.id))


def told(verb) -> set[str]:
    """Who got a notice of such a line."""
    people = select(Notice).join(Notice.line).where(Line.verb == verb)
    return {notice.person.name for notice in db.session.scalars(people)}


def car_park(lent, world, **more):
    return Resource.offer(
        world.community, lent.owner, by=world.qian, **facts(sort=Sort.PARKING, name="幸福路停车场", **more)
    )


def test_a_free_time_is_granted_at_once_and_owns_its_quarters(lent, world):
    booking = lent.hall.book(booker(lent.choir), *span(coming(TUESDAY), 14, 16), purpose="排练", by=world.wu)
    assert (booking.state, booking.is_free, booking.approved_at is not None) == (State.GRANTED, True, True)
    assert owned(booking) == 8


def test_a_started_quarter_is_owned_whole(lent, world):
    day = coming(TUESDAY)
    start, end = span(day, 14, 16)
    booking = lent.hall.book(booker(lent.choir), start + timedelta(minutes=5), end - timedelta(minutes=5), by=world.wu)
    assert owned(booking) == 8
    with pytest.raises(TimeTaken):
        lent.hall.book(booker(lent.dancers), end - timedelta(minutes=5), end + timedelta(hours=1), by=world.zhou)
    assert lent.hall.book(booker(lent.dancers), end, end + timedelta(hours=1), by=world.zhou).state is State.GRANTED


def test_the_loser_is_told_who_to_ask_and_what_is_free(lent, world):
    day = coming(TUESDAY)
    lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    with pytest.raises(TimeTaken) as refusal:
        lent.hall.book(booker(lent.dancers), *span(day, 15, 17), by=world.zhou)
    said = str(refusal.value)
    assert "14:00–\u206016:00 已经约给“东方合唱团（示例）”了" in said
    assert "幸福路管委会（示例） 值班室 02900000018" in said
    assert "对方联系人 吴阿姨 100****0004" in said
    assert "最近空着的：" in said
    start = span(day, 16, 18)[0]
    assert refusal.value.free[0] == (start, start + timedelta(hours=2))


def test_whoever_may_see_the_other_number_reads_it_whole(lent, world):
    day = coming(TUESDAY)
    lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    with pytest.raises(TimeTaken) as refusal:
        lent.hall.book(Booker(office=world.community), *span(day, 15, 17), by=world.lin)
    assert "对方联系人 吴阿姨 10000000004" in str(refusal.value)


def test_where_a_single_resident_is_is_nobodys_business(lent, world):
    day = coming(TUESDAY)
    with_name = world.applicant
    with_name.verify(by=world.lin)
    lent.hall.free_for = ["resident", "resident_group"]
    lent.hall.book(booker(with_name), *span(day, 9, 10), by=world.zhou)
    with pytest.raises(TimeTaken) as refusal:
        lent.hall.book(booker(lent.choir), *span(day, 9, 10), by=world.wu)
    assert "一位居民" in str(refusal.value)
    assert "周师傅" not in str(refusal.value)


def test_whoever_wants_waits_and_gets_it_when_it_is_given_up_with_one_notice(lent, world):
    day = coming(TUESDAY)
    first = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    second = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), wait=True, by=world.zhou)
    assert (second.state, owned(second)) == (State.WAITING, 0)
    first.withdraw(by=world.wu)
    assert (first.state, second.state, owned(first), owned(second)) == (State.WITHDRAWN, State.GRANTED, 0, 8)
    healed = select(func.count()).select_from(Notice).join(Notice.line).where(Line.verb == "booking.healed")
    assert db.session.scalar(healed) == 1
    assert told("booking.healed") == {world.zhou.name}


def test_of_a_car_park_as_many_are_given_as_there_are(lent, world):
    cars = Resource.offer(
        world.community, lent.owner, by=world.qian, **facts(sort=Sort.PARKING, name="车场", quantity=3)
    )
    day = coming(TUESDAY)
    two = cars.book(booker(lent.choir), *span(day, 8, 12), units=2, by=world.wu)
    one = cars.book(booker(lent.dancers), *span(day, 10, 14), units=1, by=world.zhou)
    assert (owned(two), owned(one)) == (32, 16)
    assert cars.left(*span(day, 8, 10)) == 1
    assert cars.left(*span(day, 8, 14)) == 0
    with pytest.raises(TimeTaken):
        cars.book(booker(world.team), *span(day, 11, 15), units=1, by=world.wu)
    with pytest.raises(TooMany):
        cars.book(booker(world.team), *span(day, 15, 16), units=4, by=world.wu)
    assert cars.book(booker(world.team), *span(day, 12, 14), units=2, by=world.wu).state is State.GRANTED


@pytest.mark.parametrize(
    ("hours", "shift", "refusal"),
    [
        ((7, 9), 0, NotOpen),
        ((20, 23), 0, NotOpen),
        ((14, 16), -14, TooFar),
        ((14, 16), 400, TooFar),
        ((16, 14), 0, TooFar),
    ],
)
def test_what_nobody_could_grant_is_refused(lent, world, hours, shift, refusal):
    day = coming(TUESDAY) + timedelta(days=shift)
    with pytest.raises(refusal) as said:
        lent.hall.book(booker(lent.choir), *span(day, *hours), by=world.wu)
    assert str(said.value).endswith("。")


def test_closed_for_a_while_with_the_reason(lent, world):
    day = coming(TUESDAY)
    lent.hall.close(*span(day, 8, 22), "灯光检修", by=world.qian)
    with pytest.raises(ClosedThen) as said:
        lent.hall.book(booker(lent.choir), *span(day, 14, 16), wait=True, by=world.wu)
    assert "灯光检修" in str(said.value)


def test_for_whom_it_is_not(lent, world):
    day = span(coming(TUESDAY), 14, 16)
    with pytest.raises(NotForYou) as said:
        lent.hall.book(booker(world.egret), *day, by=world.zhao)
    assert "居民团体" in str(said.value)
    assert "02900000018" in str(said.value)
    lent.hall.others_welcome = True
    booking = lent.hall.book(booker(world.egret), *day, by=world.zhao)
    assert (booking.state, booking.is_free) == (State.ASKED, False)


def test_one_living_booking_of_a_time(lent, world):
    day = coming(TUESDAY)
    lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    with pytest.raises(BookedAlready) as said:
        lent.hall.book(booker(lent.choir), *span(day, 15, 17), wait=True, by=world.wu)
    assert "约好了" in str(said.value)


def test_what_is_paused_expired_or_of_nobody_is_not_lent(lent, world):
    day = span(coming(TUESDAY), 14, 16)

    def said() -> str:
        with pytest.raises(NotLent) as refusal:
            lent.hall.book(booker(lent.choir), *day, by=world.wu)
        return str(refusal.value)

    lent.hall.pause("装修", by=world.qian)
    assert "暂停预约" in said()
    lent.hall.resume(by=world.qian)
    lent.owner.suspend("换人", by=world.lin)
    assert "不是核实过的合伙人" in said()
    lent.owner.resume(by=world.lin)
    lent.hall.valid_until = clock.today() - timedelta(days=1)
    assert "期限已过" in said()


def test_the_owner_answers_where_he_said_so(asking, world):
    booking = asking.hall.book(booker(asking.choir), *span(coming(TUESDAY), 14, 16), by=world.wu)
    assert (booking.state, owned(booking), booking.answer_due > clock.today()) == (State.ASKED, 0, True)
    assert told("booking.asked") == {world.qian.name}
    booking.grant(by=world.qian)
    assert (booking.state, owned(booking)) == (State.GRANTED, 8)
    assert told("booking.granted") == {world.wu.name}


def test_a_refusal_has_a_reason(asking, world):
    booking = asking.hall.book(booker(asking.choir), *span(coming(TUESDAY), 14, 16), by=world.wu)
    with pytest.raises(WhyNot):
        booking.refuse(" ", by=world.qian)
    booking.refuse("当天有演出", by=world.qian)
    assert (booking.state, booking.reason) == (State.REFUSED, "当天有演出")


def test_who_asked_for_a_time_that_goes_to_another_waits(asking, world):
    day = coming(TUESDAY)
    first = asking.hall.book(booker(asking.choir), *span(day, 14, 16), by=world.wu)
    second = asking.hall.book(booker(asking.dancers), *span(day, 15, 17), by=world.zhou)
    with pytest.raises(OthersFirst) as said:
        second.grant(by=world.qian)
    assert "东方合唱团（示例）" in str(said.value)
    first.grant(by=world.qian)
    assert second.state is State.WAITING
    first.withdraw(by=world.wu)
    assert second.state is State.ASKED, "nobody has said yes to it"
    second.grant(by=world.qian)
    assert second.state is State.GRANTED


def test_the_owner_takes_a_time_back_with_a_reason(lent, world):
    day = coming(TUESDAY)
    booking = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    waiting = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), wait=True, by=world.zhou)
    with pytest.raises(WhyNot):
        booking.release("", by=world.qian)
    booking.release("用来做买卖了", by=world.qian)
    assert (booking.state, waiting.state) == (State.RELEASED, State.GRANTED)


def test_what_has_begun_stays(lent, world):
    booking = lent.hall.book(booker(lent.choir), *span(coming(TUESDAY), 14, 16), by=world.wu)
    with pytest.raises(NotBegun):
        booking.mark_absent(by=world.qian)
    with time_machine.travel(booking.starts_at + timedelta(minutes=1), tick=False):
        with pytest.raises(Begun):
            booking.withdraw(by=world.wu)
        booking.mark_absent(by=world.qian)
        assert (booking.state, owned(booking)) == (State.NOT_USED, 8)
        booking.mark_used(by=world.qian)
        assert booking.state is State.USED
        with pytest.raises(NotInThisState):
            booking.grant(by=world.qian)


def test_confirm_or_it_is_released_and_goes_to_whoever_waits(lent, world):
    lent.hall.confirm_days = 3
    day = coming(TUESDAY, 4)
    booking = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    waiting = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), wait=True, by=world.zhou)
    assert clock.local(booking.confirm_by).date() == day - timedelta(days=3)
    with time_machine.travel(booking.confirm_by, tick=False):
        assert booking.has_lapsed
        with pytest.raises(NotConfirmedInTime):
            booking.confirm(by=world.wu)
        lent.hall.lapse()
        lent.hall.lapse()
    assert (booking.state, waiting.state) == (State.RELEASED, State.GRANTED)
    assert told("booking.lapsed") == {world.wu.name}


def test_whoever_confirms_keeps_it(lent, world):
    lent.hall.confirm_days = 3
    booking = lent.hall.book(booker(lent.choir), *span(coming(TUESDAY, 4), 14, 16), by=world.wu)
    booking.confirm(by=world.wu)
    with pytest.raises(NothingToConfirm):
        booking.confirm(by=world.wu)
    with time_machine.travel(booking.confirm_by + timedelta(hours=1), tick=False):
        lent.hall.lapse()
    assert booking.state is State.GRANTED


def test_whoever_books_at_short_notice_is_not_asked_again(lent, world):
    lent.hall.confirm_days = 3
    tomorrow = clock.today() + timedelta(days=1)
    booking = lent.hall.book(booker(lent.choir), *span(tomorrow, 14, 16), by=world.wu)
    assert booking.confirm_by is None
    with pytest.raises(NothingToConfirm):
        booking.confirm(by=world.wu)


def test_what_lapsed_is_free_for_the_next_who_asks_before_any_sweep(lent, world):
    lent.hall.confirm_days = 3
    day = coming(TUESDAY, 4)
    booking = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    with time_machine.travel(booking.confirm_by + timedelta(minutes=1), tick=False):
        other = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), by=world.zhou)
    assert (booking.state, other.state) == (State.RELEASED, State.GRANTED)


def test_an_office_books_for_its_community(world):
    with work():
        lent = lend(world)
        Post.give(world.zhou, Office.RESIDENTS_COMMITTEE, world.community, by=world.he)
    with work():
        assert [one.key for one in bookers_of(world.lin)] == [f"o{world.community.id}"]
        assert {one.key for one in bookers_of(world.zhou)} == {f"p{lent.dancers.id}", f"o{world.community.id}"}
        assert bookers_of(world.sun) == []
        hall = db.session.get_one(Resource, lent.hall.id)
        booking = hall.book(Booker(office=world.community), *span(coming(TUESDAY), 9, 10), by=world.lin)
        assert (booking.state, booking.is_free, booking.speakers) == (State.GRANTED, False, [world.lin, world.zhou])


def test_nobody_else_than_those_concerned_sees_a_booking(lent, world):
    booking = lent.hall.book(booker(lent.choir), *span(coming(TUESDAY), 14, 16), by=world.wu)
    for person, sees in (
        (world.wu, True), (world.qian, True), (world.lin, True), (world.he, True), (world.zhou, False),
        (world.stranger_lin, False), (world.zhao, False),
    ):  # fmt: skip
        seen = db.session.scalar(Booking.seen_by(person).where(Booking.id == booking.id))
        assert (seen is not None) == sees, person.name


@pytest.mark.parametrize("state", list(State))
def test_a_move_starts_where_the_table_says_and_else_leaves_all_as_it_was(asking, world, state):
    booking = asking.hall.book(booker(asking.choir), *span(coming(TUESDAY), 14, 16), by=world.wu)
    moves = {
        State.GRANTED: lambda: booking.grant(by=world.qian),
        State.REFUSED: lambda: booking.refuse("当天有演出", by=world.qian),
        State.RELEASED: lambda: booking.release("当天有演出", by=world.qian),
        State.WITHDRAWN: lambda: booking.withdraw(by=world.wu),
    }
    for wanted, move in moves.items():
        if wanted in MOVES[state] and not (wanted is State.GRANTED and state is State.WAITING):
            continue
        booking.state = state
        with pytest.raises(NotInThisState) as said:
            move()
        assert booking.state is state
        assert f"现在是“{state.label}”" in str(said.value)


def test_a_closure_makes_bookings_wait_and_its_end_gives_them_back(lent, world):
    day = coming(TUESDAY)
    booking = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    closure = lent.hall.close(*span(day, 8, 22), "漏水", by=world.qian)
    assert (booking.state, owned(booking)) == (State.WAITING, 0)
    assert told("booking.closed") == {world.wu.name}
    lent.hall.open_again(closure, by=world.qian)
    assert (booking.state, owned(booking)) == (State.GRANTED, 8)


def test_an_end_tells_everybody_who_booked_or_waits(lent, world):
    day = coming(TUESDAY)
    booking = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    waiting = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), wait=True, by=world.zhou)
    lent.hall.end("剧场拆迁", by=world.qian)
    assert (booking.state, waiting.state) == (State.RELEASED, State.REFUSED)
    assert told("booking.ended") == {world.wu.name, world.zhou.name}
    assert booking.reason == waiting.reason == "剧场拆迁"


def test_fewer_units_than_are_promised_are_refused(lent, world):
    cars = Resource.offer(
        world.community, lent.owner, by=world.qian, **facts(sort=Sort.PARKING, name="车场", quantity=3)
    )
    cars.book(booker(lent.choir), *span(coming(TUESDAY), 8, 12), units=2, by=world.wu)
    db.session.flush()
    with pytest.raises(Refusal) as said:
        cars.rewrite(version=cars.version, by=world.qian, **facts(sort=Sort.PARKING, quantity=1))
    assert "已经有 2 个" in str(said.value)
    cars.rewrite(version=cars.version, by=world.qian, **facts(sort=Sort.PARKING, quantity=2))
    assert cars.quantity == 2


def test_more_units_go_to_whoever_waits(lent, world):
    cars = car_park(lent, world)
    day = coming(TUESDAY)
    cars.book(booker(lent.choir), *span(day, 8, 12), by=world.wu)
    waiting = cars.book(booker(lent.dancers), *span(day, 8, 12), wait=True, by=world.zhou)
    db.session.flush()
    cars.rewrite(version=cars.version, by=world.qian, **facts(sort=Sort.PARKING, quantity=2))
    assert waiting.state is State.GRANTED


def test_over_night_where_the_windows_touch(lent, world):
    night = [[[0, 480], [1080, 1440]] for _day in range(7)]
    cars = car_park(lent, world, hours=night, quantity=9)
    start = span(coming(TUESDAY), 18, 19)[0]
    booking = cars.book(booker(lent.choir), start, start + timedelta(hours=14), by=world.wu)
    assert owned(booking) == 56
    with pytest.raises(NotOpen):
        cars.book(booker(lent.dancers), start, start + timedelta(hours=15), by=world.zhou)
