"""Seats go to those who come first, then in the order of the queue, one offer at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from kernel import clock
from kernel.db import db
from kernel.work import work
from volunteers.calling_off import WhyCancelled
from volunteers.refusals import ShiftCancelled, ShiftOver, SignedUpAlready, TimeClash
from volunteers.seats import NotSignedUp, OfferLapsed, SeatGone
from volunteers.shift import TooFewSeats
from volunteers.signup import NotInThisState, State
from volunteers.sweep import lapse_offers
from volunteers.waking import waking_between


def told(person, verb):
    """How many messages of this kind are in a person's inbox."""
    mine = select(func.count()).select_from(Notice).join(Notice.line)
    return db.session.scalar(mine.where(Notice.person_id == person.id, Line.verb == verb))


def states(shift, *people):
    return [(row := shift.signup_of(person)) and row.state for person in people]


def test_the_second_waits_and_is_called_when_the_first_withdraws(at_work):
    watch, wu, zhao = at_work.shift, at_work.wu, at_work.zhao
    assert [watch.sign_up(wu, by=wu).state, watch.sign_up(zhao, by=zhao).state] == [State.CONFIRMED, State.WAITING]
    watch.withdraw(wu, by=wu)
    assert watch.signup_of(zhao).state is State.OFFERED
    assert watch.taken == 1
    assert told(zhao, "signup.offered") == 1


def test_an_offer_holds_the_seat_until_it_is_answered(at_work, someone):
    watch, wu, zhao, li = at_work.shift, at_work.wu, at_work.zhao, someone("李叔")
    for person in (wu, zhao):
        watch.sign_up(person, by=person)
    watch.withdraw(wu, by=wu)
    assert watch.sign_up(li, by=li).state is State.WAITING
    assert watch.accept(zhao, by=zhao).state is State.CONFIRMED
    assert states(watch, wu, zhao, li) == [State.WITHDRAWN, State.CONFIRMED, State.WAITING]


def test_who_passes_lets_the_next_in_line_go(at_work, someone):
    watch, wu, zhao, li = at_work.shift, at_work.wu, at_work.zhao, someone("李叔")
    for person in (wu, zhao, li):
        watch.sign_up(person, by=person)
    watch.withdraw(wu, by=wu)
    watch.withdraw(zhao, by=zhao)
    assert states(watch, zhao, li) == [State.PASSED, State.OFFERED]


def test_two_withdrawals_call_two_different_people(at_work, someone):
    fair, people = at_work.shift2, [someone(name) for name in "甲乙丙丁戊"]
    for person in people:
        fair.sign_up(person, by=person)
    fair.withdraw(people[0], by=people[0])
    fair.withdraw(people[1], by=people[1])
    assert states(fair, *people[3:]) == [State.OFFERED, State.OFFERED]
    assert [told(person, "signup.offered") for person in people[3:]] == [1, 1]


def test_an_offer_made_in_the_evening_sleeps_at_night(at_work, at):
    watch, wu, zhao = at_work.shift, at_work.wu, at_work.zhao
    at(watch, hours=35)  # Thursday 20:00, one waking hour left
    for person in (wu, zhao):
        watch.sign_up(person, by=person)
    watch.withdraw(wu, by=wu)
    until = clock.local(watch.signup_of(zhao).offered_until)
    # A quarter of the fourteen waking hours that are left: one on Thursday, two and a half on Friday.
    assert (until.weekday(), until.hour, until.minute) == (4, 10, 30)


@pytest.mark.parametrize(
    ("before", "waking"),
    [({"days": 6}, 12), ({"hours": 43}, 5.5), ({"hours": 17}, 2), ({"hours": 14}, 2)],  # Thursday noon, Friday 14, 17
)
def test_far_ahead_there_are_twelve_waking_hours_to_answer_and_nearer_a_quarter(at_work, at, before, waking):
    now = at(at_work.shift, **before)
    assert waking_between(now, at_work.shift.answer_until) == timedelta(hours=waking)
    assert not at_work.shift.is_rushed


def test_an_unanswered_offer_goes_to_the_next_and_late_is_late(at_work, someone, at):
    watch, wu, zhao, li = at_work.shift, at_work.wu, at_work.zhao, someone("李叔")
    for person in (wu, zhao, li):
        watch.sign_up(person, by=person)
    at(watch, hours=43)  # Thursday noon
    watch.withdraw(wu, by=wu)
    at(watch, hours=37)
    with pytest.raises(OfferLapsed):
        watch.accept(zhao, by=zhao)
    watch.lapse()
    watch.lapse()
    assert states(watch, zhao, li) == [State.LAPSED, State.OFFERED]
    assert (told(zhao, "signup.lapsed"), told(li, "signup.offered"), watch.taken) == (1, 1, 1)


def test_who_was_late_may_queue_again_at_the_end_before_the_sweep_came(at_work, someone, at):
    watch, wu, zhao, li = at_work.shift, at_work.wu, at_work.zhao, someone("李叔")
    for person in (wu, zhao, li):
        watch.sign_up(person, by=person)
    at(watch, hours=43)
    watch.withdraw(wu, by=wu)
    at(watch, hours=37)
    assert watch.sign_up(zhao, by=zhao).state is State.WAITING
    assert watch.signup_of(li).state is State.OFFERED


