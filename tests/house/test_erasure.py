"""A mark in every text about a person: in his copy; then in no table, index, outbox or file unless a reason says so."""

import io
import zipfile
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event, select

from communities.copying import Copy
from communities.person import Person
from communities.web.my_data import zipped
from kernel.db import Model, db, seen
from kernel.erasing import erase, wipe
from kernel.personal import HELD, counts
from kernel.work import work
from tests.support.marked import MARK, Marked, where_is
from tests.support.statements import counted

REMAINS = {
    # the ledger of hours and what was certified: 志愿服务条例 art. 19, 67号令
    ("hour_entry", "hash"),
    ("hour_transfer", "issuer"),
    ("hour_transfer", "paper_number"),
    ("volunteer_record", "title"),
    ("volunteer_record", "about"),
    ("volunteer_record", "giver"),
    # a certificate is checked by its number as long as the paper is in somebody's hands
    ("certificate", "number"),
    ("certificate", "name"),
    ("certificate", "counted"),
    ("certificate", "head"),
    ("certificate", "signature"),
    ("certificate", "reason"),
    # how a matter was handled, by offices; who said it is gone
    ("need", "number"),
    ("need", "external_number"),
    ("need", "matter"),
    ("need", "reason"),
    ("need", "owner_hint"),
    ("need", "answer"),
    # a firm, no person; its founder is gone
    ("incubation", "name"),
    ("incubation", "idea"),
    ("incubation", "reason"),
    # when something was lent that an individual partner had
    ("resource", "hours"),
    ("resource", "free_for"),
    # what a colleague left to the next one
    ("post", "handed_over"),
    # chance numbers and fingerprints of codes that were used
    ("call_back", "seed"),
    ("time_code", "code_hash"),
    ("invitation", "token_hash"),
}


@pytest.fixture
def marked(world):
    """The marked person, committed."""
    with work():
        return Marked(world.wu.id)


def test_every_mark_is_in_the_copy_but_secrets_and_other_people(application, marked):
    with application.test_request_context():
        content = read(zipped(Copy(person_of(marked))))
    hidden = {(held.name, name) for held in HELD.values() for name in (*held.withheld, *held.others)}
    assert len(marked.marks) > 70
    assert {where for where, mark in marked.marks.items() if mark not in content} - hidden == set()
    assert {where for where, mark in marked.marks.items() if mark in content} & hidden == set()


def person_of(marked) -> Person:
    """Whoever asks for the copy."""
    return db.session.scalars(seen(select(Person).where(Person.id == marked.id))).one()


def read(data: bytes) -> str:
    """All that a ZIP holds, as one text."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return "\n".join(file.read(name).decode(errors="ignore") for name in file.namelist())


def test_after_erasure_no_mark_is_anywhere_but_where_a_reason_says_so(marked):
    assert where_is(MARK) >= set(marked.marks) - {("signing_key", "id")}
    with work():
        erase(marked.id)
    assert where_is(MARK) == REMAINS
    said = {(held.name, name) for held in HELD.values() for name in held.stays}
    assert REMAINS - said == set()


def test_what_the_reasons_say_is_just_what_remains(world):
    said = {(held.name, name) for held in HELD.values() for name in held.stays}
    assert said - {("certificate", "key_id")} == REMAINS  # the name of a public key is no text about anybody


def test_a_second_time_finds_nothing_to_do(marked):
    with work():
        erase(marked.id)
    before = everything()
    with work():
        erase(marked.id)
    left = {name: value for name, value in everything().items() if value != before[name]}
    assert left.keys() <= {"person"}  # its calendar address is renewed once more


def test_it_is_done_as_a_whole_or_not_at_all(marked):
    before = everything()
    for number in range(0, 2 * len(HELD), 9):
        with suppress(Broken), failing_at(number), work():
            erase(marked.id)
            raise Broken  # the last statement of all, the commit, does not come
        db.session.rollback()
        assert everything() == before, number


class Broken(Exception):
    """The machine stops."""


@contextmanager
def failing_at(number):
    """The statement of this number is not carried out."""
    said = count()

    def listen(*_arguments):
        if next(said) == number:
            raise Broken

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def everything() -> dict[str, list]:
    """All rows of all tables, in an order that is not the one in which they happen to lie."""
    tables = Model.metadata.sorted_tables
    return {table.name: db.session.execute(select(table).order_by(*table.primary_key)).all() for table in tables}


def test_what_is_about_others_is_left_as_it_was(world, marked):
    wu = counts(world.wu.id)
    with work():
        erase(marked.id)
    assert counts(world.wu.id) == wu
    assert world.wu.name == "吴阿姨（示例）"


def test_a_copy_and_an_erasure_take_a_bounded_number_of_statements(application, marked):
    with application.test_request_context(), counted() as copied:
        zipped(Copy(person_of(marked)))
    with counted() as erased, work():
        erase(marked.id)
    assert len(copied) <= len(HELD) + 20
    assert len(erased) <= 2 * len(HELD)


@pytest.mark.databases("sqlite")
def test_the_file_of_the_database_forgets_too(application, marked):
    path = Path(db.engine.url.database)
    names = [mark for where, mark in marked.marks.items() if where not in REMAINS]
    wipe()
    assert any(mark.encode() in path.read_bytes() for mark in names)
    db.session.rollback()
    with work():
        erase(marked.id)
    wipe()
    on_disk = b"".join(file.read_bytes() for file in (path, Path(f"{path}-wal")) if file.exists())
    assert [mark for mark in names if mark.encode() in on_disk] == []
    kept = [file for file in Path(application.instance_path).rglob("*") if file.is_file()]
    assert [file for file in kept if MARK.encode() in file.read_bytes()] == []
