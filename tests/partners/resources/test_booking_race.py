"""Many want the same hour at once: one has it, whatever guard is left."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from kernel.db import db
from kernel.work import Busy, Refusal, work
from partners.kind import Kind
from partners.partner import Partner
from partners.resources.booker import Booker
from partners.resources.booking import Booking
from partners.resources.booking_sweep import locked
from partners.resources.booking_words import State
from partners.resources.quarter import Quarter
from partners.resources.resource import Resource
from tests.support.lending import TUESDAY, coming, lend, span

MANY = 12


@pytest.fixture
def hall(world):
    """The hall, and the ids of twelve active teams."""
    with work():
        hall = lend(world).hall
        teams = [Partner.apply(Kind.TEAM, f"示例队{n}", world.community, by=None) for n in range(MANY)]
        for team in teams:
            team.verify(by=world.lin)
    return hall.id, [team.id for team in teams]


def rush(site, hall, load, when):
    """All of them ask at the same moment; the outcomes in no order."""
    id, teams = hall
    barrier, outcomes = Barrier(len(teams)), []

    def ask(team):
        with site.app_context():
            barrier.wait()
            try:
                with work():
                    load(id).book(Booker(db.session.get_one(Partner, team)), *when, by=None)
                outcomes.append("granted")
            except (Refusal, Busy) as refusal:
                outcomes.append(type(refusal).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=ask, args=[team]) for team in teams]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def unlocked(id):
    """The hall without its lock: the conditional insert and the key are on their own."""
    return db.session.get_one(Resource, id)


@pytest.mark.parametrize("load", [locked, unlocked], ids=["locked", "guarded by the insert"])
@pytest.mark.parametrize("quantity", [1, 3])
def test_of_twelve_as_many_have_it_as_there_are(site, world, hall, load, quantity):
    with work():
        db.session.get_one(Resource, hall[0]).quantity = quantity
    db.session.rollback()
    outcomes = rush(site, hall, load, span(coming(TUESDAY), 14, 16))
    granted = outcomes.count("granted")
    assert outcomes.count("TimeTaken") == MANY - granted
    assert granted == quantity if load is locked else 1 <= granted <= quantity
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Booking)) == granted
    assert db.session.scalar(select(func.count()).select_from(Quarter)) == 8 * granted
    assert set(db.session.scalars(select(Booking.state))) == {State.GRANTED}
