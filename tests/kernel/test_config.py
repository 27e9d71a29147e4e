"""The configuration comes in layers, and secrets are made once and read by nobody else."""

import os
import stat
from pathlib import Path

import pytest
from flask import Flask

from kernel.config import FROM_ENVIRONMENT, configure, kept_secret


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    for name in FROM_ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def made(tmp_path):
    """A function from what a test gives to a configured application."""

    def make(given=None):
        app = Flask("made", instance_path=str(tmp_path / "instance"), instance_relative_config=True)
        configure(app, given)
        return app

    return make


def write_site_cfg(tmp_path, text):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "site.cfg").write_text(text)


def test_without_anything_it_is_sqlite_in_the_instance_folder(made, tmp_path):
    app = made()
    assert app.config["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/instance/hehuoren.sqlite"
    assert app.config["RATELIMIT_STORAGE_URI"] == "memory://"
    assert not app.config["TRUSTED_HOSTS"]


def test_later_layers_win(made, tmp_path, monkeypatch):
    write_site_cfg(tmp_path, 'SITE_URL = "https://file.example"\nMAIL_FROM = "file@example.cn"\nMAIL_SERVER = "file"\n')
    monkeypatch.setenv("MAIL_FROM", "environment@example.cn")
    monkeypatch.setenv("MAIL_SERVER", "environment")
    config = made({"MAIL_SERVER": "given"}).config
    assert config["SITE_URL"] == "https://file.example"
    assert config["MAIL_FROM"] == "environment@example.cn"
    assert config["MAIL_SERVER"] == "given"


def test_an_empty_variable_says_nothing(made, tmp_path, monkeypatch):
    write_site_cfg(tmp_path, 'MAIL_FROM = "file@example.cn"\n')
    monkeypatch.setenv("MAIL_FROM", "")
    assert made().config["MAIL_FROM"] == "file@example.cn"


def test_hosts_are_separated_by_spaces(made, monkeypatch):
    monkeypatch.setenv("TRUSTED_HOSTS", "a.example b.example")
    assert made().config["TRUSTED_HOSTS"] == ["a.example", "b.example"]


def test_redis_counts_and_memory_steps_in(made):
    config = made({"REDIS_URL": "redis://nowhere"}).config
    assert config["RATELIMIT_STORAGE_URI"] == "redis://nowhere"
    assert config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"]


def test_the_secret_is_made_at_the_first_start_and_kept(made, tmp_path):
    first, second = made().config["SECRET_KEY"], made().config["SECRET_KEY"]
    path = tmp_path / "instance" / "secret_key"
    assert first == second == path.read_text()
    assert len(first) >= 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_secret_is_its_owners_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        kept_secret(tmp_path / "deep" / "secret")
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path(tmp_path / "deep" / "secret").stat().st_mode) == 0o600


def test_a_secret_that_is_given_is_taken(made, tmp_path):
    assert made({"SECRET_KEY": "given"}).config["SECRET_KEY"] == "given"
    assert not (tmp_path / "instance" / "secret_key").exists()


@pytest.mark.parametrize(
    ("url", "name", "secure"),
    [("https://example.cn", "__Host-hehuo", True), ("http://localhost:8000", "hehuo", False), ("", "hehuo", False)],
)
def test_the_cookie_is_for_https_where_the_site_is(made, url, name, secure):
    config = made({"SITE_URL": url}).config
    assert (config["SESSION_COOKIE_NAME"], config["SESSION_COOKIE_SECURE"]) == (name, secure)
    assert config["SESSION_COOKIE_HTTPONLY"]
    assert config["SESSION_COOKIE_SAMESITE"] == "Lax"
