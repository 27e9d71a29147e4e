"""Whatever people, the desk and the clock do with wishes to be forgotten: as in a plain table of name and due day."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from communities.account import Account
from communities.account_closure import GRACE, AccountClosure, State
from communities.leaving import close_accounts
from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.support.moves import attempt
from volunteers.volunteer import Volunteer

PEOPLE = st.integers(0, 2)


class Leaving(RuleBasedStateMachine):
    """Three people; `due` says when whose wish takes effect, `gone` who is forgotten."""

    def __init__(self, site, world):
        super().__init__()
        self.world = world
        site.store.restore("world")
        db.session.rollback()
        self.travel = time_machine.travel(clock.now(), tick=False)
        self.traveller = self.travel.start()
        with work():
            self.people = [
                Volunteer.join(name=name, phone=f"101{n:08}", home=world.building1, password_hash=None).person.id
                for n, name in enumerate("甲乙丙")
            ]
        self.due, self.gone = {}, set()

    def teardown(self):
        self.travel.stop()

    def person(self, number) -> Person:
        return db.session.get_one(Person, self.people[number])

    @rule(number=PEOPLE, desk=st.booleans())
    def ask(self, number, desk):
        if number in self.gone:
            return  # nobody is signed in as him, and no desk knows him
        attempt(lambda: self.asked(number, desk))
        self.due.setdefault(number, clock.now() + GRACE)

    def asked(self, number, desk):
        person = self.person(number)
        AccountClosure.ask(person, by=self.world.lin if desk else person, signed=desk)

    @rule(number=PEOPLE)
    def take_back(self, number):
        newest = select(AccountClosure.id).where(AccountClosure.person_id == self.people[number])
        id = db.session.scalar(seen(newest.order_by(AccountClosure.id.desc()).limit(1)))
        if id is not None:  # what was taken back or done before is refused with a sentence
            attempt(lambda: db.session.get_one(AccountClosure, id).take_back(by=self.person(number)))
        self.due.pop(number, None)

    @rule(hours=st.integers(1, 120))
    def wait(self, hours):
        self.traveller.shift(timedelta(hours=hours))

    @rule(times=st.integers(1, 2))
    def sweep(self, times):
        for _n in range(times):
            close_accounts()
        over = {number for number, due in self.due.items() if due <= clock.now()}
        self.gone |= over
        for number in over:
            del self.due[number]

    @invariant()
    def it_is_as_in_the_table(self):
        db.session.rollback()
        db.session.expire_all()
        for number, id in enumerate(self.people):
            person = db.session.get_one(Person, id)
            account = db.session.scalar(seen(select(Account.id).where(Account.person_id == id)))
            assert ((person.phone is None), (account is None)) == (number in self.gone,) * 2
            assert person.called == ("已注销" if number in self.gone else "甲乙丙"[number])
        wishes = select(AccountClosure.person_id, AccountClosure.due_at).where(AccountClosure.state == State.ASKED)
        living = {self.people.index(id): due for id, due in db.session.execute(seen(wishes))}
        assert living == self.due


@pytest.mark.long
def test_wishes_to_be_forgotten_are_as_in_a_plain_table(site, world):
    machine = settings(
        max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Leaving(site, world), settings=machine)
