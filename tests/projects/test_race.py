"""Many want the last of it at once: what is given away never exceeds what there is."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import event

from kernel.db import db
from kernel.request import locked
from kernel.work import Busy, Refusal, work
from partners.kind import Kind
from partners.partner import Partner
from projects.project import Project

MANY = 20
EACH = 3  # of 20: six of them find room


@pytest.fixture
def crowd(world):
    """The ids of twenty active teams."""
    with work():
        teams = [Partner.apply(Kind.TEAM, f"示例队{n}", world.community, by=None) for n in range(MANY)]
        for team in teams:
            team.verify(by=world.lin)
    return [team.id for team in teams]


def rush(site, ids, project_id, part_id, load):
    """All of them ask at the same moment; the outcomes in no order."""
    barrier, outcomes = Barrier(len(ids)), []

    def ask(id):
        with site.app_context():
            barrier.wait()
            try:
                with work():
                    partner = db.session.get_one(Partner, id)
                    load(project_id).adopt(partner, part_id, EACH, pledge="", by=None)
                outcomes.append("taken")
            except (Refusal, Busy) as refusal:
                outcomes.append(type(refusal).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=ask, args=[id]) for id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def unlocked(project_id):
    """The project without its lock: the conditional UPDATE is on its own."""
    return db.session.get_one(Project, project_id)


@pytest.mark.parametrize("load", [lambda id: locked(Project, id), unlocked], ids=["locked", "guarded by the update"])
def test_twenty_partners_never_get_more_than_there_is(site, world, crowd, load):
    project_id, part_id = world.project.id, world.project.parts[1].id
    db.session.rollback()
    outcomes = rush(site, crowd, project_id, part_id, load)
    assert outcomes.count("taken") == 6, outcomes
    assert outcomes.count("PartTaken") == MANY - 6
    part = world.project.parts[1]
    assert (part.given, part.left) == (18, 2)
    assert sum(adoption.quantity for adoption in world.project.living_adoptions) == 18


@pytest.mark.databases("postgresql")
def test_an_answer_locks_the_project_before_the_adoption(site, world, enter):
    with work():
        adoption = world.project.adopt(world.egret, world.project.parts[1].id, 1, pledge="", by=world.zhao)
    committee, locks = enter("committee"), []

    def watch(_connection, _cursor, statement, *_rest):
        if " UPDATE OF " in statement:
            locks.append(statement.rsplit(" UPDATE OF ", 1)[1])

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        assert committee.post(f"/adoptions/{adoption.id}/acceptance").status_code == 303
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert locks == ["project", "adoption"]
