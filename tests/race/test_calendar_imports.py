"""One preview that is confirmed by many at once, in two server processes: it is done once, and nobody sees an error."""

from datetime import time, timedelta

from sqlalchemy import func, select

from communities.person import Person
from kernel import clock
from kernel.calendar_import import taken
from kernel.db import db, seen
from kernel.draft import Draft
from kernel.imported_event import ImportedEvent
from kernel.work import work
from tests.kernel.ics import at, event, ics
from volunteers.calendar_dates import DatesOfDuty
from volunteers.duty import Duty
from volunteers.shift import Shift

from .conftest import phone
from .crowd import rush

DAYS = 10


def uploaded(world, number):
    """A file of ten days that one of the crowd, who leads the duty, has looked at: the fields of its form."""
    day = clock.today() + timedelta(days=20)
    data = ics(event("a", f"RRULE:FREQ=DAILY;COUNT={DAYS}", when=at(day, 9, 11)))
    with work():
        person = db.session.scalars(seen(select(Person).where(Person.phone == phone(number)))).one()
        world.duty.lead = person
        id = Draft.keep(person, "ics.duty", "ours.ics", data, ref=world.duty.id).id
    duty = db.session.get_one(Duty, world.duty.id)
    digest = DatesOfDuty(duty, taken(data)).judged().digest
    return id, {"seen": digest, "seats": "2", "least": ""}


def written(world):
    db.session.rollback()
    mine = Shift.starts_at > clock.at(clock.today() + timedelta(days=19), time())
    shifts = select(func.count(Shift.id)).where(Shift.duty_id == world.duty.id, mine)
    return db.session.scalar(shifts), db.session.scalar(select(func.count(ImportedEvent.id)))


def test_many_forms_for_one_preview_are_one_import(crowd, world):
    id, fields = uploaded(world, 0)
    statuses = rush([(crowd[0], f"/duty-calendar-imports/{id}/confirmation")] * 8, **fields).statuses
    assert (statuses[303], statuses[303] + statuses[404]) == (1, 8)
    assert written(world) == (DAYS, DAYS)


def test_two_uploads_of_one_file_are_one_import(crowd, world):
    (one, fields), (two, _same) = uploaded(world, 0), uploaded(world, 0)
    presses = [(crowd[0], f"/duty-calendar-imports/{id}/confirmation") for id in (one, two)]
    assert rush(presses, **fields).statuses == {303: 1, 409: 1}
    assert written(world) == (DAYS, DAYS)
