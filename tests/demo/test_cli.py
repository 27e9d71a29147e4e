"""`flask demo`: loads into an empty site only, says the accounts, and keeps the calendar full."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from communities.account import Account
from communities.place import Place
from demo import accounts, xincheng
from demo.cli import cli
from demo.top_up import top_up
from kernel import clock
from kernel.db import db
from kernel.passwords import fits
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.sweep import lay_standing_duties

from .checks import CHECKS, rows


@pytest.fixture
def run(site):
    """A function that runs `flask demo` with these words; its result."""
    return lambda *words: site.test_cli_runner().invoke(cli, words)


@pytest.fixture
def chosen(site, monkeypatch):
    """The password of the demo accounts is chosen by the operator."""
    monkeypatch.setitem(site.config, "DEMO_PASSWORD", "three-small-words")
    return "three-small-words"


def test_a_site_with_places_is_not_loaded_over(run, world):
    before = rows(select(Place.id))
    result = run("load", "--scale", "district")
    assert result.exit_code == 1
    assert "已经有数据了" in result.output
    assert rows(select(Place.id)) == before


def test_a_site_without_demo_data_has_no_accounts_to_say(run):
    result = run("accounts")
    assert result.exit_code == 1
    assert "没有演示数据" in result.output


def test_a_database_of_ones_own_stays_empty_at_the_start(run, site):
    result = run("start")
    assert result.output.startswith("社区合伙人 Hehuoren: http://")
    assert not rows(select(Place.id))
    assert "密码" not in result.output


def test_the_start_of_a_demo_says_the_accounts_with_the_password_that_opens_them(run, world, chosen):
    result = run("start")
    assert result.exit_code == 0, result.output
    for word in ("volunteer", "committee", "department", chosen):
        assert word in result.output
    assert fits(Account.named("district").password_hash, chosen)


def test_the_password_is_made_once_and_for_its_owner_only(site, tmp_path, monkeypatch):
    monkeypatch.setattr(site, "instance_path", str(tmp_path))
    monkeypatch.setitem(site.config, "DEMO_PASSWORD", "")
    first = accounts.password()
    assert len(first) == 10
    assert accounts.password() == first
    assert (tmp_path / "demo_password").stat().st_mode & 0o777 == 0o600


def test_a_demo_that_was_off_goes_on_four_weeks_ahead(site):
    xincheng.load("tiny", "no hash")
    assert top_up() == 0
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        assert top_up() > 10
        assert top_up() == 0
        last = db.session.scalar(select(func.max(Shift.starts_at)).where(Shift.series_id.is_(None)))
        assert timedelta(days=14) < last - clock.now() < timedelta(days=29)  # some meet every other week


def test_what_meets_every_week_has_a_rule_that_its_dates_follow(site):
    xincheng.load("tiny", "no hash")
    weekly = list(db.session.scalars(select(DutySeries)))
    assert len(weekly) > 10
    for series in weekly:  # nothing is laid twice, nothing is moved: the dates are those of the rule
        changes = series.changes()
        assert (changes.moved, changes.restored, changes.dropped) == ([], [], [])
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        lay_standing_duties()
        db.session.rollback()
        dates = select(func.max(Shift.starts_at)).where(Shift.series_id.is_not(None)).group_by(Shift.series_id)
        for last in db.session.scalars(dates):
            assert timedelta(weeks=7) < last - clock.now() < timedelta(weeks=8, days=1)
    assert [check() for check in CHECKS] == [[]] * len(CHECKS)
