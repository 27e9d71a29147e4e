"""The phone rings when its owner wants it: only in his own calendars, and calendars hear of a new choice."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from communities.alarm import Alarm
from kernel import clock
from kernel.work import work
from portal.address import feed_token
from portal.ringing import SILENT, Ringing
from tests.support.full import fill
from volunteers.event import event_of_shift

MINUTE = timedelta(minutes=1)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@pytest.fixture
def full(world):
    """A week of everything for 赵晨光 and 白鹭科技."""
    with work():
        return fill(world)


def events(answer):
    """Its events by UID and date."""
    found = Calendar.from_ical(answer.data).events
    return {(str(one["UID"]), str(one.get("RECURRENCE-ID", ""))): one for one in found}


def triggers(answer) -> dict:
    """Minutes before the start at which each event rings; what does not ring is left out."""
    rings = {key: [alarm["TRIGGER"].dt for alarm in one.walk("VALARM")] for key, one in events(answer).items()}
    return {key: -found[0] // MINUTE for key, found in rings.items() if found}


def choose(client, alarm):
    assert client.post("/me/calendar/alarm", data={"alarm": alarm}).status_code == 303


@given(MOMENTS)
def test_the_evening_before_is_eight_o_clock_in_shanghai(starts):
    rings = clock.local(starts - Alarm.EVENING.minutes(starts, 60) * MINUTE)
    begins = clock.local(starts)
    assert rings.date() == begins.date() - timedelta(days=1)
    assert rings.time().replace(second=0, microsecond=0) == time(20)


@given(MOMENTS | st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(Alarm))
def test_a_whole_day_is_announced_as_early_as_usual_or_not_at_all(starts, alarm):
    minutes = alarm.minutes(starts, 20_160)
    assert (minutes is None) == (alarm is Alarm.NONE)
    if not isinstance(starts, datetime) and minutes is not None:
        assert minutes == 20_160
    assert minutes is None or minutes > 0


def test_who_chose_nothing_hears_what_each_kind_suggests(enter, world, full):
    answer = enter().get(f"/calendar/{feed_token(world.zhao)}.ics")
    rung = {uid.split("-")[0]: minutes for (uid, _date), minutes in triggers(answer).items()}
    assert rung == {"booking": 120, "milestone": 24 * 60, "agreement": 14 * 24 * 60, "due": 7 * 24 * 60}


@pytest.mark.parametrize(("alarm", "minutes"), [("half_hour", 30), ("hour", 60), ("two_hours", 120), ("none", None)])
def test_the_choice_is_heard_in_ones_own_calendars(enter, world, full, alarm, minutes):
    zhao, phone = enter("partner"), enter()
    choose(zhao, alarm)
    of_partner = feed_token(world.zhao, "partner", str(world.egret.id))
    urls = (f"/calendar/{feed_token(world.zhao)}.ics", f"/calendar/partners/{world.egret.id}/{of_partner}.ics")
    for url in urls:
        hours = {found for (uid, _date), found in triggers(phone.get(url)).items() if uid.startswith("booking")}
        assert hours == ({minutes} if minutes else set())
        days = {found for (uid, _date), found in triggers(phone.get(url)).items() if uid.startswith("agreement")}
        assert days == ({14 * 24 * 60} if minutes else set())


def test_the_evening_before_a_shift(enter, world):
    wu = enter("volunteer")
    wu.post(f"/shifts/{world.shift.id}/signups")
    choose(wu, "evening")
    [minutes] = triggers(enter().get(f"/calendar/{feed_token(world.wu)}.ics")).values()
    assert minutes == 11 * 60  # 07:00, so from 20:00 on


def test_calendars_hear_of_a_new_choice_but_not_of_a_new_time(enter, world):
    wu, phone, url = enter("volunteer"), enter(), f"/calendar/{feed_token(world.wu)}.ics"
    wu.post(f"/shifts/{world.shift.id}/signups")
    first = phone.get(url)
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        choose(wu, "two_hours")
        second = phone.get(url, headers={"If-None-Match": first.headers["ETag"]})
        assert second.status_code == 200
        assert phone.get(url, headers={"If-None-Match": second.headers["ETag"]}).status_code == 304
    with time_machine.travel(clock.now() + timedelta(minutes=4), tick=False):
        choose(wu, "usual")
        third = phone.get(url, headers={"If-None-Match": second.headers["ETag"]})
        choose(wu, "usual")
        assert phone.get(url, headers={"If-None-Match": third.headers["ETag"]}).status_code == 304
    told = [next(iter(events(answer).values())) for answer in (first, second, third)]
    assert [answer.last_modified for answer in (first, second, third)] == [one["LAST-MODIFIED"].dt for one in told]
    assert told[0]["DTSTAMP"].dt < told[1]["DTSTAMP"].dt < told[2]["DTSTAMP"].dt
    assert {one["SEQUENCE"] for one in told} == {told[0]["SEQUENCE"]}
    assert [next(iter(triggers(answer).values())) for answer in (first, second, third)] == [60, 120, 60]


def test_what_is_for_everybody_rings_for_nobody(enter, world, full):
    wu = enter("volunteer")
    choose(wu, "two_hours")
    for path in (
        f"/duties/{world.duty.id}.ics",
        f"/places/{world.community.code}.ics",
        f"/places/{world.wu.home.code}.ics",
        f"/resources/{full.hall}.ics",
    ):
        answer = wu.get(path)
        assert answer.status_code == 200
        assert b"VALARM" not in answer.data, path


def test_one_shift_is_saved_with_the_alarm_of_whoever_saves_it(enter, world):
    path = f"/shifts/{world.shift.id}.ics"
    wu = enter("volunteer")
    choose(wu, "two_hours")
    assert list(triggers(wu.get(path)).values()) == [120]
    assert list(triggers(enter().get(path)).values()) == [60]


def test_what_would_not_ring_anyway_is_the_same_event(world):
    event = event_of_shift(world.shift, "http://localhost")
    [silent] = SILENT.rung([event])
    assert (silent.alarm_minutes, silent.changed) == (None, event.changed)
    assert Ringing(Alarm.HOUR, clock.now()).rung([silent]) == [silent]
    assert Ringing().rung([event]) == [event]
