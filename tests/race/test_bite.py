"""The test of the test: without lock and conditional UPDATE the same race oversells, or breaks."""

import pytest
from sqlalchemy import text

from kernel.db import db
from tests.support.server import serve
from tests.support.store import writing

from .conftest import SEATS
from .crowd import rush

CHECK = "CHECK (taken >= 0 AND taken <= seats)"


@pytest.fixture
def visited(settings):
    """A server of its own, in whose processes nothing keeps a seat for one person."""
    with serve(settings, workers=2, first="tests.race.unguarded:strip") as server:
        yield server


@pytest.fixture
def unchecked(site, world):
    """The database lets the counter be wrong, for this test."""
    with writing(db.engine) as connection:
        connection.execute(text("ALTER TABLE shift DROP CONSTRAINT ck_shift_never_oversold"))
    yield
    db.session.rollback()
    site.store.restore("world")
    with writing(db.engine) as connection:
        connection.execute(text(f"ALTER TABLE shift ADD CONSTRAINT ck_shift_never_oversold {CHECK}"))


@pytest.mark.databases("postgresql")
def test_without_its_guards_postgresql_oversells(unchecked, crowd, new_shift, people):
    confirmed = []
    for _ in range(3):
        shift = new_shift()
        rush([(browser, f"/shifts/{shift}/signups") for browser in crowd])
        confirmed.append(people(shift)[0])
    print("\nconfirmed for 5 seats:", *confirmed)
    assert max(confirmed) > SEATS


@pytest.mark.databases("sqlite")
def test_without_its_guards_sqlite_answers_with_errors(crowd, new_shift):
    paths = [f"/shifts/{new_shift()}/signups" for _ in range(3)]
    statuses = [rush([(browser, path) for browser in crowd]).statuses for path in paths]
    print("\nanswers:", *map(dict, statuses))
    assert any(status >= 500 for seen in statuses for status in seen)
