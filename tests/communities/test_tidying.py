"""What is kept for a time only goes when it is over; what is kept about people says why."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from communities.account import Account
from communities.attempt import Attempt
from communities.card import Card
from communities.notice import Notice
from communities.person import Person
from communities.sign_in import SignIn
from communities.tidying import tidy
from kernel import clock
from kernel.db import db
from kernel.draft import Draft
from kernel.work import work


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_each_thing_goes_after_its_time(world, enter):
    enter("volunteer")
    with work():
        Draft.keep(world.lin, "staff", "a.csv", b"a")
        Card.print(world.wu, by=world.lin)
    left = {}
    for days in (0, 2, 400):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            tidy()
            left[days] = [count(table) for table in (Attempt, Draft, Card, SignIn)]
    assert left == {0: [1, 1, 1, 1], 2: [0, 0, 1, 1], 400: [0, 0, 0, 0]}


def test_it_looks_once_an_hour(world, enter):
    with time_machine.travel("2026-11-23 08:00 +0800", tick=False) as time:
        tidy()
        enter("volunteer")
        time.shift(timedelta(minutes=59))
        tidy()
        assert count(Attempt) == 1
        time.shift(timedelta(minutes=2))
        tidy()
        assert count(Attempt) == 0


@pytest.mark.parametrize("model", [Person, Account, SignIn, Card, Notice, Draft], ids=lambda model: model.__name__)
def test_every_column_about_a_person_says_what_for_and_how_long(model):
    for column in model.__table__.columns:
        assert column.info["purpose"], column
        assert column.info["retention_days"] > 0
        assert column.info["sensitive"] in (True, False)
