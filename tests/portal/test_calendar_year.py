"""A year of each kind of calendar: every reader sees the dates that stand in the tables, and none besides."""

from datetime import timedelta

import ics
import pytest
import recurring_ical_events
from icalendar import Calendar
from sqlalchemy import select, update

from communities.place import Place
from communities.working_day import CalendarDay, holidays
from kernel import agenda, clock
from kernel.db import db
from kernel.recurrence import expanded
from kernel.work import work
from portal.address import feed_token
from tests.volunteers.test_series import DAY, WEDNESDAY, WEEK, dates, tuesdays, write
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.signup import Signup, State
from volunteers.standing_place import StandingPlace

A_YEAR = 366 * DAY


@pytest.fixture
def busy(world):
    """A rule without an end that skips holidays; one date moved, one called off, one left, one new holiday to come.

    吴阿姨 comes every time and goes to one more shift; 周师傅 signed up for a single date.
    """
    with work():
        series = write(world, skip_holidays=True)
        world.series = series.id
        shifts = dates(series)
        shifts[0].sign_up(world.zhou, by=world.zhou)
        StandingPlace.ask(series, world.wu, by=world.wu).grant(by=world.lin)
        world.shift.sign_up(world.wu, by=world.wu)
        shifts[1].move_to(
            shifts[1].starts_at + 25 * timedelta(hours=1), shifts[1].ends_at + DAY + DAY / 24, by=world.lin
        )
        shifts[2].cancel("下大雨", by=world.lin)
        shifts[3].withdraw(world.wu, by=world.wu)
        far = list(series.pattern.days(clock.today() + 20 * WEEK, clock.today() + 30 * WEEK))[2]
        CalendarDay.enter(far, False, "示例假日", by=world.gao)
    return world


def revise(world):
    """From Tuesdays to Wednesdays; dates with people stay."""
    with work():
        series = db.session.get_one(DutySeries, world.series)
        series.revise(tuesdays(weekday=WEDNESDAY), series.seats, sequence=series.sequence, by=world.lin)


def in_tables(shifts, series_id):
    """(start, end, status) of these shifts, and of the days after the last one by the rule, for a year."""
    series = db.session.get_one(DutySeries, series_id)
    rows = [(one.starts_at, one.ends_at, one.is_cancelled) for one in shifts]
    laid = max(one.occurrence_on for one in dates(series))
    until = clock.today() + A_YEAR
    off = holidays(laid, until)
    rows += [(*series.pattern.span(day), False) for day in series.pattern.days(laid + DAY, until) if day not in off]
    return sorted((starts, ends, "CANCELLED" if off else "CONFIRMED") for starts, ends, off in rows)


def read(data):
    """The same as recurring-ical-events reads it, and the names that the strict reader sees."""
    found = recurring_ical_events.of(Calendar.from_ical(data)).between(*year())
    strict = {event.uid for event in ics.Calendar(data.decode()).events}
    assert strict == {str(event["UID"]) for event in Calendar.from_ical(data).events}
    return sorted((event.start, event.end, str(event["STATUS"])) for event in found)


def year():
    return clock.at(clock.today() - 100 * DAY), clock.at(clock.today() + A_YEAR + DAY)


def own(of, owner):
    """The same as our own pages show it."""
    events = agenda.events(of, owner, agenda.window(clock.today()))
    told = [(one.starts, one.ends, "CANCELLED" if one.cancelled else "CONFIRMED") for one in expanded(events, *year())]
    return sorted(told)


@pytest.mark.parametrize("revised", [False, True])
def test_her_year_is_read_as_it_stands(busy, enter, revised):
    if revised:
        revise(busy)
    wu, series = busy.wu, db.session.get_one(DutySeries, busy.series)
    appointed = {
        row.shift_id: row
        for row in db.session.scalars(select(Signup).where(Signup.person_id == wu.id))
        if row.confirmed_at
    }
    mine = list(db.session.scalars(select(Shift).where(Shift.id.in_(appointed))))
    for shift in mine:  # what she left is called off for her
        if appointed[shift.id].state is State.WITHDRAWN:
            db.session.expunge(shift)
            shift.switch(cancelled=True, reason="")
    expected = in_tables(mine, series.id)
    if revised:  # her yes was for the old days: she is asked again, and nothing is promised beyond what she has
        expected = [row for row in expected if row[0] in {shift.starts_at for shift in mine}]
    data = enter().get(f"/calendar/{feed_token(wu)}.ics").data
    assert read(data) == expected
    assert own("person", wu) == expected
    assert data.count(b"BEGIN:VEVENT") < len(expected) or revised


@pytest.mark.parametrize("revised", [False, True])
@pytest.mark.parametrize("of", ["duty", "place", "building"])
def test_a_public_year_is_read_as_it_stands(busy, enter, of, revised):
    if revised:
        revise(busy)
    if of == "building":
        with work():
            db.session.execute(update(Shift).values(place_id=busy.building1.parent_id))
    duty = busy.duty
    place = {"duty": None, "place": duty.place, "building": busy.building1}[of]
    here = {
        "duty": Shift.duty_id == duty.id,
        "place": Shift.place.has(Place.within(duty.place)),
        "building": Shift.place_id.in_([busy.building1.id, busy.building1.parent_id]),
    }[of]
    expected = in_tables(db.session.scalars(select(Shift).where(here)).all(), busy.series)
    address = f"/duties/{duty.id}.ics" if of == "duty" else f"/places/{place.code}.ics"
    assert read(enter().get(address).data) == expected
    assert own(of, duty if of == "duty" else place) == expected


def test_a_series_is_one_event_for_the_eye(busy, enter):
    data = enter().get(f"/duties/{busy.duty.id}.ics").data
    [series] = [event for event in Calendar.from_ical(data).events if "RRULE" in event]
    assert str(series["UID"]) == f"series-{busy.series}@hehuo"
    overrides = [event for event in Calendar.from_ical(data).events if event.get("RECURRENCE-ID")]
    assert len(overrides) == 2  # moved, called off
