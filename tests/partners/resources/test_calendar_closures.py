"""Whoever lends a hall takes its own calendar over: its times are closed to others, what is promised stays promised."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from kernel import clock
from kernel.calendar_import import Will, taken
from kernel.db import db
from kernel.work import work
from partners.member import Role
from partners.resources.booking_words import ClosedThen
from partners.resources.calendar_closures import TimesOfResource
from partners.resources.closure import Closure
from tests.kernel.ics import at, event, ics
from tests.support.lending import TUESDAY, booker, coming, lend, span
from tests.support.statements import counted

DAY = timedelta(days=1)
FACTS = {"reason": "自己的活动要用"}


@pytest.fixture
def lent(grown, world):
    """The hall and those who want it, committed."""
    return grown("lent", lambda: lend(world))


@pytest.fixture
def working(lent):
    """The same inside one `work()`."""
    with work():
        yield lent


def taken_over(hall, by, *parts):
    file = taken(ics(*parts))
    seen = TimesOfResource(hall, file).judged().digest
    return TimesOfResource(hall, file).carry_out(seen, FACTS, by)


def wills(plan):
    return [line.will for line in plan.lines]


def closed(hall):
    rows = select(Closure).where(Closure.resource_id == hall.id).order_by(Closure.starts_at)
    return [(clock.local(one.starts_at), clock.local(one.ends_at), one.reason) for one in db.session.scalars(rows)]


def test_own_times_are_closed_and_say_only_what_was_agreed(working, world):
    day = coming(TUESDAY, 3)
    plan = taken_over(working.hall, world.qian, event("a", when=at(day, 9, 11), summary="内部会议"))
    assert wills(plan) == [Will.NEW]
    [(starts, ends, reason)] = closed(working.hall)
    assert (starts.hour, ends.hour, reason) == (9, 11, "自己的活动要用")
    with pytest.raises(ClosedThen):
        working.hall.book(booker(working.choir), *span(day, 10, 12), by=world.wu)


def test_what_is_promised_is_not_taken_away(working, world):
    day = coming(TUESDAY, 3)
    booking = working.hall.book(booker(working.choir), *span(day, 10, 12), by=world.wu)
    plan = taken_over(
        working.hall, world.qian, event("a", when=at(day, 9, 11)), event("b", when=at(day, 12, 13)),
    )  # fmt: skip
    assert wills(plan) == [Will.NEW, Will.CANNOT]
    assert "已经约给别人" in str(plan.lines[1].reason)
    assert (booking.is_holding, len(closed(working.hall))) == (True, 1)


def test_again_moved_and_called_off(working, world):
    day = coming(TUESDAY, 3)
    one, two = event("a", when=at(day, 9, 11)), event("b", when=f"DTSTART;VALUE=DATE:{day + DAY:%Y%m%d}\r\n")
    taken_over(working.hall, world.qian, one, two)
    assert [ends - starts for starts, ends, _why in closed(working.hall)] == [timedelta(hours=2), DAY]
    assert set(wills(taken_over(working.hall, world.qian, one, two))) == {Will.SAME}
    assert len(closed(working.hall)) == 2
    later, off = event("a", when=at(day, 14, 16)), two.replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT")
    assert wills(taken_over(working.hall, world.qian, later, off)) == [Will.MOVED, Will.OFF]
    assert [starts.hour for starts, _ends, _why in closed(working.hall)] == [14]
    assert set(wills(taken_over(working.hall, world.qian, later, off))) == {Will.SAME}
    assert wills(taken_over(working.hall, world.qian, later, two)) == [Will.NEW, Will.SAME]
    assert wills(taken_over(working.hall, world.qian, later)) == [Will.GONE, Will.SAME]
    assert len(closed(working.hall)) == 2


def test_a_time_that_is_open_again_goes_to_whoever_waited(working, world):
    day = coming(TUESDAY, 3)
    taken_over(working.hall, world.qian, event("a", when=at(day, 9, 11)))
    booking = working.hall.book(booker(working.choir), *span(day, 12, 14), by=world.wu)
    closure = working.hall.close(*span(day, 12, 14), "检修", by=world.qian)
    assert not booking.is_holding
    working.hall.open_again(closure, by=world.qian)
    assert booking.is_holding


def test_what_was_opened_by_hand_stays_open_for_the_same_file(working, world):
    one = event("a", when=at(coming(TUESDAY, 3), 9, 11))
    taken_over(working.hall, world.qian, one)
    working.hall.open_again(*db.session.scalars(select(Closure)).all(), by=world.qian)
    assert wills(taken_over(working.hall, world.qian, one)) == [Will.SAME]
    assert closed(working.hall) == []


def upload(client, path, data):
    return client.post(path, data={"file": (BytesIO(data), "hall.ics")}, content_type="multipart/form-data")


def test_by_hand_and_for_nobody_else(enter, lent, world):
    path, qian = f"/resources/{lent.hall.id}/calendar-imports/", enter("department")
    with work():
        lent.owner.join(world.wu, Role.MEMBER, by=world.qian)
    data = ics(event("a", "RRULE:FREQ=WEEKLY;COUNT=30", when=at(coming(TUESDAY, 3), 9, 11)))
    for name in ("volunteer", "volunteer2", "partner", "committee", "other-committee"):
        client = enter(name)
        assert client.get(path).status_code == 403
        assert upload(client, path, data).status_code == 403
        assert path not in client.get("/calendar-imports/").text
    assert path in qian.get("/calendar-imports/").text
    assert path in qian.get(f"/resources/{lent.hall.id}").text
    page = upload(qian, path, data).location
    qian.get(page)
    with counted() as said:
        shown = qian.get(page).text
    assert len(said) <= 8
    seen = shown.split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert qian.post(f"{page}/confirmation", data={"seen": seen, "reason": ""}).status_code == 422
    assert qian.post(f"{page}/confirmation", data={"seen": seen, "reason": "排练"}).status_code == 303
    assert {reason for _starts, _ends, reason in closed(lent.hall)} == {"排练"}
    assert len(closed(lent.hall)) == 30
