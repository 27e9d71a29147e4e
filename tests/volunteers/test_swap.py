"""Swaps: both sides say yes, the gates are the same, the lead may object, and seats change hands all at once."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from communities.journal import Line
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.volunteers.test_signup import states, told
from volunteers.duty import Duty
from volunteers.pattern import Pattern
from volunteers.refusals import SkillNeeded, TimeClash
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.swap import Swap
from volunteers.swap_state import (
    NotForYou,
    NotYours,
    NotYourTeam,
    OfferedAlready,
    QueueFirst,
    SwapAnswered,
    Swapping,
    WhyNot,
    Yourself,
)
from volunteers.sweep import settle_swaps


@pytest.fixture
def wu_goes(at_work, at):
    """wu has the one seat of Saturday's patrol; it is two days before, at noon, and lin leads it."""
    at(at_work.shift, hours=43)
    at_work.shift.sign_up(at_work.wu, by=at_work.wu)
    return at_work


def offer(world, **to):
    return Swap.offer(world.shift.signup_of(world.wu), by=world.wu, **to)


def test_a_person_is_asked_says_yes_and_after_four_hours_it_is_done(wu_goes, at):
    swap = offer(wu_goes, to=wu_goes.zhou)
    assert told(wu_goes.zhou, "swap.offered") == 1
    swap.accept(wu_goes.zhou, by=wu_goes.zhou)
    assert (swap.state, states(wu_goes.shift, wu_goes.wu, wu_goes.zhou)) == (
        Swapping.AGREED,
        [State.CONFIRMED, None],
    )
    assert told(wu_goes.lin, "swap.agreed") == 1
    assert swap.settle_at - clock.now() == timedelta(hours=4)
    swap.settle(by=wu_goes.lin)
    assert states(wu_goes.shift, wu_goes.wu, wu_goes.zhou) == [State.WITHDRAWN, State.CONFIRMED]
    assert (wu_goes.shift.taken, told(wu_goes.wu, "swap.done"), told(wu_goes.zhou, "swap.done")) == (1, 1, 1)


def test_the_sweep_settles_when_the_lead_said_nothing(world, at):
    with work():
        at(world.shift, hours=43)
        world.shift.sign_up(world.wu, by=world.wu)
        offer(world, to=world.zhou).accept(world.zhou, by=world.zhou)
    at(world.shift, hours=39, seconds=1)
    settle_swaps()
    assert states(world.shift, world.wu, world.zhou) == [State.CONFIRMED, None]
    at(world.shift, hours=39)
    settle_swaps()
    lines = db.session.query(Line).count()
    settle_swaps()
    assert db.session.query(Line).count() == lines
    assert states(world.shift, world.wu, world.zhou) == [State.WITHDRAWN, State.CONFIRMED]


def test_the_lead_objects_with_a_reason_and_everybody_keeps_what_he_had(wu_goes):
    swap = offer(wu_goes, to=wu_goes.zhou)
    swap.accept(wu_goes.zhou, by=wu_goes.zhou)
    with pytest.raises(WhyNot):
        swap.veto("", by=wu_goes.lin)
    swap.veto("这次要会急救的人", by=wu_goes.lin)
    assert (swap.state, swap.reason) == (Swapping.VETOED, "这次要会急救的人")
    assert states(wu_goes.shift, wu_goes.wu, wu_goes.zhou) == [State.CONFIRMED, None]
    with pytest.raises(SwapAnswered):
        swap.settle(by=None)


def test_a_lead_who_is_one_of_the_two_is_not_asked(wu_goes):
    wu_goes.duty.lead = wu_goes.zhou
    swap = offer(wu_goes, to=wu_goes.zhou)
    swap.accept(wu_goes.zhou, by=wu_goes.zhou)
    assert (swap.state, states(wu_goes.shift, wu_goes.zhou)) == (Swapping.DONE, [State.CONFIRMED])


def test_ones_team_is_asked_and_the_first_yes_counts(wu_goes):
    swap = offer(wu_goes, partner=wu_goes.team)
    assert told(wu_goes.zhou, "swap.offered") == 1
    with pytest.raises(NotForYou):
        swap.accept(wu_goes.zhao, by=wu_goes.zhao)
    swap.accept(wu_goes.zhou, by=wu_goes.zhou)
    with pytest.raises(NotYourTeam):
        Swap.offer(wu_goes.shift.signup_of(wu_goes.wu), by=wu_goes.wu, partner=wu_goes.egret)


def test_the_board_is_for_everybody_who_passes_the_gates(wu_goes):
    wu_goes.duty.capability = wu_goes.haircut
    swap = offer(wu_goes)
    with pytest.raises(NotForYou):
        swap.accept(wu_goes.wu, by=wu_goes.wu)
    with pytest.raises(SkillNeeded):
        swap.accept(wu_goes.zhao, by=wu_goes.zhao)
    wu_goes.duty.capability = None
    db.session.flush()
    swap.accept(wu_goes.zhao, by=wu_goes.zhao)
    with pytest.raises(SwapAnswered):
        swap.accept(wu_goes.zhou, by=wu_goes.zhou)


