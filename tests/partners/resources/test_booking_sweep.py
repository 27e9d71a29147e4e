"""The clock of bookings: it asks once, releases what nobody confirmed, ends what came to nothing; twice is harmless."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from partners.resources.booking import Booking
from partners.resources.booking_desk import series_to_answer, to_answer, to_confirm, to_renew
from partners.resources.booking_sweep import ask_to_confirm, lapse_bookings, remind_owners, settle_bookings
from partners.resources.booking_words import State
from partners.resources.resource import Resource
from tests.partners.resources.test_series import tuesdays
from tests.support.lending import TUESDAY, booker, coming, lend, span

DAY = timedelta(days=1)


@pytest.fixture
def lent(world):
    """The hall, where one confirms three days before; a booking in four weeks, and somebody who waits for it."""
    with work():
        found = lend(world)
        found.hall.confirm_days = 3
        when = span(coming(TUESDAY, 4), 14, 16)
        found.booking = found.hall.book(booker(found.choir), *when, by=world.wu).id
        found.waiting = found.hall.book(booker(found.dancers), *when, wait=True, by=world.zhou).id
        found.hall_id = found.hall.id
    return found


def booking(id) -> Booking:
    """As it is now, outside of any work."""
    db.session.rollback()
    return stored(id)


def stored(id) -> Booking:
    return db.session.get_one(Booking, id)


def sweep() -> None:
    """All sweeps, twice."""
    for _n in range(2):
        for one in (ask_to_confirm, lapse_bookings, settle_bookings, remind_owners):
            one()
            db.session.rollback()


def lines(verb) -> int:
    return db.session.scalar(select(func.count()).select_from(Line).where(Line.verb == verb))


def told(verb) -> list[int]:
    people = select(Notice.person_id).join(Notice.line).where(Line.verb == verb)
    return list(db.session.scalars(people))


def asked(query, person) -> list[int]:
    """The ids of the lines of a desk for a person."""
    found = query(waiting.asker(person))
    return [] if found is None else [row[0] for row in db.session.execute(found)]


def test_the_booker_is_asked_once_some_days_before_the_last_moment(lent, world):
    until = booking(lent.booking).confirm_by
    with time_machine.travel(until - timedelta(days=5), tick=False):
        sweep()
        assert lines("booking.to_confirm") == 0
    with time_machine.travel(until - timedelta(days=3), tick=False):
        sweep()
        assert (lines("booking.to_confirm"), told("booking.to_confirm")) == (1, [world.wu.id])
        assert booking(lent.booking).asks_to_confirm
        assert asked(to_confirm, world.wu) == [lent.booking]
        assert asked(to_confirm, world.zhou) == []
        with work():
            stored(lent.booking).confirm(by=world.wu)
        assert asked(to_confirm, world.wu) == []


def test_what_nobody_confirms_goes_to_who_waits_and_the_sweep_finds_nothing_more(lent, world):
    with time_machine.travel(booking(lent.booking).confirm_by, tick=False):
        sweep()
    assert (booking(lent.booking).state, booking(lent.waiting).state) == (State.RELEASED, State.GRANTED)
    assert (lines("booking.lapsed"), lines("booking.healed")) == (1, 1)
    assert told("booking.healed") == [world.zhou.id]


def test_a_wait_in_vain_ends_when_the_time_comes(lent, world):
    with work():
        stored(lent.booking).confirm(by=world.wu)
    with time_machine.travel(booking(lent.booking).starts_at, tick=False):
        sweep()
    assert (booking(lent.booking).state, booking(lent.waiting).state) == (State.GRANTED, State.LAPSED)
    assert told("booking.ran_out") == [world.zhou.id]


def test_what_was_granted_was_used_unless_somebody_noted_otherwise(lent, world):
    with work():
        stored(lent.booking).confirm(by=world.wu)
    ends = booking(lent.booking).ends_at
    with time_machine.travel(ends + timedelta(days=2, hours=23), tick=False):
        sweep()
        assert booking(lent.booking).state is State.GRANTED
    with time_machine.travel(ends + 3 * DAY, tick=False):
        sweep()
    assert booking(lent.booking).state is State.USED


def test_the_owner_is_asked_30_and_7_days_before_the_last(lent, world):
    with work():
        hall = db.session.get_one(Resource, lent.hall_id)
        hall.valid_until = clock.today() + 60 * DAY
    last = hall.valid_until
    for days, lines_by_then in ((31, 0), (30, 1), (20, 1), (7, 2), (0, 2)):
        with time_machine.travel(clock.at(last - days * DAY) + timedelta(hours=9), tick=False):
            sweep()
            assert lines("resource.expiring") == lines_by_then, days
    assert set(told("resource.expiring")) == {world.qian.id}
    with time_machine.travel(clock.at(last - 5 * DAY) + timedelta(hours=9), tick=False):
        assert asked(to_renew, world.qian) == [lent.hall_id]
        with work():
            db.session.get_one(Resource, lent.hall_id).renew(last + 100 * DAY, by=world.qian)
        assert asked(to_renew, world.qian) == []
        sweep()
    assert lines("resource.expiring") == 2


def test_requests_wait_on_the_desk_of_who_answers(lent, world):
    with work():
        hall = db.session.get_one(Resource, lent.hall_id)
        hall.at_once = False
        single = hall.book(booker(lent.choir), *span(coming(TUESDAY), 9, 10), by=world.wu).id
        series = hall.book_weekly(booker(lent.choir), by=world.wu, **tuesdays(3)).id
    assert (asked(to_answer, world.qian), asked(series_to_answer, world.qian)) == ([single], [series])
    for person in (world.lin, world.stranger_lin, world.wu, world.sun, world.he):
        assert asked(to_answer, person) + asked(series_to_answer, person) == []
    with work():
        db.session.get_one(Resource, lent.hall_id).office_answers = True
    assert asked(to_answer, world.lin) == [single]
    assert asked(to_answer, world.he) == asked(to_answer, world.stranger_lin) == []
    assert waiting.lines(world.sun) == []
