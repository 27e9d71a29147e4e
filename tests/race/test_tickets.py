"""Forty residents at once for the last ticket, two server processes: one has it, nobody sees an error."""

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.work import work
from volunteers.tickets.counter import Counter
from volunteers.tickets.slot import Slot
from volunteers.tickets.ticket import State, Ticket

from .conftest import PEOPLE
from .crowd import rush


@pytest.fixture
def new_salon(new_shift, world):
    """A function that plans a date with so many tickets: its id."""

    def new_salon(tickets: int) -> int:
        facts = {"label": "我要理发", "minutes": None, "most": 2, "local": False, "is_open": True}
        with work():
            Counter.set_up(world.duty, by=world.lin, tickets=tickets, **facts)
        return new_shift()

    return new_salon


@pytest.fixture
def tickets():
    """A function that counts who has a ticket and who waits for it, reads the counter, and the numbers given."""

    def tickets(id: int) -> tuple[int, int, int, list[int]]:
        db.session.rollback()
        rows = db.session.scalars(select(Ticket).where(Ticket.shift_id == id)).all()
        taken = db.session.scalar(select(Slot.taken).where(Slot.shift_id == id))
        states = [row.state for row in rows]
        return states.count(State.TAKEN), states.count(State.WAITING), taken, sorted(row.number for row in rows)

    return tickets


@pytest.mark.parametrize("last", [1, 5])
def test_of_forty_who_ask_for_the_last_ticket_one_has_it(crowd, new_salon, tickets, last):
    for _round in range(3):
        shift = new_salon(last)
        seen = rush([(browser, f"/shifts/{shift}/tickets") for browser in crowd])
        assert seen.statuses == {303: PEOPLE}
        assert tickets(shift) == (last, PEOPLE - last, last, list(range(1, PEOPLE + 1)))


def test_twelve_shots_of_one_form_are_one_ticket(crowd, new_salon, tickets):
    shift = new_salon(5)
    seen = rush([(crowd[0], f"/shifts/{shift}/tickets")] * 12, key="the same form")
    assert seen.statuses == {303: 12}
    assert tickets(shift) == (1, 0, 1, [1])


def test_twelve_forms_of_one_person_are_one_ticket(crowd, new_salon, tickets):
    shift = new_salon(5)
    seen = rush([(crowd[0], f"/shifts/{shift}/tickets")] * 12)
    assert seen.statuses == {303: 1, 409: 11}
    assert tickets(shift) == (1, 0, 1, [1])