def test_the_sweep_finds_lapsed_offers_and_running_it_twice_changes_nothing(world, at):
    with work():
        for person in (world.wu, world.zhao, world.zhou):
            world.shift.sign_up(person, by=person)
        at(world.shift, hours=43)
        world.shift.withdraw(world.wu, by=world.wu)
    at(world.shift, hours=37)
    lapse_offers()
    lapse_offers()
    assert states(world.shift, world.zhao, world.zhou) == [State.LAPSED, State.OFFERED]
    assert told(world.zhou, "signup.offered") == 1


def test_too_near_for_one_by_one_everybody_is_asked_and_the_first_yes_wins(at_work, someone, at):
    watch, wu, zhao, li = at_work.shift, at_work.wu, at_work.zhao, someone("李叔")
    for person in (wu, zhao, li):
        watch.sign_up(person, by=person)
    at(watch, hours=11)  # Friday 20:00: one waking hour before six in the morning
    watch.withdraw(wu, by=wu)
    assert states(watch, zhao, li) == [State.WAITING, State.WAITING]
    assert [told(person, "shift.first_yes") for person in (zhao, li)] == [1, 1]
    assert watch.sign_up(li, by=li).state is State.CONFIRMED
    with pytest.raises(SeatGone):
        watch.sign_up(zhao, by=zhao)
    assert watch.signup_of(zhao).state is State.WAITING


def test_nobody_signs_up_twice_or_leaves_what_he_is_not_in(at_work):
    watch, wu = at_work.shift, at_work.wu
    with pytest.raises(NotSignedUp):
        watch.withdraw(wu, by=wu)
    watch.sign_up(wu, by=wu)
    with pytest.raises(SignedUpAlready):
        watch.sign_up(wu, by=wu)
    with pytest.raises(NotInThisState):
        watch.accept(wu, by=wu)


def test_signing_up_again_continues_the_row_and_its_sequence(at_work):
    watch, wu = at_work.shift, at_work.wu
    first = watch.sign_up(wu, by=wu)
    id, sequences = first.id, [first.sequence]
    sequences.append(watch.withdraw(wu, by=wu).sequence)
    again = watch.sign_up(wu, by=wu)
    assert (again.id, again.state, [*sequences, again.sequence]) == (id, State.CONFIRMED, [0, 1, 2])


def test_nobody_is_in_two_places(at_work):
    at_work.shift.sign_up(at_work.wu, by=at_work.wu)
    with pytest.raises(TimeClash) as refusal:
        at_work.shift2.sign_up(at_work.wu, by=at_work.wu)
    assert str(refusal.value) == "这个时间您已报名“联防巡查 · 巡查员 07:00–08:00”"


def test_an_offer_is_refused_where_its_person_is_taken_meanwhile(at_work):
    watch, fair, wu, zhao = at_work.shift, at_work.shift2, at_work.wu, at_work.zhao
    for person in (wu, zhao):
        watch.sign_up(person, by=person)
    fair.sign_up(zhao, by=zhao)
    watch.withdraw(wu, by=wu)
    with pytest.raises(TimeClash):
        watch.accept(zhao, by=zhao)


def test_leaving_ends_with_the_shift(at_work, at):
    watch, wu = at_work.shift, at_work.wu
    watch.sign_up(wu, by=wu)
    at(watch, hours=-2)
    with pytest.raises(ShiftOver):
        watch.withdraw(wu, by=wu)


def test_a_cancelled_shift_frees_everybody_and_tells_them(at_work):
    watch, wu, zhao, lin = at_work.shift, at_work.wu, at_work.zhao, at_work.lin
    for person in (wu, zhao):
        watch.sign_up(person, by=person)
    with pytest.raises(WhyCancelled):
        watch.cancel("  ", by=lin)
    watch.cancel("下雨", by=lin)
    assert states(watch, wu, zhao) == [State.CANCELLED, State.CANCELLED]
    assert (watch.taken, watch.sequence) == (0, 1)
    assert [told(person, "shift.cancelled") for person in (wu, zhao)] == [1, 1]
    with pytest.raises(ShiftCancelled):
        watch.sign_up(at_work.zhou, by=at_work.zhou)


def test_more_seats_go_to_the_queue_and_fewer_are_not_taken_from_under_people(at_work):
    watch, lin = at_work.shift, at_work.lin
    for person in (at_work.wu, at_work.zhao):
        watch.sign_up(person, by=person)
    with pytest.raises(TooFewSeats):
        watch.resize(0, by=lin)
    watch.resize(2, by=lin)
    assert watch.signup_of(at_work.zhao).state is State.OFFERED


def test_the_clock_set_back_promotes_nobody_twice(at_work, at):
    watch, wu, zhao = at_work.shift, at_work.wu, at_work.zhao
    at(watch, hours=43)
    for person in (wu, zhao):
        watch.sign_up(person, by=person)
    watch.withdraw(wu, by=wu)
    at(watch, hours=45)
    watch.promote()
    watch.lapse()
    assert (told(zhao, "signup.offered"), watch.taken) == (1, 1)
    assert watch.signup_of(zhao).offered_until - clock.now() > timedelta()


def test_the_clock_set_back_lets_nobody_jump_the_queue(at_work, someone, at):
    watch, wu, zhao, li = at_work.shift, at_work.wu, at_work.zhao, someone("李叔")
    at(watch, hours=43)
    for person in (wu, zhao):
        watch.sign_up(person, by=person)
    at(watch, hours=45)
    watch.sign_up(li, by=li)
    watch.withdraw(wu, by=wu)
    assert states(watch, zhao, li) == [State.OFFERED, State.WAITING]
