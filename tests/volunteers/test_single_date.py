"""One date by itself: another time, called off, and taking place after all."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from communities.journal import Line
from kernel import clock
from kernel.db import db
from tests.demo.checks import wrong_seats
from volunteers import refusals
from volunteers.calling_off import NotCancelled
from volunteers.event import event_of_shift, event_of_signup
from volunteers.pattern import NoDuration, Pattern
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.single_date import AsBefore, InThePast, SameTime

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(verb):
    lines = db.session.scalars(select(Line).where(Line.verb == verb).order_by(Line.id))
    return [{notice.person for notice in line.notices} for line in lines]


def test_a_moved_date_keeps_its_people_and_tells_whom_it_clashes_with(at_work):
    watch, haircut, wu, zhou = at_work.shift2, at_work.shift, at_work.wu, at_work.zhou
    watch.move_to(watch.starts_at + DAY, watch.ends_at + DAY, by=at_work.lin)
    haircut.sign_up(wu, by=wu)
    for person in (wu, zhou):
        watch.sign_up(person, by=person)
    before = event_of_signup(watch.signup_of(wu), "").sequence
    watch.move_to(watch.starts_at - DAY, watch.ends_at - DAY, by=at_work.lin)
    assert watch.signup_of(wu).state is State.CONFIRMED
    assert event_of_signup(watch.signup_of(wu), "").sequence == before + 1
    assert told("signup.clashes") == [{wu}]
    assert told("shift.moved")[-1] == {zhou}
    watch.withdraw(wu, by=wu)
    assert watch.signup_of(wu).state is State.WITHDRAWN
    assert watch.signup_of(wu).reason == ""


def test_an_offer_is_answered_before_the_new_start(at_work, at):
    shift, wu, zhou = at_work.shift, at_work.wu, at_work.zhou
    shift.sign_up(wu, by=wu)
    shift.sign_up(zhou, by=zhou)
    shift.withdraw(wu, by=wu)
    offer = shift.signup_of(zhou)
    shift.move_to(clock.now() + 2 * HOUR, clock.now() + 3 * HOUR, by=at_work.lin)
    assert offer.offered_until <= shift.starts_at - HOUR


def test_a_date_does_not_move_where_it_cannot_be(at_work):
    shift, lin = at_work.shift, at_work.lin
    with pytest.raises(InThePast):
        shift.move_to(clock.now() - DAY, clock.now() + DAY, by=lin)
    with pytest.raises(NoDuration):
        shift.move_to(shift.starts_at + DAY, shift.starts_at + DAY, by=lin)
    with pytest.raises(AsBefore):
        shift.move_to(shift.starts_at, shift.ends_at, by=lin)
    day = clock.local(shift.starts_at).date() + DAY
    [other] = Shift.plan(shift.duty, Pattern(frozenset(), time(7), time(8), day, day), 1, by=lin)
    with pytest.raises(SameTime):
        shift.move_to(other.starts_at, other.ends_at, by=lin)
    shift.cancel("下雨", by=lin)
    with pytest.raises(refusals.ShiftCancelled):
        shift.move_to(shift.starts_at + HOUR, shift.ends_at + HOUR, by=lin)


def test_a_restored_date_gives_everybody_his_place_again(at_work, someone):
    shift, lin, wu, zhou = at_work.shift, at_work.lin, at_work.wu, at_work.zhou
    for person in (wu, zhou, at_work.zhao):
        shift.sign_up(person, by=person)
    shift.withdraw(wu, by=wu)  # zhou is asked, zhao waits
    shift.resize(2, by=lin)  # and so is zhao
    shift.accept(zhou, by=zhou)
    late = someone("后来的")
    shift.sign_up(late, by=late)
    sequence = event_of_shift(shift, "").sequence
    shift.cancel("下雨", by=lin)
    assert {shift.signup_of(one).state for one in (zhou, late)} == {State.CANCELLED}
    shift.restore(by=lin)
    assert shift.signup_of(wu).state is State.WITHDRAWN
    assert shift.signup_of(zhou).state is State.CONFIRMED
    assert shift.signup_of(at_work.zhao).state is State.OFFERED  # asked once more, before whoever came later
    assert shift.signup_of(late).state is State.WAITING
    assert event_of_shift(shift, "").sequence == sequence + 2
    assert not event_of_shift(shift, "").cancelled
    assert told("shift.restored") == [{zhou, at_work.zhao, late}]
    assert wrong_seats() == []


def test_whoever_has_something_else_by_now_is_told_and_may_come_again(at_work):
    shift, other, wu, lin = at_work.shift, at_work.shift2, at_work.wu, at_work.lin
    shift.sign_up(wu, by=wu)
    shift.cancel("下雨", by=lin)
    other.sign_up(wu, by=wu)
    shift.restore(by=lin)
    assert shift.signup_of(wu).state is State.CANCELLED
    assert told("signup.not_restored") == [{wu}]
    other.withdraw(wu, by=wu)
    assert shift.sign_up(wu, by=wu).state is State.CONFIRMED
    assert wrong_seats() == []


def test_only_what_was_called_off_and_lies_ahead_is_restored(at_work, at):
    shift, lin = at_work.shift, at_work.lin
    with pytest.raises(NotCancelled):
        shift.restore(by=lin)
    shift.cancel("下雨", by=lin)
    at(shift, hours=-1)
    with pytest.raises(refusals.ShiftOver):
        shift.restore(by=lin)
