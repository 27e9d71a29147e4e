"""P3: two people confirm the same at the same moment, on either database: one entry, and the other is told."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from communities.person import Person
from kernel.db import db, seen
from kernel.work import Refusal, work
from volunteers.hours.entry import Entry
from volunteers.hours.proving import prove
from volunteers.hours.review import confirm_quiet, settle
from volunteers.signup import Signup

from .conftest import unit_of

TWINS = 8


def at_once(site, acts):
    """Do all of it in threads of their own at the same moment; how each ended."""
    start, ended = Barrier(len(acts)), []

    def run(act):
        with site.app_context():
            start.wait()
            try:
                with work():
                    act()
                ended.append("done")
            except Refusal as refusal:
                ended.append(type(refusal).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def entries():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Entry))


@pytest.fixture
def ids(world, over):
    """What threads can carry over: ids."""
    return {name: getattr(world, name).id for name in ("lin", "he")} | {
        "wu": world.shift.signup_of(world.wu).id,
        "zhou": world.shift.signup_of(world.zhou).id,
    }


def test_one_row_that_two_settle_is_one_entry(site, world, ids):
    def one(name):
        return lambda: settle(db.session.get_one(Signup, ids["wu"]), 60, None, by=db.session.get_one(Person, ids[name]))

    assert at_once(site, [one("lin"), one("he")] * (TWINS // 2)) == ["Settled"] * (TWINS - 1) + ["done"]
    assert entries() == 1
    assert prove(unit_of(world)).holds


def test_a_day_that_two_confirm_is_confirmed_once(site, world, over, ids):
    shown, place = {ids["wu"]: 60, ids["zhou"]: 60}, world.community.id

    def day(name):
        def confirm():
            here = db.session.get_one(type(world.community), place)
            confirm_quiet(here, over.day, shown, by=db.session.get_one(Person, ids[name]))

        return confirm

    assert at_once(site, [day("lin"), day("he")] * (TWINS // 2)) == ["ChangedMeanwhile"] * (TWINS - 1) + ["done"]
    assert entries() == 2
    assert prove(unit_of(world)).holds


def test_different_rows_at_once_make_one_chain(site, world, ids):
    def one(signup):
        return lambda: settle(
            db.session.get_one(Signup, ids[signup]), 60, None, by=db.session.get_one(Person, ids["lin"])
        )

    assert at_once(site, [one("wu"), one("zhou")]) == ["done", "done"]
    assert entries() == 2
    rows = db.session.scalars(seen(select(Entry.number).order_by(Entry.number))).all()
    assert rows == [1, 2]
    assert prove(unit_of(world)).holds
