"""A person about whom every registered table has a row, with a mark of its own in every text and file."""

from datetime import date, time

from sqlalchemy import JSON, Enum, insert, select

from kernel import clock
from kernel.db import Instant, Model, db
from kernel.personal import HELD, is_file, is_text

MARK = "鱻"  # a sign that nobody writes; with the one that follows it fits into every column


class Marked:
    """Rows about one new person; `marks` says which mark stands in which (table, column)."""

    def __init__(self, other: int):
        self.other = other  # somebody else, where a row needs one
        self.marks: dict[tuple[str, str], str] = {}
        self.keys: dict[str, int] = {}
        tables = [table for table in Model.metadata.sorted_tables if table.name in HELD]
        for table in sorted(tables, key=lambda table: table.name != "person"):
            self.keys[table.name] = self.row(table)
        self.id = self.keys["person"]

    def row(self, table, *, marked=True) -> int:
        """Insert one row; its key."""
        values = {column.name: self.value(table, column, marked) for column in table.columns if column.name != "id"}
        if "id" in table.c and is_text(table.c.id):
            values["id"] = "x-1"
        return db.session.execute(insert(table).values(values)).inserted_primary_key[0]

    def value(self, table, column, marked):
        """What stands in a column: a mark, a key, or anything that fits."""
        if column.foreign_keys:
            return self.key(table, column)
        if marked and table.name in HELD and column.name in HELD[table.name].owners:
            return self.keys["person"]
        if marked and table.name == "receipt" and column.name == "owner":
            return f"person-{self.keys['person']}"
        if marked and (is_text(column) or is_file(column)):
            return self.mark(table, column)
        return plain(column)

    def key(self, table, column):
        """The person's own row where there is one; else nobody's, or any that will do."""
        of = next(iter(column.foreign_keys)).column.table
        held = HELD.get(table.name)
        if of.name == "person":
            if held and column.name in held.owners:
                return self.keys["person"]
            return None if column.nullable else self.other
        if of.name in self.keys:
            return self.keys[of.name]
        if column.nullable:
            return None
        found = db.session.scalar(select(next(iter(of.primary_key))).limit(1))
        return found if found is not None else self.row(of, marked=False)

    def mark(self, table, column):
        """A mark of its own."""
        mark = MARK + chr(0x4E00 + len(self.marks))
        self.marks[table.name, column.name] = mark
        if is_file(column):
            return mark.encode()
        return {"said": mark} if isinstance(column.type, JSON) else mark


def plain(column):
    """A value that fits the type."""
    if isinstance(column.type, Enum):
        return list(column.type.enum_class)[-1]
    if is_file(column):
        return b"x"
    if isinstance(column.type, Instant):
        return clock.now()
    return {date: clock.today(), time: time(8), bool: False, int: 1, float: 1.0, str: "x"}.get(
        column.type.python_type, {}
    )


def where_is(sign: str) -> set[tuple[str, str]]:
    """The (table, column) of the whole database in which this sign stands, whoever's row it is."""
    found = set()
    for table in Model.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            for name, value in row._mapping.items():
                text = value.decode(errors="ignore") if isinstance(value, bytes) else str(value)
                if sign in text:
                    found.add((table.name, name))
    return found
