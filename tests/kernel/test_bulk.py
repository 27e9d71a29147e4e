"""Many rows in one statement are the same rows as one by one."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from communities.journal import Audience, Line
from communities.person import Person
from communities.place import Kind, Place
from communities.post import Office, Post
from kernel.bulk import among, insert_all, new_ids, update_all
from kernel.db import db, seen
from kernel.work import work

PLACE, PERSON, POST, LINE = Place.__table__, Person.__table__, Post.__table__, Line.__table__
HOSTILE = "'; DROP TABLE place; --\\ %s :rows \" 𠮷 {}"
MOMENT = datetime(2026, 11, 28, 7, 0, 30, tzinfo=UTC)


def place(id, name, **facts):
    row = {"id": id, "kind": Kind.COMPOUND, "code": f"c{id}", "name": name, "parent_id": None, "path": f"/{id}/"}
    return row | {"position": 2**40, "lat": 34.25, "lon": None, "households": None, "about": ""} | facts


def test_rows_come_back_as_they_were_given(world):
    with work():
        first, second = new_ids(PLACE, 2)
        insert_all(PLACE, [place(first, HOSTILE), place(second, "二", parent_id=first, households=3)])
        (person,) = new_ids(PERSON, 1)
        facts = {
            "name": "钱",
            "called": "钱",
            "phone": "10000000099",
            "told_by": "inbox",
            "feed_turn": 1,
            "calendar_mail": False,
        }
        insert_all(PERSON, [{"id": person, "since": MOMENT} | facts])
        job = {"person_id": person, "office": Office.CADRE, "place_id": first, "handed_over": ""}
        insert_all(POST, [job | {"since": date(2026, 11, 1)}])
    one, two = (db.session.get_one(Place, id) for id in (first, second))
    assert (one.kind, one.name, one.position, one.lat, one.lon) == (Kind.COMPOUND, HOSTILE, 2**40, 34.25, None)
    assert (two.parent, two.households) == (one, 3)
    stored = db.session.scalar(seen(select(Person).where(Person.id == person)))
    assert (stored.since, [(post.office, post.since) for post in stored.posts]) == (
        MOMENT,
        [(Office.CADRE, date(2026, 11, 1))],
    )


def test_rows_are_changed_by_their_ids_and_no_others(world):
    untouched = world.compound.name
    with work():
        rows = [{"id": world.building1.id, "name": HOSTILE, "lat": None, "position": 7}]
        update_all(PLACE, [*rows, {"id": world.building2.id, "name": "二", "lat": 1.5, "position": 8}])
        db.session.expire_all()
    assert (world.building1.name, world.building1.lat, world.building1.position) == (HOSTILE, None, 7)
    assert (world.building2.name, world.building2.lat, world.building2.position) == ("二", 1.5, 8)
    assert world.compound.name == untouched


def test_nothing_is_no_statement(world):
    with work():
        insert_all(PLACE, [])
        update_all(PLACE, [])
        assert new_ids(PLACE, 0) == []


def test_ids_are_given_once(world):
    with work():
        ids = new_ids(PLACE, 3)
        insert_all(PLACE, [place(id, "x") for id in ids])
        later = world.community.add(Kind.COMPOUND, "later", "以后的")
        assert later.id not in ids
        assert not set(new_ids(PLACE, 3)) & {*ids, later.id}


def test_a_rule_of_the_database_counts_for_each_row(world):
    def twice():
        with work():
            insert_all(PLACE, [place(id, "x", code="same") for id in new_ids(PLACE, 2)])

    pytest.raises(IntegrityError, twice)
    assert db.session.scalar(select(Place.id).where(Place.code == "same")) is None


def test_many_words_are_one_parameter(world):
    words = [HOSTILE, world.compound.name, world.building1.name, *(f"x{n}" for n in range(40_000))]
    found = set(db.session.scalars(select(Place.name).where(Place.name.in_(among(words)))))
    assert found == {world.compound.name, world.building1.name}
    assert db.session.scalars(select(Place.name).where(Place.name.in_(among([])))).all() == []


def test_a_table_that_is_called_like_a_type_of_postgresql(world):
    facts = {"verb": "place.tested", "by_id": None, "place_id": world.community.id, "audience": Audience.PLACE}
    with work():
        insert_all(LINE, [facts | {"subject": "place", "subject_id": 1, "ids": {"place": 1}, "at": MOMENT}])
    (line,) = db.session.scalars(select(Line).where(Line.verb == "place.tested"))
    assert (line.ids, line.at, line.audience) == ({"place": 1}, MOMENT, Audience.PLACE)
