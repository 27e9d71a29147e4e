"""A sign-up is one calendar event for ever: its identity stays, its sequence only grows."""

import pytest

from kernel.i18n import force_locale
from volunteers.event import event_of_shift, event_of_signup
from volunteers.signup import State

SITE = "https://hehuo.example"


@pytest.fixture
def signup(at_work):
    """吴阿姨 is in."""
    return at_work.shift.sign_up(at_work.wu, by=at_work.wu)


def test_a_confirmed_signup_is_an_appointment(at_work, signup):
    event = event_of_signup(signup, SITE)
    assert event.uid == f"shift-{at_work.shift.id}-person-{at_work.wu.id}@hehuo"
    assert (event.sequence, event.cancelled, event.alarm_minutes) == (0, False, 60)
    assert (event.starts, event.ends) == (at_work.shift.starts_at, at_work.shift.ends_at)
    assert event.summary == "联防巡查 · 巡查员"
    assert event.location == "31小区东门，东方社区"
    assert event.url == f"{SITE}/shifts/{at_work.shift.id}"
    assert f"这次去不了：{event.url}#signup" in event.description
    assert "无特殊风险" in event.description


def test_withdrawing_and_coming_back_continue_the_sequence(at_work, signup):
    watch, wu = at_work.shift, at_work.wu
    gone = event_of_signup(watch.withdraw(wu, by=wu), SITE)
    back = event_of_signup(watch.sign_up(wu, by=wu), SITE)
    assert [(gone.sequence, gone.cancelled), (back.sequence, back.cancelled)] == [(1, True), (2, False)]
    assert gone.uid == back.uid


def test_what_the_organiser_changes_counts_too(at_work, signup):
    at_work.duty.revise(version=at_work.duty.version, by=at_work.lin, meeting_point="31小区西门")
    at_work.duty.revise(version=at_work.duty.version, by=at_work.lin, about="带手电筒")
    moved = event_of_signup(signup, SITE)
    assert (moved.sequence, moved.location) == (1, "31小区西门，东方社区")
    assert moved.changed > signup.changed_at
    at_work.shift.cancel("下雨", by=at_work.lin)
    called_off = event_of_signup(signup, SITE)
    assert (called_off.sequence, called_off.cancelled) == (2, True)
    assert "下雨" in called_off.description


def test_counting_seats_changes_no_event(at_work, signup):
    before = event_of_shift(at_work.shift, SITE)
    at_work.shift.resize(3, by=at_work.lin)
    at_work.shift.sign_up(at_work.zhao, by=at_work.zhao)
    assert event_of_shift(at_work.shift, SITE) == before


def test_only_who_is_confirmed_has_an_appointment(at_work, signup):
    waiting = at_work.shift.sign_up(at_work.zhao, by=at_work.zhao)
    assert waiting.state is State.WAITING
    assert event_of_signup(waiting, SITE).cancelled


def test_the_event_for_everybody_names_nobody(at_work, signup):
    event = event_of_shift(at_work.shift, SITE)
    assert event.uid == f"shift-{at_work.shift.id}@hehuo"
    assert "吴阿姨" not in repr(event)
    assert "这次去不了" not in event.description


def test_a_building_is_named_with_its_compound(at_work):
    at_work.shift.place = at_work.building1
    assert event_of_shift(at_work.shift, SITE).location == "31小区东门，31小区1号楼"
    assert event_of_shift(at_work.shift, SITE).geo == (at_work.building1.lat, at_work.building1.lon)


def test_the_event_speaks_the_language_of_its_reader(at_work, signup):
    with force_locale("en"):
        assert event_of_signup(signup, SITE).categories == ("Care for older and disabled people",)
