"""Opening hours as people type them, and what lies in them."""

from datetime import date, datetime, timedelta

import pytest

from kernel import clock
from partners.resources import hours
from partners.resources.hours import HoursUnclear

MONDAY = date(2026, 11, 23)
OFFICE = [[[480, 720], [840, 1080]]] * 5 + [[], []]
NIGHT = [[[0, 480], [1080, 1440]]] * 7


def at(day: int, clock_time: str) -> datetime:
    hour, minute = map(int, clock_time.split(":"))
    return clock.at(MONDAY) + timedelta(days=day, hours=hour, minutes=minute)


@pytest.mark.parametrize(
    ("typed", "windows"),
    [
        ("08:00-12:00 14:00-18:00", [[480, 720], [840, 1080]]),
        ("8:00–12:00、14:00～18:00", [[480, 720], [840, 1080]]),
        ("８：００－１２：００", [[480, 720]]),
        ("00:00-24:00", [[0, 1440]]),
        ("14:00-18:00, 08:00-12:00", [[480, 720], [840, 1080]]),
        ("08:00-10:00 10:00-12:00 09:00-11:00", [[480, 720]]),
        ("", []),
        ("  ", []),
    ],
)
def test_what_people_type_is_understood(typed, windows):
    assert hours.parse(typed) == windows


@pytest.mark.parametrize(
    "typed",
    ["上午", "8-12", "08:00", "08:00-12:00 14:00", "12:00-08:00", "22:00-02:00", "08:10-12:00", "25:00-26:00",
     "08:00-24:15", "08:00-12:00 2", "08:00-08:00"],
)  # fmt: skip
def test_what_says_no_windows_is_a_sentence(typed):
    with pytest.raises(HoursUnclear) as refusal:
        hours.parse(typed)
    assert "08:00-12:00 14:00-18:00" in str(refusal.value)


def test_windows_are_shown_and_typed_again():
    windows = hours.parse("8:00-12:00 14:00-24:00")
    assert hours.shown(windows) == "08:00–\u206012:00、14:00–\u206024:00"
    assert hours.parse(hours.typed(windows)) == windows


@pytest.mark.parametrize(
    ("first", "last", "is_open"),
    [
        ((0, "08:00"), (0, "12:00"), True),
        ((0, "11:00"), (0, "14:00"), False),
        ((0, "07:45"), (0, "09:00"), False),
        ((5, "09:00"), (5, "10:00"), False),
        ((4, "17:00"), (4, "18:15"), False),
    ],
)
def test_a_time_lies_in_one_window(first, last, is_open):
    assert hours.is_open(OFFICE, at(*first), at(*last)) == is_open


def test_windows_of_two_days_touch_at_midnight():
    assert hours.is_open(NIGHT, at(0, "18:00"), at(1, "08:00"))
    assert hours.is_open(NIGHT, at(0, "23:00"), at(1, "00:00"))
    assert not hours.is_open(NIGHT, at(0, "18:00"), at(1, "08:15"))
    assert not hours.is_open(NIGHT, at(0, "18:00"), at(1, "08:00"), {MONDAY + timedelta(days=1)})
    assert hours.is_open(NIGHT, at(0, "18:00"), at(1, "00:00"), {MONDAY + timedelta(days=1)})


def test_days_alike_stand_together():
    assert hours.alike(OFFICE) == [(0, 4, OFFICE[0])]
    assert hours.alike([[[0, 60]], [], [[0, 60]], [[0, 60]], [], [], [[60, 120]]]) == [
        (0, 0, [[0, 60]]),
        (2, 3, [[0, 60]]),
        (6, 6, [[60, 120]]),
    ]
