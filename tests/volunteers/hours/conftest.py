"""What the tests of hours share: two shifts on a Saturday that are over, with people who came to them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from sqlalchemy import text

from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.support.store import writing
from volunteers.attendances.attendance import Attendance, Way
from volunteers.hours.basics import Basics
from volunteers.hours.review import confirm_quiet
from volunteers.hours.unit import RecordingUnit


@pytest.fixture
def travel():
    """A function that moves the clock to a moment, where it stays."""
    travels = []

    def travel(moment):
        trip = time_machine.travel(moment, tick=False)
        trip.start()
        travels.append(trip)

    yield travel
    for trip in reversed(travels):
        trip.stop()


def came(shift, person, *, by, late=0, early=0, way=Way.LIST):
    """This person came so many minutes after the start and left so many before the end, as `by` noted."""
    row = Attendance.arrive(shift, person, way=way, by=by, at=shift.starts_at + timedelta(minutes=late))
    if early:
        row.left_at, row.closed_by_clock = shift.ends_at - timedelta(minutes=early), False
    return row


@pytest.fixture
def over(world, travel):
    """联防巡查 07:00–08:00 and 义剪 07:30–09:00 are over: 吴阿姨 and 周师傅 were at the one, 赵社长 at the other.

    赵社长 leads both and noted who came to the first; all three stayed to the end.
    """
    with work():
        for duty in (world.duty, world.duty2):
            duty.lead = world.zhao
        world.shift.resize(3, by=world.lin)
        for person in (world.wu, world.zhou):
            world.shift.sign_up(person, by=person)
        world.shift2.sign_up(world.zhao, by=world.zhao)
    ends = world.shift2.ends_at
    travel(ends + timedelta(hours=1))
    with work():
        came(world.shift, world.wu, by=world.zhao)
        came(world.shift, world.zhou, by=world.zhao)
        came(world.shift2, world.zhao, by=world.wu)
    return SimpleNamespace(day=clock.local(ends).date())


@pytest.fixture
def confirmed(world, over):
    """The same, and 林书记 has confirmed all three."""
    shown = {world.shift.signup_of(person).id: 60 for person in (world.wu, world.zhou)}
    shown[world.shift2.signup_of(world.zhao).id] = 90
    with work():
        confirm_quiet(world.community, over.day, shown, by=world.lin)
    return over


@pytest.fixture
def asked(world):
    """吴阿姨 has been asked for the legal basics, and left them as they are."""
    with work():
        Basics.give(world.wu, name="", id_tail="", by=world.wu)


def unit_of(world):
    """The ledger of 东方社区."""
    return RecordingUnit.of(world.community)


def behind_the_back(*statements):
    """Change the database as somebody would who has its file and knows of the triggers."""
    sqlite = db.engine.dialect.name == "sqlite"
    off = (
        ["DROP TRIGGER hour_entry_no_update", "DROP TRIGGER hour_entry_no_delete"]
        if sqlite
        else ["SET LOCAL session_replication_role = replica"]
    )
    db.session.rollback()
    with writing(db.engine) as connection:
        if sqlite:
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for statement in (*off, *statements):
            connection.execute(text(statement))
