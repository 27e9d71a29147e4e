"""Days and moments as people say them, at the hour of Beijing wherever the server stands."""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from types import SimpleNamespace

import pytest
import time_machine
from flask import g

from kernel import clock
from kernel.i18n import day, force_locale, language, moment, span

NOW = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)  # the 21st in Shanghai


@pytest.fixture(autouse=True, params=["Asia/Shanghai", "America/New_York", "UTC"])
def zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    with time_machine.travel(NOW, tick=False):
        yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("zh", date(2026, 11, 28), "11月28日 周六"),
        ("zh", date(2027, 1, 3), "2027年1月3日 周日"),
        ("en", date(2026, 11, 28), "Sat 28 Nov"),
        ("en", date(2027, 1, 3), "Sun 3 Jan 2027"),
    ],
)
def test_a_day_has_its_year_when_it_is_not_this_one(paper, code, value, shown):
    with force_locale(code):
        assert day(value) == shown


def test_a_day_may_be_asked_with_or_without_its_year(paper):
    assert day(date(2026, 11, 28), year=True) == "2026年11月28日 周六"
    assert day(date(2027, 1, 3), year=False) == "1月3日 周日"


@pytest.mark.parametrize(("code", "shown"), [("zh", "11月28日 周六 07:05"), ("en", "Sat 28 Nov 07:05")])
def test_a_moment_is_the_hour_of_beijing(paper, code, shown):
    with force_locale(code):
        assert moment(datetime(2026, 11, 27, 23, 5, tzinfo=UTC)) == shown


@pytest.mark.parametrize(
    ("code", "minutes", "shown"),
    [
        ("zh", 60, "11月28日 周六 07:00–\u206008:00"),
        ("en", 60, "Sat 28 Nov 07:00–\u206008:00"),
        ("zh", 24 * 60, "11月28日 周六 07:00–\u206011月29日 周日 07:00"),
        ("en", 24 * 60, "Sat 28 Nov 07:00–\u2060Sun 29 Nov 07:00"),
    ],
)
def test_a_span_says_when_it_ends_on_another_day(paper, code, minutes, shown):
    start = clock.at(date(2026, 11, 28), hour(7))
    with force_locale(code):
        assert span(start, start + timedelta(minutes=minutes)) == shown


def test_today_is_the_day_in_shanghai():
    assert clock.now() == NOW
    assert clock.today() == date(2026, 11, 21)
    assert clock.at(date(2026, 11, 21)) == datetime(2026, 11, 20, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "cookie", "chosen"),
    [
        (None, None, "zh"),
        (None, "en", "en"),
        ("zh", "en", "en"),
        ("en", None, "en"),
        ("fr", "xx", "zh"),
        (None, "\0", "zh"),
    ],
)
def test_the_language_is_the_browsers_choice_else_the_persons_else_chinese(paper, own, cookie, chosen):
    with paper.test_request_context(headers={"Cookie": f"language={cookie}"} if cookie else {}):
        g.person = SimpleNamespace(language=own)
        assert language() == chosen


def test_outside_a_request_it_is_chinese(paper):
    with paper.app_context():
        assert language() == "zh"
