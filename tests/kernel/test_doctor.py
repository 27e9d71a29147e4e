"""`flask doctor` says in sentences what would be unsafe, and ends with 1."""

from pathlib import Path

import pytest

from kernel.doctor import complaints

from .test_health import migrated

SAFE = {"SECRET_KEY": "s" * 32, "TRUSTED_HOSTS": "example.cn", "SITE_URL": "https://example.cn"}


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({}, None),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY is too short or well known"),
        ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS is empty"),
        ({"SITE_URL": ""}, "SITE_URL is not an https address"),
        ({"SITE_URL": "http://example.cn"}, "SITE_URL is not an https address"),
        ({"MAIL_SERVER": "localhost"}, "MAIL_SERVER has no MAIL_FROM"),
        ({"MAIL_SERVER": "localhost", "MAIL_FROM": "calendar@example.cn"}, None),
    ],
)
def test_each_danger_has_its_sentence(another, given, complaint):
    app = another(**SAFE | given)
    with migrated(app):
        found = complaints(app)
        result = app.test_cli_runner().invoke(args=["doctor"])
    assert [line for line in found if complaint is None or not line.startswith(complaint)] == []
    assert len(found) == (complaint is not None)
    assert result.exit_code == len(found)
    assert (found[0] if found else "ready to serve") in result.output


def test_a_database_that_was_not_migrated_is_named(another):
    [found] = complaints(another(**SAFE))
    assert "flask db upgrade" in found


def test_debug_is_for_nobody_but_the_author(another):
    app = another(**SAFE)
    app.debug = True
    with migrated(app):
        assert [line for line in complaints(app) if "Debug" in line]


def test_an_instance_folder_that_is_not_there_cannot_be_written(another, tmp_path):
    app = another(**SAFE)
    app.instance_path = str(Path(tmp_path) / "gone")
    with migrated(app):
        assert complaints(app) == ["The instance folder cannot be written."]


@pytest.mark.databases("sqlite")
def test_a_database_that_does_not_answer_is_named(another):
    app = another(**SAFE, DATABASE_URL="sqlite:////nowhere/at.all")
    assert complaints(app) == ["The database does not answer: look at DATABASE_URL."]
