"""Two at once: only one move wins, and everybody gets a sentence."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy import event

from communities.journal import Line
from governance.need import Need
from governance.need_state import State
from governance.recheck import Way
from governance.sweep import watch_needs
from kernel import clock
from kernel.db import db
from kernel.request import locked
from kernel.work import Busy, Refusal, work
from partners.member import Role

from .conftest import say


def rush(site, acts):
    """All of them act at the same moment; the outcomes in no order."""
    barrier, outcomes = Barrier(len(acts)), []

    def run(act):
        with site.app_context():
            barrier.wait()
            try:
                with work():
                    act()
                outcomes.append("done")
            except (Refusal, Busy) as refusal:
                outcomes.append(type(refusal).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_members_one_takes_it_or_the_other_returns_it(world, routed, enter):
    """Rights are judged again under the lock: what was returned is not theirs to take any more."""
    with work():
        world.department.join(world.zhou, Role.MANAGER, by=world.lin)
    page, codes = f"/needs/{routed.id}", []
    moves = [("taking", {}), ("return", {"reason": "不归我们"})] * 3
    clients = [(enter("department" if n % 2 else "volunteer2"), *move) for n, move in enumerate(moves)]
    db.session.rollback()
    barrier = Barrier(len(clients))

    def act(client, word, data):
        barrier.wait()
        codes.append((client.post(f"{page}/{word}", data=data).status_code, word))

    threads = [Thread(target=act, args=one) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {code for code, _word in codes} <= {303, 403, 404, 409, 503}
    [word] = [word for code, word in codes if code == 303]
    verbs = [line.verb for line in db.session.scalars(Line.about(routed))]
    assert verbs[3:] == ["need.taken" if word == "taking" else "need.returned"]
    assert routed.state is (State.TAKEN if word == "taking" else State.VERIFIED)


def test_one_answer_counts(site, world, solved):
    id = solved.id
    acts = [lambda: locked(Need, id).confirm(way=Way.LINK, by=None)] * 3
    acts += [lambda: locked(Need, id).still_wrong("又灭了", way=Way.CALL, by=None)] * 3
    outcomes = rush(site, acts)
    assert outcomes == ["NothingAsked"] * 5 + ["done"]


def test_two_clocks_say_once_that_it_is_late(site, world, routed):
    id = routed.id
    with time_machine.travel(clock.at(routed.due + timedelta(days=1)) + timedelta(hours=10), tick=False):
        db.session.rollback()

        def sweep():
            with site.app_context():
                watch_needs()
                db.session.remove()

        threads = [Thread(target=sweep) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    verbs = [line.verb for line in db.session.scalars(Line.about(db.session.get_one(Need, id)))]
    assert verbs.count("need.late") == 1


@pytest.mark.databases("postgresql")
def test_two_needs_are_held_in_the_order_of_their_ids(site, world, need, enter):
    with work():
        other = say(world, "楼道灯不亮，三楼", token="2")
    committee, locks = enter("committee"), []

    def watch(_connection, _cursor, statement, *_rest):
        if " UPDATE OF " in statement:
            locks.append(statement.rsplit(" UPDATE OF ", 1)[1])

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        assert committee.post(f"/needs/{need.id}/duplicates", data={"into": other.id}).status_code == 303
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert locks[:2] == ["need", "need"]
    assert need.merged_into == other
