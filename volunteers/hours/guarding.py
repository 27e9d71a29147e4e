"""A table that only grows: the database itself refuses to change or remove its rows.

The migration that makes such a table writes these triggers as well; SQLite loses them when a later migration makes the
table anew (`batch_alter_table`), so that one has to write them again.
"""

from sqlalchemy import DDL, event

SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} only grows'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} only grows'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$",
    "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()",
    "CREATE TRIGGER {table}_no_emptying BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()",
)


def only_grows(model) -> None:
    """Write the triggers whenever the table of this model is made from the metadata."""
    table = model.__table__
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            ddl = DDL(statement.format(table=table.name))
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
