"""What a partner loses when its right is taken away: what it only asked for, at its end also what it was doing."""

from datetime import timedelta
from threading import Event, Thread

import pytest
import time_machine

from communities.journal import Line
from kernel import clock
from kernel.db import db
from kernel.work import Busy, Refusal, work
from partners.partner import Partner
from partners.sweep import lapse_partners
from projects.project import Project
from projects.stage import Stage
from projects.standing import PartnerNotActive, State


def adopt(world, quantity=10, part=0):
    with work():
        return world.project.adopt(world.egret, world.project.parts[part].id, quantity, pledge="", by=world.zhao)


@pytest.mark.parametrize("move", ["suspend", "end"])
def test_what_was_only_asked_for_is_withdrawn_and_free_again(world, move):
    asked = adopt(world, 43)
    with work():
        getattr(world.egret, move)("店面装修", by=world.lin)
    assert asked.state is State.LEFT
    assert "没有办完的认领已退回" in asked.reason
    assert world.project.parts[0].left == 43
    line = list(db.session.scalars(Line.about(asked)))[-1]
    assert (line.verb, line.by_id) == ("adoption.lost", world.lin.id)
    assert world.zhao.id in {notice.person_id for notice in line.notices}


def test_what_runs_goes_on_while_it_is_suspended_and_goes_back_at_its_end(world):
    running = adopt(world)
    with work():
        running.accept(by=world.lin)
        world.egret.suspend("店面装修", by=world.lin)
    assert running.state is State.RUNNING
    with work():
        world.egret.end("搬走了", by=world.lin)
    assert running.state is State.LEFT
    assert world.project.parts[0].left == 43


def test_what_was_delivered_stays_given(world):
    adoption = adopt(world)
    with work():
        adoption.accept(by=world.lin)
        adoption.deliver("修好了", by=world.zhao)
        world.egret.end("搬走了", by=world.lin)
    assert adoption.state is State.DELIVERED


def test_a_project_that_was_taken_opens_again(world):
    with work():
        world.project.adopt_all(world.egret, pledge="", by=world.zhao)
    assert world.project.stage is Stage.ADOPTED
    with work():
        world.egret.suspend("店面装修", by=world.lin)
    assert world.project.stage is Stage.OPEN


def test_the_clock_takes_it_back_and_nobody_accepts_it_meanwhile(world):
    asked = adopt(world)
    with time_machine.travel(clock.now() + timedelta(days=400)):
        with pytest.raises(PartnerNotActive), work():
            asked.accept(by=world.lin)
        lapse_partners()
        db.session.rollback()
        assert asked.state is State.LEFT
        line = list(db.session.scalars(Line.about(asked)))[-1]
        assert (line.verb, line.by_id) == ("adoption.lost", None)


def test_nobody_adopts_with_a_right_that_goes_in_the_same_moment(site, world, enter):
    """Over HTTP, on both databases: whoever is first, in the end nothing is asked for by a suspended partner."""
    zhao, lin = enter("partner"), enter("committee")
    data = {"partner_id": world.egret.id, "part_id": world.project.parts[0].id, "quantity": 5, "pledge": ""}
    url, suspension = f"/projects/{world.project.id}/adoptions", f"/partners/{world.egret.id}/suspension"
    ready, answers = Event(), []
    db.session.rollback()

    def send(client, path, data):
        ready.wait(5)
        answers.append(client.post(path, data=data).status_code)

    threads = [
        Thread(target=send, args=[zhao, url, data]),
        Thread(target=send, args=[lin, suspension, {"reason": "店面装修"}]),
    ]
    for thread in threads:
        thread.start()
    ready.set()
    for thread in threads:
        thread.join()
    assert set(answers) <= {303, 409, 403}
    assert not any(adoption.state is State.ASKED for adoption in world.project.adoptions)
    assert world.project.parts[0].left == 43


def test_a_partner_is_held_before_its_projects(site, world):
    """One suspends while another is held up in the project: nobody waits for ever, and the answer is right."""
    adopt(world)
    ids = world.egret.id, world.project.id, world.lin.id
    held, outcomes = Event(), []
    db.session.rollback()

    def hold():
        with site.app_context():
            with work() as session:
                session.scalars(db.select(Project).where(Project.id == ids[1]).with_for_update(key_share=True)).one()
                held.set()
            outcomes.append("held")
            db.session.remove()

    def suspend():
        held.wait(5)
        with site.app_context():
            try:
                with work() as session:
                    wanted = db.select(Partner).where(Partner.id == ids[0]).with_for_update(of=Partner, key_share=True)
                    by = session.get_one(type(world.lin), ids[2])
                    session.scalars(wanted).one().suspend("店面装修", by=by)
                outcomes.append("suspended")
            except (Busy, Refusal) as error:
                outcomes.append(type(error).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=hold), Thread(target=suspend)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["held", "suspended"]
