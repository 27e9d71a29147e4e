"""House rules of the migrations: they make just the schema that the models say, and each goes down and up again."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select

from communities.catalogue import Capability
from kernel.db import Model, db
from kernel.work import work
from volunteers.volunteer import Volunteer

FIRST = "20261123_0304"  # before it there are not all the tables of the small world


@pytest.fixture(scope="module")
def migrated(application, settings, folder, database, request):
    """The site on a second database of the same kind, made by its migrations alone."""
    from wsgi import create_app

    is_file = database.startswith("sqlite")
    url = f"sqlite:///{folder / 'migrated.sqlite'}" if is_file else request.getfixturevalue("postgres")("migrated")
    app = create_app({**settings, "DATABASE_URL": url})
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


def revisions(app):
    """All migrations, newest first."""
    return list(ScriptDirectory(app.extensions["migrate"].directory).walk_revisions())


def test_the_migrations_are_one_line(migrated):
    assert ScriptDirectory(migrated.extensions["migrate"].directory).get_bases() != []
    assert len(ScriptDirectory(migrated.extensions["migrate"].directory).get_heads()) == 1
    for revision in revisions(migrated):
        assert revision.doc
        assert len(revision.nextrev) <= 1


def test_they_make_what_the_models_say(migrated):
    with migrated.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Model.metadata) == []


def test_they_make_the_same_checks_keys_and_indexes_as_the_models(migrated, application):
    with migrated.app_context():
        by_migrations = described()
    with application.app_context():
        by_models = described()
    assert by_migrations.keys() == by_models.keys()
    for table, description in by_models.items():
        assert by_migrations[table] == description, table


def described() -> dict:
    """What the database itself says of each table, in an order that does not depend on how it was made."""
    inspector = inspect(db.engine)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], getattr(column["type"], "collation", None))
                for column in inspector.get_columns(table)
            },
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(
                (
                    key["constrained_columns"],
                    key["referred_table"],
                    key["referred_columns"],
                    sorted(key["options"].items()),
                )
                for key in inspector.get_foreign_keys(table)
            ),
            "unique": sorted(tuple(one["column_names"]) for one in inspector.get_unique_constraints(table)),
            "checks": sorted((one["name"], squeezed(one["sqltext"])) for one in inspector.get_check_constraints(table)),
            "indexes": sorted(
                (one["name"], tuple(one["column_names"]), bool(one["unique"]), squeezed(str(where(one))))
                for one in inspector.get_indexes(table)
            ),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def where(index) -> object:
    """The condition of a partial index."""
    options = index.get("dialect_options", {})
    found = options.get("postgresql_where", options.get("sqlite_where"))
    return "" if found is None else found


def squeezed(condition: str) -> str:
    """Without the spaces and parentheses that each way of making it writes differently."""
    return condition.replace("(", "").replace(")", "").replace(" ", "").replace('"', "").lower()


def test_each_goes_down_and_up_again(migrated):
    with migrated.app_context():
        whole = described()
        for revision in revisions(migrated):
            before = names()
            downgrade(revision=revision.down_revision or "base")
            assert names() != before, revision.doc
            upgrade(revision=revision.revision)
            assert names() == before, revision.doc
            downgrade(revision=revision.down_revision or "base")
        assert names() == set()
        upgrade()
        assert described() == whole


def test_all_since_the_first_site_go_down_and_up_again_under_its_rows(migrated):
    from demo.world import build

    with migrated.app_context():
        with work() as session:
            world = build(session)
            Volunteer.of(world.wu).capabilities = list(session.scalars(select(Capability)))
        before = rows()
        for revision in revisions(migrated):
            if revision.revision == FIRST:
                break
            downgrade(revision=revision.down_revision)
        upgrade()
        assert rows().items() >= {("person", before["person"]), ("place", before["place"]), ("shift", before["shift"])}


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with db.engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in Model.metadata.tables.items()
        }


def names() -> set[str]:
    """What there is now: tables, their columns and indexes."""
    inspector = inspect(db.engine)
    columns = {
        f"{table}.{column['name']}" for (_, table), found in inspector.get_multi_columns().items() for column in found
    }
    indexes = {one["name"] for found in inspector.get_multi_indexes().values() for one in found}
    return {name for name in columns | indexes if name and not name.startswith("alembic_version")}


@pytest.mark.databases("sqlite")
def test_no_table_of_half_a_migration_is_left(migrated):
    with migrated.app_context():
        assert [table for table in inspect(db.engine).get_table_names() if table.startswith("_alembic")] == []
