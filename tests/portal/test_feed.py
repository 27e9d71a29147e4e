"""The feed of a volunteer is read the same by three unrelated readers, and holds nobody else."""

import re

import ics
import pytest
import recurring_ical_events
from icalendar import Calendar

from kernel import clock
from kernel.work import work
from portal.address import feed_token, owner_of
from volunteers.signup import State


@pytest.fixture
def wu(enter):
    return enter("volunteer")


@pytest.fixture
def feed(enter, world):
    """A function that gets the feed of 吴阿姨, as her phone does: without a cookie."""
    phone, path = enter(), f"/calendar/{feed_token(world.wu)}.ics"
    return lambda **headers: phone.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def events(answer):
    return Calendar.from_ical(answer.data).walk("VEVENT")


def withdraw(client, world):
    return client.post(f"/signups/{world.shift.signup_of(world.wu).id}/withdrawal")


def test_before_anything_it_is_an_empty_calendar(feed, world):
    answer = feed()
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert events(answer) == []
    assert b"X-PUBLISHED-TTL:PT1H" in answer.data


def test_what_she_signed_up_for_is_found_by_three_readers(wu, feed, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    answer = feed()
    [event] = events(answer)
    start, end = clock.local(world.shift.starts_at), clock.local(world.shift.ends_at)
    assert (event.start, event.end) == (start, end)
    assert str(event["SUMMARY"]) == "联防巡查 · 巡查员"
    assert str(event["UID"]) == f"shift-{world.shift.id}-person-{world.wu.id}@hehuo"
    assert str(event["STATUS"]) == "CONFIRMED"
    [other] = ics.Calendar(answer.text).events
    assert (other.begin.datetime, other.end.datetime, other.name) == (start, end, "联防巡查 · 巡查员")
    [that_day] = recurring_ical_events.of(Calendar.from_ical(answer.data)).at(start.date())
    assert str(that_day["UID"]) == str(event["UID"])


def test_the_event_leads_back_to_its_page_and_says_where_and_what(wu, feed, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    [event] = events(feed())
    assert str(event["URL"]) == f"http://localhost/shifts/{world.shift.id}"
    assert "31小区东门" in event["LOCATION"]
    assert "无特殊风险" in event["DESCRIPTION"]
    assert wu.get(f"/shifts/{world.shift.id}").status_code == 200


def test_after_leaving_it_is_cancelled_with_a_higher_sequence_and_comes_back_higher_still(wu, feed, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    seen = [(str(event["STATUS"]), event["SEQUENCE"]) for event in events(feed())]
    withdraw(wu, world)
    seen += [(str(event["STATUS"]), event["SEQUENCE"]) for event in events(feed())]
    wu.post(f"/shifts/{world.shift.id}/signups")
    seen += [(str(event["STATUS"]), event["SEQUENCE"]) for event in events(feed())]
    assert [status for status, _ in seen] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert seen[0][1] < seen[1][1] < seen[2][1]


def test_a_shift_that_is_called_off_is_cancelled_there_too(wu, feed, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    [before] = events(feed())
    with work():
        world.shift.cancel("下雨", by=world.lin)
    [event] = events(feed())
    assert str(event["STATUS"]) == "CANCELLED"
    assert event["SEQUENCE"] > before["SEQUENCE"]
    assert "下雨" in event["DESCRIPTION"]


def test_waiting_is_no_appointment(wu, feed, world):
    with work():
        world.shift.sign_up(world.zhou, by=world.zhou)
    wu.post(f"/shifts/{world.shift.id}/signups")
    assert world.shift.signup_of(world.wu).state is State.WAITING
    assert events(feed()) == []


def test_an_unchanged_feed_is_a_304(wu, feed, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    first = feed()
    again = feed(If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert feed(If_Modified_Since=first.headers["Last-Modified"]).status_code == 304
    assert feed().data == first.data
    withdraw(wu, world)
    changed = feed(If_None_Match=first.headers["ETag"])
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert not changed.headers["ETag"].startswith("W/")


def test_no_third_person_is_in_it(wu, feed, world):
    with work():
        world.shift2.sign_up(world.zhou, by=world.zhou)
    wu.post(f"/shifts/{world.shift2.id}/signups")
    text = feed().text.replace("\r\n ", "")
    for person in (world.zhou, world.lin, world.wu):
        assert person.name not in text
        assert person.called not in text
        assert person.phone not in text


def test_the_feed_speaks_its_owners_language(wu, feed, world):
    wu.post(f"/shifts/{world.shift.id}/signups")
    with work():
        world.wu.language = "en"
    text = feed().text.replace("\r\n ", "")
    assert "//calendar//EN" in text
    assert "我的社区志愿活动" not in text


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "1",
        "1-",
        "-",
        "1-0",
        "0-" + "a" * 40,
        "9" * 30 + "-a",
        "٣-a",
        "1-é",
        "1-%00",
        "%2e%2e",
        "1-" + "f" * 40,
        "{}x",
        "x{}",
    ],
)
def test_any_other_address_is_not_there(enter, world, token):
    token = token.format(feed_token(world.wu))
    assert enter().get(f"/calendar/{token}.ics").status_code in (404, 400)


def test_the_token_says_who_only_to_the_site(world):
    token = feed_token(world.wu)
    assert owner_of(token) == world.wu
    assert len(token.partition("-")[2]) >= 32  # hexadecimal digits: 128 bits
    assert owner_of(token[:-1]) is None


# ---- one shift as a file ---------------------------------------------------------------------------------------------


def test_one_shift_is_a_file_for_everybody(enter, world):
    answer = enter().get(f"/shifts/{world.shift.id}.ics")
    [event] = events(answer)
    assert str(event["UID"]) == f"shift-{world.shift.id}@hehuo"
    assert re.fullmatch(r'attachment; filename="shift-\d+\.ics"', answer.headers["Content-Disposition"])
    assert answer.headers["ETag"]
    [same] = ics.Calendar(answer.text).events
    assert same.begin.datetime == clock.local(world.shift.starts_at)


def test_its_cancellation_is_in_the_file(enter, world):
    with work():
        world.shift.cancel("下雨", by=world.lin)
    [event] = events(enter().get(f"/shifts/{world.shift.id}.ics"))
    assert str(event["STATUS"]) == "CANCELLED"


def test_a_shift_that_is_not_there_has_no_file(enter, world):
    assert enter().get("/shifts/999999.ics").status_code == 404
