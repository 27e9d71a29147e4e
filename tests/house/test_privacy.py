"""House rules of what is kept about people: each column says why and for how long, and nobody reads it past seen_by."""

import pytest

import wsgi
from kernel.db import Model

SAID = {"purpose", "retention_days", "sensitive"}


def private():
    """The models whose rows are about a person."""
    return [mapper.class_ for mapper in Model.registry.mappers if getattr(mapper.class_, "__private__", False)]


def test_the_site_knows_which_tables_are_about_people():
    assert wsgi.PACKAGES
    assert {"person", "account", "sign_in", "volunteer", "signup", "notice"} <= {cls.__tablename__ for cls in private()}


def test_every_column_about_a_person_says_why_it_is_kept_and_for_how_long():
    silent = [
        f"{column.table.name}.{column.name}"
        for cls in private()
        for column in cls.__table__.columns
        if not column.info.keys() >= SAID
    ]
    assert silent == []


def test_what_is_said_makes_sense():
    for cls in private():
        for column in cls.__table__.columns:
            if column.info:
                assert 0 < column.info["retention_days"] <= 10 * 365, column
                assert len(column.info["purpose"].split()) >= 2, column
                assert isinstance(column.info["sensitive"], bool), column


def test_whoever_is_private_has_a_reach():
    assert [cls.__name__ for cls in private() if not hasattr(cls, "seen_by")] == []


@pytest.mark.parametrize("name", ["phone", "email", "birth_date", "password_hash", "guardian", "id_number"])
def test_what_identifies_people_stands_in_private_tables_only(name):
    offices = {"partner", "resource", "project"}  # whose contact is an office, no person
    tables = {cls.__tablename__ for cls in private()} | offices
    loose = {
        f"{table.name}.{column.name}"
        for table in Model.metadata.tables.values()
        for column in table.columns
        if name in column.name and table.name not in tables
    }
    assert loose == set()
