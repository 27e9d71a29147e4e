"""Whoever is forgotten leaves hours without a name: the chain still proves, the paper is checked, the sum stays."""

from datetime import timedelta

import time_machine
from sqlalchemy import func, select

from communities.account_closure import GRACE, AccountClosure, State
from communities.leaving import close_accounts, end_terms
from kernel import clock, waiting
from kernel.db import db, seen
from kernel.personal import TERM
from kernel.work import work
from volunteers.hours.basics import Basics
from volunteers.hours.certificate import Certificate
from volunteers.hours.correction import Correction
from volunteers.hours.correction_state import State as Wish
from volunteers.hours.entry import Entry, Reason
from volunteers.hours.record import Kind, Record
from volunteers.hours.review import confirm_quiet
from volunteers.hours.transfer import HourTransfer

from .conftest import unit_of
from .test_certificate import audit, issue


def forget(person, travel):
    """Ask, and let seven days pass."""
    with work():
        id = AccountClosure.ask(person, by=person).id
    travel(clock.now() + GRACE)
    close_accounts()
    db.session.rollback()
    assert db.session.get_one(AccountClosure, id).state is State.DONE


def minutes(person) -> int:
    return db.session.scalar(seen(select(func.sum(Entry.minutes)).where(Entry.person_id == person)))


def test_the_chain_and_the_certificates_prove_what_they_proved(world, site, enter, confirmed, asked, travel):
    id, wu = issue(world), world.wu.id
    number = db.session.get_one(Certificate, id).shown_number
    forget(world.wu, travel)
    assert audit(site, "hours", "certificates")[0] == 0
    assert minutes(wu) == 60
    page = enter().get(f"/certificates/{number}")
    assert page.status_code == 200
    assert "吴**" in page.text
    assert "吴阿姨" not in page.text
    paper = db.session.get_one(Certificate, id)
    assert (paper.name, paper.id_tail, paper.is_genuine, paper.is_valid) == ("吴阿姨（示例）", "", True, True)
    assert db.session.scalar(seen(select(Basics).where(Basics.person_id == wu))) is None


def test_what_he_said_goes_and_what_he_wished_is_dropped(world, confirmed, travel):
    with work():
        wish = Correction.ask(world.shift.signup_of(world.wu), 90, Reason.TIME, "那天做到九点", by=world.wu).id
    forget(world.wu, travel)
    found = db.session.get_one(Correction, wish)
    assert (found.state, found.said, found.minutes) == (Wish.DROPPED, "", 90)


def test_who_keeps_the_ledger_is_told_of_hours_that_wait(world, over, travel):
    def told(person):
        db.session.rollback()
        return [line for line in waiting.lines(person, 50) if line.desk.kind == "hours.leaving"]

    assert told(world.lin) == []
    with work():
        AccountClosure.ask(world.wu, by=world.wu)
    [line] = told(world.lin)
    assert line.due == clock.today() + GRACE
    assert line.id == world.shift.id
    assert told(world.stranger_lin) == []


def test_hours_are_confirmed_without_a_name_where_the_ledger_was_slow(world, site, over, travel):
    forget(world.wu, travel)
    signup = world.shift.signup_of(world.wu)
    with work():
        confirm_quiet(world.community, over.day, {signup.id: 60}, by=world.lin)
    assert minutes(world.wu.id) == 60
    assert audit(site, "hours")[0] == 0


def test_after_ten_years_the_proofs_go_and_the_ledger_stays(world, site, confirmed, asked, travel):
    id, wu = issue(world), world.wu.id
    with work() as session:
        Record.enter(
            world.wu, world.community, Kind.AWARD, day=clock.today(), by=world.lin, title="五星", giver="东方社区"
        )
        facts = {
            "issuer": "邻社区",
            "paper_number": "A-1",
            "until": clock.today(),
            "minutes": 30,
            "noted_by_id": world.lin.id,
        }
        session.add(HourTransfer(unit=unit_of(world), person=world.wu, **facts))
    forget(world.wu, travel)
    with time_machine.travel(clock.now() + TERM - timedelta(days=1), tick=False):
        end_terms()
    assert db.session.get(Certificate, id) is not None
    with time_machine.travel(clock.now() + TERM, tick=False):
        end_terms()
        end_terms()
    db.session.rollback()
    db.session.expire_all()
    left = [
        model
        for model in (Certificate, Record, AccountClosure)
        if db.session.scalars(select(model).where(model.person_id == wu)).all()
    ]
    assert left == []
    [transfer] = db.session.scalars(select(HourTransfer).where(HourTransfer.person_id == wu)).all()
    assert (transfer.issuer, transfer.minutes) == ("", 30)
    assert transfer.paper_number == f"erased-{transfer.id}"
    assert minutes(wu) == 60
    assert audit(site, "hours", "certificates")[0] == 0
