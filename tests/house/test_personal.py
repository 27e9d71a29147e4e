"""House rules of copies and erasure: every table, text and key that is about a person says what becomes of it."""

import pytest

import wsgi
from kernel.db import Model
from kernel.leaving import STOPPERS
from kernel.personal import ACTS, HELD, NOBODYS, WORDS, is_file, is_text
from kernel.search import KINDS


@pytest.fixture(autouse=True)
def _registered(application):
    """The packages have told the kernel."""
    assert wsgi.PACKAGES


def private():
    """The tables whose rows are about a person, by name."""
    mappers = [mapper.class_ for mapper in Model.registry.mappers]
    return {cls.__tablename__: cls.__table__ for cls in mappers if getattr(cls, "__private__", False)}


def keys_of_people(table):
    """The columns of a table that hold the id of a person."""
    return [
        column.name for column in table.columns if any(key.column.table.name == "person" for key in column.foreign_keys)
    ]


@pytest.mark.databases("sqlite")
def test_every_private_table_says_how_a_persons_rows_are_found():
    assert private().keys() - HELD.keys() - NOBODYS.keys() == set()


@pytest.mark.databases("sqlite")
def test_a_table_that_names_nobody_has_no_key_of_a_person():
    assert {name: keys for name in NOBODYS if (keys := keys_of_people(private()[name]))} == {}


@pytest.mark.databases("sqlite")
def test_every_key_of_a_person_is_its_owner_or_somebody_in_an_office():
    unknown = set()
    for table in Model.metadata.tables.values():
        held = HELD.get(table.name)
        known = {*held.owners, *held.acts, *held.becomes} if held else {name for of, name in ACTS if of == table.name}
        unknown |= {(table.name, name) for name in keys_of_people(table) if name not in known}
    assert unknown == set()


@pytest.mark.databases("sqlite")
def test_every_text_and_file_about_a_person_goes_or_says_why_it_stays():
    silent = [
        f"{held.name}.{column.name}"
        for held in HELD.values()
        for column in held.table.columns
        if not held.gone and (is_text(column) or is_file(column)) and column.name not in {*held.becomes, *held.stays}
    ]
    assert silent == []


@pytest.mark.databases("sqlite")
def test_what_stays_of_a_row_has_a_reason_and_an_end():
    kept = [held for held in HELD.values() if not held.gone]
    assert [held.name for held in kept if not held.why] == []
    assert [held.name for held in kept if held.ends and held.ends.keys() - held.stays.keys()] == []
    assert [held.name for held in HELD.values() if held.gone and (held.why or held.becomes)] == []


@pytest.mark.databases("sqlite")
def test_every_text_of_a_copy_has_a_word_for_people():
    mute = [
        f"{held.name}.{column.name}"
        for held in HELD.values()
        for column in held.columns
        if is_text(column) and column.name not in WORDS
    ]
    assert mute == []


@pytest.mark.databases("sqlite")
def test_what_is_registered_is_there():
    for held in HELD.values():
        named = {*held.owners, *held.acts, *held.becomes, *held.stays, *held.withheld, *held.others}
        assert named - set(held.table.columns.keys()) == set(), held.name
        assert held.owners or held.find, held.name


@pytest.mark.databases("sqlite")
def test_nothing_that_goes_is_in_the_index_of_the_search():
    found = [kind.model.__tablename__ for kind in KINDS.values()]
    assert [name for name in found if name in HELD and HELD[name].gone] == []
    changed = [
        name for name in found if name in HELD and any(is_text(HELD[name].table.c[c]) for c in HELD[name].becomes)
    ]
    assert [name for name in changed if HELD[name].indexed != name] == []


@pytest.mark.databases("sqlite")
def test_what_keeps_somebody_here_leads_to_a_page(application):
    views = application.view_functions.keys()
    assert [stopper.endpoint for stopper in STOPPERS.values() if stopper.endpoint not in views] == []
