"""A resident's number in calendars: one event for ever, at the time of its slot; a file for who has no account."""

from datetime import timedelta
from itertools import count

import pytest
from icalendar import Calendar
from sqlalchemy import select

from kernel import agenda, clock
from kernel.db import db
from kernel.work import work
from portal.address import feed_token
from tests.support.statements import counted
from volunteers.tickets.counter import Counter
from volunteers.tickets.handout import Handout
from volunteers.tickets.marking import Mark, mark
from volunteers.tickets.ticket import Holder, Ticket

HOUR = timedelta(hours=1)
SECONDS = count(1)
TIMED = {"label": "我要理发", "tickets": 4, "minutes": 45, "most": 2, "local": False, "is_open": True}


@pytest.fixture
def early(early):
    """Another moment in each test: what is kept of calendars is told apart by the moment of the last change."""
    early.shift(next(SECONDS))
    return early


@pytest.fixture
def feed(enter, salon, early):
    """A function: what the calendar of 吴阿姨 says of her numbers, over HTTP."""
    phone = enter()

    def feed():
        data = phone.get(f"/calendar/{feed_token(salon.wu)}.ics?kinds=ticket").data
        return [(str(one["UID"]), one["SEQUENCE"], str(one["STATUS"])) for one in Calendar.from_ical(data).events]

    return feed


def take(salon, person, size=1, **facts):
    """A number for somebody with an account."""
    with work():
        return Handout(salon.shift2).take(Holder(person), size, by=person, **facts).id


def event_of(data):
    [event] = Calendar.from_ical(data).events
    return event


def test_a_number_is_an_event_at_the_time_of_its_slot(enter, salon, early):
    with work():
        Counter.set_up(salon.duty2, by=salon.lin, **TIMED)
    id = take(salon, salon.wu, 2, slot=1)
    starts, ends = salon.shift2.starts_at + timedelta(minutes=45), salon.shift2.ends_at
    event = event_of(enter().get(f"/calendar/{feed_token(salon.wu)}.ics?kinds=ticket").data)
    assert (event.start, event.end) == (clock.local(starts), clock.local(ends))
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("义剪，1 号", "31小区东门，东方社区")
    assert str(event["URL"]) == f"http://localhost/tickets/{id}"
    assert "取号的人数：2" in event["DESCRIPTION"]
    assert len(event.alarms.times) == 1


def test_the_life_of_a_number_counts_up_under_one_name(salon, early, feed):
    id = take(salon, salon.wu)
    told = [feed()]
    shift, lin = salon.shift2, salon.lin
    with work():
        shift.move_to(shift.starts_at + HOUR, shift.ends_at + HOUR, by=lin)
    told.append(feed())
    with work():
        shift.duty.revise(version=shift.duty.version, by=lin, meeting_point="31小区西门")
    told.append(feed())
    with work():
        shift.cancel("下雨", by=lin)
    told.append(feed())
    with work():
        shift.restore(by=lin)
    told.append(feed())
    with work():
        Handout(shift).give_back(db.session.get(Ticket, id), by=salon.wu)
    told.append(feed())
    words = "CONFIRMED CONFIRMED CONFIRMED CANCELLED CONFIRMED CANCELLED".split()
    assert told == [[(f"ticket-{id}@hehuo", number, word)] for number, word in enumerate(words)]


def test_who_waits_keeps_the_time_free_until_it_is_his_turn(enter, salon, early, feed):
    first = take(salon, salon.zhou, 2)
    id = take(salon, salon.wu, 2)
    assert feed() == [(f"ticket-{id}@hehuo", 0, "TENTATIVE")]
    phone = enter()
    address = f"/calendar/{feed_token(salon.wu)}.ics?kinds=ticket"
    assert str(event_of(phone.get(address).data)["TRANSP"]) == "TRANSPARENT"
    with work():
        Handout(salon.shift2).give_back(db.session.get(Ticket, first), by=salon.zhou)
    event = event_of(phone.get(address).data)
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("TENTATIVE", 1)
    assert "轮到您了" in event["DESCRIPTION"]
    assert event.alarms.times == []
    with work():
        Handout(salon.shift2).accept(db.session.get(Ticket, id), by=salon.wu)
    assert feed() == [(f"ticket-{id}@hehuo", 2, "CONFIRMED")]


