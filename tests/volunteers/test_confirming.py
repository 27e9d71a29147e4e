"""The lead's word: who signs up waits for it where the duty says so; who goes first in the queue needs a reason."""

import pytest

from communities.journal import Line
from kernel.db import db
from kernel.work import work
from tests.volunteers.test_signup import states, told
from volunteers.confirming import FirstAlready, WhyFirst, WhyNot
from volunteers.seats import NotSignedUp
from volunteers.signup import NotInThisState, State
from volunteers.sweep import close_pending


@pytest.fixture
def asking(at_work):
    """The world with a duty whose lead wants to confirm who comes: one seat on Saturday."""
    at_work.duty.confirms = True
    return at_work


def test_a_seat_is_held_until_the_lead_has_said_yes_or_no(asking, someone):
    watch, wu, zhao, li = asking.shift, asking.wu, asking.zhao, someone("李叔")
    assert watch.sign_up(wu, by=wu).state is State.PENDING
    assert (watch.taken, told(asking.lin, "signup.to_confirm"), told(wu, "signup.pending")) == (1, 1, 0)
    assert watch.sign_up(zhao, by=zhao).state is State.WAITING
    with pytest.raises(WhyNot):
        watch.turn_down(wu, " ", by=asking.lin)
    watch.turn_down(wu, "这次要两位男同志搬东西", by=asking.lin)
    assert states(watch, wu, zhao) == [State.TURNED_DOWN, State.OFFERED]
    assert watch.signup_of(wu).reason == "这次要两位男同志搬东西"
    assert watch.accept(zhao, by=zhao).state is State.PENDING
    assert watch.confirm(zhao, by=asking.lin).state is State.CONFIRMED
    assert (watch.taken, told(zhao, "signup.confirmed")) == (1, 1)
    with pytest.raises(NotInThisState):
        watch.confirm(zhao, by=asking.lin)
    with pytest.raises(NotSignedUp):
        watch.confirm(li, by=asking.lin)


def test_who_waits_for_the_word_may_leave(asking):
    watch, wu = asking.shift, asking.wu
    watch.sign_up(wu, by=wu)
    watch.withdraw(wu, by=wu)
    assert (states(watch, wu), watch.taken) == ([State.WITHDRAWN], 0)


def test_nobody_is_left_to_wonder_when_it_begins(world, at):
    with work():
        world.duty.confirms = True
        for person in (world.wu, world.zhou):
            world.shift.sign_up(person, by=person)
    at(world.shift, hours=0)
    for _twice in range(2):
        close_pending()
    assert world.shift.signup_of(world.wu).state is State.TURNED_DOWN
    assert (world.shift.taken, told(world.wu, "signup.turned_down")) == (0, 1)


def test_going_first_needs_a_reason_that_the_record_names(at_work, someone):
    watch, li = at_work.shift, someone("李叔")
    for person in (at_work.wu, at_work.zhao, at_work.zhou, li):
        watch.sign_up(person, by=person)
    with pytest.raises(WhyFirst):
        watch.call_first(li, "", by=at_work.lin)
    with pytest.raises(FirstAlready):
        watch.call_first(at_work.zhao, "急", by=at_work.lin)
    with pytest.raises(NotInThisState):
        watch.call_first(at_work.wu, "急", by=at_work.lin)
    watch.call_first(li, "会急救，现场要一位", by=at_work.lin)
    watch.withdraw(at_work.wu, by=at_work.wu)
    assert states(watch, li, at_work.zhao) == [State.OFFERED, State.WAITING]
    assert watch.signup_of(li).jumped == "会急救，现场要一位"
    [line] = db.session.scalars(db.select(Line).where(Line.verb == "signup.called_first"))
    assert (line.by_id, line.ids["person"]) == (at_work.lin.id, li.id)
