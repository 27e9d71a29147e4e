"""The ledger only grows, counts everything once, and shows whatever was done to it behind its back."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from kernel.db import db
from kernel.work import work
from tests.support.store import writing
from volunteers.hours.correction import Correction
from volunteers.hours.entry import Entry, Kind, Reason
from volunteers.hours.proving import prove
from volunteers.hours.review import of_signup, settle
from volunteers.hours.unit import RecordingUnit

from .conftest import behind_the_back, unit_of


def findings(world):
    db.session.rollback()
    return [(one.number, str(one.sentence)) for one in prove(unit_of(world)).findings]


def audit(site, *names):
    """What the command says, and how it ends."""
    db.session.rollback()
    result = site.test_cli_runner().invoke(args=["audit", *names])
    return result.exit_code, result.output


def test_a_ledger_as_it_was_written_holds(site, world, confirmed):
    proof = prove(unit_of(world))
    assert (proof.holds, proof.entries, proof.minutes) == (True, 3, 210)
    assert audit(site, "hours") == (0, "✓ hours\n")


def test_every_check_of_the_small_world_passes(site, world, confirmed):
    assert audit(site) == (0, "✓ certificates\n✓ hours\n✓ seats\n")


def test_an_unknown_check_is_a_sentence(site):
    code, said = audit(site, "weather")
    assert code == 1
    assert "there are: certificates, hours, seats" in said


def test_a_seat_too_many_is_named(site, world):
    with work():
        db.session.execute(text("UPDATE shift SET taken = 1 WHERE id = :id"), {"id": world.shift.id})
    code, said = audit(site, "seats")
    assert code == 1
    assert "记着 1 个名额，报名的是 0 人" in said


@pytest.mark.parametrize("statement", ["UPDATE hour_entry SET minutes = 600", "DELETE FROM hour_entry"])
def test_the_database_itself_refuses_to_change_an_entry(world, confirmed, statement):
    with pytest.raises(DBAPIError, match="only grows"), writing(db.engine) as connection:
        connection.execute(text(statement))
    assert findings(world) == []


@pytest.mark.databases("postgresql")
def test_nor_is_the_table_emptied(world, confirmed):
    with pytest.raises(DBAPIError, match="only grows"), writing(db.engine) as connection:
        connection.execute(text("TRUNCATE hour_entry CASCADE"))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_changed_row_is_named_wherever_it_is(site, world, confirmed, number):
    behind_the_back(f"UPDATE hour_entry SET minutes = 600 WHERE number = {number}")
    assert findings(world) == [(number, "这一条被改过，或者它前面的被换过。")]
    code, said = audit(site, "hours")
    assert code == 1
    assert f"东方社区，第 {number} 条：这一条被改过" in said


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_row_is_named_also_the_last_one(site, world, confirmed, number):
    behind_the_back(f"DELETE FROM hour_entry WHERE number = {number}")
    assert findings(world) == [(number, "这一条不见了。")]
    code, said = audit(site, "hours")
    assert code == 1
    assert f"东方社区，第 {number} 条：这一条不见了。" in said


def test_a_row_that_was_changed_with_its_hash_no_longer_fits_the_next_one(world, confirmed):
    behind_the_back(f"UPDATE hour_entry SET minutes = 600, hash = '{'0' * 64}' WHERE number = 1")
    assert [number for number, _said in findings(world)] == [1, 2]


def test_a_row_that_was_written_beside_the_ledger_is_named(world, confirmed):
    same = "unit_id, person_id, minutes, day, confirmed_by_id, confirmed_at"
    behind_the_back(
        f"INSERT INTO hour_entry (number, kind, hash, {same})"
        f" SELECT 4, 'transfer', '{'0' * 64}', {same} FROM hour_entry WHERE number = 1"
    )
    assert [number for number, _said in findings(world)] == [4, 4]


def test_a_head_that_was_set_back_with_the_rows_is_what_certificates_are_for(world, confirmed):
    behind_the_back(
        "DELETE FROM hour_entry WHERE number = 3",
        "UPDATE recording_unit SET entries = 2, head = (SELECT hash FROM hour_entry WHERE number = 2)",
    )
    assert findings(world) == [], "nothing inside the ledger shows it: see test_certificate.py"


def test_a_signup_is_served_once(world, confirmed):
    def again():
        with work():
            facts = of_signup(world.shift.signup_of(world.wu))
            unit = RecordingUnit.hold(world.community)
            Entry.append(unit, by=world.lin, kind=Kind.SERVICE, minutes=1, reason=None, **facts)

    with pytest.raises(IntegrityError):
        again()
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 3


def test_a_correction_is_one_more_entry(world, confirmed):
    with work():
        wish = Correction.ask(world.shift.signup_of(world.wu), 90, Reason.TIME, "多待了半小时", by=world.wu)
    with work():
        db.session.merge(wish).grant(by=world.lin)
    rows = db.session.scalars(select(Entry).where(Entry.person_id == world.wu.id).order_by(Entry.number)).all()
    assert [(row.kind, row.minutes, row.reason) for row in rows] == [
        (Kind.SERVICE, 60, None),
        (Kind.CORRECTION, 30, Reason.TIME),
    ]
    assert findings(world) == []


def test_a_chain_holds_no_text_about_a_person(world, confirmed):
    entry = db.session.scalars(select(Entry)).first()
    texts = {value for value in entry.content.values() if isinstance(value, str)}
    assert texts <= {kind.value for kind in Kind} | {reason.value for reason in Reason}


def test_two_units_have_chains_of_their_own(world, confirmed):
    with work():
        world.duty2.place = world.other_community
        unit = RecordingUnit.hold(world.other_community)
        facts = {"kind": Kind.TRANSFER, "minutes": 5, "day": confirmed.day, "person_id": world.wu.id}
        entry = Entry.append(unit, by=world.stranger_lin, **facts)
        assert entry.number == 1
    assert findings(world) == []
    assert prove(RecordingUnit.of(world.other_community)).holds


def test_nobody_confirms_by_the_back_door(site, world, over):
    with work():
        settle(world.shift.signup_of(world.wu), 60, None, by=world.lin)
    row = db.session.scalars(select(Entry)).one()
    behind_the_back(f"UPDATE hour_entry SET confirmed_by_id = person_id WHERE id = {row.id}")
    assert [said for _number, said in findings(world)] == [
        "这一条被改过，或者它前面的被换过。",
        "是本人给自己确认的。",
    ]