def test_what_cannot_be_offered_says_why(wu_goes, someone):
    with pytest.raises(Yourself):
        offer(wu_goes, to=wu_goes.wu)
    swap = offer(wu_goes)
    with pytest.raises(OfferedAlready):
        offer(wu_goes, to=wu_goes.zhou)
    swap.withdraw(by=wu_goes.wu)
    wu_goes.shift.sign_up(wu_goes.zhou, by=wu_goes.zhou)
    with pytest.raises(QueueFirst, match="1 人在候补"):
        offer(wu_goes)
    with pytest.raises(NotYours):
        Swap.offer(wu_goes.shift.signup_of(wu_goes.zhou), by=wu_goes.zhou)


def test_a_no_by_name_and_a_change_of_mind(wu_goes):
    swap = offer(wu_goes, to=wu_goes.zhou)
    with pytest.raises(NotForYou):
        swap.decline(wu_goes.zhao, by=wu_goes.zhao)
    swap.decline(wu_goes.zhou, by=wu_goes.zhou)
    assert told(wu_goes.wu, "swap.declined") == 1
    other = offer(wu_goes, to=wu_goes.zhao)
    other.accept(wu_goes.zhao, by=wu_goes.zhao)
    other.withdraw(by=wu_goes.wu)
    assert (other.state, told(wu_goes.zhao, "swap.withdrawn")) == (Swapping.WITHDRAWN, 1)


@pytest.fixture
def two(wu_goes):
    """A second patrol two hours later on the same Saturday, with one seat, which zhou has."""
    day = clock.local(wu_goes.shift.starts_at).date()
    later = Pattern(frozenset(), time(8, 30), time(9, 30), day, day)
    [second] = Shift.plan(wu_goes.duty, later, 1, by=wu_goes.lin)
    second.sign_up(wu_goes.zhou, by=wu_goes.zhou)
    return second


def test_two_shifts_change_hands_at_once(wu_goes, two):
    swap = offer(wu_goes, wanted=two)
    assert told(wu_goes.zhou, "swap.offered") == 1
    with pytest.raises(NotForYou):
        swap.accept(wu_goes.zhao, by=wu_goes.zhao)
    swap.accept(wu_goes.zhou, by=wu_goes.zhou)
    swap.settle(by=wu_goes.lin)
    assert states(wu_goes.shift, wu_goes.wu, wu_goes.zhou) == [State.WITHDRAWN, State.CONFIRMED]
    assert states(two, wu_goes.wu, wu_goes.zhou) == [State.CONFIRMED, State.WITHDRAWN]
    assert (wu_goes.shift.taken, two.taken) == (1, 1)


def test_what_one_gives_away_stands_not_in_the_way_and_all_else_does(wu_goes, two):
    wu_goes.shift.ends_at = two.starts_at + timedelta(minutes=10)  # the two overlap each other
    swap = offer(wu_goes, wanted=two)
    swap.accept(wu_goes.zhou, by=wu_goes.zhou)
    third = Duty.write(
        wu_goes.community, by=wu_goes.lin, activity="义剪", role="", category=wu_goes.care, risk_note="无"
    )
    day = clock.local(wu_goes.shift.starts_at).date()
    [clash] = Shift.plan(third, Pattern(frozenset(), time(7), time(7, 30), day, day), 3, by=wu_goes.lin)
    assert clash.sign_up(wu_goes.zhou, by=wu_goes.zhou).state is State.CONFIRMED
    swap.settle(by=None)
    assert (swap.state, "这个时间您已报名" in swap.reason) == (Swapping.VOID, True)
    assert states(two, wu_goes.wu, wu_goes.zhou) == [None, State.CONFIRMED]
    with pytest.raises(TimeClash):
        offer(wu_goes, wanted=two).accept(wu_goes.zhou, by=wu_goes.zhou)


def test_a_swap_of_a_shift_that_was_called_off_comes_to_nothing(wu_goes):
    swap = offer(wu_goes, to=wu_goes.zhou)
    swap.accept(wu_goes.zhou, by=wu_goes.zhou)
    wu_goes.shift.cancel("下雨", by=wu_goes.lin)
    swap.settle(by=None)
    assert (swap.state, wu_goes.shift.taken) == (Swapping.VOID, 0)


def test_who_left_after_all_looks_for_nobody_any_more(world, at):
    with work():
        at(world.shift, hours=43)
        world.shift.sign_up(world.wu, by=world.wu)
        offer(world)
        world.shift.withdraw(world.wu, by=world.wu)
    assert db.session.scalars(seen(select(Swap).where(Swap.open_to(world.zhou)))).all() == []
    for _twice in range(2):
        settle_swaps()
    assert db.session.scalar(seen(select(Swap))).state is Swapping.VOID
    with work():
        world.shift.sign_up(world.wu, by=world.wu)
        assert offer(world).state is Swapping.OPEN


def test_nobody_is_left_hanging_when_it_begins(world, at):
    with work():
        at(world.shift, hours=43)
        world.shift.sign_up(world.wu, by=world.wu)
        offer(world)
    at(world.shift, hours=0)
    settle_swaps()
    assert db.session.scalar(seen(select(Swap))).state is Swapping.VOID
    assert states(world.shift, world.wu) == [State.CONFIRMED]
