"""The date that a volunteer's row had becomes a consent with whoever stood at the desk, and a date again."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from kernel.db import db
from tests.support.store import writing

BEFORE, AFTER = "20261124_0900", "20261124_0901"
FILL = """
INSERT INTO person (id, name, called, told_by, feed_turn, since) VALUES
    (1, '林书记', '林书记', 'inbox', 1, '2026-01-01 00:00:00'), (2, '小周', '小周', 'inbox', 1, '2026-01-01 00:00:00'),
    (3, '小郑', '小郑', 'inbox', 1, '2026-01-01 00:00:00'), (4, '吴阿姨', '吴阿姨', 'inbox', 1, '2026-01-01 00:00:00');
INSERT INTO volunteer (id, person_id, since, says_adult, guardian_agreed_on) VALUES
    (7, 2, '2026-03-01', false, '2026-03-02'), (8, 3, '2026-03-01', false, NULL), (9, 4, '2026-03-01', true, NULL);
INSERT INTO line (at, verb, by_id, audience, subject, subject_id, ids) VALUES
    ('2026-03-01 00:00:00', 'volunteer.joined', 1, 'place', 'volunteer', 7, '{}')
"""


@pytest.fixture
def older(application, settings, folder, database, request):
    """A site of the version before, with a desk, two minors and an adult."""
    from wsgi import create_app

    is_file = database.startswith("sqlite")
    url = f"sqlite:///{folder / 'older.sqlite'}" if is_file else request.getfixturevalue("postgres")("older")
    app = create_app({**settings, "DATABASE_URL": url})
    with app.app_context():
        upgrade(revision=BEFORE)
        with writing(db.engine) as connection:
            for statement in FILL.split(";"):
                connection.execute(text(statement))
        yield app
        downgrade(revision="base")
        db.engine.dispose()


def rows(statement):
    with db.engine.connect() as connection:
        return [tuple(map(str, row)) for row in connection.execute(text(statement))]


def test_what_was_known_is_kept_both_ways(older):
    upgrade(revision=AFTER)
    kept = rows("SELECT person_id, purpose, version, way, guardian, asked_by_id, since, until, ended_at FROM consent")
    assert kept == [("2", "guardian", "1", "signed", "", "1", "2026-03-02", "None", "None")]
    downgrade(revision=BEFORE)
    dates = rows("SELECT id, guardian_agreed_on FROM volunteer ORDER BY id")
    assert dates == [("7", "2026-03-02"), ("8", "None"), ("9", "None")]
    assert rows("SELECT id FROM consent") == []
