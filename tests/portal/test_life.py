"""The life of an event over the real feeds: one name, counted up; steps that come in any order end right."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from communities.office import Office
from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.agreements.agreement import Agreement
from partners.agreements.party import Party
from portal.address import feed_token
from tests.support.calendar_reader import Reader, events_of
from tests.support.lending import at, booker, coming, lend
from volunteers.tickets.counter import Counter
from volunteers.tickets.handout import Handout
from volunteers.tickets.ticket import Holder, Ticket

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SALON = {"label": "我要理发", "tickets": 3, "minutes": None, "most": 2, "local": False, "is_open": True}
MINUTES = count(1)


@pytest.fixture
def lived(enter, site):
    """A function: the events that a feed shows after each of some steps, each a minute after the one before."""

    def lived(path, *steps: Callable):
        phone, told = enter(), []
        with time_machine.travel(clock.now() + next(MINUTES) * timedelta(seconds=1), tick=False) as travel:
            for step in steps:
                travel.shift(60)
                with work():
                    step()
                told.append(events_of(phone.get(path).data))
        return told

    return lived


def is_one_life(told, *statuses):
    """Every step shows one event under one name, SEQUENCE 0, 1, 2 …; then whoever reads them in any order is right."""
    assert [(event["SEQUENCE"], str(event["STATUS"])) for [event] in told] == [*enumerate(statuses)]
    assert len({str(event["UID"]) for [event] in told}) == 1
    ends_right(told)


def ends_right(told):
    """Steps that come repeated and out of order leave the last one."""
    last = Reader()
    last.take(*told[-1])

    @settings(max_examples=60, deadline=None)
    @given(st.permutations(told), st.lists(st.sampled_from(told), max_size=6))
    def in_any_order(steps, again):
        reader = Reader()
        for step in [*steps, *again]:
            reader.take(*step)
        assert dict.fromkeys(last.told).items() <= dict.fromkeys(reader.told).items()

    in_any_order()


def shift_moves(world):
    """The four things that an organiser does to a date."""
    return (
        lambda: world.shift.move_to(world.shift.starts_at + HOUR, world.shift.ends_at + HOUR, by=world.lin),
        lambda: world.duty.revise(version=world.duty.version, by=world.lin, meeting_point="31小区西门"),
        lambda: world.shift.cancel("下雨", by=world.lin),
        lambda: world.shift.restore(by=world.lin),
    )


def test_the_life_of_a_sign_up(world, lived):
    """Claimed, time moved, place moved, cancelled, restored: 0, 1, 2, 3, 4."""
    path = f"/calendar/{feed_token(world.wu)}.ics"
    told = lived(path, lambda: world.shift.sign_up(world.wu, by=world.wu), *shift_moves(world))
    is_one_life(told, "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED")
    starts = [event.start for [event] in told]
    assert starts == [starts[0], *[starts[0] + HOUR] * 4]
    places = [str(event["LOCATION"]).split("，", 1)[0] for [event] in told]
    assert places == ["31小区东门", "31小区东门", *["31小区西门"] * 3]


def test_the_life_of_a_sign_up_that_is_left_and_taken_again(world, lived):
    path = f"/calendar/{feed_token(world.wu)}.ics"
    told = lived(
        path,
        lambda: world.shift.sign_up(world.wu, by=world.wu),
        lambda: world.shift.withdraw(world.wu, by=world.wu),
        lambda: world.shift.sign_up(world.wu, by=world.wu),
    )
    is_one_life(told, "CONFIRMED", "CANCELLED", "CONFIRMED")


@pytest.mark.parametrize("of", ["shift", "duty", "place"])
def test_the_life_of_a_date_for_everybody(world, lived, of):
    with work():
        world.shift2.cancel("不办了", by=world.lin)
    path = {
        "shift": f"/shifts/{world.shift.id}.ics",
        "duty": f"/duties/{world.duty.id}.ics",
        "place": f"/places/{world.duty.place.code}.ics",
    }[of]
    told = lived(path, lambda: None, *shift_moves(world))
    mine = [[event for event in step if f"shift-{world.shift.id}@" in event["UID"]] for step in told]
    is_one_life(mine, "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED")


def test_the_life_of_a_number(world, lived):
    with work():
        Counter.set_up(world.duty, by=world.lin, **SALON)

    def give_back():
        ticket = db.session.query(Ticket).one()
        Handout(world.shift).give_back(ticket, by=world.wu)

    told = lived(
        f"/calendar/{feed_token(world.wu)}.ics?kinds=ticket",
        lambda: Handout(world.shift).take(Holder(world.wu), 1, by=world.wu),
        *shift_moves(world),
        give_back,
    )
    is_one_life(told, "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED")


def test_the_life_of_a_booking_for_all_three_who_see_it(world, lived):
    """Asked for, granted, not needed: for the one who booked, for whoever lends, and taken for everybody."""
    with work():
        lent = lend(world)
        lent.hall.at_once = False
        hall, choir, owner = lent.hall.id, lent.choir.id, lent.owner.id
    booked = []

    def ask():
        resource, partner = db.session.get_one(type(lent.hall), hall), db.session.get_one(type(lent.choir), choir)
        booked.append(resource.book(booker(partner), at(coming(3), 9), at(coming(3), 10), purpose="排练", by=world.wu))

    steps = ask, lambda: booked[0].grant(by=world.qian), lambda: booked[0].withdraw(by=world.wu)
    paths = (
        f"/calendar/{feed_token(world.wu)}.ics?kinds=booking",
        f"/calendar/partners/{owner}/{feed_token(world.qian, 'partner', str(owner))}.ics?kinds=booking",
    )
    told = lived(paths[0], *steps)
    is_one_life(told, "TENTATIVE", "CONFIRMED", "CANCELLED")
    [[event]] = lived(paths[1], lambda: None)
    assert (event["SEQUENCE"], str(event["STATUS"])) == (2, "CANCELLED")
    assert lived(f"/resources/{hall}.ics", lambda: None) == [[]], "nobody needs to know that it was taken once"


def test_the_life_of_a_milestone(world, lived):
    with work():
        adoption = world.project.adopt(world.egret, world.project.parts[1].id, 8, pledge="两个人。", by=world.zhao)
        adoption.accept(by=world.lin)
    due, made = clock.today() + 5 * DAY, []
    told = lived(
        f"/calendar/{feed_token(world.zhao)}.ics?kinds=milestone",
        lambda: made.append(adoption.promise("看完前四户", due, by=world.zhao)),
        lambda: made[0].move(due + DAY, "少一个人", by=world.zhao),
        lambda: made[0].drop("不需要了", by=world.zhao),
    )
    is_one_life(told, "CONFIRMED", "CONFIRMED", "CANCELLED")
    assert [event.start for [event] in told] == [due, due + DAY, due + DAY]


def test_the_life_of_an_agreement(world, lived):
    last, made = clock.today() + 200 * DAY, []
    facts = {"title": "共建协议", "scope": "一起修", "signed_on": clock.today(), "since": clock.today()}

    def record():
        sides = [Party(partner_id=world.egret.id), Party(place_id=world.community.id, office=Office.COMMITTEE)]
        made.append(Agreement.record(world.community, sides, by=world.lin, **facts, until=last))

    told = lived(
        f"/calendar/{feed_token(world.zhao)}.ics?kinds=agreement",
        record,
        lambda: made[0].end(clock.today(), "不再需要", by=world.lin),
    )
    sequences = [event["SEQUENCE"] for [event] in told]
    assert sequences == sorted(set(sequences))
    assert [str(event["STATUS"]) for [event] in told] == ["CONFIRMED", "CANCELLED"]
    ends_right(told)
