"""The ledger of bookings: a committee's own, in print-ready Excel."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kernel.work import work
from partners.resources.booking_ledger import BOOKINGS
from partners.resources.booking_words import State
from partners.resources.resource import Resource
from tests.support.lending import TUESDAY, booker, coming, facts, lend, span
from tests.support.statements import counted


@pytest.fixture
def lent(world):
    """The hall with three bookings, and a room of the other community with one."""
    with work():
        found = lend(world)
        day = coming(TUESDAY)
        found.hall.book(booker(found.choir), *span(day, 14, 15.75), purpose="=1+1", people=40, by=world.wu)
        found.hall.book(booker(found.dancers), *span(day + timedelta(days=1), 14, 16), by=world.zhou)
        gone = found.hall.book(booker(found.dancers), *span(day + timedelta(days=2), 14, 16), by=world.zhou)
        gone.withdraw(by=world.zhou)
        room = Resource.offer(world.other_community, by=world.stranger_lin, **facts(name="活动室"))
        room.book(booker(found.choir), *span(day, 9, 10), by=world.wu)
    return found


def rows(person, **filters):
    """The rows of the ledger as dicts by column."""
    return [dict(zip(BOOKINGS.columns, row, strict=True)) for row in BOOKINGS.rows(person, filters)]


def test_whoever_serves_there_has_the_bookings_of_what_is_lent_there(lent, world):
    mine = rows(world.lin)
    assert [(row["booker"], row["hours"], row["state"]) for row in mine] == [
        ("东方合唱团（示例）", 1.75, State.GRANTED.label),
        ("东方舞蹈队（示例）", 2, State.GRANTED.label),
        ("东方舞蹈队（示例）", 2, State.WITHDRAWN.label),
    ]
    assert [row["resource"] for row in rows(world.stranger_lin)] == ["活动室"]
    assert len(rows(world.he)) == 4
    assert len(rows(world.he, place=world.other_community.code)) == 1
    assert rows(world.sun) == rows(world.wu) == rows(world.lin, place=world.other_community.code) == []


def test_from_one_day_to_another(lent, world):
    day = coming(TUESDAY)
    assert len(rows(world.lin, **{"from": day.isoformat(), "to": day.isoformat()})) == 1
    assert len(rows(world.lin, **{"from": (day + timedelta(days=1)).isoformat()})) == 2
    assert len(rows(world.lin, **{"from": "明天"})) == 3


def test_the_sheet_is_printed_and_calculates_nothing(enter, lent):
    client = enter("committee")
    with counted() as said:
        answer = client.get("/ledgers/bookings.xlsx")
    assert answer.status_code == 200
    assert len(said) <= 8
    cells = [cell for row in load_workbook(BytesIO(answer.data)).active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]
    assert enter("volunteer").get("/ledgers/bookings.xlsx").status_code in (403, 404)