def test_that_she_came_changes_no_event(salon, early, feed):
    id = take(salon, salon.wu)
    before = feed()
    early.move_to(salon.shift2.starts_at)
    with work():
        mark(salon.shift2, {id: Mark.CAME}, by=salon.lin)
    assert feed() == before


def test_whoever_has_the_link_has_a_file_and_the_way_back_is_in_it(enter, salon, early):
    visitor = enter()
    link = visitor.post(
        f"/shifts/{salon.shift2.id}/tickets", data={"name": "高奶奶（示例）", "phone": "103 0000 0777"}
    ).location
    page = visitor.get(link).get_data(as_text=True)
    assert f'href="{link}.ics"' in page
    answer = enter().get(f"{link}.ics")
    event = event_of(answer.data)
    [ticket] = db.session.scalars(select(Ticket)).all()
    assert (str(event["UID"]), str(event["URL"])) == (f"ticket-{ticket.id}@hehuo", f"http://localhost{link}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ticket-1.ics"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "高奶奶" not in answer.text.replace("\r\n ", "")
    assert visitor.get(f"{link[:-1]}.ics").status_code == 404


def test_the_file_of_a_number_is_for_its_holder_and_the_lead(enter, salon, early):
    id = take(salon, salon.wu)
    assert event_of(enter("volunteer").get(f"/tickets/{id}.ics").data)["SEQUENCE"] == 0
    assert enter("committee").get(f"/tickets/{id}.ics").status_code == 200
    assert enter("volunteer2").get(f"/tickets/{id}.ics").status_code == 404
    assert enter().get(f"/tickets/{id}.ics").status_code == 404
    shown = enter("volunteer").get(f"/shifts/{salon.shift2.id}").get_data(as_text=True)
    assert f'href="/tickets/{id}.ics"' in shown


def test_each_change_of_a_number_changes_the_stamp(salon, early):
    def asked():
        """The stamp, and the events."""
        db.session.rollback()
        window = agenda.window(clock.today())
        return agenda.known("person", salon.wu.id, window, frozenset({"ticket"})).stamp, agenda.events(
            "person", salon.wu, window, {"ticket"}
        )

    known = [asked()]
    shift = salon.shift2
    id = take(salon, salon.wu)
    steps = (
        lambda: shift.move_to(shift.starts_at + HOUR, shift.ends_at + HOUR, by=salon.lin),
        lambda: shift.duty.revise(version=shift.duty.version, by=salon.lin, activity="义剪和刮脸"),
        lambda: shift.cancel("下雨", by=salon.lin),
        lambda: shift.restore(by=salon.lin),
        lambda: Handout(shift).give_back(db.session.get(Ticket, id), by=salon.wu),
    )
    known.append(asked())
    for step in steps:
        early.shift(1)
        with work():
            step()
        known.append(asked())
    stamps, events = zip(*known, strict=True)
    assert len(set(stamps)) == len(known)
    assert all(one != other for one, other in zip(events, events[1:], strict=False))


def test_many_numbers_cost_no_more_statements_than_one(salon, early):
    def cost():
        db.session.rollback()
        salon.wu.id, clock.today()
        with counted() as asked:
            assert agenda.events("person", salon.wu, agenda.window(clock.today()), {"ticket"})
        return len(asked)

    take(salon, salon.wu)
    one = cost()
    with work():
        Counter.set_up(salon.duty, by=salon.lin, **TIMED)
    with work():
        Handout(salon.shift).take(Holder(salon.wu), 1, by=salon.wu)
    assert cost() == one
