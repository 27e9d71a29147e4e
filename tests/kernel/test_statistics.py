"""The database counts its tables once a day, so that its plans fit what is in them."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from kernel import clock, statistics
from kernel.db import db
from kernel.work import work


def counted() -> bool:
    return db.session.scalar(text("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'place'")) > 0


@pytest.mark.databases("sqlite")
def test_once_a_day_the_tables_are_counted(world):
    statistics.keep_fresh()
    assert counted()
    forget()
    statistics.keep_fresh()
    assert not counted()
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        statistics.keep_fresh()
    assert counted()


def forget() -> None:
    with work() as session:
        session.execute(text("DELETE FROM sqlite_stat1"))


def test_both_databases_can_count(world):
    statistics.count_anew()
